"""HubSpot's exports: companies, contacts, deals, activities, and the history of two properties."""

from __future__ import annotations

import datetime as dt
from random import Random

from tests.draft.exports.second.account import COUNTRIES, Account
from tests.draft.exports.second.days import BEGIN, END, add_months, at, between, poisson, text
from tests.draft.exports.second.table import ExportTable
from tests.draft.exports.second.world import DAY, OWNERS, World

STALE_LEFT, STALE_ACTIVE = 8, 3  # customers whose lifecycle stage nobody changed
COMPANIES = (
    "Record ID", "Company name", "Company owner", "Create Date", "Phone Number", "Last Activity Date", "City",
    "Country/Region", "Industry", "Number of Employees", "Annual Revenue", "Company Domain Name", "Lifecycle Stage",
    "Type", "Parent Company", "Merged object IDs", "Number of times contacted", "Last Modified Date",
)  # fmt: skip
CONTACTS = (
    "Record ID", "First Name", "Last Name", "Email", "Job Title", "Contact owner", "Lifecycle Stage", "Lead Status",
    "Create Date", "Last Activity Date", "Associated Company", "Associated Company IDs",
)  # fmt: skip
DEALS = (
    "Record ID", "Deal Name", "Deal Stage", "Pipeline", "Deal Type", "Amount", "Currency", "Close Date",
    "Create Date", "Deal owner", "Closed Lost Reason", "Is Closed Won", "Associated Company",
    "Associated Company IDs",
)  # fmt: skip
ACTIVITIES = (
    "Record ID", "Activity type", "Activity date", "Activity assigned to", "Call outcome", "Meeting outcome",
    "Call duration (minutes)", "Associated Company IDs", "Associated Contact IDs",
)  # fmt: skip
HISTORY = ("Record ID", "Property", "Value", "Timestamp", "Source type", "Updated by")


def hubspot_tables(world: World) -> list[ExportTable]:
    """The six files."""
    stages = _stages(world)
    deals, pushes = _deals(world)
    return [
        _companies(world, stages),
        _contacts(world),
        deals,
        _activities(world),
        _history(world, stages),
        pushes,
    ]


def _stages(world: World) -> dict[str, str]:
    """The lifecycle stage of each company by its id."""
    random, stages = world.random, {}
    for account in world.accounts:
        stages[account.record_id] = {"customer": "Customer", "child": "Customer"}.get(
            account.kind, "Other"
        )
    for account in world.prospects:
        stages[account.record_id] = random.choice(
            (
                "Subscriber",
                "Lead",
                "Marketing Qualified Lead",
                "Sales Qualified Lead",
                "Opportunity",
            )
        )
    for copy, _ in world.duplicates:
        stages[copy.record_id] = "Lead"
    gone = [each for each in world.customers if each.is_gone(END)]
    for account in random.sample(gone, len(gone) - STALE_LEFT):
        stages[account.record_id] = "Former customer"
    active = [each for each in world.customers if not each.end and not each.parent]
    for account in random.sample(active, STALE_ACTIVE):
        stages[account.record_id] = "Opportunity"
    return stages


def _companies(world: World, stages: dict[str, str]) -> ExportTable:
    random, table = world.random, ExportTable("companies", COMPANIES)
    for account in world.accounts:
        gone = account.end if account.is_gone(END) else None
        last = (
            between(random, gone - 60 * DAY, gone) if gone else between(random, END - 45 * DAY, END)
        )
        kind = "Partner" if "mplement" in account.name or "partner" in account.name.lower() else ""
        table.add(
            (
                account.record_id, account.name, account.owner, text(at(random, account.created)), "",
                text(at(random, max(last, account.created))), "", COUNTRIES[account.country],
                random.choice(("Logistics", "Transportation", "Warehousing", "Wholesale", "Package/Freight Delivery")),
                int(10 ** random.uniform(1, 3.2)), "", account.domains[0], stages[account.record_id],
                kind or ("Prospect" if account.kind == "prospect" else ""),
                account.parent.record_id if account.parent else "", ";".join(account.merged_ids),
                random.randint(1, 60), text(at(random, between(random, END - 90 * DAY, END))),
            ),
            account,
        )  # fmt: skip
    table.sort("Record ID")
    return table


def _contacts(world: World) -> ExportTable:
    random, table = world.random, ExportTable("contacts", CONTACTS)
    for account in world.accounts:
        for number, user in enumerate(account.users):
            blank = number > 0 and random.random() < 0.03  # nobody said where this person works
            created = between(random, account.created, min(END, account.created + 300 * DAY))
            table.add(
                (
                    user.contact_id or f"7{account.record_id[-6:]}{number:03d}", user.first, user.last, user.email,
                    random.choice(("Operations Manager", "Dispatcher", "Finance", "IT", "Managing Director")),
                    account.owner, "Customer" if account.kind == "customer" else "Lead", "",
                    text(at(random, created)), text(at(random, between(random, END - 200 * DAY, END))),
                    "" if blank else account.name, "" if blank else account.record_id,
                ),
                None if blank else account,
            )  # fmt: skip
    table.sort("Record ID")
    return table


def _deals(world: World) -> tuple[ExportTable, ExportTable]:
    random = world.random
    deals, pushes = ExportTable("deals", DEALS), ExportTable("deal_property_history", HISTORY)
    number = 31_000_000_000
    for account in world.accounts:
        for kind, stage, close, created in _pipeline(random, account):
            number += random.randint(3, 900)
            won, lost = stage == "Closed won", stage == "Closed lost"
            value = (account.seats or random.randint(5, 40)) * 12 * 20
            deals.add(
                (
                    number, f"{account.name} - {kind}", stage, "Sales Pipeline", kind, f"{value:.2f}",
                    account.currency, text(at(random, close)), text(at(random, created)), account.owner,
                    random.choice(("Price", "Competitor", "Timing", "")) if lost else "", str(won).lower(),
                    account.name, account.record_id,
                ),
                account,
            )  # fmt: skip
            _push(random, pushes, account, str(number), created, close)
    deals.sort("Record ID")
    pushes.sort("Timestamp")
    return deals, pushes


def _pipeline(random: Random, account: Account) -> list[tuple[str, str, dt.date, dt.date]]:
    """Type, stage, close date and creation of the deals of a company. Open renewals close later than
    the day of the export; a lost deal of another type isn't churn.
    """
    deals = []
    if account.is_customer:
        deals.append(("New Business", "Closed won", account.start, account.created))
        count = 12
        while account.months == 12 and (day := add_months(account.start, count)) < END + 200 * DAY:
            if account.end and day > account.end:
                break
            lost = account.end is not None and day >= account.end - DAY
            stage = "Closed lost" if lost else "Closed won" if day <= END else "Contract Sent"
            close = account.notice if lost and account.notice else day
            if day > dt.date(2025, 1, 1):
                deals.append(("Renewal", stage, close, max(account.start, day - 120 * DAY)))
            count += 12
        if account.start < BEGIN and random.random() < 0.45 * account.quality:
            created = between(random, BEGIN, dt.date(2026, 8, 1))
            if account.is_active(created):
                won = random.random() < account.health(created)
                stage = "Closed won" if won else "Closed lost"
                deals.append(("Upsell", stage, created + random.randint(10, 60) * DAY, created))
    elif account.kind == "prospect" and random.random() < 0.6:
        created = between(random, max(account.created, dt.date(2024, 9, 1)), END - 12 * DAY)
        is_open = created > END - 90 * DAY
        close = created + (120 if is_open else 70) * DAY
        deals.append(
            ("New Business", "Qualified To Buy" if is_open else "Closed lost", close, created)
        )
    return [deal for deal in deals if deal[3] <= END]


def _push(
    random: Random,
    table: ExportTable,
    account: Account,
    deal: str,
    created: dt.date,
    close: dt.date,
) -> None:
    """The history of a close date. It is put off more often where things go badly."""
    day, shown = created, close
    changes = [(created, close)]
    while day < min(close, END) - 25 * DAY:
        day += random.randint(20, 40) * DAY
        if (
            account.is_customer
            and day <= END
            and random.random() < 0.02 + 0.4 * (1 - account.health(day)) ** 2
        ):
            shown += random.randint(14, 40) * DAY
            changes.append((day, shown))
    if day > created and changes[-1][1] != close:
        changes.append((min(day, END), close))
    for moment, value in changes:
        if BEGIN <= moment <= END:
            table.add(
                (
                    deal,
                    "closedate",
                    f"{value}T00:00:00Z",
                    f"{at(random, moment):%Y-%m-%dT%H:%M:%SZ}",
                    "CRM_UI",
                    account.owner,
                ),
                account,
            )


def _activities(world: World) -> ExportTable:
    """Meetings, calls and e-mails; fewer with customers who don't do well."""
    random, table = world.random, ExportTable("activities", ACTIVITIES)
    number = 66_000_000_000
    copies = {id(original): copy.record_id for copy, original in world.duplicates}
    for account in [*world.customers, *world.prospects]:
        month = BEGIN
        while month <= END:
            mean = 0.3 + 1.1 * account.health(month) if account.is_customer else 0.25
            active = account.is_active(month) if account.is_customer else month >= account.created
            for _ in range(poisson(random, mean) if active else 0):
                day = between(random, month, min(add_months(month, 1) - DAY, END))
                kind = random.choices(("Meeting", "Call", "Email", "Note"), [25, 30, 35, 10])[0]
                number += random.randint(1, 5000)
                owner = account.owner if random.random() < 0.9 else random.choice(OWNERS)
                table.add(
                    (
                        number, kind, text(at(random, day)), owner,
                        random.choice(("Connected", "No answer", "Left voicemail")) if kind == "Call" else "",
                        random.choice(("Completed", "Completed", "No show", "Rescheduled")) if kind == "Meeting" else "",
                        random.randint(2, 45) if kind == "Call" else "",
                        copies.get(id(account), account.record_id) if number % 5 == 0 else account.record_id,
                        random.choice(account.users).contact_id,
                    ),
                    account,
                )  # fmt: skip
            month = add_months(month, 1)
    table.sort("Activity date")
    return table


def _history(world: World, stages: dict[str, str]) -> ExportTable:
    """Changes of owner and of lifecycle stage. `Former customer` is set after the end."""
    random, table = world.random, ExportTable("company_property_history", HISTORY)

    def add(account: Account, name: str, value: str, day: dt.date) -> None:
        moment = at(random, min(max(day, dt.date(2024, 6, 1)), END))
        source = "CRM_UI" if name == "hubspot_owner_id" else "WORKFLOWS"
        table.add(
            (account.record_id, name, value, f"{moment:%Y-%m-%dT%H:%M:%SZ}", source, account.owner),
            account,
        )

    for account in world.customers:
        add(account, "lifecyclestage", "Opportunity", account.created)
        if stages[account.record_id] != "Opportunity":
            add(account, "lifecyclestage", "Customer", account.start + 2 * DAY)
        if stages[account.record_id] == "Former customer" and account.end:
            add(
                account,
                "lifecyclestage",
                "Former customer",
                account.end + random.randint(1, 40) * DAY,
            )
        add(account, "hubspot_owner_id", random.choice(OWNERS), account.created)
        if random.random() < 0.25 and account.start < END - 60 * DAY:
            until = account.end if account.is_gone(END) and account.end else END
            add(
                account,
                "hubspot_owner_id",
                account.owner,
                between(random, max(BEGIN, account.start), until),
            )
    table.sort("Timestamp")
    return table
