"""Typeform's export of a recommendation survey, sent every quarter to people with a user."""

from __future__ import annotations

import datetime as dt

from tests.draft.exports.second.days import END, add_months, at
from tests.draft.exports.second.table import ExportTable
from tests.draft.exports.second.world import DAY, World

HEADER = (
    "#", "How likely are you to recommend Lanehaul to a colleague?", "What is the main reason for your score?",
    "email", "Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags",
)  # fmt: skip
REASONS = (
    "",
    "",
    "",
    "Saves time",
    "Printing works",
    "Too slow",
    "Support is quick",
    "Too expensive",
    "Carriers missing",
)


def typeform_table(world: World) -> ExportTable:
    """The answers, newest first as Typeform writes them; a few tests of the vendor's own people."""
    random, answers = world.random, []
    month = dt.date(2025, 6, 1)
    while month <= END:
        for account in world.customers:
            if not account.is_active(month):
                continue
            for user in account.users:
                if random.random() < 0.075:
                    health = account.health(month)
                    score = round(min(10, max(0, random.gauss(3.2 + 7.2 * health, 1.7))))
                    answers.append(
                        (at(random, month + random.randint(0, 12) * DAY), user, score, account)
                    )
        month = add_months(month, 3)
    for number in range(3):
        user = world.staff[number]
        answers.append((at(random, dt.date(2025, 6, 1 + number)), user, 10, None))
    table = ExportTable("typeform_nps", HEADER)
    for moment, user, score, account in sorted(answers, key=lambda answer: answer[0], reverse=True):
        end = moment + dt.timedelta(seconds=random.randint(20, 400))
        table.add(
            (
                f"{random.getrandbits(80):020x}", score, random.choice(REASONS), user.email, "completed",
                f"{moment:%Y-%m-%d %H:%M:%S}", "", f"{end:%Y-%m-%d %H:%M:%S}", f"{random.getrandbits(40):010x}", "",
            ),
            account,
        )  # fmt: skip
    return table
