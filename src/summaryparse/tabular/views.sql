CREATE INDEX documents_file ON documents (file);
CREATE INDEX reports_document ON reports (document_id);
CREATE INDEX reports_organisation ON reports (organisation, year);
CREATE INDEX sections_report ON sections (report_id);
CREATE INDEX sections_parent ON sections (parent_id);
CREATE INDEX metrics_report ON metrics (report_id);
CREATE INDEX metrics_section ON metrics (section_id);
CREATE INDEX metrics_name ON metrics (name);
CREATE INDEX metrics_indicator ON metrics (indicator) WHERE indicator IS NOT NULL;
CREATE INDEX metrics_change ON metrics (change_of) WHERE change_of IS NOT NULL;
CREATE INDEX metrics_part ON metrics (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX diagnostics_document ON diagnostics (document_id);
CREATE INDEX diagnostics_report ON diagnostics (report_id);
CREATE INDEX diagnostics_code ON diagnostics (code);

-- One row a metric with what it stands in. Its year is that of its own period where the text names one.
CREATE VIEW metric_rows AS
SELECT m.id, d.file, r.report, r.title, r.organisation, r.kind AS report_kind,
    coalesce(CAST(substr(m.period_end, 1, 4) AS INTEGER), r.year) AS year,
    s.section, s.path, m.name, m.indicator, m.value, m.value_max, m.unit, m.kind, m.direction, m.baseline,
    m.bound, m.status, m.period, m.text, m.sentence, m.span_start, m.span_end, m.rule
FROM metrics AS m
JOIN reports AS r ON r.id = m.report_id
JOIN documents AS d ON d.id = r.document_id
LEFT JOIN sections AS s ON s.id = m.section_id;

-- What was reached, by organisation and year: SELECT * FROM metric_values WHERE name LIKE '%门诊%'
CREATE VIEW metric_values AS
SELECT organisation, year, name, indicator, value, value_max, unit, bound, period, path, file, report, sentence
FROM metric_rows
WHERE kind = 'level' AND status = 'actual'
ORDER BY organisation, name, year;

-- How far things moved, with a sign, beside the level that moved where the text gives it.
CREATE VIEW changes AS
SELECT c.organisation, c.year, c.name, c.direction, c.baseline, c.value, c.unit,
    CASE c.direction WHEN 'down' THEN -c.value ELSE c.value END AS signed_value,
    level.value AS level_value, level.unit AS level_unit, c.status, c.path, c.file, c.report, c.sentence
FROM metric_rows AS c
JOIN metrics AS m ON m.id = c.id
LEFT JOIN metrics AS level ON level.id = m.change_of
WHERE c.kind = 'change';

-- What is aimed at, and norms that others set.
CREATE VIEW targets AS
SELECT organisation, year, name, indicator, bound, value, value_max, unit, kind, direction, status, period,
    path, file, report, sentence
FROM metric_rows
WHERE status IN ('target', 'requirement');

-- What each whole is made of: SELECT * FROM parts WHERE whole_name = '…'
CREATE VIEW parts AS
SELECT p.organisation, p.year, whole.name AS whole_name, whole.value AS whole_value, whole.unit AS whole_unit,
    p.name, p.value, p.unit, p.path, p.file, p.report, p.sentence
FROM metric_rows AS p
JOIN metrics AS m ON m.id = p.id
JOIN metrics AS whole ON whole.id = m.part_of;
