"""Stripe's dashboard exports: customers, subscriptions, invoices, credit notes and prices. Amounts
are whole units with decimals, currencies are in lower case, times are UTC.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from random import Random

from tests.draft.exports.second.account import Account
from tests.draft.exports.second.contracts import Contract, stripe_id
from tests.draft.exports.second.days import BILLED_FROM, END, add_months, text
from tests.draft.exports.second.invented import expanded
from tests.draft.exports.second.rates import GBP_PER_SEAT, ROUND, price
from tests.draft.exports.second.table import ExportTable
from tests.draft.exports.second.world import DAY, World

WITHOUT_ID, MERGED_ID = 8, 3  # customers whose metadata is empty, or names a record that was merged
BY_PERSON = 20  # customers that go by the name of a person in Stripe
TAX = {"GB": 0.2, "SE": 0.0, "DE": 0.0, "US": 0.0}
CUSTOMERS = (
    "id", "Description", "Email", "Name", "Created (UTC)", "Delinquent", "Currency", "Total Spend",
    "Payment Count", "Refunded Volume", "Dispute Losses", "Plan", "Status", "Cancel At Period End",
    "hubspot_company_id (metadata)",
)  # fmt: skip
SUBSCRIPTIONS = (
    "id", "Customer ID", "Customer Description", "Customer Email", "Customer Name", "Plan", "Product",
    "Quantity", "Currency", "Interval", "Interval Count", "Amount", "Status", "Created (UTC)",
    "Start Date (UTC)", "Current Period Start (UTC)", "Current Period End (UTC)", "Trial Start (UTC)",
    "Trial End (UTC)", "Application Fee Percent", "Coupon", "Tax Percent", "Canceled At (UTC)",
    "Ended At (UTC)", "Cancel At Period End", "Cancellation Reason",
)  # fmt: skip
INVOICES = (
    "id", "Amount Due", "Amount Paid", "Billing", "Currency", "Customer", "Customer Email",
    "Customer Name", "Date (UTC)", "Due Date (UTC)", "Finalized At (UTC)", "Ending Balance", "Number",
    "Paid", "Paid At (UTC)", "Status", "Subscription", "Subtotal", "Tax", "Tax Percent", "Total",
    "Minimum Line Item Period Start (UTC)", "Maximum Line Item Period End (UTC)",
)  # fmt: skip


@dataclass(kw_only=True)
class Bill:
    """An invoice: a draw of whether and when it was paid."""

    id: str
    number: str
    contract: Contract
    date: dt.datetime
    due: dt.datetime
    paid: dt.datetime | None
    status: str

    @property
    def tax(self) -> float:
        return round(self.contract.net * TAX[self.contract.account.country], 2)

    @property
    def total(self) -> float:
        return self.contract.net + self.tax


def make_bills(random: Random, contracts: list[Contract]) -> list[Bill]:
    """An invoice for each period of each paid contract; a few were void and written again."""
    drafts = []
    for contract in contracts:
        if contract.kind in ("paid", "move", "addon"):
            drafts += _periods(random, contract)
    for original in random.sample([bill for bill in drafts if bill.status == "paid"], 10):
        drafts.append(
            Bill(
                id=stripe_id(random, "in_1", 23),
                number="",
                contract=original.contract,
                date=original.date - dt.timedelta(minutes=40),
                due=original.due,
                paid=None,
                status="void",
            )
        )
    drafts.sort(key=lambda bill: (bill.date, bill.id))
    for number, bill in enumerate(drafts):
        bill.number = f"LH-{bill.date.year}-{number + 1:05d}"
    return drafts


def _periods(random: Random, contract: Contract) -> list[Bill]:
    bills, count = [], 0
    begin = contract.trial_end or contract.start
    while (day := add_months(begin.date(), count * contract.months)) <= END:
        if contract.end and day >= contract.end.date():
            break
        if day >= BILLED_FROM:
            bills.append(_bill(random, contract, dt.datetime.combine(day, begin.time())))
        count += 1
    return bills


def _bill(random: Random, contract: Contract, date: dt.datetime) -> Bill:
    account, term = contract.account, 30 if contract.months == 12 else 14
    due = date + term * DAY
    late = random.random() < 0.04 + 0.35 * (1 - account.health(date.date()))
    paid: dt.datetime | None = (
        date + (term + random.randint(4, 50) if late else random.randint(1, term)) * DAY
    )
    status = "paid"
    if (
        account.end
        and account.is_gone(END)
        and date.date() > account.end - 75 * DAY
        and random.random() < 0.2
    ):
        paid, status = None, "uncollectible"
    if paid and paid.date() > END:
        paid, status = None, "open"
    return Bill(
        id=stripe_id(random, "in_1", 23),
        number="",
        contract=contract,
        date=date,
        due=due,
        paid=paid,
        status=status,
    )


def stripe_tables(world: World, contracts: list[Contract], bills: list[Bill]) -> list[ExportTable]:
    """The five files."""
    return [
        _customers(world, contracts, bills),
        _subscriptions(contracts),
        _invoices(bills),
        _credit_notes(world.random, bills),
        _prices(),
    ]


def _metadata(world: World) -> dict[str, str]:
    """What the metadata of each company says: its HubSpot id, the id of a merged record, or nothing.
    Some of those with an id go by the name of a person."""
    merged = [each for each in world.customers if each.merged_ids]
    plain = [each for each in world.customers if not each.merged_ids and not each.returns]
    blank = world.random.sample(plain, WITHOUT_ID)
    result = {each.record_id: each.record_id for each in world.customers}
    result.update({each.record_id: each.merged_ids[0] for each in merged[:MERGED_ID]})
    result.update({each.record_id: "" for each in blank})
    for account in world.random.sample([each for each in plain if each not in blank], BY_PERSON):
        account.signed_by_person = True
    for number, prospect in enumerate(world.prospects):
        result[prospect.record_id] = prospect.record_id if number % 2 else ""
    return result


def _payer(account: Account) -> str:
    """The name in Stripe: of the company, or of the person who signed up."""
    user = account.users[0]
    return f"{user.first} {user.last}" if account.signed_by_person else account.name


def _billing_email(account: Account) -> str:
    return f"accounts@{account.domains[0]}" if len(account.name) % 2 else account.users[0].email


def _customers(world: World, contracts: list[Contract], bills: list[Bill]) -> ExportTable:
    metadata, table = _metadata(world), ExportTable("stripe_customers", CUSTOMERS)
    running: dict[str, list[Contract]] = defaultdict(list)
    begun: dict[str, dt.datetime] = {}
    spent: dict[str, list[float]] = defaultdict(list)
    for contract in contracts:
        begun.setdefault(contract.customer_id, contract.start)
        if contract.runs(END):
            running[contract.customer_id].append(contract)
    for bill in bills:
        if bill.status == "paid":
            spent[bill.contract.customer_id].append(bill.total)
    unpaid = {
        bill.contract.customer_id
        for bill in bills
        if bill.status == "open" and bill.due.date() < END
    }
    accounts = [
        (each, name) for each in (*world.customers, *world.prospects) for name in each.customer_ids
    ]
    for account, name in sorted(accounts, key=lambda pair: (begun[pair[1]], pair[1])):
        blank = not metadata[account.record_id]
        active = running[name]
        table.add(
            (
                name, "" if world.random.random() < 0.6 else _payer(account), _billing_email(account),
                expanded(account.name) if blank else _payer(account), text(begun[name] - dt.timedelta(minutes=6)),
                str(name in unpaid).lower(), account.currency.lower(), f"{sum(spent[name]):.2f}", len(spent[name]),
                "0.00", "0.00", "; ".join(_price_id(each) for each in active), "active" if active else "",
                str(bool(active) and all(each.end for each in active)).lower(), metadata[account.record_id],
            ),
            account,
        )  # fmt: skip
    return table


def _status(contract: Contract) -> str:
    if contract.kind == "unpaid":
        return "incomplete_expired"
    if contract.end and contract.end.date() <= END:
        return "canceled"
    return "trialing" if contract.kind == "trial" else "active"


def _price_id(contract: Contract) -> str:
    return f"price_{contract.plan}_{contract.account.currency.lower()}_{contract.months}m"


def _subscriptions(contracts: list[Contract]) -> ExportTable:
    table = ExportTable("stripe_subscriptions", SUBSCRIPTIONS)
    for contract in contracts:
        account, status, time = contract.account, _status(contract), contract.start.time()
        last = min(contract.end.date() - DAY, END) if contract.end else END
        count = 0
        while add_months(contract.start.date(), (count + 1) * contract.months) <= last:
            count += 1
        first, until = (
            dt.datetime.combine(
                add_months(contract.start.date(), (count + more) * contract.months), time
            )
            for more in (0, 1)
        )
        ended = contract.end if contract.end and contract.end.date() <= END else None
        table.add(
            (
                contract.id, contract.customer_id, "", _billing_email(account), _payer(account), _price_id(contract),
                f"prod_{contract.plan}", contract.seats, account.currency.lower(),
                "year" if contract.months == 12 else "month", 1 if contract.months == 12 else contract.months,
                f"{contract.price:.2f}", status, text(contract.start), text(contract.start), text(first),
                text(contract.trial_end if contract.kind == "trial" else until),
                text(contract.start) if contract.trial_end else "", text(contract.trial_end), "", "",
                f"{100 * TAX[account.country]:.1f}", text(contract.notice), text(ended),
                str(bool(contract.end) and contract.end != contract.notice).lower(),
                "cancellation_requested" if contract.notice else "payment_failed" if contract.kind == "unpaid" else "",
            ),
            account,
        )  # fmt: skip
    return table


def _invoices(bills: list[Bill]) -> ExportTable:
    table = ExportTable("stripe_invoices", INVOICES)
    for bill in bills:
        contract, account = bill.contract, bill.contract.account
        until = add_months(bill.date.date(), contract.months)
        table.add(
            (
                bill.id, f"{bill.total:.2f}", f"{bill.total if bill.paid else 0:.2f}", "send_invoice",
                account.currency.lower(), contract.customer_id, _billing_email(account), _payer(account),
                text(bill.date), text(bill.due), text(bill.date + dt.timedelta(hours=1)), "0.00", bill.number,
                str(bill.paid is not None).upper(), text(bill.paid), bill.status, contract.id,
                f"{contract.net:.2f}", f"{bill.tax:.2f}", f"{100 * TAX[account.country]:.1f}", f"{bill.total:.2f}",
                text(bill.date), text(dt.datetime.combine(until, bill.date.time())),
            ),
            account,
        )  # fmt: skip
    return table


def _credit_notes(random: Random, bills: list[Bill]) -> ExportTable:
    header = (
        "id",
        "Number",
        "Invoice",
        "Customer",
        "Currency",
        "Amount",
        "Reason",
        "Status",
        "Created (UTC)",
    )
    table = ExportTable("stripe_credit_notes", header)
    early = [bill for bill in bills if bill.paid and bill.date.date() < END - 40 * DAY]
    for number, bill in enumerate(sorted(random.sample(early, 24), key=lambda bill: bill.date)):
        amount = bill.total * random.choice((1, 0.5, 0.25))
        reason = random.choice(("duplicate", "order_change", "product_unsatisfactory"))
        date = bill.date + random.randint(5, 30) * DAY
        table.add(
            (
                stripe_id(random, "cn_1", 23), f"LH-CN-{number + 1:03d}", bill.id, bill.contract.customer_id,
                bill.contract.account.currency.lower(), f"{amount:.2f}", reason, "issued", text(date),
            ),
            bill.contract.account,
        )  # fmt: skip
    table.sort("Created (UTC)")
    return table


def _prices() -> ExportTable:
    header = (
        "Price ID", "Product ID", "Product Name", "Description", "Created (UTC)", "Amount", "Currency", "Interval",
        "Interval Count", "Usage Type", "Billing Scheme", "Trial Period Days",
    )  # fmt: skip
    table = ExportTable("stripe_prices", header)
    for plan in GBP_PER_SEAT:
        for currency in ROUND:
            for months in (1, 3, 12):
                table.add(
                    (
                        f"price_{plan}_{currency.lower()}_{months}m", f"prod_{plan}", f"Lanehaul {plan.title()}", "",
                        "2022-02-14 10:00", f"{price(plan, currency, months):.2f}", currency.lower(),
                        "year" if months == 12 else "month", 1 if months == 12 else months, "licensed", "per_unit", "",
                    )
                )  # fmt: skip
    return table
