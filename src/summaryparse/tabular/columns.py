"""The columns of the tables: their names in files, their headings and widths in sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summaryparse.errors import OutputError

# "link" is the id of a report that leads to its row; "number" has thousands commas, "plain" (a year) has none
Kind = Literal["text", "number", "plain", "date", "link"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `width` is in characters of a sheet."""

    name: str
    heading: str
    width: int
    kind: Kind = "text"


METRICS = (
    Column("report", "报告", 8, "link"),
    Column("file", "文件", 28),
    Column("organisation", "机构", 24),
    Column("year", "年份", 8, "plain"),
    Column("report_kind", "报告类型", 11),
    Column("section", "章节号", 9),
    Column("heading", "章节", 30),
    Column("name", "指标", 28),
    Column("indicator", "指标代码", 18),
    Column("value", "数值", 16, "number"),
    Column("value_max", "数值上限", 14, "number"),
    Column("unit", "单位", 9),
    Column("kind", "类别", 9),
    Column("direction", "方向", 8),
    Column("baseline", "比较基准", 12),
    Column("bound", "界限", 9),
    Column("status", "状态", 12),
    Column("period", "时期", 24),
    Column("text", "原文", 16),
    Column("sentence", "所在句", 60),
    Column("start", "起", 9, "plain"),
    Column("end", "止", 9, "plain"),
    Column("rule", "规则", 22),
)
REPORTS = (
    Column("report", "报告", 8),
    Column("file", "文件", 28),
    Column("title", "标题", 44),
    Column("report_kind", "报告类型", 11),
    Column("organisation", "机构", 24),
    Column("year", "年份", 8, "plain"),
    Column("period", "报告期", 16),
    Column("period_start", "报告期起", 12, "date"),
    Column("period_end", "报告期止", 12, "date"),
    Column("issued", "成文日期", 12, "date"),
    Column("document_number", "文号", 20),
    Column("sections", "章节数", 9, "number"),
    Column("metrics", "指标数", 9, "number"),
    Column("diagnostics", "提示数", 9, "number"),
    Column("start", "起", 9, "plain"),
    Column("end", "止", 9, "plain"),
)
SECTIONS = (
    Column("report", "报告", 8, "link"),
    Column("file", "文件", 28),
    Column("section", "章节号", 9),
    Column("level", "层级", 8, "plain"),
    Column("kind", "类别", 9),
    Column("marker", "标号", 9),
    Column("ordinal", "序号", 8, "plain"),
    Column("heading", "标题", 36),
    Column("path", "章节", 48),
    Column("text", "正文", 60),
    Column("metrics", "指标数", 9, "number"),
    Column("start", "起", 9, "plain"),
    Column("end", "止", 9, "plain"),
    Column("rule", "规则", 22),
)
DIAGNOSTICS = (
    Column("report", "报告", 8, "link"),
    Column("file", "文件", 28),
    Column("severity", "程度", 10),
    Column("code", "代码", 20),
    Column("message", "说明", 70),
    Column("start", "起", 9, "plain"),
    Column("end", "止", 9, "plain"),
)


def choose(fields: Sequence[str] | None) -> tuple[Column, ...]:
    """The columns of the metrics in the order asked for, by name or Chinese heading; all without a choice.

    Raises OutputError for a column that does not exist or is named twice.
    """
    if fields is None:
        return METRICS
    known = {key: column for column in METRICS for key in (column.name, column.heading)}
    unknown = [field for field in fields if field not in known]
    if unknown or not fields:
        names = ", ".join(column.name for column in METRICS)
        raise OutputError(f"no column is called {unknown[0] if unknown else ''!r}; there are {names}")
    chosen = tuple(known[field] for field in fields)
    for column in chosen:
        if chosen.count(column) > 1:
            raise OutputError(f"the column {column.name} is named twice")
    return chosen
