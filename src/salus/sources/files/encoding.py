"""Detects the encoding of a file: by its byte order mark, else strict UTF-8, else CP1252 (Windows).

Nothing is guessed from statistics of letters. A UTF-8 file may have a broken row, and a Windows
file writes every umlaut in one byte. Counting lines shows which it is, see `detect_encoding`.
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
#: A gzip file that unpacks to more than a gigabyte may be at most 200 times larger unpacked.
MOST_UNPACKED, ALWAYS_UNPACKED = 200, 1 << 30
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ASCII = bytes(range(128))
#: Bytes that aren't letters in CP1252, or are letters (ÿ þ) that hardly occur in texts.
_ODD = b"\x81\x8d\x8f\x90\x9d\xfe\xff"


@dataclass(frozen=True)
class Encoding:
    """How to decode a file."""

    name: str  # of the codec
    mark: int = 0  # bytes of its byte order mark
    notes: tuple[str, ...] = ()  # what was decided, as sentences


@dataclass
class _Lines:
    """Counts of the lines with bytes beyond ASCII."""

    valid: int = 0  # lines that are valid UTF-8
    invalid: int = 0  # lines that aren't
    strange: int = 0  # bytes beyond ASCII in the invalid lines
    odd: int = 0  # those of them that hardly occur in CP1252 texts

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
        """Whether the file is CP1252: most of these lines aren't UTF-8, and their bytes are letters
        and signs in CP1252.
        """
        return self.invalid > self.valid and self.odd * 10 < self.strange


def detect_encoding(path: Path, label: str, setting: str | None = None) -> Encoding:
    """The encoding of a file; reads all of it. `setting`: the encoding in the settings, if any.

    Without a byte order mark a file is CP1252 if most of its lines with bytes beyond ASCII aren't
    valid UTF-8 and those bytes are text in CP1252. Else it is UTF-8; invalid lines are rejected
    later, one by one.
    """
    with open_bytes(path, label) as file:
        head = file.read(4096)
    mark, name = next(((len(mark), name) for mark, name in MARKS if head.startswith(mark)), (0, ""))
    if setting is not None:
        codec = codecs.lookup(setting).name
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
                    "the file has mostly NUL bytes: it may be UTF-16 without a byte order mark",
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
        note = f"letters such as ä and é are read as Windows writes them (CP1252) in {lines.invalid:,} lines"
        if lines.valid:
            note += (
                f"; {lines.valid:,} other lines look like UTF-8, so their letters may be wrong: save"
                " the file as UTF-8"
            )
        return Encoding("cp1252", 0, (note,))
    if lines.invalid:
        return Encoding(
            "utf-8",
            0,
            (
                f"the file is UTF-8, but {lines.invalid:,} of its lines have letters in another"
                " encoding: save the file as UTF-8",
            ),
        )
    return Encoding("utf-8")


def open_bytes(path: Path, label: str) -> BinaryIO:
    """The bytes of a file; a file that ends in .gz is unpacked."""
    try:
        return (
            cast(BinaryIO, gzip.open(path, "rb"))
            if path.suffix.lower() == ".gz"
            else path.open("rb")
        )
    except OSError as error:
        raise DataError(
            [
                Problem(
                    label,
                    None,
                    None,
                    f"the file can't be opened: {error.strerror}",
                    "check that the file exists and that you may read it",
                )
            ]
        ) from error


def read_blocks(path: Path, label: str, skip: int = 0) -> Iterator[bytes]:
    """The bytes of a file in blocks, without the first `skip`. Raises DataError if a .gz file is
    damaged, or unpacks to far more than its size.
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
                                "the file unpacks to far more than its size",
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
                        "export or copy the file again",
                    )
                ]
            ) from error


def read_whole_lines(path: Path, label: str) -> Iterator[bytes]:
    """The bytes of a file in blocks that end with a line, if lines are shorter than a block."""
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
