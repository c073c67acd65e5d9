"""Reads `entity:`."""

from __future__ import annotations

import re

from salus.model.contracts import VALUE
from salus.model.expressions.names import split_name
from salus.model.reading.context import ReadContext
from salus.model.reading.contracts import read_contracts
from salus.model.reading.history import check_history, read_history
from salus.model.source import Active, Entity, Notice, Purchases, Renewal
from salus.model.yaml.findings import shorten
from salus.model.yaml.section import Fields

SMALLEST_GROUP, SMALLEST_ALLOWED = 10, 5
_OF_TABLE = (
    "label",
    "owner",
    "value",
    "starts",
    "ends",
    "attributes",
    "history",
    "renewal",
    "where",
    "contracts",
)


def read_entity(fields: Fields, context: ReadContext) -> Entity:
    """Read the entity. Its key is '' if the file has none."""
    _check_entity(fields, context)
    population, smallest = _read_people(fields, context)
    attributes = [name for name, _ in fields.get("attributes", [])]
    contracts = read_contracts(fields, context)
    by_contracts = contracts is not None and contracts.value is not None
    entity = Entity(
        name=fields.get("name", ""),
        key=fields.get("key", ""),
        table=fields.get("table"),
        label=fields.get("label"),
        owner=fields.get("owner"),
        value=VALUE if by_contracts else fields.get("value"),
        currency=fields.get("currency"),
        starts=fields.get("starts"),
        ends=fields.get("ends"),
        attributes=tuple(attributes),
        history=read_history(fields, context),
        population=population,
        smallest_group=smallest,
        renewal=_read_renewal(fields, context),
        purchases=_read_purchases(fields, context),
        active=_read_active(fields, context),
        where=context.expression(fields, "where"),
        contracts=contracts,
    )
    check_history(entity, fields, context)
    return entity


def _check_entity(fields: Fields, context: ReadContext) -> None:
    if not fields.has("table"):
        for name in filter(fields.has, _OF_TABLE):
            context.error(
                fields.keys[name].place,
                f"`{name}` of the entity needs a table",
                "add table: … to the entity",
            )
    names: set[str] = set()
    for name, node in fields.get("attributes", []):
        if name in names:
            context.error(node.place, f"attribute `{name}` is listed twice", "remove one of them")
        names.add(name)
    contracts: Fields = fields.get("contracts", Fields(fields.place))
    if fields.has("currency") and not (fields.has("value") or contracts.has("amount")):
        context.error(
            fields.keys["currency"].place,
            "the entity has a `currency`, but no `value`",
            "add value: …, or an amount to the contracts, or remove the currency",
        )
    currency = fields.get("currency")
    if currency is not None and not re.fullmatch("[A-Z]{3}", currency):
        context.error(
            fields.place_of("currency"),
            f"'{shorten(currency)}' isn't a currency code",
            "write three capital letters, such as EUR",
        )


def _read_renewal(fields: Fields, context: ReadContext) -> Renewal | None:
    renewal: Fields | None = fields.get("renewal")
    if renewal is None:
        return None
    if not (renewal.has("decide_by") or renewal.has("term_end") or renewal.strange):
        context.error(
            renewal.place,
            "`renewal` needs `decide_by` or `term_end`",
            "add one of them, with a column of dates",
        )
    if renewal.has("notice") and not renewal.has("term_end"):
        context.error(
            renewal.keys["notice"].place,
            "`notice` needs a `term_end` to count from",
            "add term_end: …",
        )
    if renewal.has("notice") and renewal.has("decide_by"):
        context.error(
            renewal.keys["notice"].place,
            "`notice` and `decide_by` both set the last day for a decision",
            "keep one of them",
        )
    decide_by, term_end = renewal.get("decide_by"), renewal.get("term_end")
    inputs = tuple(name for name in (decide_by, term_end) if name in context.names.inputs)
    return Renewal(decide_by, term_end, renewal.get("notice", Notice()), inputs)


def _read_purchases(fields: Fields, context: ReadContext) -> Purchases | None:
    text: str | None = fields.get("purchases")
    if text is None:
        return None
    name, amount = split_name(text)
    place = fields.place_of("purchases")
    if (
        context.check_declared(
            name, place, context.names.sources, "`purchases` of the entity reads source"
        )
        and not amount
    ):
        context.error(
            place, "`purchases` needs the column of the amount", f"write purchases: {name}.column"
        )
    return Purchases(name, amount)


def _read_active(fields: Fields, context: ReadContext) -> Active | None:
    active: Fields | None = fields.get("active")
    if active is None or not (active.has("within") and active.has("of")):
        return None
    name = active.get("of", "")
    if name:
        context.check_declared(
            name,
            active.place_of("of"),
            context.names.sources,
            "`active` of the entity reads source",
        )
    return Active(name, active.get("within", 1))


def _read_people(fields: Fields, context: ReadContext) -> tuple[str | None, int | None]:
    people: Fields | None = fields.get("people")
    if people is None:
        return None, None
    smallest = people.get("smallest_group", SMALLEST_GROUP)
    if smallest < SMALLEST_ALLOWED:
        context.error(
            people.place_of("smallest_group"),
            f"a group of {smallest} is too small to protect people",
            f"use {SMALLEST_ALLOWED} or more",
        )
    return people.get("population"), smallest
