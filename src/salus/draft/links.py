"""The links of a folder, and the keys that go through them, from the ways that its picture shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from salus.draft.headers import to_snake_case
from salus.draft.lines import KeyBody, LinkDraft
from salus.draft.picture import CustomersPicture, FolderPicture, KeyTerm, Step, Way, quote_name

Places = tuple[tuple[str, str, str], ...]  # a column, a table, and the column that knows its values
MOST_PATHS = 8  # of one key
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
    return any(step.table == step.target_table for step in way.steps)


class FolderLinks:
    """Collects links while keys are written.

    `word` is the word for the entity; it names the link by which tables name its record. If that
    link is `corrected`, no table has the key as a plain column.
    """

    def __init__(
        self, picture: FolderPicture, customers: CustomersPicture, word: str, *, corrected: bool
    ) -> None:
        self.customers, self.corrected = customers, corrected
        self.roles = {table.name: table.role for table in picture.tables}
        self.word = word
        self.names: dict[str, KeyTerm] = {}  # what each link to a customer's key reads
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
        through = [way for way in ways if is_through_record(way)]
        merged = [way for way in through if way.steps[1].term.column == self.customers.merged]
        others = [way for way in ways if way not in through]
        paths: list[str | Mapping[str, object]] = []
        for way in (*merged, *others):
            path = self._path(way.steps)
            if path not in paths:
                paths.append(path)
        return paths[0] if len(paths) == 1 else paths[:MOST_PATHS]

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
            if not rest and first.target_table == self.customers.table:
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
            if len(steps) > 1:
                return "merged"
            kinds = {"company": "name", "domain": "domain"}
            return next((kinds[f] for f in step.target.functions if f in kinds), self.word)
        name = _NAMES.get(self.roles.get(step.target_table, ""), to_snake_case(step.target_table))
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
