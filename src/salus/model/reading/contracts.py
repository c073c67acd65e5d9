"""Reads `contracts:` of the entity, and the outcomes that follow from it."""

from __future__ import annotations

from dataclasses import replace

from salus.model.contracts import GAP, Contracts
from salus.model.model import Outcome
from salus.model.reading.context import ReadContext
from salus.model.reading.contract_value import read_contract_value
from salus.model.reading.link import read_key
from salus.model.source import Entity
from salus.model.yaml.document import Scalar
from salus.model.yaml.section import Fields


def read_contracts(fields: Fields, context: ReadContext) -> Contracts | None:
    """Read the contracts of the entity. A needed column with an error is ''."""
    contracts: Fields | None = fields.get("contracts")
    if contracts is None:
        return None
    if fields.has("active"):
        context.error(
            fields.keys["active"].place,
            "`active` is for entities without contracts, but the entity has `contracts`",
            "keep one of them",
        )
    if contracts.has("decided") and not contracts.has("ends"):
        context.error(
            contracts.keys["decided"].place,
            "`decided` says when an end became known, but the contracts have no `ends`",
            "add ends: …, or remove it",
        )
    key, paths = read_key(contracts, "the contracts", context)
    return Contracts(
        table=contracts.get("table", ""),
        key=key,
        starts=contracts.get("starts", ""),
        ends=contracts.get("ends"),
        decided=contracts.get("decided"),
        where=context.expression(contracts, "where"),
        gap=contracts.get("gap", GAP),
        value=read_contract_value(contracts, fields, context),
        keys=paths,
    )


def check_contract_outcomes(
    written: list[tuple[Scalar, Fields]], entity: Fields, context: ReadContext
) -> None:
    """Check that the entity has contracts with an end if an outcome is the end of them."""
    contracts: Fields | None = entity.get("contracts")
    for key, fields in written:
        if not fields.has("contracts"):
            continue
        if contracts is None or not contracts.has("ends"):
            context.error(
                fields.keys["contracts"].place,
                f"outcome `{key.text}` is the end of the contracts, but the entity has none with"
                " an end",
                "add contracts: {table: …, key: …, starts: …, ends: …} to the entity",
            )
        if fields.has("where"):
            context.error(
                fields.keys["where"].place,
                f"outcome `{key.text}` is the end of the contracts, so it can't have a `where`",
                "say under `contracts` of the entity which contracts count",
            )


def date_by_contracts(outcome: Outcome, entity: Entity) -> Outcome:
    """The outcome with the days of the contracts, if it is their end."""
    contracts = entity.contracts
    if not outcome.contracts or contracts is None:
        return outcome
    return replace(outcome, time=contracts.ends, decided=contracts.decided)
