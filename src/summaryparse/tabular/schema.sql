-- Places (span_start, span_end) are code points of the decoded text, half-open. Dates are ISO 8601.
PRAGMA user_version = 1;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    media_type TEXT,
    encoding TEXT,
    script TEXT,
    characters INTEGER
);
CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES documents (id),
    report TEXT NOT NULL, -- "r1", "r2", … in its document
    title TEXT,
    kind TEXT NOT NULL,
    organisation TEXT,
    year INTEGER,
    period TEXT,
    period_start TEXT,
    period_end TEXT,
    issued TEXT,
    document_number TEXT,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL
);
CREATE TABLE sections (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports (id),
    parent_id INTEGER REFERENCES sections (id),
    section TEXT NOT NULL, -- "2.1.3", its path in the tree
    level INTEGER NOT NULL,
    kind TEXT NOT NULL,
    marker TEXT NOT NULL,
    ordinal INTEGER,
    heading TEXT NOT NULL,
    path TEXT NOT NULL, -- the headings that lead to it
    text TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    rule TEXT NOT NULL
);
CREATE TABLE metrics (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports (id),
    section_id INTEGER REFERENCES sections (id),
    change_of INTEGER REFERENCES metrics (id),
    part_of INTEGER REFERENCES metrics (id),
    metric TEXT NOT NULL, -- "m1", "m2", … in its report
    name TEXT NOT NULL,
    indicator TEXT,
    value NUMERIC,
    value_max NUMERIC,
    unit TEXT NOT NULL,
    dimension TEXT NOT NULL,
    kind TEXT NOT NULL,
    direction TEXT,
    baseline TEXT,
    bound TEXT NOT NULL,
    status TEXT NOT NULL,
    redacted INTEGER NOT NULL,
    period TEXT,
    period_start TEXT,
    period_end TEXT,
    text TEXT NOT NULL,
    sentence TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    rule TEXT NOT NULL
);
CREATE TABLE diagnostics (
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES documents (id),
    report_id INTEGER REFERENCES reports (id), -- null where it is about the file
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    message TEXT NOT NULL,
    span_start INTEGER,
    span_end INTEGER
);
