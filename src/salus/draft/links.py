"""The links of a folder, and the keys that go through them, from the ways that its picture shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from salus.draft.headers import to_snake_case
from salus.draft.lines import KeyBody, LinkDraft
from salus.draft.picture import (
    CustomersPicture,
    FolderPicture,
    KeyTerm,
    Step,
    TablePicture,
    Way,
    quote_name,
)

Places = tuple[tuple[str, str, str], ...]  # a column, a table, and the column that knows its values
MOST_PATHS = 8  # of one key
MORE = 0.02  # share of rows that further ways of a table must lead to customers
_NAMES = {
    "people": "people",
    "contracts": "contract",
    "tickets": "ticket",
    "deals": "deal",
    "invoices": "invoice",
    "orders": "order",
}


def is_key(step: Step, customers: CustomersPicture) -> bool:
    """Whether the value of a step is the key of a customer as it is written."""
    key = KeyTerm(customers.key)
    return step.target_table == customers.table and step.target == key and not step.term.functions


def is_through_record(way: Way) -> bool:
    """Whether a way passes another record of the customers' table, such as the surviving one."""
    return any(map(_stays, way.steps))


def _stays(step: Step) -> bool:
    return step.table == step.target_table


def _beginning(picture: FolderPicture, customers: CustomersPicture) -> tuple[str, ...] | None:
    """The function by which some tables know only the beginning of a customer's key."""
    return next(
        (
            step.target.functions
            for table in picture.tables
            for way in table.ways
            for step in way.steps
            if step.target_table == customers.table
            and step.target.column == customers.key
            and [function.partition(" ")[0] for function in step.target.functions] == ["left"]
        ),
        None,
    )


class FolderLinks:
    """Collects links while keys are written.

    `word` is the word for the entity; it names the link by which tables name its record. If that
    link is `corrected`, no table has the key as a plain column.
    """

    def __init__(
        self, picture: FolderPicture, customers: CustomersPicture, word: str, *, corrected: bool
    ) -> None:
        self.customers, self.corrected = customers, corrected
        self.tables = {table.name: table for table in picture.tables}
        self.word = word
        self.names: dict[str, KeyTerm] = {}  # what each link to a customer's key reads
        self.beginning = _beginning(picture, customers) if corrected else None
        self._links: dict[Places, LinkDraft] = {}

    @property
    def links(self) -> tuple[LinkDraft, ...]:
        """Every link so far, the simple ones first."""
        return tuple(
            sorted(self._links.values(), key=lambda link: isinstance(link.body["to"], Mapping))
        )

    def key(self, ways: Sequence[Way]) -> KeyBody:
        """The key of a table with these ways. Merged records come first: a known record that isn't
        a customer ends the search.
        """
        followed = list(dict.fromkeys(self._followed(ways)))
        own = {tuple(map(self._shortened, way.steps)) for way in ways}
        for steps in [steps for steps in reversed(followed) if steps not in own]:
            if len(followed) > MOST_PATHS:
                followed.remove(steps)
        paths: list[str | Mapping[str, object]] = []
        for steps in followed[:MOST_PATHS]:
            path = self._path(steps)
            if path not in paths:
                paths.append(path)
        return paths[0] if len(paths) == 1 else paths

    def _followed(self, ways: Sequence[Way]) -> list[tuple[Step, ...]]:
        """The steps of ways, those through surviving records first. Where the table that a way
        passes has several ways itself, each of them is one.
        """
        followed = []
        for way in ways:
            if is_through_record(way) and way.steps[1].term.column != self.customers.merged:
                continue
            followed.append(tuple(map(self._shortened, way.steps)))
            target = self.tables.get(way.steps[0].target_table) if way.steps else None
            if target is not None and self._needs_more(target):
                followed += [(way.steps[0], *steps) for steps in self._followed(target.ways)]
        return sorted(followed, key=lambda steps: not any(map(_stays, steps)))

    def _shortened(self, step: Step) -> Step:
        """The step by the beginnings of keys if some tables have only these: one link will do."""
        if self.beginning is None or not is_key(step, self.customers):
            return step
        term = KeyTerm(step.term.column, self.beginning)
        return replace(step, term=term, target=KeyTerm(self.customers.key, self.beginning))

    def _needs_more(self, table: TablePicture) -> bool:
        """Whether more than a few rows of a table don't lead to a customer by its first way, or those
        of a table that this way passes. Where a table has no more rows than there are customers, each
        may be all that one of them has, so every row counts.
        """
        if table.name == self.customers.table or not table.rows:
            return False
        first = next((way for way in table.ways if not is_through_record(way)), None)
        if first is None or not first.steps:
            return False
        few = MORE * table.rows if table.rows > self._most_customers else 0
        passed = self.tables.get(first.steps[0].target_table)
        further = passed is not None and self._needs_more(passed)
        return further or table.matched - first.matched > few

    @property
    def _most_customers(self) -> int:
        """The rows of the table that lists the customers."""
        listed = self.tables.get(self.customers.table)
        return listed.rows if listed is not None else 0

    def _path(self, steps: tuple[Step, ...]) -> str | Mapping[str, object]:
        if not steps:
            return plain_name(self.customers.key)
        if self._is_plain(steps):
            return plain_name(steps[0].term.column)
        return {self._link(steps).name: steps[0].term.text}

    def _is_plain(self, steps: tuple[Step, ...]) -> bool:
        return len(steps) == 1 and is_key(steps[0], self.customers) and not self.corrected

    def _link(self, steps: tuple[Step, ...]) -> LinkDraft:
        """The link that knows the values of the first step."""
        same = _places(steps)
        if same not in self._links:
            first, rest = steps[0], steps[1:]
            to: object = quote_name(self.customers.key)
            if rest and self._is_plain(rest):
                to = rest[0].term.text
            elif rest:
                to = {self._link(rest).name: rest[0].term.text}
            body = {"table": first.target_table, "from": first.target.text, "to": to}
            link = self._links[same] = LinkDraft(self._name(steps), body, "")
            single = not rest and "each" not in first.target.functions
            if single and first.target_table == self.customers.table:
                self.names[link.name] = first.target
        return self._links[same]

    def _name(self, steps: tuple[Step, ...]) -> str:
        used = {link.name for link in self._links.values()}
        base, target = self._kind(steps), steps[0].target
        table, column = to_snake_case(steps[0].target_table), to_snake_case(target.column)
        further = [f"{each}_{column}"[:40] for each in (base, table)]
        if steps[0].target_table != self.customers.table:
            further = [table, *further]
        numbered = (f"{base}_{number}" for number in range(2, 1000))
        return next(name for name in (base, *further, *numbered) if name not in used)

    def _kind(self, steps: tuple[Step, ...]) -> str:
        """A name for what a link reads."""
        step = steps[0]
        if step.target_table == self.customers.table:
            if len(steps) > 1 or "each" in step.target.functions:
                return "merged"
            kinds = {"company": "name", "domain": "domain"}
            key = step.target.column == self.customers.key
            own = self.word if key else to_snake_case(step.target.column)
            return next((kinds[f] for f in step.target.functions if f in kinds), own)
        table = self.tables.get(step.target_table)
        own = to_snake_case(step.target_table)
        name = _NAMES.get(table.role, own) if table is not None else own
        if "domain" in step.target.functions:
            return "mail" if name == "people" else f"{name}_domain"[:40]
        return name


def plain_name(column: str) -> str:
    """A column where the model names nothing else: as it is written, unless that is unclear."""
    unclear = "`" in column or column != column.strip() or column.startswith("next")
    return quote_name(column) if unclear else column


def used_links(links: Iterable[LinkDraft], keys: Iterable[object]) -> tuple[LinkDraft, ...]:
    """The links that keys go through, and those that these go through."""
    drafts = {link.name: link for link in links}
    waiting = [name for key in keys for name in _links_of(key)]
    used: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in used and name in drafts:
            used.add(name)
            waiting += _links_of(drafts[name].body["to"])
    return tuple(link for link in drafts.values() if link.name in used)


def _links_of(key: object) -> list[str]:
    if isinstance(key, Mapping):
        return [str(name) for name in key]
    return [name for each in key for name in _links_of(each)] if isinstance(key, list) else []


def _places(steps: Sequence[Step]) -> Places:
    """What makes two links equal: the columns from which and to which they lead."""
    starts = ("", *(step.term.text for step in steps[1:]))
    return tuple(
        (start, step.target_table, step.target.text)
        for start, step in zip(starts, steps, strict=True)
    )
