"""What holds for every document, whatever is in it."""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings

from summaryparse import Document, Report, Section, extract_text
from summaryparse.blocks import Layout, find_blocks
from summaryparse.collector import SELDOM, seldom_collected
from summaryparse.normalise import Text, fold
from summaryparse.outline import Outline, find_outline
from summaryparse.outline import Section as Branch
from summaryparse.rules import default_rules
from summaryparse.spans import Span
from tests.conftest import SAMPLES
from tests.strategies import TEXTS


def test_invariants_hold_on_samples(document: Document) -> None:
    check_document(document)
    check_tiling(document.source.text or "")


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_invariants_hold_on_generated_documents(text: str) -> None:
    check_document(extract_text(text, with_text=True))
    check_tiling(text)


def check_document(document: Document) -> None:
    """Slices, nesting, order, ids and references of one document."""
    text = document.source.text or ""
    assert document.source.characters == len(text)
    ids = [report.id for report in document.reports]
    assert ids == [f"r{n}" for n in range(1, len(ids) + 1)]
    assert_disjoint([report.span for report in document.reports])
    assert {entry.report_id for entry in document.toc} <= {None, *ids}
    for report in document.reports:
        check_report(report, text)
        for parts in (report.sections, report.preamble, report.closing, report.metrics):
            for part in parts:
                assert_inside(part.span, report.span)
        for diagnostic in (*document.diagnostics, *report.diagnostics):
            assert diagnostic.span is None or 0 <= diagnostic.span[0] <= diagnostic.span[1] <= len(text)


def check_report(report: Report, text: str) -> None:
    """One report: its slices, its tree and its metrics."""
    slices = (report.title, report.organisation, report.issued, report.document_number)
    for part in (*filter(None, slices), *report.preamble, *report.closing):
        assert text[slice(*part.span)] == part.text
    for metric in report.metrics:
        assert text[slice(*metric.span)] == metric.text
    sections = list(flatten(report.sections))
    ids = [section.id for section in sections]
    assert len(ids) == len(set(ids))
    for section in sections:
        check_section(section, text)
    before, after = ([part.span for part in parts] for parts in (report.preamble, report.closing))
    assert_disjoint([*before, *(section.span for section in report.sections), *after])
    check_metrics(report, {section.id: section for section in sections}, len(text))


def check_section(section: Section, text: str) -> None:
    """One section: everything of it lies inside it, and nothing twice."""
    assert text[section.span[0] :].startswith(section.marker)
    assert section.level == section.id.count(".") + 1
    assert (section.heading == "") == (section.heading_span is None)
    for child, number in zip(section.sections, range(1, len(section.sections) + 1), strict=True):
        assert child.id == f"{section.id}.{number}"
    heading = [section.heading_span] if section.heading_span else []
    own = [*heading, *(part.span for part in section.paragraphs)]
    assert_disjoint(sorted([*own, *(child.span for child in section.sections)]))
    for span in (*own, *(child.span for child in section.sections)):
        assert_inside(span, section.span)
    for paragraph in section.paragraphs:
        assert text[slice(*paragraph.span)] == paragraph.text


def check_metrics(report: Report, sections: dict[str, Section], length: int) -> None:
    """Metrics come in order of span, name only what exists, and lie in the section that they name."""
    ids = [metric.id for metric in report.metrics]
    assert ids == [f"m{n}" for n in range(1, len(ids) + 1)]
    spans = [metric.span for metric in report.metrics]
    assert spans == sorted(spans)
    for metric in report.metrics:
        assert metric.name
        assert metric.rule
        for other in (metric.change_of, metric.part_of):
            assert other is None or (other in ids and other != metric.id)
        if metric.section_id is not None:
            assert_inside(metric.span, sections[metric.section_id].span)
        assert_inside(metric.span, metric.sentence_span)
        for span in filter(None, (metric.name_span, metric.sentence_span)):
            assert 0 <= span[0] < span[1] <= length
        assert metric.redacted or metric.value is not None
        assert metric.kind == "change" or (metric.direction, metric.baseline) == (None, None)


def check_tiling(original: str) -> None:
    """Every letter and digit belongs to exactly one part of the document.

    A page mark that tears a sentence stays inside the paragraph that goes on behind it.
    """
    text, rules = fold(original), default_rules()
    layout = find_blocks(text, rules)
    outlines = [find_outline(text, report.body, report.excluded, rules) for report in layout.reports]
    seen = Counter(at for span in parts(text, layout, outlines) for at in range(*span))
    seen.update({at for span in set_aside(layout) for at in range(*span) if not seen[at]})
    wrong = {at: seen[at] for at, letter in enumerate(original) if letter.isalnum() and seen[at] != 1}
    assert wrong == {}, [original[max(0, at - 5) : at + 6] for at in sorted(wrong)[:5]]


def parts(text: Text, layout: Layout, outlines: list[Outline]) -> Iterator[Span]:
    """The spans of the reports' own text."""
    for report, outline in zip(layout.reports, outlines, strict=True):
        if report.title:
            yield report.title
        yield from (*report.front, *report.sign_off, *outline.preamble, *outline.closing)
        for section in outline.sections:
            yield from section_parts(text, section)


def set_aside(layout: Layout) -> Iterator[Span]:
    """The spans that are no text of a report: furniture and contents, which may be the same lines."""
    yield from layout.chrome
    yield from (entry.span for entry in layout.toc)
    for report in layout.reports:
        yield from report.excluded


def section_parts(text: Text, section: Branch) -> Iterator[Span]:
    """The spans that tile a section."""
    yield section.span[0], section.span[0] + len(section.marker)
    if section.heading:
        yield section.heading
    yield from section.paragraphs
    for child in section.children:
        yield from section_parts(text, child)


def flatten(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from flatten(section.sections)


def assert_inside(span: Span, outer: Span) -> None:
    assert outer[0] <= span[0] <= span[1] <= outer[1]


def assert_disjoint(spans: list[Span]) -> None:
    for before, after in pairwise(spans):
        assert before[1] <= after[0]


def test_threads_give_what_one_thread_gives(documents: dict[Path, Document]) -> None:
    texts = [documents[path].source.text or "" for path in SAMPLES] * 2
    alone = [extract_text(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(extract_text, texts)) == alone


def test_extract_text_gives_what_extract_gives(sample: Path, documents: dict[Path, Document]) -> None:
    document = documents[sample]
    again = extract_text(document.source.text or "")
    assert again.reports == document.reports
    assert again.toc == document.toc


@pytest.mark.parametrize(
    "piece",
    ["收治患者12人次，同比增长8.1%，", "一是", "一、", "（一）", "1.", "((", "其中，", "2021年", "XX"],
)
def test_time_grows_with_the_length_and_not_with_its_square(piece: str) -> None:
    short, long = (min(seconds(piece * count) for _ in range(2)) for count in (100, 800))
    assert long < max(short, 0.02) * 8 * 3


def seconds(text: str) -> float:
    """How long a text takes."""
    start = time.process_time()
    extract_text(text)
    return time.process_time() - start


def test_lone_surrogates_are_replaced_and_reported() -> None:
    document = extract_text("总结\n一、概\ud800况\n收治12人次。", with_text=True)
    assert document.source.text == "总结\n一、概\ufffd况\n收治12人次。"
    assert [d.span for d in document.diagnostics if d.code == "unreadable"] == [(6, 7)]


def test_a_number_lies_in_its_sentence_where_that_has_no_end() -> None:
    check_document(extract_text("x%半由\0Ａ３》几" * 200, with_text=True))


def test_masked_digits_are_counted_once() -> None:
    (report,) = extract_text("工作总结\n一、概况\n新增设备XX台，培训XX人，收治12人次。").reports
    assert [d.message for d in report.diagnostics if d.code == "redacted"] == [
        "The digits of 2 of 3 metrics are masked in the document."
    ]


def test_the_collector_is_left_as_it_was_found() -> None:
    before = gc.get_threshold()
    inside: list[tuple[int, int, int]] = []

    def read(_: int) -> None:
        with seldom_collected():
            inside.append(gc.get_threshold())
            extract_text("全年接诊3.6万人次。" * 50)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(read, range(24)))
    assert gc.get_threshold() == before
    assert {first for first, *_ in inside} == {SELDOM * before[0]}
    with suppress(KeyError), seldom_collected():
        raise KeyError
    assert gc.get_threshold() == before
