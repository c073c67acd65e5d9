"""Random models over random tables. Each entity is a small world of its own, with facts on every
edge.

Everything is drawn from one `Random`, so a seed gives the same world again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from zoneinfo import ZoneInfo

from tests.oracle.facts import day
from tests.oracle.table import Row, Table

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",
    "America/St_Johns",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Sao_Paulo",
)
ANCHORS = (
    dt.date(2024, 2, 29),
    dt.date(2024, 3, 31),
    dt.date(2024, 10, 27),
    dt.date(2024, 3, 10),
    dt.date(2024, 11, 3),
    dt.date(2025, 1, 1),
    dt.date(2023, 3, 1),
    dt.date(2024, 4, 7),
    dt.date(2018, 11, 4),
)
SPANS = (1, 2, 3, 7, 14, 28, 30, 90, 366)
TIMES = ("date", "moment", "instant")
CLOCK = (
    dt.time(0),
    dt.time(0),
    dt.time(23, 59, 59, 999999),
    dt.time(2, 30),
    dt.time(1, 30),
    dt.time(3),
    dt.time(0, 30),
    dt.time(12),
    dt.time(22),
    dt.time(23),
    dt.time(17, 3, 9, 120),
)
WORDS = ("a", "b", "B", "ä", "Z", "", "it's", "aa", "a%")
AMOUNTS = (
    0.0,
    -0.0,
    0.5,
    1.25,
    0.0000005,
    1.0000005,
    -2.5000005,
    1e-9,
    1234.123456,
    -3.0,
    7.0,
    7.0,
    0.1,
    0.2,
    99999.9999995,
    1e-320,
    -1e5,
    float("nan"),
    float("inf"),
    float("-inf"),
    None,
    None,
)
# values of fields as a history writes them; some can't be read
NUMERALS = (
    "0",
    "1",
    "3",
    "10.0",
    "250",
    "+7",
    ".5",
    "1e2",
    "-0.0",
    "1,234.50",
    "1.234,50",
    "1,234",
    "many",
    "nan",
    "",
)
TRUTHS = ("true", "false", "Yes", "nein", "1", "0", "maybe", "")
DAYS = (
    "2023-12-24",
    "2024-02-29T22:30:00Z",
    "2024-03-10 02:30:00",
    "2024-03-31T01:00:00.5+02:00",
    "03/04/2024",
    "soon",
    "",
)
UNITS = (0, 1, 1, 2, 5, -3, 10**5, None)
HOLIDAYS = tuple(anchor + dt.timedelta(days=step) for anchor in ANCHORS for step in (-9, -2, 0, 5))


@dataclass
class World:
    """A model as the dict of its YAML, raw tables, and the dates to score."""

    model: dict
    tables: dict[str, Table]
    dates: list[dt.date]
    holidays: tuple[dt.date, ...] = ()
    spans: list[int] = field(default_factory=list)


def world(random: Random, entities: int = 40) -> World:
    """A model with a few sources, a dozen measures, and that many entities."""
    anchor = random.choice(ANCHORS)
    steps = {0, random.choice((1, 2, 7)), random.choice((-1, -30, 3, 10, 33, 60))}
    dates = sorted(anchor + dt.timedelta(days=step) for step in steps)
    tables = {
        "things": things_table(random),
        "refs": refs_table(random),
        "things_then": then_table(random),
        "events": facts_table(random),
        "deals": facts_table(random),
    }
    case = World({}, tables, dates, HOLIDAYS if random.random() < 0.7 else ())
    Author(random, case).write()
    Filler(random, case).fill(entities)
    return case


# ---------------------------------------------------------------- tables


def things_table(random: Random) -> Table:
    return Table(
        {
            "thing": random.choice(("text", "text", "integer", "number")),
            "name": "text",
            "plan": "text",
            "seats": random.choice(("integer", "number")),
            "price": "number",
            "vip": "bool",
            "joined": random.choice(TIMES),
            "left": random.choice(TIMES),
        }
    )


def then_table(random: Random) -> Table:
    columns = {
        "thing": "text",
        "since": random.choice(TIMES),
        "told": random.choice(TIMES),
        "plan": "text",
        "seats": random.choice(("integer", "number")),
        "vip": "bool",
    }
    if random.random() < 0.5:
        del columns["vip"]
    return Table(columns)


def refs_table(random: Random) -> Table:
    return Table(
        {
            "ref": random.choice(("text", "integer")),
            "since": random.choice(TIMES),
            "rate": "number",
            "sort": "text",
            "owner": "text",
        }
    )


def facts_table(random: Random) -> Table:
    recorded = random.choice(TIMES)
    return Table(
        {
            "nr": random.choice(("text", "integer", "number")),
            "who": random.choice(("text", "text", "integer", "number")),
            "at": random.choice(TIMES),
            "told": recorded,
            "over": random.choice(TIMES),
            "over_told": random.choice(TIMES),
            "amount": "number",
            "units": "integer",
            "word": "text",
            "flag": "bool",
            "whose": random.choice(("text", "integer")),
            "ref": random.choice(("text", "integer")),
            "due": random.choice(TIMES),
        }
    )


# ---------------------------------------------------------------- the model


class Author:
    """Writes the model of a world."""

    def __init__(self, random: Random, world: World) -> None:
        self.random, self.world = random, world
        self.numbers: list[str] = []  # names of numeric attributes, inputs and measures
        self.sources: dict[str, dict] = {}

    def some(self, chance: float) -> bool:
        return self.random.random() < chance

    def span(self) -> str:
        days = self.random.choice(SPANS)
        self.world.spans.append(days)
        return f"{days // 7}w" if days % 7 == 0 and self.some(0.5) else f"{days}d"

    def write(self) -> None:
        random, model = self.random, self.world.model
        model.update(
            {
                "version": 1,
                "name": "world",
                "timezone": random.choice(ZONES),
                "entity": self.entity(),
            }
        )
        for name in ("one", "two", "three")[: random.choice((1, 2, 3))]:
            self.sources[name] = self.source()
        model["sources"] = self.sources
        self.active()
        self.where()
        self.contracts()
        self.fields()
        model["inputs"] = {
            f"in{i}": self.measure(f"in{i}") for i in range(random.choice((2, 3, 5)))
        }
        model["dimensions"] = {
            f"part{i}": {
                "weight": random.choice((1, 2, 30, 0.5)),
                "measures": {
                    f"m{i}{j}": self.scored(f"m{i}{j}") for j in range(random.choice((1, 2, 4)))
                },
            }
            for i in range(random.choice((1, 2, 3)))
        }
        self.worth()
        self.further()
        if self.some(0.3):
            self.percentiles(model)
        model["missing_guard"] = random.choice(("0d", "0d", "1d", "3d", "5d"))
        model["min_coverage"] = random.choice(("50%", "0%", "100%", "75%"))
        if self.some(0.2):
            model["smooth"] = {"half_life": random.choice(("1d", "2d", "1w"))}
        if self.some(0.1):
            model["dead_zone"] = random.choice((0.5, 3, 4.5))

    def entity(self) -> dict:
        if self.some(0.15):
            return {"name": "thing", "key": "thing"}
        entry: dict = {
            "name": "thing",
            "table": "things",
            "key": "thing",
            "attributes": ["plan", "seats", "price", "vip", "joined"],
        }
        self.numbers += ["seats", "price"]
        if self.some(0.3):
            entry["label"] = "name"
        if self.some(0.5):
            entry["starts"] = "joined"
        if self.some(0.5):
            entry["ends"] = "left"
        if self.some(0.6):
            entry["history"] = {
                "table": "things_then",
                "time": "since",
                **({"recorded": "told"} if self.some(0.6) else {}),
            }
        return entry

    def active(self) -> None:
        """In some worlds facts decide who is in the population. This is drawn separately, so that
        the other worlds stay the same.
        """
        apart = Random(repr(self.sources))
        if apart.random() < 0.2:
            within = apart.choice(SPANS)
            self.world.spans.append(within)
            self.world.model["entity"]["active"] = {
                "within": f"{within}d",
                "of": apart.choice(list(self.sources)),
            }

    def where(self) -> None:
        """In some worlds only some rows of the table are entities. This is drawn separately too."""
        apart = Random(repr(self.sources) + "where")
        entity = self.world.model["entity"]
        if "table" in entity and apart.random() < 0.3:
            entity["where"] = apart.choice(
                ("seats > 0 or vip", "plan is not null", "not vip", "price * 2 >= seats")
            )

    def fields(self) -> None:
        """In some worlds the history has a row per change of one field. This is drawn separately."""
        apart, entity = Random(f"fields {self.sources!r}"), self.world.model["entity"]
        if "history" not in entity or apart.random() < 0.5:
            return
        columns = {"thing": "text", "what": "text", "new": "text", "old": "text"}
        kinds = {name: apart.choice(TIMES) for name in ("since", "told")}
        self.world.tables["things_changed"] = Table({**columns, **kinds})
        names = ["plan", "seats", "price", "vip", *(["joined"] if apart.random() < 0.3 else [])]
        kept = apart.sample(names, apart.choice((1, 2, 3, len(names))))
        entity["history"] |= {
            "table": "things_changed",
            "field": "what",
            "value": "new",
            **({"before": "old"} if apart.random() < 0.6 else {}),
            "fields": {name: f"{name}__c" for name in kept},
        }

    def contracts(self) -> None:
        """In some worlds contracts decide. This is drawn separately, too."""
        apart, entity = Random(f"contracts {self.sources!r}"), self.world.model["entity"]
        if "table" not in entity or "active" in entity or apart.random() < 0.6:
            return
        kinds = {name: apart.choice(TIMES) for name in ("signed", "over", "told")}
        key = apart.choice(("text", "integer", "number"))
        self.world.tables["papers"] = Table({"who": key, **kinds, "kind": "text"})
        entity["contracts"] = {
            "table": "papers",
            "key": "who",
            "starts": "signed",
            "ends": "over",
            **({"decided": "told"} if apart.random() < 0.6 else {}),
            **({"where": "kind != 'trial'"} if apart.random() < 0.4 else {}),
            **({"gap": f"{apart.choice((1, 2, 7, 60))}d"} if apart.random() < 0.7 else {}),
        }
        if apart.random() < 0.7:
            self.amounts(apart, entity)

    def amounts(self, apart: Random, entity: dict) -> None:
        """The contracts are worth something, often in several currencies."""
        columns = self.world.tables["papers"].columns
        columns |= {"price": "number", "units": "integer", "months": "number", "money": "text"}
        contracts = entity["contracts"]
        contracts |= {
            "amount": apart.choice(("price", "price * units", "price * units - 5")),
            "per": apart.choice(("month", "year", 3, "months", "months * (1 + (units > 1))")),
            **({"unit": "cents"} if apart.random() < 0.5 else {}),
        }
        if apart.random() < 0.8:
            contracts["currency"] = apart.choice(("money", "money", "money", "DKK"))
            contracts["rates"] = {
                "table": "rates",
                "date": "since",
                "currency": "money",
                "rate": "rate",
                "per": apart.choice(("EUR", "EUR", "USD")),
            }
            entity["currency"] = apart.choice(("EUR", "EUR", "DKK"))
            kinds = {"since": apart.choice(TIMES), "money": "text", "rate": "number"}
            if apart.random() < 0.3:  # a row says what one currency is in another one
                contracts["rates"]["to"] = "into"
                kinds["into"] = "text"
            self.world.tables["rates"] = Table(kinds)

    def worth(self) -> None:
        """Inputs that read the value of contracts."""
        model = self.world.model
        if "amount" in (model["entity"].get("contracts") or {}):
            model["inputs"] |= {
                "worth": {"value": "value"},
                "worth_before": {"value": "value", "ago": "30d"},
                "growth": {"formula": "worth / worth_before - 1"},
            }

    @property
    def attributes(self) -> bool:
        return "table" in self.world.model["entity"]

    def source(self) -> dict:
        random = self.random
        entry: dict = {
            "table": random.choice(("events", "events", "deals")),
            "key": "who",
            "time": "at",
        }
        if self.some(0.4):
            entry["id"] = "nr"
        if self.some(0.6):
            entry["recorded"] = "told"
        until = random.choice((None, "over", "over", "next", "next whose", "next word"))
        if until:
            entry["until"] = until
            if until == "over" and self.some(0.5):
                entry["until_recorded"] = "over_told"
        if self.some(0.3):
            entry["lookup"] = {
                "table": "refs",
                "on": "ref",
                **({"time": "since"} if self.some(0.6) else {}),
            }
            if self.some(0.3):
                entry["key"] = "owner"
        if self.some(0.4):
            rate = "coalesce(rate, 1)" if "lookup" in entry else "2"
            entry["columns"] = {
                "calc": f"amount * {rate} - units",
                "late": "due - at",
                "big": "amount > 1 or units > 1",
            }
        if self.some(0.3):
            entry["where"] = self.condition(entry)
        if self.some(0.25):
            entry["fresh"] = self.span()
        return entry

    def condition(self, source: dict) -> str:
        pool = [
            "amount > 0",
            "units >= 1",
            "flag",
            "not flag",
            "word in ('a', 'b')",
            "word = 'a' or amount <= 1",
            "coalesce(amount, 0) < 2",
            "word is null",
            "amount is not null and units != 2",
            "abs(units) > 1",
            "word like 'a%'",
            "word not in ('Z', 'ä')",
            "amount / units > 0.5",
            "least(amount, units, 3) < 1",
            "at >= '2024-02-29'",
            "due - at < 2",
            "due > at",
            "greatest(amount, units) >= 5",
            "word > 'Z'",
            "not (amount > 0)",
            "(amount > 0) + (units > 0) >= 1",
            "flag = true",
            "whose is not null",
            "at + 1 <= due",
            "word != ''",
            "amount * units > 2 and not (word = 'b')",
            "-amount < 1",
        ]
        if "lookup" in source:
            pool += ["sort = 'a'", "rate > 1", "sort is null", "rate * amount >= 1"]
        if "columns" in source:
            pool += ["calc > 0", "late < 3", "big", "calc is null"]
        return self.random.choice(pool)

    def column(self, source: dict, numeric: bool) -> str:
        pool = ["amount", "amount", "units", "flag"]
        if not numeric:
            pool += ["word", "word", "due", "whose"]
        if "lookup" in source:
            pool += ["rate"] + ([] if numeric else ["sort"])
        if "columns" in source:
            pool += ["calc", "late", "big"]
        return self.random.choice(pool)

    # ------------------------------------------------------------ measures

    def measure(self, name: str) -> dict:
        """An input: any kind."""
        kinds = [
            "count",
            "count",
            "count_distinct",
            "active_days",
            "sum",
            "sum",
            "mean",
            "mean",
            "median",
            "min",
            "max",
            "latest",
            "share",
            "days_since",
            "oldest_open",
            "median_gap",
            "trend",
        ]
        kinds += ["value"] * self.attributes + ["formula", "formula"] * bool(self.numbers)
        entry, is_number = self.line(self.random.choice(kinds))
        if is_number and self.some(0.15):
            entry["per"] = self.random.choice([2, 0.5, *self.numbers])
        if is_number:
            self.numbers.append(name)
        return entry

    def line(self, kind: str) -> tuple[dict, bool]:
        """A measure of a kind, and whether it is a number."""
        if kind == "value":
            column = self.random.choice(("seats", "price", "plan", "vip", "joined"))
            return {"value": column, **self.ago(0.4)}, column in ("seats", "price")
        if kind == "formula":
            return {"formula": self.formula(), **self.ago(0.2)}, True
        return self.of_facts(kind)

    def ago(self, chance: float) -> dict:
        return {"ago": self.span()} if self.some(chance) else {}

    def formula(self) -> str:
        a, b = self.random.choice(self.numbers), self.random.choice(self.numbers)
        pool = [
            f"{a} / {b} - 1",
            f"coalesce({a}, 0) + {b}",
            f"greatest({a}, {b}, 3)",
            f"({a} > 2.3) * 10 + {b}",
            f"abs({a} - {b})",
            f"{a} * ({b} >= 0.9)",
            f"least({a}, 100) / ({b} >= 1.9)",
            f"coalesce({a} / {b}, 5)",
            f"-{a} + 2.5",
            f"({a} is null) + ({b} is not null)",
            f"{a} > {b} + 0.001 and {b} > 0.1",
        ]
        if self.attributes:
            pool += [
                "as_of - joined",
                f"{a} * (plan = 'a')",
                f"coalesce(seats, {a})",
                "(joined > '2024-01-01') + vip",
            ]
        return self.random.choice(pool)

    def of_facts(self, kind: str) -> tuple[dict, bool]:
        random = self.random
        name = (
            random.choice(
                [name for name in self.sources if self.sources[name].get("until")]
                or list(self.sources)
            )
            if kind == "oldest_open"
            else random.choice(list(self.sources))
        )
        source, entry, is_number = self.sources[name], {}, True
        ends = bool(source.get("until"))
        if kind == "oldest_open" and not ends:
            kind = "count"
        if kind in ("count", "share", "days_since", "oldest_open", "median_gap") or (
            kind in ("active_days", "trend") and self.some(0.5)
        ):
            entry[kind] = name
        else:
            numeric = kind in ("sum", "mean", "median", "trend")
            column = (
                "open_days"
                if kind in ("sum", "mean", "max") and ends and self.some(0.45)
                else self.column(source, numeric)
            )
            is_number = kind not in ("min", "max", "latest") or column in (
                "amount",
                "units",
                "calc",
                "late",
                "rate",
                "open_days",
            )
            entry[kind] = f"{name}.{column}"
        if kind == "share":
            entry["of"] = self.condition(source)
        if kind == "trend":
            entry |= {"within": self.span(), "baseline": self.span()}
        elif self.some(0.6):
            entry["within"] = self.span()
        if ends and kind != "oldest_open" and self.some(0.35):
            entry["open"] = True
        if self.some(0.35):
            entry["where"] = self.condition(source)
        if self.some(0.25):
            entry["at_least"] = random.choice((1, 2, 2, 3))
        if kind == "mean" and self.some(0.4):
            entry["weighted_by"] = random.choice(("units", "amount", "flag"))
        if kind in ("count", "sum", "mean") and self.some(0.25):
            entry["half_life"] = random.choice(("30d", "90d", "7d"))
        if (
            kind in ("days_since", "oldest_open", "median_gap")
            or str(entry.get(kind)).endswith(".open_days")
        ) and self.some(0.4):
            entry["days"] = "working"
        return {**entry, **self.ago(0.15)}, is_number

    def scored(self, name: str) -> dict:
        """A measure with points."""
        if self.some(0.15):
            entry = self.with_words()
        else:
            kinds = [
                "count",
                "count_distinct",
                "active_days",
                "sum",
                "mean",
                "mean",
                "median",
                "min",
                "max",
                "latest",
                "share",
                "days_since",
                "oldest_open",
                "median_gap",
                "trend",
                *["formula"] * bool(self.numbers),
            ]
            entry, is_number = self.line(self.random.choice(kinds))
            while not is_number:
                entry, is_number = self.line(self.random.choice(kinds))
            if self.some(0.25):
                entry["per"] = self.random.choice([2, 0.5, *self.numbers])
            entry |= self.scale()
            self.numbers.append(name)
        if self.some(0.6):
            entry["weight"] = self.random.choice((1, 2, 3, 0.1, 12.5))
        if self.some(0.5):
            entry["if_missing"] = self.random.choice(
                ("skip", "bad", "neutral", "good", "hold 2d", "hold 4d", "hold 1w")
            )
        return entry

    def with_words(self) -> dict:
        words = {
            word: self.random.choice((0, 30, 55.5, 100))
            for word in self.random.sample(WORDS, 5)
            if word
        }
        if self.attributes and self.some(0.4):
            return {"value": "plan", "points": words}
        if self.some(0.3):
            truths = {"true": 100, "false": self.random.choice((0, 20))}
            return {"latest": f"{self.random.choice(list(self.sources))}.flag", "points": truths}
        return {
            "latest": f"{self.random.choice(list(self.sources))}.word",
            "points": words,
            **({"within": self.span()} if self.some(0.5) else {}),
        }

    def scale(self) -> dict:
        pick = self.random.choice
        if self.some(0.6):
            bad, good = self.random.sample((-50, -1, 0, 1, 2, 3.5, 8, 30, 365, "10%", "70%"), 2)
            return {"bad": bad, "good": good}
        values = sorted(
            self.random.sample((-100, -1, 0, 0.5, 1, 2, 4, 10, 90, 1000), pick((2, 3, 5)))
        )
        return {"curve": [[value, pick((0, 10, 33, 50, 80, 100))] for value in values]}

    # ------------------------------------------------------------ segments, caps, further scores

    def further(self) -> None:
        model, random = self.world.model, self.random
        names, parts = self.numbers, list(model["dimensions"])
        if names and self.some(0.6):
            conditions = [
                f"{random.choice(names)} > 2.1",
                f"{random.choice(names)} is null",
                f"not ({random.choice(names)} < 2.9)",
                f"{random.choice(names)} >= 0.9 or {random.choice(names)} < -0.1",
            ]
            conditions += (
                ["plan = 'a'", "seats > 3 and vip", "as_of - joined < 40"]
                if self.attributes
                else []
            )
            model["caps"] = [
                {
                    "name": f"cap {i}",
                    "when": when,
                    "at_most": random.choice((0, 20, 40, 44, 75, 99.5)),
                }
                for i, when in enumerate(random.sample(conditions, 2))
            ]
        if self.attributes and self.some(0.6):
            conditions = [
                "plan = 'a'",
                "seats >= 3",
                "as_of - joined < 90",
                "vip",
                "not vip",
                "plan in ('b', 'ä') or seats is null",
                "as_of >= '2024-03-01'",
            ]
            model["segments"] = {
                f"kind{i}": self.segment(when, parts)
                for i, when in enumerate(random.sample(conditions, 2))
            }
        if self.some(0.4):
            model["scores"] = {
                "other": {
                    "weights": {
                        part: random.choice((1, 60, 0.4))
                        for part in random.sample(parts, random.randint(1, len(parts)))
                    },
                    "bands": {"ready": 70, "near": 33.3, "not_yet": 0},
                }
            }
        if self.some(0.3):
            model["bands"] = {"top": 90, "good": 50, "low": 0}

    def percentiles(self, model: dict) -> None:
        """Percentiles with their frozen numbers, as anchors of a measure and as limits of bands."""
        random = self.random
        numeric = [
            (name, line)
            for part in model["dimensions"].values()
            for name, line in part["measures"].items()
            if "bad" in line
        ]
        model["bands"] = {"top": "p75", "good": "p25", "low": 0}
        model["frozen"] = {
            "reference": "2023-01-01",
            "bands": {"p75": 70.5, "p25": random.choice((20, 50))},
        }
        model["reference"] = "2023-01-01"
        if numeric:
            name, line = random.choice(numeric)
            line |= {"bad": "p10", "good": "p90"}
            low, high = random.sample((-3, 0, 1.5, 20), 2)
            model["frozen"]["measures"] = {name: {"p10": low, "p90": high}}

    def segment(self, when: str, parts: list[str]) -> dict:
        random = self.random
        entry: dict = {"when": when}
        if len(parts) > 1 and self.some(0.4):
            entry["without"] = [random.choice(parts)]
        left = [part for part in parts if part not in entry.get("without", [])]
        if self.some(0.5):
            entry["weights"] = {random.choice(left): random.choice((5, 40))}
        numeric = [
            name
            for dimension in self.world.model["dimensions"].values()
            for name, measure in dimension["measures"].items()
            if "points" not in measure
        ]
        if numeric and self.some(0.4):
            entry["measures"] = {random.choice(numeric): self.scale()}
        return entry


# ---------------------------------------------------------------- rows


class Filler:
    """Fills the tables of a world, entity by entity."""

    def __init__(self, random: Random, world: World) -> None:
        self.random, self.world = random, world
        self.zone = ZoneInfo(world.model["timezone"])
        self.pick = random.choice

    def fill(self, entities: int) -> None:
        random, tables = self.random, self.world.tables
        self.refs()
        for number in range(entities):
            if random.random() < 0.95:
                tables["things"].rows.append(self.thing(number))
            for _ in range(self.pick((0, 0, 1, 2, 4))):
                tables["things_then"].rows.append(self.then(number))
            for name in ("events", "deals"):
                for _ in range(self.pick((0, 0, 1, 1, 2, 3, 5, 9))):
                    self.add(tables[name], self.fact(tables[name], number))
        for name in ("events", "deals"):
            for _ in range(self.pick((0, 2))):
                tables[name].rows.append({**self.fact(tables[name], 0), "who": None})
            if random.random() < 0.05:
                tables[name].rows.clear()
            random.shuffle(tables[name].rows)
        random.shuffle(tables["things"].rows)
        if "things_changed" in tables:
            Filler(Random(f"changes {self.world.model!r}"), self.world).changes(entities)
        if "papers" in tables:
            Filler(Random(f"papers {self.world.model!r}"), self.world).papers(entities)

    def changes(self, entities: int) -> None:
        """Changes of single fields: late ones, several at a time, unreadable ones, of other fields."""
        table = self.world.tables["things_changed"]
        fields = {
            "plan": WORDS,
            "seats": NUMERALS,
            "price": NUMERALS,
            "vip": TRUTHS,
            "joined": DAYS,
        }
        for number in range(entities):
            for _ in range(self.pick((0, 1, 2, 5, 9))):
                field, since = self.pick([*fields, "colour"]), self.date()
                told = self.after(since, -1, 0, 0, 1, 30)
                texts = (None, *fields.get(field, WORDS))
                table.rows.append(
                    {
                        "thing": None if self.random.random() < 0.02 else str(number),
                        "what": f"{field}__c",
                        "new": self.pick(texts),
                        "old": self.pick(texts),
                        "since": self.some(table.columns["since"], since, 0.05),
                        "told": self.some(table.columns["told"], told, 0.3),
                    }
                )
        self.random.shuffle(table.rows)

    def papers(self, entities: int) -> None:
        """Contracts that adjoin, overlap, pause, end late or are decided late."""
        table = self.world.tables["papers"]
        kinds = table.columns
        for number in range(entities):
            begun = self.date() - dt.timedelta(days=self.pick((0, 1, 30, 90, 400)))
            for _ in range(self.pick((0, 1, 1, 2, 3, 5))):
                over = self.after(begun, -1, 0, 1, 2, 29, 30, 31, 90)
                row = {
                    "who": self.key(kinds["who"], number),
                    "signed": self.some(kinds["signed"], begun, 0.02),
                    "over": self.some(kinds["over"], over, 0.15),
                    "told": self.some(kinds["told"], self.after(over, -60, -1, 0, 0, 1, 40), 0.5),
                    "kind": self.pick(("main", "main", "main", "trial", None)),
                }
                if "price" in kinds:
                    row |= self.price()
                table.rows.append(row)
                begun = self.after(over, 0, 0, 1, 2, 6, 7, 8, 29, 30, 31, -5)
        if "rates" in self.world.tables:
            self.rates(self.world.tables["rates"])
        table.rows.append({**table.rows[0], "who": None}) if table.rows else None
        self.random.shuffle(table.rows)

    def price(self) -> dict:
        odd = (None, float("nan"), float("inf"))
        return {
            "price": self.pick((100.0, 99.5, 1250.0, 0.0, -20.0, 33.33, 1e6, self.pick(odd))),
            "units": self.pick((1, 2, 25, 0, None)),
            "months": self.pick((1.0, 3.0, 12.0, 24.0, self.pick((0.0, -1.0, 0.5, None)))),
            "money": self.pick(("EUR", "EUR", " dkk", "DKK", "USD", "JPY", self.pick(("X", None)))),
        }

    def rates(self, table: Table) -> None:
        """Rates since long before or around the dates; some days have several."""
        for code, rate in (("DKK", 7.46), ("USD", 1.1), ("EUR", 0.9), (" jpy", 160.0)):
            for _ in range(self.pick((0, 1, 2, 5))):
                since = self.date() - dt.timedelta(days=self.pick((0, 0, 30, 400)))
                table.rows.append(
                    {
                        "since": self.some(table.columns["since"], since, 0.05),
                        "money": code,
                        "rate": self.pick((rate, rate * 1.1, rate * 0.8, 0.0, None)),
                    }
                )
                if "into" in table.columns:
                    table.rows[-1]["into"] = self.pick(("EUR", "USD", " eur", "DKK", None))

    def key(self, kind: str, number: int) -> object:
        return (
            {"text": f"e{number}", "integer": number, "number": float(number)}[kind]
            if kind != "text"
            else str(number)
        )

    def date(self) -> dt.date:
        """A day on an edge of some window, or anywhere near it."""
        date, spans = self.pick(self.world.dates), [0, *self.world.spans]
        back = self.pick(spans) + (self.pick(spans) if self.random.random() < 0.4 else 0)
        if self.random.random() < 0.3:
            back += self.random.randint(0, 40)
        return date - dt.timedelta(days=back + self.pick((-1, 0, 0, 0, 1, 1, 2)))

    def date_of(self, time: dt.date) -> dt.date:
        """The local day of a time."""
        return dt.date.fromordinal(day(time, self.zone))

    def time(self, kind: str, date: dt.date, clock: dt.time | None = None) -> dt.date:
        clock = clock or self.pick(CLOCK)
        if kind == "date":
            return date
        local = dt.datetime.combine(date, clock)
        if kind == "moment":
            return local
        return local.replace(tzinfo=self.zone, fold=self.pick((0, 1))).astimezone(dt.UTC)

    def some(self, kind: str, date: dt.date, none: float) -> dt.date | None:
        return None if self.random.random() < none else self.time(kind, date)

    def after(self, date: dt.date, *steps: int) -> dt.date:
        if self.random.random() < 0.2:
            return self.pick(self.world.dates) + dt.timedelta(days=self.pick((-1, 0, 0, 1)))
        return date + dt.timedelta(days=self.pick(steps))

    def refs(self) -> None:
        table = self.world.tables["refs"]
        for _ in range(12):
            number = self.random.randint(0, 5)
            ref = None if self.random.random() < 0.05 else self.key(table.columns["ref"], number)
            row = {
                "ref": ref,
                "since": self.some(table.columns["since"], self.date(), 0.1),
                "rate": self.pick(AMOUNTS),
                "sort": self.pick((None, *WORDS)),
                "owner": self.pick((None, "0", "1", "2", "3", "nobody")),
            }
            table.rows += [row, dict(row)] if self.random.random() < 0.1 else [row]

    def thing(self, number: int) -> Row:
        columns = self.world.tables["things"].columns
        joined = self.date() - dt.timedelta(days=self.pick((0, 0, 30, 40, 90, 400)))
        seats = self.pick((None, 0, 1, 3, 10, 250))
        return {
            "thing": self.key(columns["thing"], number),
            "name": f"Thing {number}",
            "plan": self.pick((None, *WORDS)),
            "seats": None
            if seats is None
            else float(seats)
            if columns["seats"] == "number"
            else seats,
            "price": self.pick(AMOUNTS),
            "vip": self.pick((None, True, False)),
            "joined": self.some(columns["joined"], joined, 0.1),
            "left": self.some(columns["left"], self.after(joined, 0, 30, 400, 800), 0.6),
        }

    def then(self, number: int) -> Row:
        columns = self.world.tables["things_then"].columns
        since = self.date()
        seats = self.pick((None, 0, 1, 3, 10, 250))
        row = {
            "thing": None if self.random.random() < 0.02 else str(number),
            "since": self.some(columns["since"], since, 0.05),
            "told": self.some(columns["told"], self.after(since, -1, 0, 0, 1, 30), 0.3),
            "plan": self.pick((None, *WORDS)),
            "seats": None
            if seats is None
            else float(seats)
            if columns["seats"] == "number"
            else seats,
            "vip": self.pick((None, True, False)),
        }
        return {name: row[name] for name in columns}

    def fact(self, table: Table, number: int) -> Row:
        columns, date = table.columns, self.date()
        chance = self.random.random
        who = (
            None
            if chance() < 0.02
            else self.key(columns["who"], 99_999 if chance() < 0.02 else number)
        )
        due = self.after(date, -1, 0, 1, 2, 5)
        return {
            "nr": None if chance() < 0.1 else self.key(columns["nr"], self.random.randint(0, 400)),
            "who": who,
            "at": self.some(columns["at"], date, 0.03),
            "told": self.some(columns["told"], self.after(date, -2, 0, 0, 0, 1, 2, 5, 40), 0.2),
            "over": self.some(columns["over"], self.after(date, -1, 0, 1, 3, 10, 40), 0.4),
            "over_told": self.some(columns["over_told"], self.after(date, 0, 1, 3, 20, 50), 0.4),
            "amount": self.pick(AMOUNTS)
            if chance() < 0.7
            else round(self.random.uniform(-10, 100), self.pick((0, 2, 7, 12))),
            "units": self.pick(UNITS),
            "word": self.pick((None, *WORDS)),
            "flag": self.pick((None, True, False)),
            "whose": self.pick(
                (None, *(self.key(columns["whose"], number) for number in (0, 1, 2)))
            ),
            "ref": None if chance() < 0.1 else self.key(columns["ref"], self.random.randint(0, 7)),
            "due": self.some(columns["due"], due, 0.1),
        }

    def add(self, table: Table, row: Row) -> None:
        """Add a row, sometimes with twins: equal in time, or copies under the same id."""
        table.rows.append(row)
        if self.random.random() < 0.15:
            table.rows.append(
                {**self.fact(table, 0), "who": row["who"], "at": row["at"], "told": row["told"]}
            )
        if self.random.random() < 0.1:
            table.rows.append({**row, "told": self.some(table.columns["told"], self.date(), 0.2)})
        if self.random.random() < 0.05:
            table.rows.append(
                {**row, "at": row["at"], "amount": self.pick(AMOUNTS), "who": row["who"]}
            )
