import hashlib
import io
import random
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaryparse.errors import InputError
from summaryparse.source import read_bytes, read_file

SENTENCES = [
    "全年完成门诊二十万人次，出院患者一万余人次。",
    "我院坚持以病人为中心，不断提高医疗服务质量，\n各项指标稳步增长。",
    "二、存在的问题和下一步打算\r\n人才队伍建设还需加强。",
    "培训基层医生300名，举办讲座12场，发放资料5000份。",
    "药占比为28.5%，较上年下降1.2个百分点。",
]
TRADITIONAL = [
    "全年完成門診二十萬人次，出院病人一萬餘人次。",
    "本院堅持以病人為中心，不斷提高醫療服務品質，\n各項指標穩定成長。",
    "二、問題與檢討\r\n人才培育仍需加強。",
    "培訓基層醫師300名，舉辦講座12場，發放資料5000份。",
    "藥費占比為28.5%，較上年下降1.2個百分點。",
]


@pytest.mark.parametrize("sentence", SENTENCES + TRADITIONAL)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_encoding_is_told_from_one_sentence(sentence: str, encoding: str) -> None:
    source = read_bytes(sentence.encode(encoding), "a.txt")
    assert (source.text, source.encoding) == (sentence, encoding)
    assert [d.code for d in source.diagnostics] == ([] if encoding == "utf-8" else ["encoding-guessed"])


@pytest.mark.parametrize("sentence", TRADITIONAL)
def test_big5_is_told_from_one_sentence(sentence: str) -> None:
    source = read_bytes(sentence.encode("big5hkscs"), "a.txt")
    assert (source.text, source.encoding) == (sentence, "big5hkscs")


PHRASES = (
    "加强医疗服务管理",
    "提高工作质量",
    "完成各项任务",
    "开展专家培训",
    "改善患者就医环境",
    "落实安全责任",
)
OTHERS = (
    "加強醫療服務管理",
    "提高工作品質",
    "完成各項任務",
    "開展專家培訓",
    "改善病人就醫環境",
    "落實安全責任",
)


@given(st.lists(st.sampled_from(PHRASES), min_size=3, max_size=8))
def test_gb18030_is_told_from_short_texts(phrases: list[str]) -> None:
    text = "，".join(phrases)
    assert read_bytes(text.encode("gb18030"), "a.txt").text == text


@given(st.lists(st.sampled_from(OTHERS), min_size=3, max_size=8))
def test_big5_is_told_from_short_texts(phrases: list[str]) -> None:
    text = "，".join(phrases)
    assert read_bytes(text.encode("big5hkscs"), "a.txt").text == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")],
)
def test_byte_order_mark_names_the_encoding_and_is_not_text(mark: bytes, encoding: str) -> None:
    source = read_bytes(mark + "总结\r\n".encode(encoding), "a.txt")
    assert (source.text, source.encoding, source.diagnostics) == ("总结\r\n", encoding, ())


@pytest.mark.parametrize("text", ["", "a", "abc\r\n", "12"])
def test_small_and_empty_files_are_text(text: str) -> None:
    assert read_bytes(text.encode(), "a.txt").text == text


def test_utf16_without_mark_may_hold_ascii_only() -> None:
    assert read_bytes("report 2021\n".encode("utf-16-le"), "a.txt").text == "report 2021\n"


@pytest.mark.parametrize("cut", [1, 2])
def test_utf8_cut_in_a_character_stays_utf8(cut: int) -> None:
    source = read_bytes(("各项工作稳步推进。" * 3).encode()[:-cut], "a.txt")
    assert source.text == "各项工作稳步推进。各项工作稳步推进。各项工作稳步推进\ufffd"
    (remark,) = source.diagnostics
    assert (source.encoding, remark.code, remark.severity, remark.span) == (
        "utf-8",
        "truncated",
        "warning",
        (26, 27),
    )


def test_a_few_broken_bytes_are_replaced_with_a_warning() -> None:
    good = "各项工作稳步推进。" * 20
    source = read_bytes(good.encode() + b"\xff" + good.encode(), "a.txt")
    (remark,) = source.diagnostics
    assert source.text == good + "\ufffd" + good
    assert (source.encoding, remark.code, remark.span) == ("utf-8", "undecodable-bytes", (180, 181))


@pytest.mark.parametrize(
    ("name", "used"),
    [("gbk", "gb18030"), ("GB2312", "gb18030"), ("cp936", "gb18030"), ("gb18030", "gb18030")],
)
def test_older_names_stand_for_the_wider_encoding(name: str, used: str) -> None:
    source = read_bytes("朱镕基，㐀".encode("gb18030"), "a.txt", name)
    assert (source.text, source.encoding, source.diagnostics) == ("朱镕基，㐀", used, ())


def test_big5_by_name_reads_hong_kong_characters() -> None:
    assert read_bytes("衞生署㗎".encode("big5hkscs"), "a.txt", "big5").text == "衞生署㗎"


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"abc", "no-such", "a.txt: unknown encoding 'no-such'"),
        (b"abc", "rot13", "a.txt: 'rot13' is not a text encoding"),
        (b"\xff\xff", "utf-8", "a.txt: byte 0 is not valid utf-8"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200), None, "a.txt: is binary, not text"),
        (b"\x01\x02\x03\x04\x05abc", None, "a.txt: is binary, not text"),
        (
            bytes(range(128, 256)) * 3,
            None,
            "a.txt: the encoding is not UTF-8, UTF-16, GB18030 or Big5; is it text?",
        ),
    ],
)
def test_what_cannot_be_decoded_is_named(data: bytes, encoding: str | None, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(data, "a.txt", encoding)
    assert str(caught.value) == message


def test_file_is_read_with_its_line_ends_and_digest(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("一\r\n二\n".encode())
    source = read_file(path)
    assert (source.path, source.media_type, source.text) == (str(path), "text/plain", "一\r\n二\n")
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("总结".encode("gb18030") * 5)))
    source = read_file("-")
    assert (source.path, source.text) == ("-", "总结" * 5)


def test_closed_standard_input_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match=r"^-: standard input is closed$"):
        read_file("-")


@pytest.mark.parametrize("text", ["的ฐ갚ᚷ", "不ꀀⴰﭐ是ཀ", "ሀ\ud800\udc00有ⵝ"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_medley_of_scripts_is_no_text(text: str, encoding: str) -> None:
    with pytest.raises(InputError):
        read_bytes(text.encode(encoding, "surrogatepass"), "a.txt")


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_noncharacters_behind_a_mark_are_no_text(mark: bytes) -> None:
    with pytest.raises(InputError, match=r"^a\.txt: is binary, not text$"):
        read_bytes(mark + b"\x8d\x90\xff\xff\x81\xa0" * 40, "a.txt")


def test_random_bytes_are_no_text() -> None:
    dice = random.Random(1)
    for _ in range(1_000):
        with pytest.raises(InputError):
            read_bytes(dice.randbytes(dice.randint(24, 400)), "a.txt")


def test_unreadable_paths_are_named(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_bytes(b"a" * 11)
    for path, message in [
        (tmp_path / "missing", "no such file"),
        (tmp_path, "is a folder, not a file"),
        (tmp_path / "big.txt", "larger than the limit of 10 bytes"),
    ]:
        with pytest.raises(InputError) as caught:
            read_file(path, max_bytes=10)
        assert str(caught.value) == f"{path}: {message}"


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_an_input_error(data: bytes) -> None:
    try:
        text = read_bytes(data, "a.txt").text
    except InputError:
        return
    assert text.encode().decode() == text
