"""The column names of a file. A name that the model uses must belong to one column only."""

from __future__ import annotations

from collections.abc import Iterable

from salus.errors import DataError, Problem

MOST_COLUMNS = 16_384  # the most that a spreadsheet can have


def clean_name(name: str) -> str:
    """A column name as the model writes it: without blanks around it, line breaks and characters
    that can't be printed.

    >>> clean_name(" Betrag\\n netto ")
    'Betrag netto'
    """
    return "".join(letter for letter in " ".join(name.split()) if letter.isprintable())


class Headers:
    """The column names of a file and their positions. Names that differ only in case are the same,
    as in SQL.
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
                        f"the file has {len(self.names)} columns; at most {MOST_COLUMNS} can be read",
                        "export fewer columns",
                    )
                ]
            )
        self._places: dict[str, list[int]] = {}
        for place, name in enumerate(self.names):
            self._places.setdefault(name.casefold(), []).append(place)

    @property
    def usable(self) -> tuple[str, ...]:
        """The names that belong to one column only."""
        return tuple(
            name for name in self.names if name and len(self._places[name.casefold()]) == 1
        )

    def places(self, names: Iterable[str]) -> dict[str, int]:
        """The positions of the columns `names`, in the order of the file. Other names are left out.

        Raises DataError that lists the names which belong to several columns.
        """
        positions = {
            name: self._places[name.casefold()]
            for name in names
            if name and name.casefold() in self._places
        }
        repeated = {name: places for name, places in positions.items() if len(places) > 1}
        if repeated:
            raise DataError([self._problem(name, places) for name, places in repeated.items()])
        exact = {
            name: places[0] for name, places in positions.items() if self.names[places[0]] == name
        }
        return dict(sorted(exact.items(), key=lambda item: item[1]))

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
        """Notes about names that don't matter to the model."""
        twice = [
            self.names[places[0]] for key, places in self._places.items() if key and len(places) > 1
        ]
        return [f"several columns have the same name: {', '.join(twice[:20])}"] if twice else []

    @property
    def unnamed(self) -> tuple[int, ...]:
        """Columns without a name, counted from 1."""
        return tuple(place + 1 for place, name in enumerate(self.names) if not name)
