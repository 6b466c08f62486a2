"""Dates and periods as they are written."""

from __future__ import annotations

import pytest

from summaryparse.dates import parse_date, parse_period


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020年12月25日", "2020-12-25"),
        ("2020 年 1 月 5 日", "2020-01-05"),
        ("2020-3-27", "2020-03-27"),
        ("2020.3.27", "2020-03-27"),
        ("2020/03/27", "2020-03-27"),
        ("二〇二〇年十二月二十五日", "2020-12-25"),
        ("二○二一年三月十日", "2021-03-10"),
        ("民国113年12月3日", "2024-12-03"),
        ("中华民国113年12月3日", "2024-12-03"),
        ("印发于2021年2月30日,更正为2021年3月1日", "2021-03-01"),
        ("114.02.18", None),
        ("113年12月3日", None),
        ("2020年12月", None),
        ("2021-2022年", None),
    ],
)
def test_date(text: str, day: str | None) -> None:
    found = parse_date(text)
    assert (found and found.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("114.02.18", "2025-02-18"),
        ("113年12月3日", "2024-12-03"),
        ("2020.3.27", "2020-03-27"),
        ("3.5.1.2", None),
    ],
)
def test_date_where_years_count_from_1911(text: str, day: str | None) -> None:
    found = parse_date(text, roc=True)
    assert (found and found.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2020年", "2020-01-01", "2020-12-31"),
        ("2020年度", "2020-01-01", "2020-12-31"),
        ("二〇二〇年", "2020-01-01", "2020-12-31"),
        ("2020-2021年度", "2020-01-01", "2021-12-31"),
        ("2018年至2020年", "2018-01-01", "2020-12-31"),
        ("2020年上半年", "2020-01-01", "2020-06-30"),
        ("下半年", "2021-07-01", "2021-12-31"),
        ("2022年第一季度", "2022-01-01", "2022-03-31"),
        ("一季度", "2021-01-01", "2021-03-31"),
        ("前三季度", "2021-01-01", "2021-09-30"),
        ("1-10月", "2021-01-01", "2021-10-31"),
        ("1至10月份", "2021-01-01", "2021-10-31"),
        ("2020年1—10月", "2020-01-01", "2020-10-31"),
        ("2020年2月", "2020-02-01", "2020-02-29"),
        ("113年度", "2024-01-01", "2024-12-31"),
        ("民国113年度", "2024-01-01", "2024-12-31"),
        ("“十四五”期间", "2021-01-01", "2025-12-31"),
        ("十三五", "2016-01-01", "2020-12-31"),
    ],
)
def test_period(text: str, start: str, end: str) -> None:
    found = parse_period(text, 2021)
    assert found is not None
    assert found.text == text
    assert (found.start and found.start.isoformat()) == start
    assert (found.end and found.end.isoformat()) == end


@pytest.mark.parametrize("text", ["20XX年", "20XX年度", "20××年1-10月", "XXXX年"])
def test_masked_year_has_no_days(text: str) -> None:
    found = parse_period(text)
    assert found is not None
    assert (found.text, found.start, found.end) == (text, None, None)


@pytest.mark.parametrize("text", ["五年来", "上半年", "第13月", "二十四五人", "13年", "3050年"])
def test_no_period(text: str) -> None:
    assert parse_period(text) is None


def test_part_of_a_year_that_does_not_exist_is_the_year() -> None:
    found = parse_period("2020年9-3月")
    assert found is not None
    assert found.end is not None
    assert found.end.isoformat() == "2020-12-31"
