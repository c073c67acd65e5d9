"""Column names of a file: blanks around them don't count, and no two that the model means may be
alike.
"""

from __future__ import annotations

from collections.abc import Iterable

from salus.errors import DataError, Problem

MOST_COLUMNS = 16_384  # as many as a spreadsheet can have


def clean_name(name: str) -> str:
    """A header as the model names it: no blanks around it, one blank for a line break within,
    nothing unprintable.

    >>> clean_name(" Betrag\\n netto ")
    'Betrag netto'
    """
    return "".join(letter for letter in " ".join(name.split()) if letter.isprintable())


class Headers:
    """The names of a file's columns and their places. Names that differ only in case are alike, as
    in SQL.
    """

    def __init__(self, raw: Iterable[str], label: str, line: int) -> None:
        self.names = tuple(clean_name(name) for name in raw)
        self._label, self._line = label, line
        if len(self.names) > MOST_COLUMNS:
            raise DataError(
                [
                    Problem(
                        label,
                        line,
                        None,
                        f"the header has {len(self.names)} columns, more than {MOST_COLUMNS}",
                        "export fewer columns",
                    )
                ]
            )
        self._places: dict[str, list[int]] = {}
        for place, name in enumerate(self.names):
            self._places.setdefault(name.casefold(), []).append(place)

    @property
    def usable(self) -> tuple[str, ...]:
        """Names that stand for one column."""
        return tuple(
            name for name in self.names if name and len(self._places[name.casefold()]) == 1
        )

    def places(self, names: Iterable[str]) -> dict[str, int]:
        """Where the columns stand, in the order of the file; names that aren't there are left out.

        Raises DataError with every name that stands for several columns.
        """
        there = {
            name: self._places[name.casefold()]
            for name in names
            if name and name.casefold() in self._places
        }
        several = {name: places for name, places in there.items() if len(places) > 1}
        if several:
            raise DataError([self._problem(name, places) for name, places in several.items()])
        found = {name: places[0] for name, places in there.items() if self.names[places[0]] == name}
        return dict(sorted(found.items(), key=lambda item: item[1]))

    def _problem(self, name: str, places: list[int]) -> Problem:
        written = ", ".join(f"`{self.names[place]}` (column {place + 1})" for place in places)
        return Problem(
            self._label,
            self._line,
            None,
            f"the model uses `{name}`, but several columns have this name: {written}",
            "give each column its own name in the file",
        )

    def notes(self) -> list[str]:
        """What is odd about the names and doesn't matter to the model."""
        twice = [
            self.names[places[0]] for key, places in self._places.items() if key and len(places) > 1
        ]
        return [f"several columns have the same name: {', '.join(twice[:20])}"] if twice else []

    @property
    def unnamed(self) -> tuple[int, ...]:
        """Columns without a name, counted from 1."""
        return tuple(place + 1 for place, name in enumerate(self.names) if not name)
