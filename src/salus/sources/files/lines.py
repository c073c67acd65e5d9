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
        self._texts = self._decode()
        self._text, self._place = "", 0  # what was read last, and where the next line starts
        self._first, self._cut, self._offered = True, False, False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        while True:
            end = self._text.find(self._end, self._place)
            if end >= 0:
                line, self._place = self._text[self._place : end], end + 1
                if not self._cut:
                    return self._short(line)
                self._cut = False  # it was the rest of a line that was cut off
                continue
            rest = "" if self._cut else self._text[self._place :]
            if len(rest) > LONGEST:
                self._text, self._place, self._cut = "", 0, True
                return self._short(rest)
            if not self._read(rest):
                self._text, self._place = "", 0
                if not rest:
                    raise StopIteration
                return self._short(rest, "")

    def whole_lines(self) -> str:
        """The next lines that end within what was read, as one text with the line breaks of the
        file. They stay the next lines until `skip` is called. Empty where they were shown before.
        """
        if not self._offered and self._text.find(self._end, self._place) < 0 and not self._cut:
            self._read(self._text[self._place :])
        if self._offered or self._cut or self._end != "\n":
            return ""
        self._offered = True
        end = self._text.rfind(self._end) + 1
        return self._text[self._place : end] if end > self._place else ""

    def skip(self, characters: int) -> None:
        """Go on behind the text that `whole_lines` returned."""
        self._place += characters

    def _read(self, rest: str) -> bool:
        """Read more text behind the rest of the last one. False at the end of the file."""
        text = next(self._texts, None)
        if text is None:
            return False
        if self._first and "\n" not in text and "\r" in text:
            self._end = "\r"  # as on old Macs
        self._first = self._offered = False
        if (text.isascii() and "\0" in text) or (not text.isascii() and _BROKEN.search(text)):
            self.suspicious = True
        self._text, self._place = rest + text, 0
        return True

    def _decode(self) -> Iterator[str]:
        errors = "surrogatepass" if self._encoding.name.startswith("utf-16") else "surrogateescape"
        errors = "replace" if self._encoding.name.startswith("utf-32") else errors
        decoder = codecs.getincrementaldecoder(self._encoding.name)(errors)
        for block in read_blocks(self._path, self._label, self._encoding.mark):
            yield _decoded(decoder, block)
        try:
            yield decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            yield CUT

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
