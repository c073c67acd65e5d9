"""How a foreign name leads to a customer: the links of a model, row by row and as slowly as they
read. Written from the description of the language, without the product's code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

UNKNOWN, AMBIGUOUS = "unknown", "ambiguous"
Row = Mapping[str, str]
LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"}
)
LEGAL_FORMS = re.compile(
    r" (gmbh co kg|gmbh|ag|kg|ohg|ug|aps|a s|as|p s|ps|i s|ab|oy|inc|llc|corp|corporation|co|limited|ltd|plc|b v|bv|n v|nv"
    r"|s a|sa|sarl|s r l|srl|spa)$"
)
FREE_MAIL = {"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "yahoo.com", "gmx.de"}


def company(text: str) -> str:
    """A company's name without case, diacritics, punctuation and legal form."""
    folded = text.casefold().translate(LETTERS)
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", folded)
        if not unicodedata.combining(letter)
    )
    return LEGAL_FORMS.sub("", re.sub(r"[^a-z0-9]+", " ", plain).strip())


def domain(text: str) -> str:
    """The host of an address, without `www.`; nothing for free mail."""
    host = re.sub(r"^[a-z]+://", "", text.strip().lower()).split("/")[0].rsplit("@", 1)[-1]
    host = host.split(":")[0].removeprefix("www.")
    return "" if host in FREE_MAIL or "." not in host else host


FUNCTIONS: Mapping[str, Callable[[str], str]] = {
    "trim": str.strip,
    "lower": str.lower,
    "digits": lambda text: re.sub(r"\D", "", text).lstrip("0"),
    "domain": domain,
    "company": company,
}


def evaluate(expression: str, row: Row) -> str:
    """The value of `company(trim(Name))` and the like in a row; empty for no value."""
    expression = expression.strip()
    match = re.fullmatch(r"(\w+)\((.*)\)", expression, re.DOTALL)
    if match is None:
        return row[expression.strip("`")] or ""
    name, inner = match.groups()
    if name == "left":
        inner, length = inner.rsplit(",", 1)
        return evaluate(inner, row)[: int(length)]
    return FUNCTIONS[name](evaluate(inner, row))


def evaluate_list(expression: str, row: Row) -> list[str]:
    """The names in a row of a link's table: each part of the cell that `each` reads."""
    match = re.fullmatch(r"(.*)each\((.*?)\)(.*)", expression, re.DOTALL)
    if match is None:
        return [evaluate(expression, row)]
    before, column, after = match.groups()
    parts = (row[column.strip("`")] or "").split(";")
    plain = f"{before}{column}{after}"
    return [evaluate(plain, {**row, column.strip("`"): part.strip()}) for part in parts]


@dataclass(frozen=True)
class Names:
    """Resolves the keys of a model: the tables' rows, its links, and its entities' keys."""

    tables: Mapping[str, list[dict[str, str]]]
    links: Mapping[str, Mapping[str, Any]]
    entities: frozenset[str]
    cache: dict[str, dict[str, set[str]]]

    def resolve(self, key: object, row: Row) -> str:
        """The entity of a row, `unknown` or `ambiguous`; empty if the row has no name at all."""
        answer = ""
        for single in key if isinstance(key, list) else [key]:
            entity = self._single(single, row)
            if entity not in ("", UNKNOWN):
                return entity
            answer = answer or entity
        return answer

    def _single(self, key: object, row: Row) -> str:
        if isinstance(key, str):
            value = evaluate(key, row)
            return value if value in self.entities or not value else UNKNOWN
        assert isinstance(key, Mapping)
        ((link, expression),) = key.items()
        value = evaluate(expression, row)
        if not value:
            return ""
        targets = self._targets(link).get(value, set())
        if len(targets) == 1:
            return next(iter(targets))
        return AMBIGUOUS if targets else UNKNOWN

    def _targets(self, link: str) -> dict[str, set[str]]:
        """The entities that each name of a link leads to."""
        if link not in self.cache:
            targets: dict[str, set[str]] = {}
            declared = self.links[link]
            for row in self.tables[declared["table"]]:
                entity = self.resolve(declared["to"], row)
                for name in evaluate_list(declared["from"], row):
                    if name and entity not in ("", UNKNOWN):
                        targets.setdefault(name, set()).add(entity)
            self.cache[link] = targets
        return self.cache[link]


def names_of(
    tables: Mapping[str, list[dict[str, str]]],
    links: Mapping[str, Mapping[str, Any]],
    entities: Iterable[str],
) -> Names:
    """The resolver of a model's links."""
    return Names(tables, links, frozenset(entities), {})
