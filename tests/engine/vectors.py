"""Worlds small enough to compute by hand: tables as literals, and the expected results with the
arithmetic beside them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from tests.oracle.table import Table, table


@dataclass(frozen=True)
class Vector:
    """The expected results of entity `a` on `at`: values by measure (a text that begins with
    `missing:` is a reason), or parts of the score.
    """

    name: str
    model: dict
    tables: dict[str, Table]
    at: dt.date
    values: dict[str, Any] = field(default_factory=dict)
    points: dict[str, float | None] = field(default_factory=dict)
    score: Any = ...
    band: str | None = None
    coverage: float | None = None
    held: dict[str, float] | None = None
    cap: tuple[str, float] | None = None
    contributions: dict[str, float] | None = None
    segment: str | None = None
    further: dict[str, tuple[float | None, str]] = field(default_factory=dict)
    holidays: tuple[dt.date, ...] = ()


VECTORS: list[Vector] = []
JULY = dt.date(2024, 7, 1)  # a Monday


def day(text: str) -> dt.date:
    """`07-01` in 2024, or a whole date."""
    return dt.date.fromisoformat(text if len(text) == 10 else f"2024-{text}")


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def local(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def facts(head: str, *rows: list) -> Table:
    """Rows of entity `a`, with its key added in front."""
    return table(f"who:text {head}", *(["a", *row] for row in rows))


def of_facts(
    name: str,
    line: dict,
    expected: Any,
    tables: Table | dict[str, Table],
    source: dict | None = None,
    at: dt.date = JULY,
    **more: Any,
) -> None:
    """A vector of one input `x` over a source `s`."""
    tables = tables if isinstance(tables, dict) else {"facts": tables}
    spot = {"table": "facts", "key": "who", "time": "at", **(source or {})}
    given = {
        "version": 1,
        "name": "by hand",
        "entity": {"name": "thing", "key": "who"},
        "sources": {"s": spot},
        "inputs": {"x": line},
        "dimensions": {"d": {"measures": {"m": {"count": "s", "bad": 0, "good": 1}}}},
        **more.pop("model", {}),
    }
    VECTORS.append(Vector(name, given, tables, at, {"x": expected}, **more))


ON = [[day(text)] for text in ("05-31", "06-01", "06-20", "06-20", "06-30", "07-01")]

# 05-31 is 31 days before, 06-01 is 30: in; 07-01 is not before the date. 06-01, 06-20 twice, 06-30
# = 4
of_facts("count within 30 days", {"count": "s", "within": "30d"}, 4, facts("at:date", *ON))
of_facts("count without a window", {"count": "s"}, 5, facts("at:date", *ON))
# 4 facts in the window, 5 asked for
of_facts(
    "at_least",
    {"count": "s", "within": "30d", "at_least": 5},
    "missing: too few",
    facts("at:date", *ON),
)
# recorded 06-30: known on 07-01; recorded 07-01: not yet; not recorded: known at its time
of_facts(
    "recorded late",
    {"count": "s"},
    2,
    facts(
        "at:date told:date",
        [day("06-10"), day("06-30")],
        [day("06-10"), day("07-01")],
        [day("06-10"), None],
    ),
    {"recorded": "told"},
)
# ages 30 and 60 at a half-life of 30: 0.5 + 0.25
of_facts(
    "count with a half-life",
    {"count": "s", "half_life": "30d"},
    0.75,
    facts("at:date", [day("06-01")], [day("05-02")]),
)
# until 06-30 is over on 07-01; until 07-01 is not; without an end it is open
ENDS = facts(
    "at:date over:date",
    [day("06-01"), day("06-30")],
    [day("06-02"), day("07-01")],
    [day("06-03"), None],
)
of_facts("count of open facts", {"count": "s", "open": True}, 2, ENDS, {"until": "over"})
# the end on 06-20 is recorded on 07-01: on 07-01 the fact still looks open
of_facts(
    "an end that is told later",
    {"count": "s", "open": True},
    1,
    facts(
        "at:date over:date told:date",
        [day("06-01"), day("06-20"), day("07-01")],
        [day("06-01"), day("06-20"), day("06-21")],
    ),
    {"until": "over", "until_recorded": "told"},
)
# the oldest open is from 06-02: 29 days to 07-01
of_facts("oldest open", {"oldest_open": "s"}, 29, ENDS, {"until": "over"})
# Sunday 06-02 to Monday 07-01: 4 weeks of 5 days, without the holiday 06-03 = 19
of_facts(
    "oldest open in working days",
    {"oldest_open": "s", "days": "working"},
    19,
    ENDS,
    {"until": "over"},
    holidays=(day("06-03"),),
)
of_facts(
    "nothing open",
    {"oldest_open": "s"},
    0,
    facts("at:date over:date", [day("06-01"), day("06-02")]),
    {"until": "over"},
)
# b, c and null: null is no value
PEOPLE = facts(
    "at:moment user:text",
    [local("2024-06-10 08:00"), "b"],
    [local("2024-06-10 09:00"), "c"],
    [local("2024-06-11 08:00"), "b"],
    [local("2024-06-11 09:00"), "b"],
    [local("2024-06-12 08:00"), None],
)
of_facts("count distinct", {"count_distinct": "s.user"}, 2, PEOPLE)
of_facts("active days", {"active_days": "s"}, 3, PEOPLE)
# (10, b), (10, c), (11, b)
of_facts("active days of users", {"active_days": "s.user"}, 3, PEOPLE)
# each 0.0000005 counts as 0.000001, half away from zero: 0.000002; −0.0000005 as −0.000001
of_facts(
    "sum to six decimals",
    {"sum": "s.v"},
    0.000001,
    facts("at:date v:number", *([day("06-01"), v] for v in (5e-7, 5e-7, -5e-7))),
)
VALUES = facts(
    "at:date v:number",
    *([day("06-01"), v] for v in (1.0, 2.0, 6.0, float("nan"), float("inf"), None)),
)
# (1 + 2 + 6) / 3
of_facts("mean of what is finite", {"mean": "s.v"}, 3, VALUES)
# three facts have a value, four are asked for
of_facts("mean of too few", {"mean": "s.v", "at_least": 4}, "missing: too few", VALUES)
of_facts("median", {"median": "s.v"}, 2, VALUES)
# 1, 2, 6, 9: (2 + 6) / 2
of_facts(
    "median of an even number",
    {"median": "s.v"},
    4,
    facts("at:date v:number", *([day("06-01"), v] for v in (9.0, 1.0, 6.0, 2.0))),
)
of_facts("max", {"max": "s.v"}, 6, VALUES)
of_facts("first date", {"min": "s.at"}, local("2024-06-10 08:00"), PEOPLE)
# weights 1 and 3: (10 · 1 + 2 · 3) / 4
of_facts(
    "weighted mean",
    {"mean": "s.v", "weighted_by": "w"},
    4,
    facts(
        "at:date v:number w:number",
        [day("06-01"), 10.0, 1.0],
        [day("06-01"), 2.0, 3.0],
        [day("06-01"), 8.0, None],
    ),
)
# measures.md 6: 1000 paid 10 days late, 3000 on time: (1000 · 10 + 3000 · 0) / 4000 = 2.5; paid
# early counts 0
of_facts(
    "days beyond terms",
    {"mean": "s.open_days", "weighted_by": "amount"},
    2.5,
    facts(
        "at:date over:date amount:number",
        [day("06-01"), day("06-11"), 1000.0],
        [day("06-01"), day("06-01"), 2000.0],
        [day("06-01"), day("05-20"), 1000.0],
    ),
    {"until": "over"},
)
# open since 06-21: 10 days; closed after 4 days
of_facts(
    "sum of open days",
    {"sum": "s.open_days"},
    14,
    facts("at:date over:date", [day("06-21"), None], [day("06-01"), day("06-05")]),
    {"until": "over"},
)
# same time: the later recorded counts (4), whatever the value
TIES = facts(
    "at:moment told:moment v:number",
    [local("2024-06-10 08:00"), local("2024-06-11 08:00"), 9.0],
    [local("2024-06-10 08:00"), local("2024-06-12 08:00"), 4.0],
    [local("2024-06-09 08:00"), local("2024-06-20 08:00"), 7.0],
)
of_facts("latest by time, then recorded", {"latest": "s.v"}, 4, TIES, {"recorded": "told"})
# same time, nothing recorded: the larger value
of_facts("latest by value", {"latest": "s.v"}, 9, TIES)
# the latest is 20 days old, within 10 days there is none
of_facts("latest within", {"latest": "s.v", "within": "10d"}, "missing: no facts", TIES)
# a, null, b, a: null does not meet it: 2 / 4
of_facts(
    "share",
    {"share": "s", "of": "word = 'a'"},
    0.5,
    facts("at:date word:text", *([day("06-01"), word] for word in ("a", None, "b", "a"))),
)
# 06-28 is a Friday: Friday, Saturday and Sunday have gone by
of_facts("days since", {"days_since": "s"}, 3, facts("at:date", [day("06-28")]))
of_facts(
    "working days since",
    {"days_since": "s", "days": "working"},
    1,
    facts("at:date", [day("06-28")]),
)
# active on 1, 2, 5, 12 June: gaps 1, 3, 7, of which the middle is 3
of_facts(
    "median gap",
    {"median_gap": "s"},
    3,
    facts("at:date", *([day(f"06-{n}")] for n in ("01", "02", "02", "05", "12"))),
)
of_facts(
    "no gap",
    {"median_gap": "s"},
    "missing: no facts",
    facts("at:date", [day("06-01")], [day("06-01")]),
)
# 14 in 7 days are 2 a day; 28 in the 28 days before are 1 a day: 2 / 1 − 1
WEEKS = facts("at:date", *([day("06-25")],) * 14, *([day("05-28")],) * 28, [day("05-26")])
of_facts("trend", {"trend": "s", "within": "7d", "baseline": "28d"}, 1, WEEKS)
# the only fact is on the day before both windows
of_facts(
    "trend without a baseline",
    {"trend": "s", "within": "7d", "baseline": "7d"},
    "missing: no facts",
    WEEKS,
)
# 30 days earlier was 06-01: of 05-31 and 06-01 only 05-31 was before; the one recorded on 06-15 was
# not known then
of_facts(
    "ago",
    {"count": "s", "ago": "30d"},
    1,
    facts(
        "at:date told:date",
        [day("05-31"), None],
        [day("06-01"), None],
        [day("05-20"), day("06-15")],
    ),
    {"recorded": "told"},
)
# id 1 was recorded first on 06-02 with 5; the correction to 8 doesn't count: 5 + 1
of_facts(
    "the first recorded of an id",
    {"sum": "s.v"},
    6,
    facts(
        "at:date told:date nr:integer v:number",
        [day("06-01"), day("06-09"), 1, 8.0],
        [day("06-01"), day("06-02"), 1, 5.0],
        [day("06-01"), day("06-02"), 2, 1.0],
    ),
    {"id": "nr", "recorded": "told"},
)
# 9, 10 promote, 7 is passive, 0 detracts: (100 + 100 + 0 − 100) / 4
NPS = {"nps": "100 * (score >= 9) - 100 * (score <= 6)"}
ANSWERS = (
    "at:date contact:text score:integer",
    [day("06-01"), "k", 0],
    [day("06-02"), "k", 9],
    [day("06-02"), "l", 10],
    [day("06-02"), "m", 7],
    [day("06-03"), "n", 0],
)
of_facts(
    "each contact's latest answer",
    {"mean": "s.nps", "open": True},
    25,
    facts(*ANSWERS),
    {"until": "next contact", "columns": NPS},
)
# from 06-01 to the next on 06-11: 10 days; 06-11 is open for 20 days: mean 15
STATES = facts(
    "at:date told:date", [day("06-01"), None], [day("06-11"), None], [day("06-05"), day("07-01")]
)
of_facts(
    "a state ends with the next known one",
    {"mean": "s.open_days"},
    15,
    STATES,
    {"until": "next", "recorded": "told"},
)
# a day later the state of 06-05 is known: 4 days, 6 days, and 21 days still open: 31 / 3
of_facts(
    "a late state moves the end",
    {"mean": "s.open_days"},
    31 / 3,
    STATES,
    {"until": "next", "recorded": "told"},
    day("07-02"),
)
# the rate of 06-01 (2) held on 06-05, that of 06-10 (3) on 06-10: 1 · 2 + 1 · 3; no rate before
# 06-01
RATES = {
    "facts": facts(
        "at:date cur:text v:number",
        [day("06-05"), "DKK", 1.0],
        [day("06-10"), "DKK", 1.0],
        [day("05-30"), "DKK", 1.0],
    ),
    "rates": table(
        "cur:text since:date rate:number", ["DKK", day("06-01"), 2.0], ["DKK", day("06-10"), 3.0]
    ),
}
of_facts(
    "a lookup as it stood",
    {"sum": "s.euro"},
    5,
    RATES,
    {"lookup": {"table": "rates", "on": "cur", "time": "since"}, "columns": {"euro": "v * rate"}},
)
# today's row is the smallest by its columns in order of their names: cur, rate: 2 each
of_facts(
    "a lookup as of today",
    {"sum": "s.euro"},
    6,
    RATES,
    {"lookup": {"table": "rates", "on": "cur"}, "columns": {"euro": "v * rate"}},
)
# the newest fact of all is 4 days old
of_facts(
    "stale", {"count": "s"}, "missing: stale", facts("at:date", [day("06-27")]), {"fresh": "3d"}
)
of_facts("fresh on the edge", {"count": "s"}, 1, facts("at:date", [day("06-28")]), {"fresh": "3d"})
# 2024-03-30 23:30 UTC is 00:30 on 31 March in Berlin, 22:30 UTC on that day already 1 April
of_facts(
    "days of the zone",
    {"active_days": "s"},
    2,
    facts(
        "at:instant",
        [utc("2024-03-30 23:30")],
        [utc("2024-03-31 21:59")],
        [utc("2024-03-31 22:30")],
    ),
    at=day("04-02"),
    model={"timezone": "Europe/Berlin"},
)
# 29 February is the day before 1 March, and 1 day back is all
of_facts(
    "leap day",
    {"count": "s", "within": "1d"},
    1,
    facts("at:date", [day("02-29")], [day("02-28")]),
    at=day("03-01"),
)
of_facts(
    "divided by nothing",
    {"formula": "x0 / (x0 - 1)"},
    "missing: divided by nothing",
    facts("at:date", [day("06-01")]),
    model={"inputs": {"x0": {"count": "s"}, "x": {"formula": "x0 / (x0 - 1)"}}},
)
# measures.md 6: one detractor against a portfolio average of 30 with k = 5: (1 · −100 + 150) / 6
SHRUNK = {
    "n": {"count": "s"},
    "raw": {"mean": "s.nps"},
    "x": {"formula": "(n * raw + 5 * 30) / (n + 5)"},
}
of_facts(
    "nps of one, shrunk",
    {},
    50 / 6,
    facts("at:date score:integer", [day("06-01"), 3]),
    {"columns": NPS},
    model={"inputs": SHRUNK},
)
# 2 of 4 promote, 1 detracts: 25; (4 · 25 + 150) / 9
of_facts(
    "nps of four, shrunk",
    {},
    250 / 9,
    facts("at:date score:integer", *([day("06-01"), n] for n in (9, 10, 8, 2))),
    {"columns": NPS},
    model={"inputs": SHRUNK},
)


def scored(
    name: str,
    dimensions: dict,
    tables: dict[str, Table],
    *,
    at: dt.date = JULY,
    sources: dict | None = None,
    model: dict | None = None,
    **expected: Any,
) -> None:
    """A vector of a score; the entity has a table of its own."""
    columns = [name for name in tables["things"].columns if name != "who"]
    given = {
        "version": 1,
        "name": "by hand",
        "entity": {"name": "thing", "table": "things", "key": "who", "attributes": columns},
        "sources": sources or {},
        "dimensions": dimensions,
        **(model or {}),
    }
    VECTORS.append(Vector(name, given, tables, at, **expected))


def things(head: str, *values: Any) -> dict[str, Table]:
    return {"things": table(f"who:text {head}".strip(), ["a", *values])}


def of(attribute: str, **more: Any) -> dict:
    """A measure whose points are an attribute's value."""
    return {"value": attribute, "bad": 0, "good": 100, **more}


USED = [[0, 0], [0.25, 20], [0.5, 55], [0.8, 90], [1, 100]]
# .30 is a fifth of the way from .25 (20) to .5 (55): 20 + 7; with plain anchors 30
scored(
    "licence utilisation",
    {
        "d": {
            "measures": {
                "curved": {"value": "used", "curve": USED},
                "plain": {"value": "used", "bad": 0, "good": 1},
            }
        }
    },
    things("used:number", 0.3),
    points={"curved": 27.0, "plain": 30.0},
    score=28.5,
)
# 1 − 3/5 = .4, a third of the way from .3 (60) to .6 (20): 60 − 40/3
AGED = {"formula": "1 - young / open_now", "curve": [[0, 100], [0.3, 60], [0.6, 20], [1, 0]]}
scored(
    "backlog aged",
    {"d": {"measures": {"aged": AGED}}},
    things("open_now:integer young:integer", 5, 3),
    values={"aged": 0.4},
    points={"aged": 60 - 40 / 3},
    score=60 - 40 / 3,
)
# load .004 is a tenth of the portfolio's: .1, which is worth 100; with falling usage the second term is
# 2: 60
RATE = {
    "formula": "greatest(load / 0.04, 2 * (load / 0.04 < 0.2) * (trend < 0))",
    "curve": [[1, 100], [2, 60], [3, 30], [5, 0]],
}
scored(
    "few tickets, usage falls",
    {"d": {"measures": {"rate": RATE}}},
    things("load:number trend:number", 0.004, -0.1),
    values={"rate": 2.0},
    points={"rate": 60.0},
)
scored(
    "few tickets, usage rises",
    {"d": {"measures": {"rate": RATE}}},
    things("load:number trend:number", 0.004, 0.1),
    values={"rate": 0.1},
    points={"rate": 100.0},
)
ONE = {"d": {"measures": {"m": of("p")}}}
scored("exactly 75", ONE, things("p:number", 75.0), score=75.0, band="healthy")
scored("just below 75", ONE, things("p:number", 74.99), score=74.99, band="watch")
scored("exactly 50", ONE, things("p:number", 50.0), score=50.0, band="watch")
scored("nothing at all", ONE, things("p:number", None), score=None, band="unknown", coverage=0.0)
# d: (1 · 60 + 3 · 100) / 4 = 90; e: 30; score (2 · 90 + 1 · 30) / 3 = 70, of which m0 adds 2/3 ·
# 1/4 · 60
TWO = {
    "d": {"weight": 2, "measures": {"m0": of("p"), "m1": of("q", weight=3)}},
    "e": {"measures": {"m2": of("r")}},
}
scored(
    "two dimensions",
    TWO,
    things("p:number q:number r:number", 60.0, 100.0, 30.0),
    score=70.0,
    coverage=1.0,
    contributions={"m0": 10.0, "m1": 50.0, "m2": 10.0},
)
# q is missing: d is 60, score (2 · 60 + 30) / 3 = 50; what had a value: 2/3 · 1/4 + 1/3 = .5
scored(
    "the weight of a missing measure",
    TWO,
    things("p:number q:number r:number", 60.0, None, 30.0),
    score=50.0,
    coverage=0.5,
    band="watch",
    contributions={"m0": 40.0, "m1": 0.0, "m2": 10.0},
)
# e is missing: its weight goes to d: 90; 2/3 of the weight had a value
scored(
    "a missing dimension",
    TWO,
    things("p:number q:number r:number", 60.0, 100.0, None),
    score=90.0,
    coverage=2 / 3,
    band="healthy",
)
# neutral 50 for q: (60 + 150) / 4 = 52.5; (105 + 30) / 3 = 45, but it covers no more than before
NEUTRAL = {
    **TWO,
    "d": {"weight": 2, "measures": {"m0": of("p"), "m1": of("q", weight=3, if_missing="neutral")}},
}
scored(
    "missing as neutral",
    NEUTRAL,
    things("p:number q:number r:number", 60.0, None, 30.0),
    score=45.0,
    coverage=0.5,
)
# both hold, the lower one counts: 80 → 30
CAPS = {
    "caps": [
        {"name": "low", "when": "p > 50", "at_most": 40},
        {"name": "lower", "when": "p > 60", "at_most": 30},
        {"name": "no", "when": "p > 90", "at_most": 0},
    ]
}
scored(
    "the lowest cap",
    ONE,
    things("p:number", 80.0),
    model=CAPS,
    score=30.0,
    cap=("lower", -50.0),
    band="at_risk",
)
# it holds, but the score is lower anyway
scored(
    "a cap without effect",
    ONE,
    things("p:number", 55.0),
    model={"caps": [{"name": "c", "when": "p > 50", "at_most": 60}]},
    score=55.0,
)
# small: e doesn't count, d counts alone: 90; plain anchors 50 to 100 for m0: p = 60 is 20 points:
# (20 + 300) / 4 = 80
SEGMENTS = {
    "segments": {
        "small": {"when": "r < 40", "without": ["e"], "measures": {"m0": {"bad": 50, "good": 100}}},
        "never": {"when": "p > 0", "weights": {"e": 100}},
    }
}
scored(
    "the first segment",
    TWO,
    things("p:number q:number r:number", 60.0, 100.0, 30.0),
    model=SEGMENTS,
    score=80.0,
    segment="small",
    coverage=1.0,
)
# r = 40: the second; e weighs 100 beside 2: (2 · 90 + 100 · 40) / 102
scored(
    "the second segment",
    TWO,
    things("p:number q:number r:number", 60.0, 100.0, 40.0),
    model=SEGMENTS,
    score=4180 / 102,
    segment="never",
)
# 1 · 90 + 4 · 30 over 5; ready from 42 on
OTHER = {"scores": {"growth": {"weights": {"d": 1, "e": 4}, "bands": {"ready": 42, "not_yet": 0}}}}
scored(
    "a further score",
    TWO,
    things("p:number q:number r:number", 60.0, 100.0, 30.0),
    model=OTHER,
    further={"growth": (42.0, "ready")},
)
# the second segment gives e 100 in the main score only: (1 · 90 + 4 · 40) / 5
scored(
    "a segment's weights are the main score's",
    TWO,
    things("p:number q:number r:number", 60.0, 100.0, 40.0),
    model={**SEGMENTS, **OTHER},
    score=4180 / 102,
    further={"growth": (50.0, "ready")},
)
# the first does without e, which is all that this score has
ONLY_E = {"scores": {"growth": {"weights": {"e": 1}, "bands": {"ready": 42, "not_yet": 0}}}}
scored(
    "a further score without its dimensions",
    TWO,
    things("p:number q:number r:number", 60.0, 100.0, 30.0),
    model={**SEGMENTS, **ONLY_E},
    further={"growth": (None, "unknown")},
)
# the pulse 10 of 06-20 has left the window of 10 days on 07-01: 80 alone would be an improvement
# from (80 + 10) / 2
PULSE = {"facts": facts("at:date v:number", [day("06-20"), 10.0])}
LATEST = {"latest": "s.v", "within": "10d", "bad": 0, "good": 100}
SPOT = {"s": {"table": "facts", "key": "who", "time": "at"}}
GUARDED = {"d": {"measures": {"m": of("p"), "pulse": LATEST}}}
scored(
    "the guard",
    GUARDED,
    {**things("p:number", 80.0), **PULSE},
    sources=SPOT,
    score=45.0,
    held={"pulse": -35.0},
    coverage=0.5,
)
scored(
    "no guard",
    GUARDED,
    {**things("p:number", 80.0), **PULSE},
    sources=SPOT,
    model={"missing_guard": "0d"},
    score=80.0,
    held={},
)
# last seen on 06-30; 30 days later, on 07-30, it is still one of the 30 days before; on 07-31 no
# more
scored(
    "the guard's last day",
    GUARDED,
    {**things("p:number", 80.0), **PULSE},
    sources=SPOT,
    at=day("07-30"),
    score=45.0,
)
scored(
    "the guard ends",
    GUARDED,
    {**things("p:number", 80.0), **PULSE},
    sources=SPOT,
    at=day("07-31"),
    score=80.0,
)
# a lost value of 100 beside 20: letting go lowers the score by itself
scored(
    "no guard for the worse",
    GUARDED,
    {**things("p:number", 20.0), "facts": facts("at:date v:number", [day("06-20"), 100.0])},
    sources=SPOT,
    score=20.0,
    held={},
)
# held for 5 days after 06-30, without a guard: on 07-05 it takes part, on 07-06 no more
HELD = {"d": {"measures": {"m": of("p"), "pulse": {**LATEST, "if_missing": "hold 5d"}}}}
scored(
    "hold",
    HELD,
    {**things("p:number", 80.0), **PULSE},
    sources=SPOT,
    model={"missing_guard": "0d"},
    at=day("07-05"),
    score=45.0,
    coverage=0.5,
    points={"pulse": 10.0},
)
scored(
    "hold ends",
    HELD,
    {**things("p:number", 80.0), **PULSE},
    sources=SPOT,
    model={"missing_guard": "0d"},
    at=day("07-06"),
    score=80.0,
    points={"pulse": None},
)
# great, an unknown word, a truth
scored(
    "words",
    {"d": {"measures": {"m": {"value": "mood", "points": {"great": 100, "fine": 70}}}}},
    things("mood:text", "fine"),
    points={"m": 70.0},
)
scored(
    "an unknown word",
    {"d": {"measures": {"m": {"value": "mood", "points": {"great": 100, "fine": 70}}}}},
    things("mood:text", "so so"),
    points={"m": None},
    score=None,
)
# numbers and truths may stand among the words
scored(
    "numbers as words",
    {"d": {"measures": {"m": {"value": "mood", "points": {"1": 0, "2": 40, "2.5": 60}}}}},
    things("mood:number", 2.5),
    points={"m": 60.0},
)
scored(
    "a truth as a word",
    {"d": {"measures": {"m": {"latest": "s.v", "points": {"true": 100, "false": 10}}}}},
    {
        **things(""),
        "facts": facts(
            "at:date v:bool", [day("06-20"), True], [day("06-21"), False], [day("06-22"), None]
        ),
    },
    sources=SPOT,
    points={"m": 10.0},
)
# attributes as they were: 20 seats from 06-01, 30 from 06-20 but recorded on 07-01 only; 10 today
THEN = {
    **things("seats:integer", 10),
    "then": table(
        "who:text since:date told:date seats:integer",
        ["a", day("06-01"), None, 20],
        ["a", day("06-20"), day("07-01"), 30],
    ),
}
HISTORY = {
    "entity": {
        "name": "thing",
        "table": "things",
        "key": "who",
        "attributes": ["seats"],
        "history": {"table": "then", "time": "since", "recorded": "told"},
    }
}
SEATS = {"d": {"measures": {"seats_now": {"value": "seats", "bad": 0, "good": 100}}}}
scored("an attribute as it was known", SEATS, THEN, model=HISTORY, values={"seats_now": 20})
scored(
    "an attribute once it is told",
    SEATS,
    THEN,
    model=HISTORY,
    at=day("07-02"),
    values={"seats_now": 30},
)
# a year earlier nothing was known
scored(
    "an attribute a year ago",
    {"d": {"measures": {"seats_now": {"value": "seats", "ago": "365d", "bad": 0, "good": 100}}}},
    THEN,
    model=HISTORY,
    values={"seats_now": "missing: no facts"},
)


# ---------------------------------------------------------------- the days before

LEVEL = {"d": {"measures": {"level": {"latest": "s.v", "bad": 0, "good": 100}}}}
SPOT = {"s": {"table": "facts", "key": "who", "time": "at"}}
DAILY = {"smooth": {"half_life": "1d"}}
ZONE = {"dead_zone": 3}


def walked(
    name: str,
    *values: tuple[str, float],
    head: str = "",
    own: tuple = (),
    model: dict,
    **expected: Any,
) -> None:
    """A vector of a score that is the last known value: each value counts from the day after its
    own.
    """
    given = {
        **things(head, *own),
        "facts": facts("at:date v:number", *([day(on), v] for on, v in values)),
    }
    scored(name, LEVEL, given, sources=SPOT, model=model, **expected)


# the four days of four half-lives of a day: 40 today, 80 on the three before: (40 + 80 · (½ + ¼ +
# ⅛)) / 1.875 = 110 / 1.875
walked(
    "smoothed",
    ("06-01", 80.0),
    ("06-30", 40.0),
    model=DAILY,
    score=110 / 1.875,
    band="watch",
    contributions={"level": 40.0},
)
# there from 06-29 on: (40 + 40 + 20) / 1.75
walked(
    "smoothed since the first day there",
    ("06-01", 80.0),
    ("06-30", 40.0),
    head="since:date",
    own=(day("06-28"),),
    model={
        **DAILY,
        "entity": {
            "name": "thing",
            "table": "things",
            "key": "who",
            "starts": "since",
            "attributes": [],
        },
    },
    score=100 / 1.75,
)
# the mean is 110 / 1.875; the cap takes the rest at once
walked(
    "a cap on a smoothed score",
    ("06-01", 80.0),
    ("06-30", 40.0),
    model={**DAILY, "caps": [{"name": "low", "when": "level < 50", "at_most": 45}]},
    score=45,
    band="at_risk",
    cap=("low", 45 - 110 / 1.875),
)
# 80 was clear of 75; 73 is less than 3 below it
walked(
    "a band within the zone stays",
    ("06-01", 80.0),
    ("06-30", 73.0),
    model=ZONE,
    score=73,
    band="healthy",
)
walked(
    "a band at the edge of the zone goes",
    ("06-01", 80.0),
    ("06-30", 72.0),
    model=ZONE,
    score=72,
    band="watch",
)
# never clear: 74 begins as watch, and 77 isn't 3 above 75
walked(
    "a band that was never clear",
    ("06-01", 74.0),
    ("06-20", 77.0),
    model=ZONE,
    score=77,
    band="watch",
)
# from healthy the band falls to the better of the two beside 50, and stays there
walked(
    "from one zone into the next",
    ("06-01", 80.0),
    ("06-15", 51.0),
    ("06-30", 49.0),
    model=ZONE,
    score=49,
    band="watch",
)
# the last clear day is more than 365 days ago: 06-20 of the year before; the first day of the year
# before 07-01 has 73: watch
walked(
    "a zone forgets after a year",
    ("2023-06-01", 80.0),
    ("2023-06-20", 73.0),
    model=ZONE,
    score=73,
    band="watch",
)
walked(
    "a zone remembers a year",
    ("2023-06-01", 80.0),
    ("2023-07-02", 73.0),
    model=ZONE,
    score=73,
    band="healthy",
)
# the zone would keep healthy; a cap with an effect shows its own band at once, one without changes
# nothing
walked(
    "a cap within the zone",
    ("06-01", 80.0),
    ("06-30", 73.5),
    model={**ZONE, "caps": [{"name": "held", "when": "level > 1", "at_most": 73}]},
    score=73,
    band="watch",
    cap=("held", -0.5),
)
walked(
    "a cap above the zone",
    ("06-01", 80.0),
    ("06-30", 73.0),
    model={**ZONE, "caps": [{"name": "held", "when": "level > 1", "at_most": 74}]},
    score=73,
    band="healthy",
    cap=None,
)
