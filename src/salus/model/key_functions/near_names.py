"""Known names that an unknown one may stand for. A person decides; nothing is matched by them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

MOST_UNKNOWN, MOST_KNOWN = 500, 50_000  # names that are compared
LONGEST, SHORTEST = 60, 5  # letters and digits of a name
CROWDED = 500  # names with one beginning; more of them aren't compared
BEGINNING = 3  # letters
# parts of hosts that say nothing about who owns them
_COMMON_HOSTS = frozenset(
    ["www", "mail", "email", "shop", "info", "support", "help", "team", "portal", "online", "group"]
)
Index = Mapping[str, Sequence[str]]


def find_near_names(unknown: Iterable[str], known: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The known names that each unknown one may stand for, by the first rule that finds any: the
    same without blanks, a slip of the pen, abbreviated words, the same host under another ending,
    and words added at the end. The names are results of the functions of keys.

    >>> find_near_names(["nord wind", "nordwimd", "nordwind pack"], ["nordwind", "nordwind packaging"])
    {'nord wind': ('nordwind',), 'nordwimd': ('nordwind',), 'nordwind pack': ('nordwind packaging',)}
    """
    wanted_names = [name for name in dict.fromkeys(unknown) if _is_comparable(name)][:MOST_UNKNOWN]
    rules = _Rules(wanted_names, [name for name in known if _is_comparable(name)][:MOST_KNOWN])
    near = {}
    for name in wanted_names:
        by_rule = (set(candidates) - {name} for candidates in rules.candidates(name))
        names = next(filter(None, by_rule), set())
        if names:
            near[name] = tuple(sorted(names))
    return near


class _Rules:
    """Known names by what each rule compares."""

    def __init__(self, wanted_names: Sequence[str], known: Sequence[str]) -> None:
        self.unspaced = _grouped((_unspaced(name), name) for name in known)
        wanted = {shorter for name in wanted_names for shorter in _shorter(_unspaced(name))}
        self.shorter = _grouped(
            (shorter, name) for name in known for shorter in _shorter(_unspaced(name)) & wanted
        )
        self.beginnings = _grouped((name[:BEGINNING], name) for name in known)
        self.hosts = _grouped((_host(name), name) for name in known if _host(name))

    def candidates(self, name: str) -> Iterator[Iterable[str]]:
        """The names that each rule finds, the strictest rule first."""
        alike = [other for other in self._beginning_like(name) if _digits(other) == _digits(name)]
        yield self.unspaced.get(_unspaced(name), ())
        yield (
            other
            for shorter in _shorter(_unspaced(name))
            for other in self.shorter.get(shorter, ())
            if _digits(other) == _digits(name)
        )
        yield (other for other in alike if is_abbreviated(name, other))
        yield self.hosts.get(_host(name), ()) if _host(name) else ()
        yield (other for other in alike if _has_more_words(name, other))

    def _beginning_like(self, name: str) -> Sequence[str]:
        names = self.beginnings.get(name[:BEGINNING], ())
        return names if len(names) <= CROWDED else ()


def is_abbreviated(first: str, second: str) -> bool:
    """Whether two names have the same words in the same order, some of them cut short. One word of
    at least four letters must be the same.
    """
    pairs = list(zip(first.split(), second.split(), strict=False))
    if len(first.split()) != len(second.split()) or not any(
        a == b and len(a) > 3 for a, b in pairs
    ):
        return False
    return all(
        a == b or (min(len(a), len(b)) >= BEGINNING and (a.startswith(b) or b.startswith(a)))
        for a, b in pairs
    )


def _has_more_words(first: str, second: str) -> bool:
    """Whether one name begins with all words of the other."""
    short, long = sorted((first, second), key=len)
    return long.startswith(f"{short} ")


def _is_comparable(name: str) -> bool:
    """Whether a name is a word that people write, not the number of something."""
    letters = sum(map(str.isalpha, name))
    return letters >= SHORTEST and len(name) <= LONGEST and letters >= len(name) / 2


def _unspaced(name: str) -> str:
    return name.replace(" ", "")


def _shorter(text: str) -> set[str]:
    """A text and what is left of it without one of its signs: two texts with one slip of the pen
    between them have one of these in common.
    """
    return {text, *[text[:place] + text[place + 1 :] for place in range(len(text))]}


def _digits(name: str) -> str:
    return re.sub("[^0-9]", "", name)


def _host(name: str) -> str:
    """The longest part of a host but its ending; empty for other names."""
    if "." not in name or " " in name or "@" in name:
        return ""
    parts = [part for part in name.split(".")[:-1] if part not in _COMMON_HOSTS]
    longest = max(parts, key=len, default="")
    return longest if len(longest) >= SHORTEST else ""


def _grouped(pairs: Iterable[tuple[str, str]]) -> Index:
    groups = defaultdict(list)
    for key, name in pairs:
        groups[key].append(name)
    return groups
