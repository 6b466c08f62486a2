"""Reads a file's bytes and decodes them; only a leading byte-order mark is dropped."""

from __future__ import annotations

import codecs
import hashlib
import sys
from pathlib import Path
from typing import IO

from summaryparse.diagnostics import Diagnostic
from summaryparse.errors import InputError
from summaryparse.expressions import compiled
from summaryparse.records import dataclass

MAX_BYTES = 64 * 1024 * 1024

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The older names stand for subsets, and files that say GBK or Big5 use characters of the greater set.
WIDER = {"gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}
NAMES = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}

# Above this share of undecodable or control characters a file is not text.
BROKEN_SHARE = 0.05
# Right decodings score 0.5 and more; wrong ones and binary files under 0.1.
MIN_PLAUSIBLE = 0.2
UTF16 = ("utf-16-le", "utf-16-be")
CONTROL_SHARE = 0.02
# Controls, and code points that the Unicode Standard (23.7, Noncharacters) keeps out of interchanged text.
CONTROLS = compiled(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")

# The characters that make up most of any modern text, in both scripts, and the punctuation: text decoded in
# the wrong one of two encodings holds few of them.
FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而"
    "方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好"
    "应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向"
    "道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特"
    "件长求老头基边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南"
    "给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切"
    "打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步"
    "群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习"
    "响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效院查江型眼王按格养易置派层片"
    "始却专状育厂京识适属圆包火住调满县局照参红细引听该医疗护患病床室服卫健康防控疾药培训项推升落這國個們時來"
    "對會發動過說產種後學經進著電現實體機當點從業開還無關間樣與條沒結問題內數應變總統計設員組織運農處隊給門規"
    "熱領導東濟階極聯認權證較轉單風帶場車務萬達積議聲報鬥類離華確張馬節話況傳許廣記連斷難礦備辦習響約勞團歷號"
    "維劃選標寫親縣調滿紅細聽該醫療護臺灣衛強級區見質"
    "资訊圖，。、；：（）《》“”「」．—％①②③\u3000０１２３４５６７８９"
)
# In UTF-16 any bytes are characters, though of scripts and blocks that have nothing to do with each other.
ORDINARY = compiled(
    "[\t\n\r\x20-\x7e\u00a0-\u00ff\u2010-\u2033\u2103-\u217f\u2190-\u2199\u2200-\u226f\u2460-\u249b"
    "\u25a0-\u25ff\u3000-\u301e\u3200-\u33ff\u4e00-\u9fff\ufe30-\ufe6b\uff01-\uff5e\uffe0-\uffe5]"
)
MIN_ORDINARY = 0.9
CUT_OFF = ("unexpected end of data", "incomplete multibyte sequence", "truncated data")
# What a wrong decoding produces and reports do not hold: private use, replacement, rare blocks.
IMPLAUSIBLE = compiled("[\ue000-\uf8ff\ufffd\u3400-\u4dbf\x80-\x9f\u0370-\u052f\u2500-\u257f\u3040-\u30ff]")


@dataclass(frozen=True, slots=True)
class Source:
    """One input: `text` is decoded with line ends as they are; `encoding` is what it was read as."""

    path: str
    media_type: str
    encoding: str
    sha256: str
    text: str
    diagnostics: tuple[Diagnostic, ...]


def read_file(path: str | Path, encoding: str | None = None, max_bytes: int = MAX_BYTES) -> Source:
    """The decoded text file, or standard input for "-"; raises InputError with one plain sentence."""
    return read_bytes(load_bytes(path, max_bytes), str(path), encoding)


def load_bytes(path: str | Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a file, or of standard input for "-"; raises InputError where there are too many."""
    if str(path) == "-":
        data = standard_input().read(max_bytes + 1)
    else:
        data = read_at_most(Path(path), max_bytes + 1)
    if len(data) > max_bytes:
        raise InputError(f"{path}: larger than the limit of {max_bytes:,} bytes")
    return data


def standard_input() -> IO[bytes]:
    """The bytes of standard input; raises InputError where it is closed."""
    if sys.stdin is None or sys.stdin.closed:
        raise InputError("-: standard input is closed")
    return sys.stdin.buffer


def read_at_most(path: Path, limit: int) -> bytes:
    """The first bytes of a file; raises InputError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(limit)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder, not a file") from None
    except PermissionError:
        what = "is a folder, not a file" if path.is_dir() else "permission denied"
        raise InputError(f"{path}: {what}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path}: {reason}") from None


def read_bytes(data: bytes, path: str, encoding: str | None = None) -> Source:
    """The text of the bytes, decoded as told or, without a name, as their content shows."""
    diagnostics: list[Diagnostic] = []
    if encoding is None:
        text, used = decode(data, path, diagnostics)
    else:
        text, used = decode_as(data, path, encoding)
    text = text.removeprefix("\ufeff")
    controls = sum(1 for _ in CONTROLS.finditer(text))
    if controls > max(CONTROL_SHARE * len(text), 2):
        raise InputError(f"{path}: is binary, not text")
    return Source(path, "text/plain", used, hashlib.sha256(data).hexdigest(), text, tuple(diagnostics))


def decode_as(data: bytes, path: str, encoding: str) -> tuple[str, str]:
    """The bytes decoded in the encoding of that name, and the name of what was used."""
    try:
        info = codecs.lookup(encoding)
    except (LookupError, ValueError):
        raise InputError(f"{path}: unknown encoding {encoding!r}") from None
    name = NAMES.get(info.name, info.name)
    name = WIDER.get(name, name)
    for mark, marked in MARKS:
        if data.startswith(mark) and marked.split("-")[:2] == name.split("-")[:2]:
            name = marked
            break
    try:
        return codecs.decode(data, name), name
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start:,} is not valid {name}") from None
    except (LookupError, TypeError, ValueError):
        raise InputError(f"{path}: {encoding!r} is not a text encoding") from None


def decode(data: bytes, path: str, diagnostics: list[Diagnostic]) -> tuple[str, str]:
    """The bytes decoded by mark, then as UTF-8, UTF-16 or the better of the two Chinese encodings."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return decode_loosely(data[len(mark) :], name, path, diagnostics), name
    if 0 in data:
        return decode_nuls(data, path, diagnostics)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return decode_legacy(data, path, diagnostics)


def decode_nuls(data: bytes, path: str, diagnostics: list[Diagnostic]) -> tuple[str, str]:
    """Bytes with NUL among them: UTF-16 without a mark, else UTF-8 in which a few NULs went astray."""
    name, score = likeliest(data, UTF16)
    if score > MIN_PLAUSIBLE and "\0" not in data.decode(name, errors="replace"):
        diagnostics.append(guessed(name))
        return decode_loosely(data, name, path, diagnostics), name
    if data.count(0) > max(2, len(data) // 1000):
        raise InputError(f"{path}: is binary, not text")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return decode_legacy(data, path, diagnostics)


def decode_legacy(data: bytes, path: str, diagnostics: list[Diagnostic]) -> tuple[str, str]:
    """Text that is not valid UTF-8: damaged UTF-8, else the encoding in which it reads most like Chinese."""
    damaged = data.decode("utf-8", errors="replace")
    multibyte = sum(1 for character in damaged if character > "\x7f" and character != "\ufffd")
    # Chinese in another encoding is broken UTF-8 throughout, so a few bad bytes among good ones are damage.
    if multibyte >= 4 * damaged.count("\ufffd"):
        return decode_loosely(data, "utf-8", path, diagnostics), "utf-8"
    name, score = likeliest(data, ("gb18030", "big5hkscs", *UTF16))
    if score <= MIN_PLAUSIBLE:
        raise InputError(f"{path}: the encoding is not UTF-8, UTF-16, GB18030 or Big5; is it text?")
    diagnostics.append(guessed(name))
    return decode_loosely(data, name, path, diagnostics), name


def likeliest(data: bytes, names: tuple[str, ...]) -> tuple[str, float]:
    """The encoding in which the beginning of the bytes reads most like Chinese, and how much it does."""
    sample = data[: 1 << 17]
    scores = {name: plausibility(sample.decode(name, errors="replace")) for name in names}
    best = max(names, key=lambda name: scores[name])
    return best, scores[best]


def plausibility(text: str) -> float:
    """The share of frequent characters outside ASCII, less four times that of implausible ones.

    Nothing is left of it where too many characters are such as no report is written in.
    """
    if not text or len(ORDINARY.findall(text)) < MIN_ORDINARY * len(text):
        return 0.0
    foreign = [character for character in text if character > "\x7f"]
    if not foreign:
        return 1.0
    frequent = sum(1 for character in foreign if character in FREQUENT)
    return (frequent - 4 * len(IMPLAUSIBLE.findall(text))) / len(foreign)


def decode_loosely(data: bytes, name: str, path: str, diagnostics: list[Diagnostic]) -> str:
    """The text, with U+FFFD and a warning in place of the few bytes that do not decode."""
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        cut_off = error.end == len(data) and error.reason in CUT_OFF
    text = data.decode(name, errors="replace")
    broken = text.count("\ufffd")
    if cut_off:
        text = text.rstrip("\ufffd") + "\ufffd"
        message = "The file ends in the middle of a character."
        diagnostics.append(Diagnostic("truncated", "warning", message, (len(text) - 1, len(text))))
        return text
    if broken > max(2, BROKEN_SHARE * len(text)):
        raise InputError(f"{path}: {broken:,} places are not valid {name}; name another encoding")
    at = text.index("\ufffd")
    message = f"{broken:,} places are not valid {name} and were replaced."
    diagnostics.append(Diagnostic("undecodable-bytes", "warning", message, (at, at + 1)))
    return text


def guessed(name: str) -> Diagnostic:
    """The remark that the encoding was told from the content."""
    return Diagnostic("encoding-guessed", "info", f"The encoding was taken for {name}.")
