"""Results that stay in memory as long as what they were made from is the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

ResultT = TypeVar("ResultT")
MOST_ROWS = 200_000  # of all results together; the newest one is kept however large it is
MOST_RESULTS = 64


class KeptResults:
    """The last results of a project, each with the state of what it was made from.

    >>> kept = KeptResults()
    >>> [kept.get("sum", state, lambda: state * 2) for state in (1, 1, 2)]
    [2, 2, 4]
    """

    def __init__(self) -> None:
        self._results: dict[Hashable, tuple[Hashable, object, int]] = {}
        self._lock = Lock()

    def get(
        self,
        key: Hashable,
        state: Hashable | None,
        make: Callable[[], ResultT],
        rows: Callable[[ResultT], int] = lambda result: 0,
    ) -> ResultT:
        """The result of `key`: the one in memory if it was made in this `state`, else a new one.

        `state` None: nobody knows whether anything changed, so nothing is kept. `rows`: the size of
        a result.
        """
        with self._lock:
            present = self._results.pop(key, None)
            if present is not None and state is not None and present[0] == state:
                self._results[key] = present  # now the newest
                return cast(ResultT, present[1])
        result = make()
        if state is not None:
            with self._lock:
                self._results.pop(key, None)
                self._results[key] = (state, result, rows(result))
                self._drop_oldest()
        return result

    def _drop_oldest(self) -> None:
        sizes: list[tuple[Any, int]] = [(key, kept[2]) for key, kept in self._results.items()]
        total = sum(size for _, size in sizes)
        for key, size in sizes[:-1]:
            if total <= MOST_ROWS and len(self._results) <= MOST_RESULTS:
                return
            del self._results[key]
            total -= size


class Same:
    """A state that is the same as long as an object is the very same one."""

    def __init__(self, of: object) -> None:
        self.of = of

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.of is other.of

    def __hash__(self) -> int:
        return id(self.of)
