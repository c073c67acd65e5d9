"""The finance team's workbook: net revenue in pounds, a column for each month, a line of totals."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path

from openpyxl import Workbook

from tests.draft.exports.second.days import add_months
from tests.draft.exports.second.invented import stem
from tests.draft.exports.second.rates import ExchangeRates
from tests.draft.exports.second.stripe import Bill
from tests.draft.exports.second.world import World

FIRST = dt.date(2025, 11, 1)
FILE = "Revenue FY26.xlsx"


def write_workbook(world: World, bills: list[Bill], rates: ExchangeRates, folder: Path) -> None:
    """Title lines, the header in line 4, a line for each customer with revenue, totals, notes."""
    months = [add_months(FIRST, number) for number in range(12)]
    sums: dict[tuple[int, dt.date], float] = defaultdict(float)
    for bill in bills:
        if bill.status != "void":
            month = bill.date.date().replace(day=1)
            pounds = bill.contract.net * rates.at(bill.contract.account.currency, month)
            sums[id(bill.contract.account), month] += pounds
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Net revenue"
    sheet.append(["Lanehaul Software Ltd"])
    sheet.append(["Net revenue by customer, GBP, invoiced; prepared by finance on 31 October 2026"])
    sheet.append([])
    sheet.append(["Customer", "Country", *(f"{month:%b %y}" for month in months), "Total FY26"])
    totals = [0.0] * 12
    for account in sorted(world.customers, key=lambda each: each.name):
        values = [round(sums[id(account), month], 2) for month in months]
        if any(values):
            totals = [total + value for total, value in zip(totals, values, strict=True)]
            name = stem(account.name) if int(account.workspace) % 9 == 0 else account.name
            sheet.append(
                [name, account.country, *(value or None for value in values), round(sum(values), 2)]
            )
    sheet.append(["Total", None, *(round(total, 2) for total in totals), round(sum(totals), 2)])
    notes = book.create_sheet("Notes")
    notes.append(["Rates are those of fx_rates.csv. Credit notes are not deducted."])
    book.properties.created = book.properties.modified = dt.datetime(2026, 10, 31)
    book.save(folder / FILE)
