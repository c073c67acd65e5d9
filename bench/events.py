"""Generated usage events: a population of accounts with users, and every event of 400 days, as
monthly Parquet files.

Heavy tails (few accounts make most events), a weekday pattern, twelve features of falling
popularity, amounts on some events. Rows are in the order of time, as an application would append
them. There is one seed, so every run has equal data. One day is generated at a time, so little
memory is needed at any size.

Two columns say when an event was received if 30 % were late by 1 to 63 days: in `received_batch`
all events of a user and day arrive together, as from a device that was offline; in `received_own`
each event has a delay of its own. The day after the last is in a folder of its own, `next/`.

The same events exist with two kinds of keys: texts throughout, or integers for users and
dictionaries for accounts, features and kinds. Each lies in a folder of its own.
"""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

FIRST = dt.date(2024, 1, 8)  # a Monday
DAYS = 400
AS_OF = FIRST + dt.timedelta(days=DAYS)
FEATURES = (
    "search",
    "board",
    "report",
    "export",
    "comment",
    "upload",
    "invite",
    "filter",
    "dashboard",
    "alert",
    "template",
    "admin",
)
KINDS = ("view", "create", "share", "error")
WEEK = np.array([1.15, 1.2, 1.2, 1.15, 1.0, 0.3, 0.25])  # Monday first
SCHEMA = pa.schema(
    [
        ("account_id", pa.string()),
        ("user_id", pa.string()),
        ("feature", pa.string()),
        ("kind", pa.string()),
        ("amount", pa.float64()),
        ("occurred_at", pa.timestamp("us")),
        ("received_batch", pa.timestamp("us")),
        ("received_own", pa.timestamp("us")),
    ]
)
CODED = ("account_id", "feature", "kind")  # columns that dictionaries code beside integer users
LATE, LONGEST_DELAY = 0.3, 63  # the share that is late, and days
DAY = 86_400_000_000  # microseconds


@dataclass(frozen=True)
class Size:
    """How much is generated. `rate` is the mean number of events per user and day; `integers` says
    that users are integers and other ids are coded by dictionaries.
    """

    name: str
    accounts: int
    rate: float = 0.370
    users: float = 6.88  # per account
    integers: bool = False

    def with_integers(self) -> Size:
        """The same events with integer users, in a folder of their own.

        >>> Size("tiny", 10).with_integers().name
        'tiny-integers'
        """
        return replace(self, name=f"{self.name}-integers", integers=True)


SIZES = {
    size.name: size
    for size in (Size("full", 100_000), Size("middle", 20_000), Size("small", 2_400))
}


@dataclass(frozen=True)
class Users:
    """Every user: the account it belongs to and its chance to be active on an average day."""

    account: NDArray[np.int32]
    chance: NDArray[np.float64]


def users(size: Size, random: np.random.Generator) -> Users:
    """Users of all accounts: at least one each, heavy-tailed in number and in activity."""
    extra = random.pareto(1.6, size.accounts)
    number = 1 + np.floor(extra * (size.users - 1) / extra.mean()).astype(np.int64)
    number = np.minimum(number, 2_000)
    account = np.repeat(np.arange(size.accounts, dtype=np.int32), number)
    keen = random.lognormal(0.0, 1.0, size.accounts)[account] * random.lognormal(
        0.0, 0.8, len(account)
    )
    chance = np.minimum(keen * 0.0464 / keen.mean(), 0.8)
    return Users(account, chance * (0.0464 / chance.mean()))


def write(size: Size, folder: Path) -> None:
    """Write `accounts.parquet`, `events/` and `next/` into `folder`, whole or not at all."""
    draft = folder.with_name(folder.name + ".part")
    shutil.rmtree(draft, ignore_errors=True)
    (draft / "events").mkdir(parents=True)
    (draft / "next").mkdir()
    random, delays = np.random.default_rng(7), np.random.default_rng(11)
    people = users(size, random)
    ids = pa.array([f"A-{number:06d}" for number in range(size.accounts)])
    pq.write_table(pa.table({"account_id": ids}), draft / "accounts.parquet")
    numbers = random.permutation(len(people.account))
    names = pa.array(numbers if size.integers else [f"U-{number:07d}" for number in numbers])
    schema = coded(SCHEMA.empty_table(), names.type).schema if size.integers else SCHEMA
    files: dict[str, list[int]] = {}
    for day in range(DAYS):
        files.setdefault(f"events/{(FIRST + dt.timedelta(days=day)).isoformat()[:7]}", []).append(
            day
        )
    files[f"next/{AS_OF.isoformat()}"] = [DAYS]
    for name, days in files.items():
        with pq.ParquetWriter(draft / f"{name}.parquet", schema, compression="snappy") as file:
            for day in days:
                rows = _day(day, size, people, ids, names, random, delays)
                file.write_table(
                    coded(rows, names.type) if size.integers else rows, row_group_size=122_880
                )
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)


def coded(rows: pa.Table, user: pa.DataType) -> pa.Table:
    """The rows with users of the type `user`, and dictionaries instead of texts for other ids."""
    for place, name in enumerate(rows.column_names):
        if name == "user_id":
            rows = rows.set_column(place, name, rows[name].cast(user))
        elif name in CODED:
            coding = pa.dictionary(pa.int32(), pa.string())
            rows = rows.set_column(place, name, rows[name].cast(coding))
    return rows


def _day(
    day: int,
    size: Size,
    people: Users,
    ids: pa.Array,
    names: pa.Array,
    random: np.random.Generator,
    delays: np.random.Generator,
) -> pa.Table:
    """The events of one day in the order of time."""
    active = np.flatnonzero(
        random.random(len(people.chance)) < people.chance * WEEK[day % 7] / WEEK.mean()
    )
    times = random.geometric(0.0464 / size.rate, len(active))
    user = np.repeat(active, times)
    user = user[random.permutation(len(user))]
    second = np.sort(random.normal(13 * 3600, 3 * 3600, len(user)).clip(0, 86_399.9))
    start = ((FIRST - dt.date(1970, 1, 1)).days + day) * DAY
    popular = 0.75 ** np.arange(len(FEATURES))
    kind = random.choice(len(KINDS), len(user), p=[0.8, 0.12, 0.05, 0.03])
    amount = np.round(random.lognormal(2.0, 1.0, len(user)), 2)
    occurred = start + (second * 1e6).astype(np.int64)
    by_user = _delays(len(people.chance), delays)[user]
    columns = [
        ids.take(pa.array(people.account[user])),
        names.take(pa.array(user)),
        pa.array(FEATURES).take(
            pa.array(random.choice(len(FEATURES), len(user), p=popular / popular.sum()))
        ),
        pa.array(KINDS).take(pa.array(kind)),
        pa.array(amount, mask=kind == 3),
        *(
            pa.array(moment, pa.timestamp("us"))
            for moment in (
                occurred,
                occurred + by_user * DAY,
                occurred + _delays(len(user), delays) * DAY,
            )
        ),
    ]
    schema = SCHEMA.set(SCHEMA.get_field_index("user_id"), pa.field("user_id", names.type))
    return pa.table(columns, schema=schema)


def _delays(number: int, random: np.random.Generator) -> NDArray[np.int64]:
    """The delay in days, 0 for an event in time."""
    return np.where(random.random(number) < LATE, random.integers(1, LONGEST_DELAY + 1, number), 0)


def prepared(size: Size, folder: Path) -> Path:
    """The folder of this size, generated once."""
    place = folder / size.name
    if not (place / "next").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        write(size, place)
    return place
