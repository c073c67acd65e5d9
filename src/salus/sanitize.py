"""Removes from outside text what could do harm: terminal codes, passwords, formulas."""

from __future__ import annotations

import re
import unicodedata

HIDDEN = "***"
WIDEST = 40  # characters of a name or value before it is cut
#: Control characters, formats (bidi overrides among them), surrogates, private use, separators of
#: lines.
_UNPRINTABLE = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
#: Categories and signs that a spreadsheet shows as nothing, so that a formula can hide behind them.
_INVISIBLE = (*_UNPRINTABLE, "Zs", "Cn", "Mn", "Me")
_BLANK_SIGNS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_FORMULA_STARTS = tuple("=+-@")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")

#: A password may hold any character, so all up to the line's last @ is hidden where two slashes
#: begin an address.
_PASSWORD = re.compile(r"((?::/|//)/*[^\s:/@]*:)[^\n]*@")
#: The same without slashes, as in a mistyped address: up to the next blank.
_MISTYPED = re.compile(r"(\b[\w.%+-]+:)(?!/)\S+@(?=[\w.\[-])")
#: `password=…` as a parameter of an address, as a word of libpq's own form, or as a setting of
#: Spark.
_PARAMETER = re.compile(
    r"([\w.-]*(?:passw(?:or)?d|pwd|secret|token|api_?key|access_?key)[\w.-]*=)"
    r"('(?:[^'\\]|\\.)*'?|[^\s&'\"`]+)",
    re.IGNORECASE,
)


def one_line(text: str) -> str:
    """The text on one line. A blank stands for each control or format character, so that none
    steers a terminal.

    >>> one_line("a\\x1b[31mb\\nc\\u202ed")
    'a [31mb c d'
    """
    return (
        text
        if text.isprintable()
        else "".join(" " if unicodedata.category(c) in _UNPRINTABLE else c for c in text)
    )


def sanitize(text: object) -> str:
    """A name or value from outside for a terminal: on one line, cut after 40 characters.

    >>> sanitize("a\\nb"), sanitize("x" * 50) == "x" * 39 + "…"
    ('a b', True)
    """
    line = one_line(str(text))
    return line if len(line) <= WIDEST else line[: WIDEST - 1] + "…"


def printable(text: str) -> str:
    """The text with its lines, each cleaned like `one_line`."""
    return "\n".join(map(one_line, text.split("\n")))


def redact(text: str) -> str:
    """The text without the passwords of addresses and connection settings in it, mistyped ones
    among them.

    >>> redact("postgresql://eva:s3cr@t@db/app?sslmode=require&password=x")
    'postgresql://eva:***@db/app?sslmode=require&password=***'
    """
    if "@" in text:
        text = _PASSWORD.sub(rf"\1{HIDDEN}@", text)
        text = _MISTYPED.sub(rf"\1{HIDDEN}@", text)
    return _PARAMETER.sub(rf"\1{HIDDEN}", text) if "=" in text else text


def redact_address(address: str) -> str:
    """An address as it may be shown: one line, no password even if it holds blanks."""
    line = one_line(address)
    return redact(re.sub(r"\s", "+", line)) if "@" in line or "=" in line else line


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may run the text, or one of its lines, as a formula.

    >>> is_formula("\\u00a0=1+1"), is_formula("\\uff1d1+1"), is_formula("a\\r=1"), is_formula("a = 1")
    (True, True, True, False)
    """
    if text.isprintable() and text[:1].isalnum() and text[0] not in _BLANK_SIGNS:
        return False
    return any(map(_starts_formula, (text, *_LINE_END.sub("\n", text).split("\n"))))


def _starts_formula(text: str) -> bool:
    visible = next(
        (c for c in text if c not in _BLANK_SIGNS and unicodedata.category(c) not in _INVISIBLE), ""
    )
    return unicodedata.normalize("NFKC", visible).startswith(
        _FORMULA_STARTS
    )  # full and small forms too


def escape_formula(text: str) -> str:
    """The text as a cell of a CSV file: no line of it is a formula, line ends are \\n, other
    control characters show.

    >>> escape_formula("=1+1"), escape_formula(" -5"), escape_formula("a\\r=1"), escape_formula("Nordwind GmbH")
    ("'=1+1", "' -5", "a\\n'=1", 'Nordwind GmbH')
    """
    if text.isprintable() and not is_formula(text):
        return text
    clean = _CONTROL.sub("\ufffd", _LINE_END.sub("\n", text)).encode("utf-8", "replace").decode()
    first, *others = clean.split("\n")
    quoted = "'" if _starts_formula(clean) else ""
    return "\n".join(
        [quoted + first, *(f"'{line}" if _starts_formula(line) else line for line in others)]
    )
