"""Which entity a row belongs to, by links: row by row, from the page of the language.

The functions of keys are written anew, sign by sign.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from . import conditions
from .facts import comparable, is_odd, key_text
from .table import Row, Table

MATCHED, AMBIGUOUS, NOBODY, UNKNOWN, EMPTY = "matched", "ambiguous", "not an entity", "unknown", ""


@dataclass(frozen=True)
class Answer:
    """Where a name leads to."""

    state: str
    entity: str | None = None


def plain(text: str | None) -> str | None:
    """17.0 is 17."""
    if text is None:
        return None
    head, point, tail = text.partition(".")
    digits = head.removeprefix("-")
    whole = digits.isascii() and digits.isdigit() and (digits == "0" or digits[0] != "0")
    if point and tail and not tail.strip("0") and whole and head != "-0":
        return head
    return text


def of_row(expression: str, row: Row) -> str | None:
    """The value of `company(trim(name))` in a row."""
    head, bracket, rest = expression.partition("(")
    if bracket and head in FUNCTIONS and rest.endswith(")"):
        inner = rest[:-1]
        if head == "left":
            inner, _, length = inner.rpartition(",")
            text = of_row(inner.strip(), row)
            return None if text is None else plain(text[: int(length)]) or None
        text = of_row(inner, row)
        return None if text is None else plain(FUNCTIONS[head](text)) or None
    name = expression[1:-1] if expression.startswith("`") else expression
    return plain(key_text(row[name])) or None


def of_link(expression: str, row: Row) -> list[str | None]:
    """The names in a row of a link's table: each part of a cell if `each` reads it."""
    if "each(" not in expression:
        return [of_row(expression, row)]
    column = expression.partition("each(")[2].partition(")")[0].strip("`")
    parts = (key_text(row[column]) or "").split(";")
    single = expression.replace("each(", "trim(")
    return [of_row(single, {**row, column: part}) for part in parts]


def is_blank(sign: str) -> bool:
    return sign.isspace() or sign in "\u200b\u2060\ufeff"


def trim(text: str) -> str:
    while text and is_blank(text[0]):
        text = text[1:]
    while text and is_blank(text[-1]):
        text = text[:-1]
    return text


def digits(text: str) -> str:
    kept = "".join(sign for sign in text if sign in "0123456789")
    while kept.startswith("0"):
        kept = kept[1:]
    return kept


FUNCTIONS: dict[str, Any] = {"trim": trim, "digits": digits, "left": None}


class Links:
    """The links of one model over raw tables."""

    def __init__(self, model: dict, tables: dict[str, Table]) -> None:
        self.model, self.tables = model, tables
        self.zone = ZoneInfo(model.get("timezone", "UTC"))
        self.corrections: dict[str, dict[str, str]] = {}
        self.names: dict[str, dict[str | None, list[Row]]] = {}

    @cached_property
    def entities(self) -> dict[str, bool]:
        """The keys of the entity's table, and whether a row with the key is an entity."""
        entity = self.model["entity"]
        kept = conditions.parse(entity["where"]) if entity.get("where") else None
        result: dict[str, bool] = {}
        for row in self.tables[entity["table"]].rows:
            key = plain(key_text(row[entity["key"]]))
            if key:
                holds = conditions.holds(
                    kept,
                    lambda name, row=row: conditions.seen(row.get(name), self.zone),
                    lambda name, row=row: is_odd(row.get(name)),
                )
                result[key] = result.get(key, False) or holds
        return result

    def ask(self, path: Any, row: Row, time: Any) -> Answer:
        """Where one way leads to from a row."""
        if isinstance(path, str):
            return self.entity(of_row(path, row))
        [(link, expression)] = path.items()
        name = of_row(expression, row)
        return Answer(EMPTY) if name is None else self.follow(link, name, time)

    def entity(self, key: str | None) -> Answer:
        if key is None:
            return Answer(EMPTY)
        if not self.model["entity"].get("table"):
            return Answer(MATCHED, key)
        if key not in self.entities:
            return Answer(UNKNOWN)
        return Answer(MATCHED, key) if self.entities[key] else Answer(NOBODY)

    def named(self, name: str) -> dict[str | None, list[Row]]:
        """The rows of a link's table by their foreign name."""
        if name not in self.names:
            link = self.model["links"][name]
            rows = self.names.setdefault(name, {})
            for row in self.tables[link["table"]].rows:
                for each in of_link(link["from"], row):
                    rows.setdefault(each, []).append(row)
        return self.names[name]

    def follow(self, name: str, foreign: str, time: Any) -> Answer:
        """Where a foreign name leads to by a link."""
        link = self.model["links"][name]
        if foreign in self.corrections.get(name, {}):
            answer = self.entity(self.corrections[name][foreign])
            if answer.state != UNKNOWN:
                return answer
        rows = self.named(name).get(foreign, [])
        if link.get("time"):
            since = link["time"]
            pairs = [
                (comparable([row[since], time], self.zone), row)
                for row in rows
                if row[since] is not None and time is not None
            ]
            began = [(start, row) for (start, now), row in pairs if start <= now]
            last = max((start for start, _ in began), default=None)
            rows = [row for start, row in began if start == last]
        answers = [self.ask(link["to"], row, time) for row in rows]
        found = {answer.entity for answer in answers if answer.state == MATCHED}
        states = {answer.state for answer in answers}
        if AMBIGUOUS in states or len(found) > 1:
            return Answer(AMBIGUOUS)
        if found:
            return Answer(MATCHED, found.pop())
        return Answer(NOBODY if NOBODY in states else UNKNOWN)

    def resolve(self, key: Any, row: Row, time: Any = None) -> Answer:
        """Where a row belongs to: the first way that is neither empty nor unknown decides."""
        answers = [self.ask(path, row, time) for path in (key if isinstance(key, list) else [key])]
        for answer in answers:
            if answer.state not in (EMPTY, UNKNOWN):
                return answer
        unknown = any(answer.state == UNKNOWN for answer in answers)
        return Answer(UNKNOWN if unknown else EMPTY)

    def match_rows(self, source: dict) -> tuple[list[str | None], list[str | None]]:
        """What a lookup through a link compares: for each row of the source's table, and for each
        row of the other table.
        """
        lookup = source["lookup"]
        [(name, expression)] = lookup["on"].items()
        link = self.model["links"][name]
        own, other = self.tables[source["table"]].rows, self.tables[lookup["table"]].rows
        if link["table"] != lookup["table"]:
            facts = [self.resolve(lookup["on"], row, row[source["time"]]).entity for row in own]
            key = self.model["entity"]["key"]
            return facts, [plain(key_text(row[key])) or None for row in other]
        to = link["to"] if isinstance(link["to"], str) else next(iter(link["to"].values()))
        target = to.rpartition("(")[2].partition(",")[0].rstrip(")")
        names = [of_row(link["from"], row) for row in other]
        since = [row[lookup["time"]] if lookup.get("time") else None for row in other]
        targets: dict[Any, set[str]] = {}
        for row, each in zip(other, zip(names, since, strict=True), strict=True):
            value = plain(key_text(row[target]))
            targets.setdefault(each, set()).update([value] if value else [])
        clear = [
            each[0] if len(targets[each]) < 2 else None for each in zip(names, since, strict=True)
        ]
        return [of_row(expression, row) for row in own], clear


def lower(text: str) -> str:
    """Small letters of Latin, Greek, Cyrillic and Armenian."""
    return "".join(
        sign.lower()[0] if sign < "\u0530" or "\u1e00" <= sign < "\u2000" else sign for sign in text
    )


FUNCTIONS["lower"] = lower
TWO = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "æ": "ae", "ø": "oe", "ß": "ss", "œ": "oe",
       "þ": "th", "ĳ": "ij"}  # fmt: skip
ALONE = {"đ": "d", "ð": "d", "ł": "l", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k"}
FORMS = [
    "gmbh",
    "mbh",
    "ag",
    "kg",
    "kgaa",
    "ug",
    "ev",
    "og",
    "sarl",
    "sa rl",
    "as",
    "a s",
    "aps",
    "i s",
    "ab",
    "publ",
    "hb",
    "asa",
    "bv",
    "nv",
    "ltd",
    "limited",
    "plc",
    "llp",
    "inc",
    "corp",
    "llc",
    "co",
    "sa",
    "sas",
    "cie",
    "sl",
    "sau",
    "spa",
    "srl",
    "oy",
    "sp z oo",
    "sro",
    "pty",
    "gesmbh",
    "haftungsbeschraenkt",
]
"""The legal forms that tests write; the product knows more."""
EDGE = ("ab", "sarl", "sas", "sa", "ag", "gmbh", "oy")


def company(text: str) -> str:
    letters = ""
    for sign in lower(unicodedata.normalize("NFC", text[:400])):
        if sign in ".'’‘`´" or unicodedata.combining(sign):
            continue
        bare = sign
        if sign not in TWO and sign.isalpha() and sign < "\u2000":
            bare = unicodedata.normalize("NFD", sign)[0]
        bare = TWO.get(bare) or ALONE.get(bare) or bare
        letters += bare if bare.isalnum() else " "
    words = letters.split()
    for _ in range(5):
        for form in FORMS:
            size = len(form.split())
            if len(words) > size and " ".join(words[-size:]) == form:
                words = words[:-size]
                break
    if len(words) > 1 and words[0] in EDGE:
        words = words[1:]
    return " ".join(words)


def domain(text: str) -> str:
    text = text[:400]
    if "<" in text:
        text = text.partition("<")[2]
    text = trim(lower(text))
    for sign in " \t\n\r\u00a0<>,;\"'()|":
        text = text.partition(sign)[0]
    scheme, slashes, rest = text.partition("://")
    if slashes and scheme and scheme[0].isalpha() and scheme.isascii() and "/" not in scheme:
        text = rest
    text = text.removeprefix("mailto:").lstrip("/")
    for sign in "/?#":
        text = text.partition(sign)[0]
    text = text.rpartition("@")[2].partition(":")[0].rstrip(".").removeprefix("www.")
    parts = text.split(".")
    if len(parts) < 2 or not all(parts):
        return ""
    last = parts[-1]
    named = last.startswith("xn--") or (
        len(last) > 1 and not any(sign in "0123456789" for sign in last)
    )
    return text if named and text not in ("gmail.com", "gmx.de", "web.de") else ""


FUNCTIONS["company"], FUNCTIONS["domain"] = company, domain
