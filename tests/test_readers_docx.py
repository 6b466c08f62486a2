"""Word documents: numbers of automatic lists, tables, text boxes, tracked changes, hostile containers."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from summaryparse.errors import InputError
from summaryparse.readers import read_any
from summaryparse.readers.list_formats import format_number
from tests.report_files import element, saved, set_number

WPS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def text_of(document: Any) -> str:
    source = read_any(saved(document))
    assert source.media_type.endswith("wordprocessingml.document")
    return source.text


def define(document: Any, name: str, *levels: dict[str, str]) -> Any:
    """Adds a list definition; `format`, `text` and what else a level says."""
    root = document.part.numbering_part.element
    definition = element("abstractNum", abstractNumId=name)
    for depth, level in enumerate(levels):
        made = element("lvl", definition, ilvl=str(depth))
        for tag, value in {"start": "1", **level}.items():
            element(tag, made, val=value)
    root.insert(0, definition)
    return definition


def use(document: Any, number: int, name: str, **starts: str) -> None:
    """Adds a use of a list definition; `level0="5"` begins that level anew at 5."""
    made = element("num", document.part.numbering_part.element, numId=str(number))
    element("abstractNumId", made, val=name)
    for level, start in starts.items():
        override = element("lvlOverride", made, ilvl=level.removeprefix("level"))
        element("startOverride", override, val=start)


def number(document: Any, text: str, numbered: tuple[int, int] | None = None, style: str = "Normal") -> Any:
    paragraph = document.add_paragraph(text, style=style)
    if numbered:
        set_number(paragraph, *numbered)
    return paragraph


OUTLINE = (
    {"numFmt": "chineseCounting", "lvlText": "%1、"},
    {"numFmt": "chineseCounting", "lvlText": "（%2）"},
    {"numFmt": "decimal", "lvlText": "%3."},
)


@pytest.mark.parametrize(
    ("format_name", "numbers", "written"),
    [
        ("decimal", (1, 12), "1 12"),
        ("decimalZero", (1, 12), "01 12"),
        ("chineseCounting", (1, 10, 11, 20, 21, 99, 105), "一 十 十一 二十 二十一 九十九 一〇五"),
        ("chineseCountingThousand", (10, 12, 100, 105, 110, 1005), "十 十二 一百 一百零五 一百一十 一千零五"),
        ("ideographDigital", (10, 25), "一〇 二五"),
        ("chineseLegalSimplified", (1, 10, 12), "壹 壹拾 壹拾贰"),
        ("ideographTraditional", (1, 10, 11), "甲 癸 11"),
        ("ideographZodiac", (1, 12), "子 亥"),
        ("decimalEnclosedCircle", (1, 20, 21, 99), "① ⑳ ㉑ 99"),
        ("decimalEnclosedCircleChinese", (3,), "③"),
        ("decimalEnclosedParen", (2,), "⑵"),
        ("decimalEnclosedFullstop", (2,), "⒉"),
        ("upperLetter", (1, 26, 27), "A Z AA"),
        ("lowerLetter", (2, 28), "b bb"),
        ("lowerRoman", (1, 4, 9, 14), "i iv ix xiv"),
        ("upperRoman", (1990,), "MCMXC"),
        ("decimalFullWidth", (12,), "１２"),
        ("some-other", (7,), "7"),
        ("chineseCounting", (10**9,), "1000000000"),
    ],
)
def test_numbers_are_written_as_word_shows_them(
    format_name: str, numbers: tuple[int, ...], written: str
) -> None:
    assert " ".join(format_number(number, format_name) for number in numbers) == written


def test_each_list_and_level_counts_for_itself_and_restarts_below_a_higher_one() -> None:
    document = Document()
    define(document, "90", *OUTLINE)
    use(document, 90, "90")
    for text, depth in [
        ("甲", 0),
        ("乙", 1),
        ("丙", 2),
        ("丁", 2),
        ("戊", 1),
        ("己", 2),
        ("庚", 0),
        ("辛", 1),
    ]:
        number(document, text, (90, depth))
    document.add_paragraph("正文。")
    assert text_of(document) == "一、甲\n（一）乙\n1.丙\n2.丁\n（二）戊\n1.己\n二、庚\n（一）辛\n正文。\n"


def test_uses_of_one_definition_count_on_unless_they_override_the_start() -> None:
    document = Document()
    define(document, "90", *OUTLINE)
    use(document, 90, "90")
    use(document, 91, "90")
    use(document, 92, "90", level0="5")
    for text, used in [("甲", 90), ("乙", 91), ("丙", 92), ("丁", 92), ("戊", 90)]:
        number(document, text, (used, 0))
    assert text_of(document) == "一、甲\n二、乙\n五、丙\n六、丁\n七、戊\n"


@pytest.mark.parametrize(("restart", "last"), [("0", "2."), ("1", "1."), (None, "1.")])
def test_a_level_may_go_on_counting_across_higher_ones(restart: str | None, last: str) -> None:
    document = Document()
    third = {**OUTLINE[2], **({"lvlRestart": restart} if restart else {})}
    define(document, "90", OUTLINE[0], OUTLINE[1], third)
    use(document, 90, "90")
    for text, depth in [("甲", 0), ("乙", 2), ("丙", 0), ("丁", 2)]:
        number(document, text, (90, depth))
    assert text_of(document).splitlines()[-1] == f"{last}丁"


def test_numbers_come_through_the_chain_of_styles() -> None:
    document = Document()
    define(document, "90", {**OUTLINE[0], "pStyle": "Heading1"}, {**OUTLINE[1], "pStyle": "Heading2"})
    use(document, 90, "90")
    for name in ("Heading 1", "Heading 2"):
        place = element("numPr", document.styles[name].element.get_or_add_pPr())
        element("numId", place, val="90")
    based = document.styles.add_style("小标题", 1)
    based.base_style = document.styles["Heading 2"]
    element("ilvl", element("numPr", based.element.get_or_add_pPr()), val="1")
    number(document, "总体", style="Heading 1")
    number(document, "门诊", style="Heading 2")
    number(document, "住院", style="小标题")
    plain = number(document, "不编号", style="Heading 1")
    set_number(plain, 0, 0)
    number(document, "打算", style="Heading 1")
    assert text_of(document) == "一、总体\n（一）门诊\n（二）住院\n不编号\n二、打算\n"


@pytest.mark.parametrize(
    ("levels", "text", "expected"),
    [
        ([{"numFmt": "decimal", "lvlText": "%1."}], "2021年工作", "1. 2021年工作"),
        ([{"numFmt": "decimal", "lvlText": "%1."}], "工作", "1.工作"),
        ([{"numFmt": "chineseCounting", "lvlText": "第%1章"}], "总则", "第一章 总则"),
        ([{"numFmt": "bullet", "lvlText": "\uf06c"}], "工作", "工作"),
        ([{"numFmt": "chineseCounting", "lvlText": "%1.1", "isLgl": "1"}], "工作", "1.1 工作"),
        ([{"numFmt": "none", "lvlText": ""}], "工作", "工作"),
    ],
)
def test_number_and_text_do_not_run_together(levels: list[dict[str, str]], text: str, expected: str) -> None:
    document = Document()
    define(document, "90", *levels)
    use(document, 90, "90")
    number(document, text, (90, 0))
    assert text_of(document) == expected + "\n"


def test_tables_are_lines_with_tabs_in_their_place() -> None:
    document = Document()
    document.add_paragraph("前")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(
        [c for row in table.rows for c in row.cells], ["项目", "本年", "上年", "门诊", "12", ""], strict=True
    ):
        cell.text = text
    merged = table.add_row().cells
    merged[0].merge(merged[1]).text = "合计"
    merged[2].text = "3\n4"
    document.add_paragraph("后")
    assert text_of(document) == "前\n项目\t本年\t上年\n门诊\t12\n合计\t\t3 4\n后\n"


def test_a_table_that_frames_running_text_gives_paragraphs() -> None:
    document = Document()
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text = "总结"
    cells[1].text = "\n".join(f"{n}、" + "全年工作稳步推进，" * 6 for n in "一二三")
    cells[1].add_paragraph("完。")
    for line in cells[1].text.split("\n")[1:]:
        cells[1].add_paragraph(line)
    lines = text_of(document).splitlines()
    assert lines[0] == "总结"
    assert lines[1].startswith("一、")
    assert not any("\t" in line for line in lines)


def test_text_boxes_come_once_and_headers_never() -> None:
    document = Document()
    paragraph = document.add_paragraph("正文。")
    box = "<w:txbxContent><w:p><w:r><w:t>文本框</w:t></w:r></w:p></w:txbxContent>"
    paragraph.add_run()._r.append(
        parse_xml(
            f"<mc:AlternateContent {nsdecls('w')} {WPS}><mc:Choice Requires='wps'><w:drawing><wps:wsp>"
            f"<wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
            "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
        )
    )
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    assert text_of(document) == "正文。\n文本框\n"


def test_deleted_text_is_gone_and_inserted_text_is_there() -> None:
    document = Document()
    body = document.element.body
    inner = (
        "<w:r><w:t>增长</w:t></w:r><w:del w:id='1'><w:r><w:delText>5%</w:delText></w:r></w:del>"
        "<w:ins w:id='2'><w:r><w:t>6%</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>"
        "<w:moveFrom w:id='3'><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:r><w:br/><w:t>次行</w:t></w:r>"
    )
    joined = "<w:pPr><w:rPr><w:del w:id='4'/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r>"
    for place, xml in enumerate((inner, joined, "<w:r><w:t>后半</w:t></w:r>")):
        body.insert(place, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))
    source = read_any(saved(document))
    assert source.text == "增长6%\n次行\n前半后半\n"
    assert [remark.code for remark in source.diagnostics] == ["tracked-changes"]


def test_content_in_wrappers_is_read_and_placeholders_are_not() -> None:
    document = Document()
    run = "<w:r><w:t>{}</w:t></w:r>"
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:sdt {nsdecls('w', 'r')}><w:sdtContent><w:p>"
            f"<w:hyperlink r:id='x'>{run.format('甲')}</w:hyperlink>"
            f"<w:smartTag>{run.format('乙')}</w:smartTag><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
            f"<w:sdtContent>{run.format('点击输入')}</w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>"
        ),
    )
    assert text_of(document) == "甲乙\n"


def changed(part: str, content: bytes) -> bytes:
    """A document with one of its parts replaced."""
    document = Document()
    document.add_paragraph("正文。")
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(document))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return stream.getvalue()


LAUGHS = (
    b"<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (97 + n, b"&%c;" % (96 + n) * 10) for n in range(1, 12))
    + b"]><d>&l;</d>"
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (LAUGHS, "declares a document type"),
        (b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><d/>', "declares a document type"),
        (b"<!DOCTYPE d>".decode().encode("utf-16") + "<d/>".encode("utf-16-le"), "declares a document type"),
        (b"<w:document", "XML is damaged"),
        (b"<document/>", "has no text part"),
        (b"<d><body>" + b"<p>" * 100_000 + b"</p>" * 100_000 + b"</body></d>", "nested too deeply"),
        (b"<d><body>" + b" " * 8_000_000 + b"</body></d>", "zip bomb"),
    ],
)
def test_hostile_parts_are_refused_in_one_line(content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_any(changed("word/document.xml", content), "a.docx")
    assert str(caught.value).startswith("a.docx: ")
    assert "\n" not in str(caught.value)
