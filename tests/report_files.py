"""Makes the same report as .docx (typed and auto-numbered), .html and .pdf with the libraries people use."""

from __future__ import annotations

import io
import re
from html import escape
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# Markers that a list can show by itself: its format, its text, its depth.
STYLES = (
    (re.compile(r"[一二三四五六七八九十]+、"), "chineseCounting", "%1、"),
    (re.compile(r"（[一二三四五六七八九十]+）"), "chineseCounting", "（%2）"),
    (re.compile(r"\d+[.．](?!\d)"), "decimal", "%3{dot}"),
    (re.compile(r"\d+、"), "decimal", "%4、"),
)
NUMERALS = "一二三四五六七八九十"
MENU = "".join(
    f'<li><a href="/{n}.html">{name}</a></li>' for n, name in enumerate(["首页", "新闻", "公告", "服务"])
)


def as_docx(lines: list[str], *, numbered: bool = False) -> bytes:
    """A Word document; `numbered` leaves the section numbers to automatic lists."""
    document = Document()
    full_width = any(re.match(r"\d+．", line.strip()) for line in lines)
    lists = Lists(document, "．" if full_width else ".") if numbered else None
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            add_table(document, rows)
            rows = []
        if line.strip():
            paragraph = document.add_paragraph()
            paragraph.add_run(lists.without_marker(paragraph, line.strip()) if lists else line.strip())
    document.sections[0].header.paragraphs[0].text = "某单位文件夹 第1页"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    return saved(document)


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def add_table(document: Any, rows: list[list[str]]) -> None:
    width = max(map(len, rows))
    table = document.add_table(rows=0, cols=width)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.text = text


def element(tag: str, parent: Any = None, **attributes: str) -> Any:
    """A new element of the Word namespace, `val="x"` as attribute w:val."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    if parent is not None:
        parent.append(made)
    return made


def set_number(paragraph: Any, number: int, depth: int) -> None:
    place = element("numPr")
    element("ilvl", place, val=str(depth))
    element("numId", place, val=str(number))
    paragraph._p.get_or_add_pPr().append(place)


class Lists:
    """One list of four levels; a number that does not follow the last one begins a new use of the list."""

    def __init__(self, document: Any, dot: str) -> None:
        self.root = document.part.numbering_part.element
        self.counts = [0] * len(STYLES)
        self.number = 900
        definition = element("abstractNum", abstractNumId="900")
        element("multiLevelType", definition, val="multilevel")
        for depth, (_, fmt, text) in enumerate(STYLES):
            level = element("lvl", definition, ilvl=str(depth))
            element("start", level, val="1")
            element("numFmt", level, val=fmt)
            element("lvlText", level, val=text.format(dot=dot))
        self.root.insert(0, definition)
        self.add_use({})

    def add_use(self, starts: dict[int, int]) -> None:
        use = element("num", self.root, numId=str(self.number))
        element("abstractNumId", use, val="900")
        for depth, start in starts.items():
            element("startOverride", element("lvlOverride", use, ilvl=str(depth)), val=str(start))

    def without_marker(self, paragraph: Any, line: str) -> str:
        for depth, (shape, _, _) in enumerate(STYLES):
            match = shape.match(line)
            if match:
                number = number_of(match[0])
                if number != self.counts[depth] + 1:
                    self.number += 1
                    self.add_use({depth: number})
                self.counts[depth] = number
                self.counts[depth + 1 :] = [0] * (len(STYLES) - depth - 1)
                set_number(paragraph, self.number, depth)
                return line[match.end() :]
        return line


def number_of(marker: str) -> int:
    figures = re.search(r"\d+", marker)
    if figures:
        return int(figures[0])
    return NUMERALS.index(next(c for c in marker if c in NUMERALS)) + 1


def as_html(lines: list[str], charset: str = "utf-8") -> bytes:
    """A page of a site: menus, crumbs, sidebar, buttons and foot around the report."""
    body: list[str] = []
    for line in lines:
        if "\t" in line:
            cells = "".join(f"<td>{escape(cell)}</td>" for cell in line.split("\t"))
            opened = body and body[-1].endswith("</tr></table>")
            row = f"<tr>{cells}</tr></table>"
            body[-1:] = [body[-1][: -len("</table>")] + row] if opened else [*body[-1:], f"<table>{row}"]
        elif line.strip():
            body.append(f"<p>&emsp;&emsp;{escape(line.strip())}</p>")
    page = f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>某网</title>
<style>p {{ margin: 0 }}</style><script>var a = "一、假的";</script></head><body>
<div class="top-nav"><ul>{MENU}</ul></div>
<div class="crumb"><a href="/">首页</a> &gt; <a href="/z">总结</a></div>
<div class="wrap"><div class="left"><ul>{MENU}</ul></div>
<div class="main"><div id="zoom">{"".join(body)}</div>
<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div></div></div>
<div class="footer"><p>版权所有：某网 某ICP备00000000号</p></div></body></html>"""
    return page.encode(charset)


def as_pdf(lines: list[str], *, indent: float = 2, size: float = 12) -> bytes:
    """Pages of A4 with a running head and page numbers, paragraphs set by reportlab."""
    from reportlab.lib.pagesizes import A4  # noqa: PLC0415
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # noqa: PLC0415
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table  # noqa: PLC0415

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle(
        "body", fontName="STSong-Light", fontSize=size, leading=size * 1.6, wordWrap="CJK",
        firstLineIndent=size * indent,
    )  # fmt: skip
    flow: list[Any] = []
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            flow.append(Table(rows, style=[("FONT", (0, 0), (-1, -1), "STSong-Light", size * 0.9)]))
            rows = []
        if line.strip():
            flow.append(Paragraph(escape(line.strip()), body))

    def edges(canvas: Any, template: Any) -> None:
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(72, A4[1] - 40, "某单位内部资料汇编")
        canvas.drawCentredString(A4[0] / 2, 40, f"- {template.page} -")

    stream = io.BytesIO()
    SimpleDocTemplate(stream, pagesize=A4).build(flow, onFirstPage=edges, onLaterPages=edges)
    return stream.getvalue()
