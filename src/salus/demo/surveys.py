"""Surveys: NPS twice a year, CSAT and CES now and then. Unhappy people answer less: what is missing
isn't random.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from salus.demo.columns import instants, keys, nullable, words
from salus.demo.draw import generator, sigmoid
from salus.demo.life import Life
from salus.demo.people import People, contact_ids
from salus.demo.season import DAY, Floats, Ints
from salus.demo.tickets import after_working_minutes, tickets
from salus.demo.usage import time_of_day

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
ANSWERS, MINDS = 0.2, 0.8  # log-odds of an answer, and how much more the happy answer
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


def questionnaires() -> dict[str, pa.Table]:
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


def survey_tables(life: Life, who: People, seed: int, part: int) -> dict[str, pa.Table]:
    """`survey_response`: one row per invitation, answered or not."""
    rng = generator(seed, part, "surveys")
    waves, asked = _waves(life, who, rng), _after_tickets(life, who, seed, part, rng)
    survey, contact, day = (np.concatenate(pair) for pair in zip(waves, asked, strict=True))
    account = who.account[contact]
    invited = life.serves(account, day) & life.book.has_survey[account]
    survey, contact, account, day = (
        survey[invited],
        contact[invited],
        account[invited],
        day[invited],
    )
    feels = life.at(life.sentiment, account, day) + rng.normal(0, 0.6, len(day))
    feels = np.where(day > life.notice[account], feels - 1.0, feels)
    wait = (rng.exponential(2.0, len(day)) * DAY).astype(np.int64) + 600
    at = life.season.instants(day, time_of_day(rng, len(day)))
    answered = rng.random(len(day)) < sigmoid(ANSWERS + MINDS * feels)
    answered &= (at + wait < (life.season.last + 1) * DAY) & (wait < 21 * DAY)
    lows, highs = np.array([row[2] for row in SURVEYS]), np.array([row[3] for row in SURVEYS])
    score = np.round(
        CENTRE[survey] + SLOPE[survey] * feels + NOISE[survey] * rng.normal(size=len(day))
    )
    comment = rng.integers(0, len(COMMENTS), len(day))
    return {
        "survey_response": pa.table(
            {
                "response_id": keys("R-", np.arange(len(day)) + part * 1_000_000, 8),
                "survey_id": words([row[0] for row in SURVEYS], survey),
                "account_id": pa.array(life.book.ids).take(pa.array(account)),
                "contact_id": contact_ids(life, who).take(pa.array(contact)),
                "score": nullable(
                    np.clip(score, lows[survey], highs[survey]).astype(np.int64), answered
                ),
                "comment": words(COMMENTS, comment, answered & (comment > 2)),
                "invited_at": instants(at),
                "responded_at": instants(at + wait, answered),
                "channel": ["email"] * len(day),
            }
        )
    }


def _waves(life: Life, who: People, rng: np.random.Generator) -> tuple[Ints, Ints, Ints]:
    """Each contact twice a year, all of an account at the same time."""
    waves = 7 * life.season.weeks // WAVE + 2
    offset = life.season.first - WAVE + rng.integers(0, WAVE, len(life.book))
    day = offset[who.account][:, None] + WAVE * np.arange(waves)
    there = (day >= who.begins[:, None] + 60) & (day < who.leaves[:, None])
    contact, wave = np.nonzero(there)
    return np.full(len(contact), NPS), contact, day[contact, wave]


def _after_tickets(
    life: Life, who: People, seed: int, part: int, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints]:
    """CSAT after most solved tickets, CES after some."""
    found = tickets(life, seed, part)
    solved = after_working_minutes(found.created, found.solve) // DAY + 1
    drawn: Floats = rng.random(len(solved))
    asked = drawn < 0.85
    survey = np.where(drawn < 0.7, CSAT, CES)[asked]
    contact = who.somebody(rng, found.account[asked], solved[asked], towards=2.0)
    return survey, contact, solved[asked]
