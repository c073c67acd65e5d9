"""Tables of letters: blanks, small letters, and letters without their marks."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

# every sign that separates words, and signs that can't be seen
BLANKS = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
_LETTERS = range(0x41, 0x0530)  # Latin, Greek, Cyrillic and Armenian letters …
_MORE_LETTERS = range(0x1E00, 0x2000)  # … and those with several marks
_MARKS = range(0x0300, 0x0370)  # written after the letter that they belong to
# letters that stand for two
PAIRS: Mapping[str, str] = {
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "œ": "oe",
    "þ": "th", "ĳ": "ij",
}  # fmt: skip
_OWN = {"đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n", "ĸ": "k"}


def _small(letter: str) -> str:
    """The small form of a letter, if it is a single one."""
    small = letter.lower()
    return small if len(small) == 1 else small[0]


def _bare(letter: str) -> str:
    """A small letter without marks; letters that stand for two stay."""
    if letter in PAIRS:
        return letter
    first = unicodedata.normalize("NFD", letter)[0]
    return _OWN.get(letter, first if first.isalpha() else letter)


SMALL: Mapping[str, str] = {
    letter: _small(letter)
    for letter in map(chr, (*_LETTERS, *_MORE_LETTERS))
    if _small(letter) != letter
}
# `Ä` becomes `ä` here, and then `ae` by PAIRS
BARE: Mapping[str, str] = {
    letter: _bare(_small(letter))
    for letter in map(chr, (*_LETTERS, *_MORE_LETTERS))
    if letter.isalpha() and _bare(_small(letter)) != letter
}
RING, DOTS = "\u030a", "\u0308"
# the same letters as in PAIRS, written as two signs
WRITTEN_APART: Mapping[str, str] = {
    f"a{DOTS}": "ae", f"o{DOTS}": "oe", f"u{DOTS}": "ue", f"a{RING}": "aa",
}  # fmt: skip
MARKS = "".join(map(chr, _MARKS))
