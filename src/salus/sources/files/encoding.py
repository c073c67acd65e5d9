"""Which characters a file's bytes stand for: byte order mark, else strict UTF-8, else CP1252. No
statistical guess.

A single broken row in a UTF-8 file is a broken row; a file whose umlauts are all written in one
byte is a Windows file. The two are told apart by counting lines, see `detect_encoding`.
"""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from salus.errors import DataError, Problem

BLOCK = 1 << 20
#: A gzip file may not unpack to more than this times its size once it is larger than a gigabyte.
MOST_UNPACKED, ALWAYS_UNPACKED = 200, 1 << 30
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ASCII = bytes(range(128))
#: Bytes that stand for no letter, or for letters (ÿ þ) that are far more often rubbish than text.
_ODD = b"\x81\x8d\x8f\x90\x9d\xfe\xff"


@dataclass(frozen=True)
class Encoding:
    """How to decode a file: the codec, the length of its byte order mark, and what there is to tell
    about it.
    """

    name: str
    mark: int = 0
    notes: tuple[str, ...] = ()


@dataclass
class _Lines:
    """Lines with bytes beyond ASCII: those that are UTF-8, and those that aren't with their
    bytes.
    """

    valid: int = 0
    invalid: int = 0
    strange: int = 0
    odd: int = 0

    def add(self, block: bytes) -> None:
        if block.isascii():
            return
        for line in block.split(b"\n"):
            if not line.isascii():
                self._line(line)

    def _line(self, line: bytes) -> None:
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            self.invalid += 1
            rest = line.translate(None, _ASCII)
            self.strange += len(rest)
            self.odd += len(rest) - len(rest.translate(None, _ODD))
        else:
            self.valid += 1

    @property
    def windows(self) -> bool:
        """Whether it reads as CP1252: most such lines aren't UTF-8, and their bytes are letters and
        signs there.
        """
        return self.invalid > self.valid and self.odd * 10 < self.strange


def detect_encoding(path: Path, label: str, chosen: str | None = None) -> Encoding:
    """The encoding of a file, by reading all of it. `chosen` is what the settings say; a byte order
    mark is removed.

    Without a mark, a file is UTF-8 unless more of its lines with bytes beyond ASCII break UTF-8
    than keep it, and those bytes are text in CP1252. Lines that break it in a UTF-8 file are
    rejected later, one by one.
    """
    with open_bytes(path, label) as file:
        head = file.read(4096)
    mark, name = next(((len(mark), name) for mark, name in MARKS if head.startswith(mark)), (0, ""))
    if chosen is not None:
        codec = codecs.lookup(chosen).name
        return Encoding(f"{codec}-le" if codec == "utf-16" and not mark else name or codec, mark)
    if mark:
        return Encoding(name, mark)
    if head.count(0) * 5 > len(head):
        raise DataError(
            [
                Problem(
                    label,
                    1,
                    None,
                    "the file holds mostly NUL bytes: UTF-16 without byte order mark?",
                    f'set encoding = "utf-16-le" in salus.toml under [files."{path.name}"]',
                )
            ]
        )
    return _without_mark(path, label)


def _without_mark(path: Path, label: str) -> Encoding:
    lines = _Lines()
    for block in read_whole_lines(path, label):
        lines.add(block)
    if lines.windows:
        mixed = f"; lines that are: {lines.valid}" if lines.valid else ""
        return Encoding(
            "cp1252",
            0,
            (f"read as CP1252 (Windows): lines that aren't valid UTF-8: {lines.invalid}{mixed}",),
        )
    if lines.invalid:
        return Encoding(
            "utf-8",
            0,
            (f"read as UTF-8: lines with bytes that aren't valid UTF-8: {lines.invalid}",),
        )
    return Encoding("utf-8")


def open_bytes(path: Path, label: str) -> BinaryIO:
    """The bytes of a file, unpacked where it ends in .gz."""
    try:
        return (
            cast(BinaryIO, gzip.open(path, "rb"))
            if path.suffix.lower() == ".gz"
            else path.open("rb")
        )
    except OSError as error:
        raise DataError(
            [Problem(label, None, None, f"the file can't be opened: {error.strerror}")]
        ) from error


def read_blocks(path: Path, label: str, skip: int = 0) -> Iterator[bytes]:
    """The file's bytes in pieces, without the first `skip`. Raises DataError when it is no gzip, or
    a bomb.
    """
    limit = max(ALWAYS_UNPACKED, MOST_UNPACKED * path.stat().st_size)
    total = 0
    with open_bytes(path, label) as file:
        try:
            file.read(skip)
            while block := file.read(BLOCK):
                total += len(block)
                if total > limit:
                    raise DataError(
                        [
                            Problem(
                                label,
                                None,
                                None,
                                "the file unpacks to far more than it should",
                                "unpack it yourself if you trust it",
                            )
                        ]
                    )
                yield block
        except (OSError, EOFError, zlib.error) as error:
            raise DataError(
                [
                    Problem(
                        label,
                        None,
                        None,
                        f"the file can't be read to its end: {error}",
                        "export or copy it again",
                    )
                ]
            ) from error


def read_whole_lines(path: Path, label: str) -> Iterator[bytes]:
    """The file in pieces that end at a line's end wherever lines are shorter than a piece."""
    rest = b""
    for block in read_blocks(path, label):
        cut = block.rfind(b"\n") + 1
        if cut or len(rest) > BLOCK:
            yield rest + block[:cut]
            rest = block[cut:]
        else:
            rest += block
    if rest:
        yield rest
