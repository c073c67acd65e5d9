"""Segment's tracked events as they lie in a warehouse, and the product's own users and workspaces.
An event names a user, a user a workspace, and a workspace a customer of Stripe.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random

from tests.draft.exports.second.account import Account, User
from tests.draft.exports.second.days import BEGIN, END, between, poisson
from tests.draft.exports.second.table import ExportTable
from tests.draft.exports.second.world import DAY, World

WITHOUT_CUSTOMER = 6  # workspaces that don't say who pays
ACTIONS = (
    "shipment_booked",
    "label_printed",
    "route_planned",
    "rate_compared",
    "report_viewed",
    "dock_slot_reserved",
)
BACKGROUND = ("carrier_sync_finished", "webhook_delivered")
TRACKS = (
    "id", "anonymous_id", "context_library_name", "context_library_version", "event", "event_text",
    "original_timestamp", "received_at", "sent_at", "timestamp", "user_id", "uuid_ts",
)  # fmt: skip
USERS = (
    "id",
    "email",
    "full_name",
    "workspace_id",
    "role",
    "created_at",
    "last_seen_at",
    "deactivated_at",
)
WORKSPACES = ("id", "name", "slug", "stripe_customer_id", "plan", "created_at", "deleted_at")


def segment_tables(world: World) -> list[ExportTable]:
    """The three files."""
    robots = _robots(world)
    return [_tracks(world, robots), _users(world, robots), _workspaces(world)]


def _robots(world: World) -> list[tuple[User, Account]]:
    """Users for the programs of some customers; what they do isn't use."""
    pick = world.random.sample(world.customers, 24)
    return [
        (
            User(
                id=f"usr_a{number:07x}", first="API", last="Integration",
                email=f"integration@{account.domains[0]}", role="service",
            ),
            account,
        )
        for number, account in enumerate(pick)
    ]  # fmt: skip


def _tracks(world: World, robots: list[tuple[User, Account]]) -> ExportTable:
    random, table = world.random, ExportTable("segment_tracks", TRACKS)
    events = [*_use(random, world), *_background(random, robots), *_nobody(random, world)]
    events.sort(key=lambda event: event[0])
    for moment, user, event, owner in events:
        sent = moment + dt.timedelta(milliseconds=int(random.random() * 4000))
        received = sent + dt.timedelta(milliseconds=300)
        library = "analytics-node" if event in BACKGROUND else "analytics.js"
        times = [
            f"{each:%Y-%m-%d %H:%M:%S}.{each.microsecond // 1000:03d}"
            for each in (moment, sent, received)
        ]
        row = (
            f"{random.getrandbits(64):016x}", "" if event in BACKGROUND else f"{random.getrandbits(48):012x}",
            library, "2.11.0", event, event.replace("_", " ").title(), times[0], times[2], times[1], times[0],
            user.id if user else "", times[2],
        )  # fmt: skip
        table.add(row, owner)
        if random.random() < 0.008:  # sent twice
            table.add(row, owner)
    return table


Event = tuple[dt.datetime, User | None, str, Account | None]


def _use(random: Random, world: World) -> Iterator[Event]:
    """People at work. How many, how often and in how many ways goes down where things go badly."""
    for account in world.customers:
        people = account.users
        day = max(BEGIN, account.start)
        while day <= END:
            activity = account.activity(day) if account.is_active(day) else 0
            mean = min(25.0, 2.1 * activity * len(people) ** 0.5)
            reach = max(1, round(len(people) * min(1.0, 0.35 + activity)))
            kinds = ACTIONS[: 2 + round(4 * min(1.0, activity))]
            for _ in range(poisson(random, mean) if activity else 0):
                when = day + int(random.random() * 7) * DAY
                if when.weekday() > 4 and random.random() < 0.75:
                    when -= 2 * DAY
                if max(BEGIN, account.start) <= when <= END and account.is_active(when):
                    user = people[int(random.random() ** 1.6 * reach)]
                    yield (
                        _moment(random, when),
                        user,
                        kinds[int(random.random() ** 1.5 * len(kinds))],
                        account,
                    )
            day += 7 * DAY


def _background(random: Random, robots: list[tuple[User, Account]]) -> Iterator[Event]:
    for user, account in robots:
        day = max(BEGIN, account.start)
        while day <= END:
            if account.is_active(day):
                yield _moment(random, day, 24), user, random.choice(BACKGROUND), account
            day += 6 * DAY


def _nobody(random: Random, world: World) -> Iterator[Event]:
    """Visitors without a user, the vendor's own people, and prospects who try the product."""
    for _ in range(500):
        yield _moment(random, between(random, BEGIN, END)), None, "signup_page_viewed", None
    for number in range(400):
        user = world.staff[number % len(world.staff)]
        yield _moment(random, between(random, BEGIN, END)), user, random.choice(ACTIONS), None
    for account in world.prospects[:11]:
        for _ in range(25):
            day = between(random, dt.date(2026, 6, 1), END)
            yield _moment(random, day), random.choice(account.users), random.choice(ACTIONS), None


def _moment(random: Random, day: dt.date, hours: int = 10) -> dt.datetime:
    start = dt.datetime(day.year, day.month, day.day, 7 if hours < 24 else 0)
    return start + dt.timedelta(milliseconds=int(random.random() * hours * 3_600_000))


def _stamp(random: Random, day: dt.date) -> str:
    return f"{_moment(random, day):%Y-%m-%d %H:%M:%S}"


def _users(world: World, robots: list[tuple[User, Account]]) -> ExportTable:
    random, table = world.random, ExportTable("app_users", USERS)
    members = [
        (user, account) for account in world.accounts if account.workspace for user in account.users
    ]
    for user, account in [*members, *robots]:
        created = between(
            random, account.created, max(account.created, min(END, account.created + 200 * DAY))
        )
        gone = account.end if account.is_gone(END) else None
        seen = gone - random.randint(0, 20) * DAY if gone else between(random, END - 30 * DAY, END)
        table.add(
            (
                user.id, user.email, f"{user.first} {user.last}", account.workspace, user.role, _stamp(random, created),
                _stamp(random, max(seen, created)), _stamp(random, gone + DAY) if gone and gone < END else "",
            ),
            account,
        )  # fmt: skip
    for user in world.staff:
        table.add(
            (
                user.id,
                user.email,
                f"{user.first} {user.last}",
                "1",
                "staff",
                "2022-01-10 09:00:00",
                "2026-10-30 16:00:00",
                "",
            )
        )
    table.sort("id")
    return table


def _workspaces(world: World) -> ExportTable:
    random, table = world.random, ExportTable("app_workspaces", WORKSPACES)
    table.add((1, "Lanehaul", "lanehaul", "", "internal", "2022-01-10 09:00:00", ""))
    accounts = [account for account in world.accounts if account.workspace]
    blank = random.sample(
        [each for each in world.customers if len(each.customer_ids) == 1], WITHOUT_CUSTOMER
    )
    for account in sorted(accounts, key=lambda each: int(each.workspace)):
        deleted = (
            account.end + 30 * DAY if account.is_gone(END - 40 * DAY) and account.end else None
        )
        table.add(
            (
                account.workspace, account.name, account.domains[0].split(".")[0],
                "" if account in blank else account.customer_ids[0], account.plan,
                _stamp(random, account.start if account.is_customer else account.created),
                _stamp(random, deleted) if deleted else "",
            ),
            account,
        )  # fmt: skip
    return table
