"""Writes the exports of the second company: `python -m tests.draft.exports.second.generate FOLDER SEED`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.draft.exports.second.contracts import make_contracts
from tests.draft.exports.second.finance import write_workbook
from tests.draft.exports.second.hubspot import hubspot_tables
from tests.draft.exports.second.rates import ExchangeRates
from tests.draft.exports.second.segment import segment_tables
from tests.draft.exports.second.stripe import make_bills, stripe_tables
from tests.draft.exports.second.table import write_all
from tests.draft.exports.second.truth import SecondCompany, tell_truth
from tests.draft.exports.second.typeform import typeform_table
from tests.draft.exports.second.world import make_world
from tests.draft.exports.second.zendesk import zendesk_tables

SEED = 710


def generate(folder: Path, seed: int = SEED) -> SecondCompany:
    """Write the files of a seed into a folder. Equal seeds give equal tables."""
    folder.mkdir(parents=True, exist_ok=True)
    world = make_world(seed)
    rates = ExchangeRates(world.random)
    contracts = make_contracts(world)
    bills = make_bills(world.random, contracts)
    tables = [
        *stripe_tables(world, contracts, bills),
        *hubspot_tables(world),
        *zendesk_tables(world),
        *segment_tables(world),
        typeform_table(world),
        rates.table(),
    ]
    write_all(tables, folder)
    write_workbook(world, bills, rates, folder)
    return tell_truth(world, contracts, rates, tables, folder)


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else SEED)
