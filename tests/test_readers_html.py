"""Web pages: furniture goes, text, numbers, headings and tables stay."""

from __future__ import annotations

import pytest

from summaryparse.errors import InputError
from summaryparse.readers import read_any

PAGE = "<!DOCTYPE html><html><head><meta charset=utf-8><title>某网</title></head><body>{}</body></html>"
TEXT = "全年完成门诊9.3万人次，同比增长5%，各项指标稳步提升，群众满意度达到98%。"
LINKS = "".join(f"<li><a href='/{n}.htm'>栏目{n}</a></li>" for n in "甲乙丙丁")


def text_of(body: str, encoding: str = "utf-8") -> str:
    source = read_any(PAGE.format(body).encode(encoding), "a.html")
    assert source.media_type == "text/html"
    return source.text


@pytest.mark.parametrize(
    "furniture",
    [
        f"<ul>{LINKS}</ul>",
        f"<div id=x1><div><p>导航</p><ul>{LINKS}</ul></div></div>".replace("<p>导航</p>", ""),
        "<nav>首页 新闻</nav>",
        "<div class='site-footer'><p>某单位主办</p></div>",
        "<div class='topBreadcrumb'>首页 &gt; 总结</div>",
        "<div id='sidebar_left'><p>天气：晴</p></div>",
        "<div role='navigation'>栏目</div>",
        "<aside><p>公告</p></aside>",
        "<footer>版权</footer>",
        "<div title='header'><p>某单位文件夹 第1页</p></div>",
        "<script>document.write('一、假')</script>",
        "<style>p{}</style>",
        "<noscript>请启用脚本</noscript>",
        "<template><p>模板</p></template>",
        "<form><input value='x'><select><option>外部链接</option></select><button>搜索</button></form>",
        "<div style='display: none'>隐藏</div>",
        "<p hidden>隐藏</p>",
        "<!-- 注释 <p>注</p> -->",
        "<svg><text>图</text></svg>",
        f"<table><tr><td><table><tr>{LINKS.replace('li', 'td')}</tr></table></td></tr></table>",
    ],
)
def test_furniture_is_left_out_before_and_behind_the_text(furniture: str) -> None:
    report = f"<h2>一、工作</h2><p>{TEXT}</p>"
    assert text_of(furniture + report) == f"一、工作\n{TEXT}\n"
    assert text_of(report + furniture) == f"一、工作\n{TEXT}\n"


@pytest.mark.parametrize(
    "body",
    [
        "<div class='page-nav-open'><h1>总结</h1><p>{}</p></div>",
        "<form id='form1'><h1>总结</h1><p>{}</p></form>",
        "<header class='banner'><h1>总结</h1></header><p>{}</p>",
        "<div class='share-content'><h3>总结</h3><p>{}</p></div>",
        "<ul><li><a href='#1'>总</a><a href='#2'>结</a><a href='#3'></a></li></ul><p>{}</p>",
        "<div style='visibility:hidden'><div>总结</div><p>{}</p></div>",
    ],
)
def test_what_holds_the_text_is_kept_whatever_its_name(body: str) -> None:
    assert text_of(body.format(TEXT)) == f"总结\n{TEXT}\n"


def test_a_page_of_links_alone_is_kept() -> None:
    assert text_of(f"<ul>{LINKS}</ul>").split() == ["栏目甲", "栏目乙", "栏目丙", "栏目丁"]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>一<b>二</b>三<br>四</p>五", "一二三\n四\n五\n"),
        ("<p>全年\n   完成 12\n例</p>", "全年完成 12例\n"),
        ("<p>new\nline</p>", "new line\n"),
        ("<pre>甲\n乙  丙</pre>", "甲\n乙  丙\n"),
        ("<p>&nbsp;&emsp;1&nbsp;600万元&lt;5%</p>", "1\xa0600万元<5%\n"),
        ("<ol><li>甲<li>乙</ol>", "1.甲\n2.乙\n"),
        ("<ol start=3><li>甲<li value=7>乙<li>丙</ol>", "3.甲\n7.乙\n8.丙\n"),
        ("<ol><li>甲<li>乙<ol><li>丁</ol><li>丙</ol>", "1.甲\n2.乙\n1.丁\n3.丙\n"),
        (
            "<ol><li><p>甲</p><p>乙</p></li>\n<li>\n<div><p>丙</p></div><li><li>丁</ol>",
            "1.甲\n乙\n2.丙\n3.\n4.丁\n",
        ),
        ("<ol><li><ol><li><p>甲</ol></ol>", "1.\n1.甲\n"),
        ("<ol><li><table><tr><td>甲<td>乙</table></ol>", "1.\n甲\t乙\n"),
        ("<ol style='list-style-type: cjk-ideographic'><li>甲<li>乙</ol>", "一、甲\n二、乙\n"),
        ("<ol type=a><li>甲</ol><ul><li>乙</ul>", "a.甲\n乙\n"),
        ("<ol style='list-style:none'><li>甲</ol>", "甲\n"),
        ("<ol><li>1.甲<li>2.乙</ol>", "1.甲\n2.乙\n"),
        ("<dl><dt>甲<dd>乙</dl>", "甲\n乙\n"),
    ],
)
def test_lines_and_list_numbers(markup: str, text: str) -> None:
    assert text_of(markup) == text


def test_table_cells_keep_their_columns() -> None:
    markup = (
        "<table><caption>表1</caption><thead><tr><th rowspan=2>项目<th colspan=2>人次</tr>"
        "<tr><th>本年<th>上年</tr></thead><tr><td><p>门诊</p><td>12<td>\n10\n</tr></table>"
    )
    assert text_of(markup) == "表1\n项目\t人次\n\t本年\t上年\n门诊\t12\t10\n"


def test_tables_that_lay_the_page_out_give_lines() -> None:
    cell = "".join(f"<p>{n}、{TEXT}</p>" for n in "一二三")
    lines = text_of(f"<table><tr><td>左栏</td><td>{cell}</td></tr></table>").splitlines()
    assert lines == ["左栏", *(f"{n}、{TEXT}" for n in "一二三")]


@pytest.mark.parametrize(
    ("head", "encoding", "used"),
    [
        ("<meta charset=gb2312>", "gb18030", "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=big5">', "big5hkscs", "big5hkscs"),
        ("<meta charset=gbk>", "utf-8", "utf-8"),
        ("<meta charset=ascii>", "gb18030", "gb18030"),
        ("", "gb18030", "gb18030"),
        ("", "utf-8-sig", "utf-8"),
        ("", "utf-16", "utf-16-le"),
    ],
)
def test_encoding_is_declared_or_found(head: str, encoding: str, used: str) -> None:
    text = "全年工作一切正常，服務中心完成門診人次" if "big5" in encoding else TEXT
    source = read_any(f"<html>{head}<body><p>{text}</p></body></html>".encode(encoding))
    assert (source.text, source.encoding) == (text + "\n", used)


def test_encoding_can_be_forced() -> None:
    data = b"<html><meta charset=utf-8><body>" + TEXT.encode("gb18030")
    assert read_any(data, encoding="gbk").text == TEXT + "\n"


def test_nesting_beyond_any_page_is_refused() -> None:
    assert text_of("<div><p>" * 900 + "甲" + "</div>" * 900) == "甲\n"
    assert text_of("<p>甲<br><li>" * 5000).count("甲") == 5000
    with pytest.raises(InputError, match="nested too deeply"):
        text_of("<x>" * 100_000)


def test_a_remark_on_broken_bytes_has_no_place_in_the_text() -> None:
    source = read_any(PAGE.format("<p>全院接诊3万人次。</p>" * 20).encode() + b"<!-- \xff -->", "x")
    assert [(remark.code, remark.span) for remark in source.diagnostics] == [("undecodable-bytes", None)]
