"""The tables of surveys: NPS twice a year, CSAT and CES after tickets.

Unhappy people answer less often, so missing answers aren't random.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from salus.demo.columns import to_array, to_instants, to_keys, to_words
from salus.demo.draw import make_generator, sigmoid
from salus.demo.life import Life
from salus.demo.people import People, make_contact_ids
from salus.demo.season import DAY, Floats, Ints
from salus.demo.tickets import add_working_minutes, draw_tickets
from salus.demo.usage import draw_times_of_day

SURVEYS = (
    ("S-NPS", "nps", 0, 10, "How likely are you to recommend Ordalin to a colleague?"),
    ("S-CSAT", "csat", 1, 5, "How satisfied are you with the answer to your ticket?"),
    ("S-CES", "ces", 1, 7, "Ordalin made it easy for me to handle my issue."),
)
NPS, CSAT, CES = range(3)
CENTRE, SLOPE, NOISE = (
    np.array([8.0, 4.2, 5.6]),
    np.array([1.7, 0.6, 0.75]),
    np.array([1.3, 0.7, 1.0]),
)
WAVE = 182  # days between two NPS invitations of a contact
ANSWER, ANSWER_BY_MOOD = 0.2, 0.8  # log-odds of an answer, and what one unit of mood adds
COMMENTS = (
    "",
    "",
    "",
    "Works well for us.",
    "Could be faster.",
    "Support helped at once.",
    "Too many clicks.",
    "Please fix the exports.",
)


def build_survey_table() -> dict[str, pa.Table]:
    """`survey`."""
    ids, kinds, lows, highs, questions = zip(*SURVEYS, strict=True)
    return {
        "survey": pa.table(
            {
                "survey_id": ids,
                "kind": kinds,
                "scale_min": lows,
                "scale_max": highs,
                "direction": ["up"] * 3,
                "question": questions,
                "instrument_version": ["1.0", "1.0", "2.0"],
            }
        )
    }


def build_survey_tables(life: Life, people: People, seed: int, part: int) -> dict[str, pa.Table]:
    """`survey_response`: one row for each invitation, with or without an answer."""
    rng = make_generator(seed, part, "surveys")
    waves, tickets = _waves(life, people, rng), _after_tickets(life, people, seed, part, rng)
    survey, contact, day = (np.concatenate(pair) for pair in zip(waves, tickets, strict=True))
    account = people.account[contact]
    invited = life.serves(account, day) & life.customers.has_survey[account]
    survey, contact, account, day = (
        survey[invited],
        contact[invited],
        account[invited],
        day[invited],
    )
    feels = life.at(life.sentiment, account, day) + rng.normal(0, 0.6, len(day))
    feels = np.where(day > life.notice[account], feels - 1.0, feels)
    wait = (rng.exponential(2.0, len(day)) * DAY).astype(np.int64) + 600
    at = life.season.instants(day, draw_times_of_day(rng, len(day)))
    answered = rng.random(len(day)) < sigmoid(ANSWER + ANSWER_BY_MOOD * feels)
    answered &= (at + wait < (life.season.last + 1) * DAY) & (wait < 21 * DAY)
    lows, highs = np.array([row[2] for row in SURVEYS]), np.array([row[3] for row in SURVEYS])
    score = np.round(
        CENTRE[survey] + SLOPE[survey] * feels + NOISE[survey] * rng.normal(size=len(day))
    )
    comment = rng.integers(0, len(COMMENTS), len(day))
    return {
        "survey_response": pa.table(
            {
                "response_id": to_keys("R-", np.arange(len(day)) + part * 1_000_000, 8),
                "survey_id": to_words([row[0] for row in SURVEYS], survey),
                "account_id": pa.array(life.customers.ids).take(pa.array(account)),
                "contact_id": make_contact_ids(life, people).take(pa.array(contact)),
                "score": to_array(
                    np.clip(score, lows[survey], highs[survey]).astype(np.int64), answered
                ),
                "comment": to_words(COMMENTS, comment, answered & (comment > 2)),
                "invited_at": to_instants(at),
                "responded_at": to_instants(at + wait, answered),
                "channel": ["email"] * len(day),
            }
        )
    }


def _waves(life: Life, people: People, rng: np.random.Generator) -> tuple[Ints, Ints, Ints]:
    """NPS invitations: twice a year, all contacts of an account at the same time."""
    waves = 7 * life.season.weeks // WAVE + 2
    offset = life.season.first - WAVE + rng.integers(0, WAVE, len(life.customers))
    day = offset[people.account][:, None] + WAVE * np.arange(waves)
    active = (day >= people.begins[:, None] + 60) & (day < people.leaves[:, None])
    contact, wave = np.nonzero(active)
    return np.full(len(contact), NPS), contact, day[contact, wave]


def _after_tickets(
    life: Life, people: People, seed: int, part: int, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints]:
    """CSAT after most solved tickets, CES after some."""
    tickets = draw_tickets(life, seed, part)
    solved = add_working_minutes(tickets.created, tickets.solve) // DAY + 1
    drawn: Floats = rng.random(len(solved))
    invited = drawn < 0.85
    survey = np.where(drawn < 0.7, CSAT, CES)[invited]
    account, day = tickets.account[invited], solved[invited]
    return survey, people.pick_contact(rng, account, day, towards=2.0), day
