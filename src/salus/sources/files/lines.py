"""The decoded lines of a file. Bytes that can't be decoded are marked in the line, so that its row
can be rejected.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from salus.sources.files.encoding import Encoding, read_blocks
from salus.sources.files.numbers import TYPED

LONGEST = 1 << 20  # characters of a line
NO_TEXT = f"contains U+{ord(TYPED):04X}, which isn't a character"
#: Marks the end of a line that was cut off. No decoder returns it for text.
CUT = "\udfff"
_BROKEN = re.compile(f"[\0\ud800-\udfff{TYPED}]")


class FileLines:
    """The lines of a file with their line breaks. A line longer than `LONGEST` is cut and marked.

    `suspicious` becomes true with the first block that has a byte which no table can have.
    """

    def __init__(self, path: Path, label: str, encoding: Encoding) -> None:
        self.suspicious = False
        self._path, self._label, self._encoding = path, label, encoding
        self._end = "\n"
        self._lines = self._split()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return next(self._lines)

    def _texts(self) -> Iterator[str]:
        errors = "surrogatepass" if self._encoding.name.startswith("utf-16") else "surrogateescape"
        errors = "replace" if self._encoding.name.startswith("utf-32") else errors
        decoder = codecs.getincrementaldecoder(self._encoding.name)(errors)
        for block in read_blocks(self._path, self._label, self._encoding.mark):
            yield _decoded(decoder, block)
        try:
            yield decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            yield CUT

    def _split(self) -> Iterator[str]:
        rest, first, cut = "", True, False
        for text in self._texts():
            if first and "\n" not in text and "\r" in text:
                self._end = "\r"  # as on old Macs
            first = False
            if _BROKEN.search(text):
                self.suspicious = True
            lines = (rest + text).split(self._end)
            rest = lines.pop()
            if cut and lines:
                lines, cut = lines[1:], False  # the rest of a line that was cut off
            yield from (self._short(line) for line in lines)
            if len(rest) > LONGEST and not cut:
                yield self._short(rest)
                cut = True
            rest = "" if cut else rest
        if rest:
            yield self._short(rest, "")

    def _short(self, line: str, end: str = "\n") -> str:
        if len(line) > LONGEST:
            self.suspicious = True
            return line[:LONGEST] + CUT + "\n"
        return line + end


def _decoded(decoder: codecs.IncrementalDecoder, block: bytes) -> str:
    try:
        return decoder.decode(block)
    except UnicodeDecodeError:  # this codec can't mark single bytes: mark the whole block
        decoder.reset()
        return block.decode("ascii", "surrogateescape")


def find_fault(line: str, encoding: str) -> str | None:
    """Why a line can't be part of a table; None if it can.

    >>> find_fault("acc-\\udcff", "utf-8"), find_fault("a\\0b", "utf-8"), find_fault("Müller", "utf-8")
    ('not valid utf-8', 'contains a NUL character', None)
    """
    match = _BROKEN.search(line)
    if match is None:
        return None
    if match.group() == "\0":
        return "contains a NUL character"
    if match.group() == CUT:
        return f"longer than {LONGEST} characters, or cut off"
    if match.group() == TYPED:
        return NO_TEXT
    return f"not valid {encoding}"
