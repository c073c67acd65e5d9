"""Zendesk's export of tickets, and the audit rows behind it: several for each ticket."""

from __future__ import annotations

import datetime as dt
from random import Random

from tests.draft.exports.second.account import Account, User
from tests.draft.exports.second.days import BEGIN, END, at, between, poisson
from tests.draft.exports.second.table import ExportTable
from tests.draft.exports.second.world import DAY, VENDOR, World

AGENTS = ("Freya Lindqvist", "Gordon Baillie", "Mina Haddad")
TICKETS = (
    "Summation column", "Id", "Requester", "Requester id", "Requester email", "Requester domain", "Submitter",
    "Assignee", "Group", "Subject", "Tags", "Status", "Priority", "Via", "Ticket type", "Created at", "Updated at",
    "Assigned at", "Organization", "Due date", "Initially assigned at", "Solved at", "Resolution time",
    "Satisfaction Score", "Group stations", "Assignee stations", "Reopens", "Replies",
    "First reply time in minutes", "First resolution time in minutes", "Full resolution time in minutes",
)  # fmt: skip
UPDATES = (
    "Update ID",
    "Ticket ID",
    "Update timestamp",
    "Updater",
    "Field",
    "Previous value",
    "New value",
)
SUBJECTS = (
    "Label printer offline", "Import of addresses fails", "How do I add a depot", "Wrong tariff", "Login problem",
    "Customs form missing", "Driver app is slow", "Invoice question", "Export to Excel", "Carrier not available",
)  # fmt: skip


class Desk:
    """Collects the rows of both tables."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.tickets = ExportTable("zendesk_tickets", TICKETS)
        self.updates = ExportTable("zendesk_ticket_updates", UPDATES)
        self.number, self.update = 20_400, 7_700_000

    def ticket(
        self, account: Account, user: User, day: dt.date, health: float, *, kind: str = ""
    ) -> None:
        """A ticket with its audit rows. Things that go badly are problems, take longer, and annoy."""
        random = self.random
        begin = at(random, day, 7, 18)
        hours = random.lognormvariate(1.6 + 0.8 * (1 - health), 1.0)
        after = begin + dt.timedelta(minutes=int(hours * 60))
        solved = after if after.date() <= END else None
        kind = (
            kind
            or random.choices(
                ("Question", "Problem", "Incident", "Task"), [45, 20 + 30 * (1 - health), 12, 10]
            )[0]
        )
        reply = int(random.lognormvariate(3.8 + 0.5 * (1 - health), 0.8))
        owner = account if account.is_customer else None
        organization = "" if random.random() < 0.04 else account.spelling
        self.number += random.randint(1, 4)
        minutes = int(hours * 60) if solved else ""
        priority = random.choices(
            ("Low", "Normal", "High", "Urgent"), [15, 60, 16 + 14 * (1 - health), 6]
        )[0]
        score = self._score(health) if solved else "Not Offered"
        reopens = int(random.random() < 0.05 + 0.2 * (1 - health))
        self.tickets.add(
            (
                1, self.number, f"{user.first} {user.last}", f"39{abs(hash_of(user.id)):09d}", user.email,
                user.email.split("@")[1], f"{user.first} {user.last}", random.choice(AGENTS), "Support",
                random.choice(SUBJECTS), "spam" if kind == "Spam" else "", "Closed" if solved else "Open", priority,
                random.choice(("Mail", "Web form", "Chat")), "" if kind == "Spam" else kind, f"{begin:%Y-%m-%d %H:%M}",
                f"{min(begin + 9 * DAY, dt.datetime.combine(END, dt.time(21))):%Y-%m-%d %H:%M}",
                f"{begin:%Y-%m-%d %H:%M}", organization,
                f"{(begin + 3 * DAY):%Y-%m-%d %H:%M}" if kind == "Task" else "", f"{begin:%Y-%m-%d %H:%M}",
                f"{solved:%Y-%m-%d %H:%M}" if solved else "", f"{hours:.0f}" if solved else "", score, 1, 1, reopens,
                random.randint(1, 6), reply, minutes, minutes,
            ),
            owner,
        )  # fmt: skip
        self._audit(owner, begin, solved, priority, reopens)

    def _score(self, health: float) -> str:
        if self.random.random() < 0.4:
            return "Not Offered"
        if self.random.random() < 0.6:
            return "Offered"
        return "Good" if self.random.random() < 0.35 + 0.6 * health else "Bad"

    def _audit(
        self,
        owner: Account | None,
        begin: dt.datetime,
        solved: dt.datetime | None,
        priority: str,
        reopens: int,
    ) -> None:
        steps = [(begin, "Status", "", "New"), (begin, "Priority", "", priority)]
        steps.append((begin + dt.timedelta(minutes=9), "Status", "New", "Open"))
        if solved:
            steps += [(solved, "Status", "Open", "Solved")] * (1 + reopens)
        for moment, field, old, new in steps:
            self.update += self.random.randint(1, 30)
            agent = self.random.choice(AGENTS)
            self.updates.add(
                (self.update, self.number, f"{moment:%Y-%m-%d %H:%M:%S}", agent, field, old, new),
                owner,
            )


def hash_of(text: str) -> int:
    """A number for a text, the same in every run."""
    number = 7
    for letter in text:
        number = (number * 131 + ord(letter)) % 999_999_937
    return number


def zendesk_tables(world: World) -> list[ExportTable]:
    """Tickets of customers, of parts of groups, of prospects and of the vendor's own people; spam."""
    random, desk = world.random, Desk(world.random)
    events: list[tuple[dt.date, Account, User, float, str]] = []
    for account in world.customers:
        day = BEGIN
        while day <= END:
            health = account.health(day)
            mean = 0.2 + 0.055 * account.seats**0.5 + 0.45 * (1 - health)
            for _ in range(poisson(random, 1.1 * mean) if account.is_active(day) else 0):
                when = min(day + dt.timedelta(days=random.randrange(28)), END)
                if account.is_active(when):
                    events.append((when, account, random.choice(account.users), health, ""))
            day += 28 * DAY
    for account in [*world.children, *world.prospects[:20]]:
        for _ in range(random.randint(0, 3)):
            events.append(
                (between(random, BEGIN, END), account, random.choice(account.users), 0.7, "")
            )
    vendor = next(each for each in world.others if each.domains == [VENDOR])
    for _ in range(12):
        events.append((between(random, BEGIN, END), vendor, world.staff[0], 0.7, "Task"))
    for account in random.sample(world.customers, 20):
        spam = User(
            id="", first="Best", last="Offers", email=f"news{account.workspace}@bulkmail.example"
        )
        stranger = Account(
            kind="other", name="", country="GB", domains=[], record_id="", created=BEGIN
        )
        events.append((between(random, BEGIN, END), stranger, spam, 0.7, "Spam"))
    for day, account, user, health, kind in sorted(events, key=lambda event: event[0]):
        desk.ticket(account, user, day, health, kind=kind)
    desk.updates.sort("Update timestamp")
    return [desk.tickets, desk.updates]
