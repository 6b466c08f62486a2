"""Members of a zip archive, read one at a time within limits; nothing is ever written by a member's name."""

from __future__ import annotations

import io
import lzma
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from summaryparse.errors import InputError

MAX_MEMBERS = 20_000
MAX_MEMBER = 64 * 1024 * 1024
MAX_TOTAL = 2 * 1024 * 1024 * 1024
# Word's own XML packs 50 to 1 at most; a member above this and of some size is a bomb.
MAX_RATIO = 200
RATIO_FROM = 4 * 1024 * 1024
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
)
ENCRYPTED = 0x1
# Windows takes these for devices, whatever is written behind them.
DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)", re.IGNORECASE)
UTF8_NAME = 0x800


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive: `name` as its maker wrote it, `target` a relative path that stays in a folder.

    Targets of one archive differ from each other, also where case is ignored. `problem` says why the member
    is not read, "" if it is.
    """

    index: int
    name: str
    target: PurePosixPath
    size: int
    problem: str


def open_zip(data: bytes | Path, path: str) -> zipfile.ZipFile:
    """The container; raises InputError if it is damaged, or holds more than is safe to unpack."""
    try:
        container = zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
    except DAMAGE as error:
        raise InputError(f"{path}: the zip container is damaged ({reason(error)})") from None
    infos = container.infolist()
    if len(infos) > MAX_MEMBERS:
        raise InputError(f"{path}: {len(infos):,} members, more than the limit of {MAX_MEMBERS:,}")
    total = sum(info.file_size for info in infos)
    if total > MAX_TOTAL:
        raise InputError(f"{path}: unpacks to {total:,} bytes, more than the limit of {MAX_TOTAL:,}")
    return container


def read_info(container: zipfile.ZipFile, info: zipfile.ZipInfo, path: str) -> bytes:
    """The bytes of one member, never more than the limit whatever its header says."""
    problem = problem_of(info)
    if problem:
        raise InputError(f"{path}: {problem}")
    try:
        with container.open(info) as file:
            data = file.read(MAX_MEMBER + 1)
    except DAMAGE as error:
        raise InputError(f"{path}: is damaged ({reason(error)})") from None
    if len(data) > MAX_MEMBER:
        raise InputError(f"{path}: unpacks to more than {MAX_MEMBER:,} bytes")
    return data


def problem_of(info: zipfile.ZipInfo) -> str:
    """Why a member must not be unpacked; "" if it may."""
    if info.flag_bits & ENCRYPTED:
        return "is encrypted with a password"
    if bomb_of(info):
        return bomb_of(info)
    if info.filename.lower().endswith((".zip", ".rar", ".7z", ".gz", ".tar", ".tgz")):
        return "is an archive inside an archive, which is not opened"
    return ""


def bomb_of(info: zipfile.ZipInfo) -> str:
    """Why a member would take too much memory; "" if it would not."""
    if info.file_size > MAX_MEMBER:
        return f"unpacks to {info.file_size:,} bytes, more than the limit of {MAX_MEMBER:,}"
    if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        return f"is packed more than {MAX_RATIO} to 1, as only a zip bomb is"
    return ""


def check_bombs(data: bytes, path: str) -> None:
    """Raises InputError where another program should not be given a container."""
    with open_zip(data, path) as container:
        for info in container.infolist():
            if bomb_of(info):
                raise InputError(f"{path}: {info.filename} {bomb_of(info)}")


def list_members(data: bytes | Path, path: str) -> list[Member]:
    """The files of an archive in its order, without folders and the hidden files of systems."""
    with open_zip(data, path) as container:
        infos = container.infolist()
    members: list[Member] = []
    taken: set[str] = set()
    for index, info in enumerate(infos):
        name = name_of(info)
        parts = safe_parts(name)
        if info.is_dir() or not parts or is_hidden(parts):
            continue
        target = free_target(PurePosixPath(*parts), taken)
        taken.add(str(target).casefold())
        members.append(Member(index, name, target, info.file_size, problem_of(info)))
    return members


def read_member(data: bytes | Path, member: Member, path: str) -> bytes:
    """The bytes of a member that `list_members` gave; raises InputError if it cannot be read."""
    if isinstance(data, bytes):
        container = open_zip(data, path)
    else:
        try:
            state = data.stat()
        except OSError as error:
            raise InputError(f"{path}: {error.strerror}") from None
        container = open_once(data, path, state.st_mtime_ns, state.st_size, os.getpid())
    infos = container.infolist()
    if member.index >= len(infos):
        raise InputError(f"{path}: has changed while it was read")
    return read_info(container, infos[member.index], f"{path}/{member.name}")


@lru_cache(maxsize=1)
def open_once(file: Path, path: str, *_state: int) -> zipfile.ZipFile:
    """The archive; it stays open for its next member while it is the same file in the same process."""
    return open_zip(file, path)


def iter_members(data: bytes | Path, path: str) -> Iterator[tuple[Member, bytes | InputError]]:
    """Every member with its bytes, or with the reason why it has none; holds one at a time."""
    members = list_members(data, path)
    with open_zip(data, path) as container:
        infos = container.infolist()
        for member in members:
            try:
                yield member, read_info(container, infos[member.index], f"{path}/{member.name}")
            except InputError as error:
                yield member, error


def name_of(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: archives made on Chinese systems hold GBK and do not say so."""
    if info.flag_bits & UTF8_NAME:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def safe_parts(name: str) -> list[str]:
    """The folders and the name of a member's path, without what would lead out of a folder."""
    parts = []
    for part in name.replace("\\", "/").split("/"):
        clean = "".join("_" if c in '<>:"|?*' or c < " " or c == "\x7f" else c for c in part).strip()
        clean = clean.rstrip(".")
        if clean:
            parts.append(shortened(f"_{clean}" if DEVICES.match(clean) else clean))
    return parts


def shortened(name: str) -> str:
    """A name of at most 240 bytes that keeps its extension."""
    if len(name.encode("utf-8", "replace")) <= 240:
        return name
    stem, dot, extension = name.rpartition(".")
    tail = dot + extension if stem and len(extension) < 10 else ""
    room = 240 - len(tail.encode("utf-8", "replace"))
    return name.encode("utf-8", "replace")[:room].decode("utf-8", "ignore") + tail


def is_hidden(parts: list[str]) -> bool:
    """Whether a member is a lock file or what an operating system leaves in archives."""
    return parts[0] == "__MACOSX" or any(part.startswith((".", "~$")) for part in parts)


def free_target(target: PurePosixPath, taken: set[str]) -> PurePosixPath:
    """The path itself, or with the first number behind its name that no other member has."""
    found, number = target, 1
    while str(found).casefold() in taken:
        number += 1
        found = target.with_name(f"{target.stem}~{number}{target.suffix}")
    return found


def reason(error: BaseException) -> str:
    """What the library says is wrong, in few words."""
    return " ".join(str(error).split())[:120] or type(error).__name__
