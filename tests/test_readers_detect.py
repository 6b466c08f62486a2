"""What a file is, by content; archives within limits; damaged bytes never end in another error."""

from __future__ import annotations

import io
import shutil
import tracemalloc
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaryparse import extract
from summaryparse.errors import InputError
from summaryparse.readers import archive, office, read_any
from summaryparse.readers.archive import iter_members, list_members, read_member
from summaryparse.readers.detect import Kind, detect
from tests.report_files import as_docx, as_html, as_pdf

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REPORT = ["某院2021年工作总结", "一、医疗工作", "全年门诊9.3万人次，同比增长5%。"]


def zipped(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in members:
            entry = zipfile.ZipInfo(name)  # of one date, since cases are named by their bytes
            container.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", Kind.TEXT),
        ("一、总结\n<p>标签".encode(), Kind.TEXT),
        ("# 标题\n<p>甲</p>\n<p>乙</p>".encode(), Kind.TEXT),
        (b"<5% of <p>", Kind.TEXT),
        (b"  <!-- x -->\n<!DOCTYPE html><p>a", Kind.HTML),
        (b"\xef\xbb\xbf<?xml version='1.0'?><html xmlns='x'>", Kind.HTML),
        ("<html><body>甲".encode("utf-16"), Kind.HTML),
        (b"<div><p>a</p><p>b</p></div>", Kind.HTML),
        (b"\n%PDF-1.4\n", Kind.PDF),
        (b"junk\n%PDF-1.4\n...%%EOF\n", Kind.PDF),
        ("格式说明：%PDF-1.4 开头".encode(), Kind.TEXT),
        (b"{\\rtf1\\ansi", Kind.RTF),
        (OLE + bytes(600) + "WordDocument".encode("utf-16-le"), Kind.DOC),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), Kind.LOCKED),
        (OLE + bytes(504) + b"\xec\xa5" + bytes(8) + b"\x00\x01" + bytes(9), Kind.LOCKED),
        (OLE + bytes(600) + "Workbook".encode("utf-16-le"), Kind.SHEET),
        (OLE + bytes(600), Kind.OLE),
        (zipped(("a.txt", b"a")), Kind.ZIP),
        (zipped(("[Content_Types].xml", b""), ("word/document.xml", b"")), Kind.DOCX),
        (zipped(("[Content_Types].xml", b""), ("xl/workbook.xml", b"")), Kind.SHEET),
        (zipped(("mimetype", b"application/vnd.oasis.opendocument.text")), Kind.ODT),
        (
            zipped(
                ("mimetype", b"application/vnd.oasis.opendocument.text"),
                ("META-INF/manifest.xml", b"<file-entry><encryption-data/></file-entry>"),
            ),
            Kind.LOCKED,
        ),
        (zipped(("OFD.xml", b"")), Kind.OFD),
        pytest.param(zipped(("a.txt", b"a"))[:-20], Kind.DAMAGED_ZIP, id="damaged-zip"),
        (b"Rar!\x1a\x07\x01\x00", Kind.PACKED),
    ],
)
def test_content_decides(data: bytes, kind: Kind) -> None:
    assert detect(data) is kind


def test_a_bomb_is_not_unpacked_to_tell_its_kind() -> None:
    bomb = zipped(("mimetype", bytes(40_000_000)), ("META-INF/manifest.xml", bytes(40_000_000)))
    tracemalloc.start()
    try:
        assert detect(bomb) is Kind.ZIP
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_libreoffice_is_never_given_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: shutil.which("false"))
    bomb = zipped(
        ("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", bytes(40_000_000))
    )
    with pytest.raises(InputError, match=r"^a\.odt: content\.xml is packed more than 200 to 1"):
        read_any(bomb, "a.odt")


def test_a_wrong_extension_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "report.doc"
    path.write_bytes(as_html(REPORT))
    document = extract(path)
    assert document.source.media_type == "text/html"
    assert [metric.value for metric in document.reports[0].metrics] == [93000, 5]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (zipped(("a.txt", b"a")), "is a zip archive; `summaryparse batch` reads what is in it"),
        (
            OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "is encrypted with a password; save it without one",
        ),
        (b"Rar!\x1a\x07\x01\x00", "is a packed archive; unpack it or pack it as .zip"),
    ],
)
def test_what_is_not_read_is_named(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_any(data, "x")
    assert str(caught.value) == f"x: {message}"


def test_without_libreoffice_the_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    with pytest.raises(InputError, match=r"^a\.doc: is a \.doc or \.wps file, which needs LibreOffice"):
        read_any(OLE + bytes(600) + "WordDocument".encode("utf-16-le"), "a.doc")


@pytest.mark.parametrize("program", ["true", "sleep"])
def test_libreoffice_that_gives_nothing_or_hangs_is_named(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = {"true": "exit 0", "sleep": "sleep 60"}[program]
    monkeypatch.setattr(office, "TIME_LIMIT", 0.3)
    monkeypatch.setattr(office, "find_office", lambda: shutil.which("sh"))
    monkeypatch.setattr(
        office,
        "run_office",
        lambda command, *where, run=office.run_office: run([command[0], "-c", script], *where),
    )
    with pytest.raises(InputError, match="could not read it" if program == "true" else "did not finish"):
        read_any(b"{\\rtf1 a}", "a.rtf")


def test_members_have_targets_that_stay_inside_and_differ() -> None:
    names = [
        "../../etc/a.txt",
        "/abs/b.txt",
        "C:\\dir\\c.txt",
        "sub/./d.txt",
        "D.txt",
        "d.txt",
        "...",
        "sub/",
        "aux.txt",
        "Con",
        "com7.a.b/auxiliary.txt",
    ]
    hidden = ["__MACOSX/e.txt", "sub/.f", "~$g.docx"]
    members = list_members(zipped(*((name, b"x") for name in names + hidden)), "a.zip")
    targets = [str(member.target) for member in members]
    assert targets == [
        *("etc/a.txt", "abs/b.txt", "C_/dir/c.txt", "sub/d.txt", "D.txt", "d~2.txt"),
        *("_aux.txt", "_Con", "_com7.a.b/auxiliary.txt"),
    ]
    assert not any(PurePosixPath(target).is_absolute() or ".." in target.split("/") for target in targets)


def test_names_in_gbk_are_read() -> None:
    data = zipped(("XXXX.txt", b"x")).replace(b"XXXX", "总结".encode("gb18030"))
    assert [member.name for member in list_members(data, "a.zip")] == ["总结.txt"]


def test_members_are_read_one_by_one_and_the_bad_ones_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBER", 40_000_000)
    path = tmp_path / "a.zip"
    bomb, big, nested = ("b.txt", bytes(30_000_000)), ("c.txt", bytes(40_000_001)), ("d.zip", zipped())
    path.write_bytes(zipped(("a.txt", b"good"), bomb, big, nested))
    members = list_members(path, "a.zip")
    assert read_member(path, members[0], "a.zip") == b"good"
    read = {member.name: str(data) for member, data in iter_members(path, "a.zip")}
    assert read["b.txt"].endswith("as only a zip bomb is")
    assert "more than the limit" in read["c.txt"]
    assert "inside an archive" in read["d.zip"]


@pytest.mark.parametrize(
    ("limit", "message"), [("MAX_MEMBERS", "5 members"), ("MAX_TOTAL", "unpacks to 15 bytes")]
)
def test_archives_beyond_the_limits_are_refused(
    limit: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = zipped(*((f"{n}.txt", b"abc") for n in range(5)))
    monkeypatch.setattr(archive, limit, 4)
    with pytest.raises(InputError, match=message):
        list_members(data, "a.zip")


def test_an_encrypted_member_is_named() -> None:
    data = bytearray(zipped(("a.txt", b"abc")))
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + flags] |= 1
    ((_, problem),) = iter_members(bytes(data), "a.zip")
    assert str(problem) == "a.zip/a.txt: is encrypted with a password"


@cache
def whole_files() -> tuple[bytes, ...]:
    return (as_docx(REPORT, numbered=True), as_pdf(REPORT), as_html(REPORT), zipped(("a.txt", b"abc" * 99)))


def refusal(read: Callable[[], object]) -> str:
    """What a reader says of a file that it refuses, "" if it reads it; no other error passes."""
    try:
        read()
    except InputError as error:
        return str(error)
    return ""


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_files_end_in_text_or_an_input_error(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(whole_files())))
    for _ in range(data.draw(st.integers(0, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content) - 1)) :]
    for message in (
        refusal(lambda: read_any(bytes(content), "x")),
        refusal(lambda: list(iter_members(bytes(content), "x"))),
    ):
        assert message == "" or (message.startswith("x: ") and "\n" not in message)


MAGICS = [b"PK\x03\x04", b"%PDF-1.7\n", OLE, b"<html>", b"<?xml version='1.0'?><html>"]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(MAGICS), st.binary(max_size=400))
def test_any_bytes_behind_a_magic_end_in_text_or_an_input_error(magic: bytes, rest: bytes) -> None:
    assert refusal(lambda: read_any(magic + rest, "x"))[:3] in ("", "x: ")
