"""PDF: paragraphs are joined, running heads and page numbers go, scans and passwords are named."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from summaryparse.errors import InputError
from summaryparse.readers import read_any
from summaryparse.readers.pdf_lines import number_length
from tests.report_files import as_pdf

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
SENTENCE = "全年完成门诊9.3万人次，同比增长5.2%，出院1,204人次，平均住院日7.4天，病床使用率86.9%，"
PARAGRAPH = SENTENCE * 4 + "各项指标稳步提升。"
Placed = tuple[float, float, str]


def drawn(*pages: list[Placed], size: float = 12, **options: Any) -> bytes:
    """A PDF with texts where they are put, from the upper left corner of each page."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, **options)
    for page in pages:
        canvas.setFont("STSong-Light", size)
        for x, y, text in page:
            canvas.drawString(x, A4[1] - y, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def text_of(data: bytes) -> str:
    source = read_any(data)
    assert source.media_type == "application/pdf"
    return source.text


@pytest.mark.parametrize("indent", [0, 2])
@pytest.mark.parametrize("size", [10, 12, 18])
def test_paragraphs_come_back_whole_over_pages(indent: float, size: float) -> None:
    lines = ["某院工作总结", "一、医疗工作", PARAGRAPH, "（一）门诊", PARAGRAPH, "二、打算", PARAGRAPH * 12]
    assert text_of(as_pdf(lines, indent=indent, size=size)).splitlines() == lines


def test_characters_are_ordered_by_their_place() -> None:
    # in pairs: where no Chinese font is installed the library passes over a character that stands alone
    page: list[Placed] = [(200, 100, "五六"), (72, 130, "次行"), (152, 100, "一二"), (176, 100, "三四")]
    assert text_of(drawn(page)) == "一二三四五六\n次行\n"


def test_bold_by_printing_twice_is_read_once() -> None:
    assert text_of(drawn([(72, 100, "加粗"), (72.4, 100, "加粗")])) == "加粗\n"


def test_columns_become_tabs_and_rows_are_not_joined() -> None:
    rows = [("项目", "本年", "上年"), ("门诊人次", "12", "10"), ("出院人次", "3", "-2.5")]
    page: list[Placed] = [
        (x, 100 + 20 * y, cell)
        for y, row in enumerate(rows)
        for x, cell in zip((72, 240, 400), row, strict=True)
    ]
    assert text_of(drawn(page)) == "".join("\t".join(row) + "\n" for row in rows)


def test_what_is_wrapped_in_a_cell_stays_in_its_row() -> None:
    page: list[Placed] = [
        (72, 100, "病种"), (150, 100, "发病数"), (240, 100, "上年同期"), (330, 100, "增减"),
        (72, 120, "其他感染性"), (150, 120, "521"), (240, 120, "468"), (330, 120, "11.3"),
        (72, 136, "腹泻病"),
        (72, 156, "梅毒"), (150, 156, "12"), (240, 156, "10"), (330, 156, "20.0"),
        (72, 176, "完。"),
    ]  # fmt: skip
    assert text_of(drawn(page)).splitlines() == [
        "病种\t发病数\t上年同期\t增减",
        "其他感染性腹泻病\t521\t468\t11.3",
        "梅毒\t12\t10\t20.0",
        "完。",
    ]


def test_a_number_that_stands_apart_belongs_to_its_paragraph() -> None:
    page: list[Placed] = [
        (72, 100, "1."),
        (108, 100, "全年完成门诊人次九万余，同比增长百分之五，出院病人一千余，平"),
        (108, 120, "均住院日七天。"),
        (72, 140, "2."),
        (108, 140, "打算。"),
    ]
    assert text_of(drawn(page)).splitlines() == [
        "1.全年完成门诊人次九万余，同比增长百分之五，出院病人一千余，平均住院日七天。",
        "2.打算。",
    ]


def test_items_that_begin_with_a_figure_are_told_from_decimals() -> None:
    wide = "体检六百人，完成率百分之七十一点六，超出区下达任务一点六个百分点，"
    lines = [
        f"1.65岁以上老年人{wide}完成。",
        f"2.0～6岁儿童{wide}完成率为四。",
        f"2.5亿元到位。{wide}为。",
        "3.办讲座。",
    ]
    page: list[Placed] = [(72, 100 + 20 * at, line) for at, line in enumerate(lines)]
    assert text_of(drawn(page)).splitlines() == [lines[0], lines[1] + lines[2], lines[3]]


@pytest.mark.parametrize(
    ("before", "piece"),
    [("一季度完成", "（9800平方米、病床"), ("药品总收入（9120万", "元）43.4%。完"), ("占", "《2023年》")],
)
def test_a_line_is_ended_early_by_what_has_no_room_and_cannot_be_cut(before: str, piece: str) -> None:
    wide = "全年完成门诊人次九万余，同比增长百分之五，出院病人一千余，平均住院日"
    page: list[Placed] = [
        (72, 100, wide),
        (72, 120, wide[len(before) + 3 :] + before),
        (72, 140, piece + wide[9:]),
    ]
    assert text_of(drawn(page)) == "".join(text for _, _, text in page) + "\n"
    page[2] = (72, 140, "完" + piece)
    assert text_of(drawn(page)).count("\n") == 2


def test_running_heads_and_page_numbers_are_dropped_and_figures_in_the_text_are_not() -> None:
    pages: list[list[Placed]] = [
        [(72, 40, f"某院工作总结 第{n}页"), (72, 100, f"第{n}项。"), (72, 120, "12"), (290, 810, f"- {n} -")]
        for n in (1, 2, 3)
    ]
    assert text_of(drawn(*pages)) == "第1项。\n12\n第2项。\n12\n第3项。\n12\n"


def test_a_title_at_the_top_of_the_first_page_stays() -> None:
    assert text_of(drawn([(72, 60, "某院工作总结"), (72, 100, "正文。")], [(72, 100, "完。")])).startswith(
        "某院工作总结\n"
    )


def picture() -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.drawInlineImage(Image.new("L", (80, 100), 200), 0, 0, *A4)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def test_a_scan_is_named() -> None:
    source = read_any(picture())
    (remark,) = source.diagnostics
    assert (source.text, remark.code, remark.severity) == ("", "scanned-pdf", "error")
    assert "OCR" in remark.message


def test_a_password_is_named_and_one_for_printing_only_does_not_matter() -> None:
    page: list[Placed] = [(72, 100, "正文。")]
    with pytest.raises(InputError, match=r"^a\.pdf: is encrypted with a password"):
        read_any(drawn(page, encrypt=StandardEncryption("open", "own")), "a.pdf")
    assert text_of(drawn(page, encrypt=StandardEncryption("", "own", canPrint=0))) == "正文。\n"


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("三、工作", 2),
        ("（十二）工作", 4),
        ("4.工作", 2),
        ("①、工作", 2),
        ("4.5万", 0),
        ("三甲医院", 0),
        ("", 0),
        ("（", 0),
    ],
)
def test_numbers_at_the_beginning_of_a_line(text: str, length: int) -> None:
    assert number_length(text) == length
