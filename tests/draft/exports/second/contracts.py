"""The subscriptions of every company: paid ones, trials, add-ons, and moves to another plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from tests.draft.exports.second.account import Account
from tests.draft.exports.second.days import END, at, between
from tests.draft.exports.second.rates import price
from tests.draft.exports.second.world import DAY, World

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SECOND_IDS, ADD_ONS, DROPPED, MOVES, TRIALS, TRIALS_OVER, UNPAID = 6, 14, 4, 5, 5, 6, 4


def stripe_id(random: Random, prefix: str, length: int) -> str:
    """An id as Stripe makes them."""
    return prefix + "".join(random.choices(ALPHABET, k=length))


@dataclass(kw_only=True)
class Contract:
    """A subscription. `kind` is paid, move (ended by a move to another plan), addon, trial or unpaid."""

    id: str
    account: Account
    customer_id: str
    kind: str
    plan: str
    seats: int
    months: int
    start: dt.datetime
    end: dt.datetime | None = None
    notice: dt.datetime | None = None
    trial_end: dt.datetime | None = None

    @property
    def price(self) -> float:
        return price(self.plan, self.account.currency, self.months)

    @property
    def net(self) -> float:
        """The amount of an invoice."""
        return self.price * self.seats

    def runs(self, day: dt.date) -> bool:
        """Whether it is a paid contract on the day."""
        starts = self.start.date() <= day
        return (
            self.kind in ("paid", "move", "addon")
            and starts
            and (not self.end or self.end.date() > day)
        )


def make_contracts(world: World) -> list[Contract]:
    """All subscriptions, by their start. Ids in Stripe are set on the companies."""
    random = world.random
    for account in world.customers:
        account.customer_ids = [stripe_id(random, "cus_", 14)]
    stays = [each for each in world.customers if not each.end]
    early = [each for each in stays if each.start < dt.date(2025, 6, 1)]
    moves = random.sample(early, MOVES)
    second = random.sample([each for each in early if each not in moves], SECOND_IDS - 1)
    back = [each for each in world.customers if each.returns]
    for account in (*second, back[0]):
        account.customer_ids.append(stripe_id(random, "cus_", 14))
    contracts = []
    for account in world.customers:
        contracts += _main(random, account, move=account in moves)
    contracts += _add_ons(random, [each for each in early if each not in moves], second)
    contracts += _trials(random, world.prospects)
    return sorted(contracts, key=lambda contract: (contract.start, contract.id))


def _contract(
    random: Random, account: Account, kind: str, start: dt.datetime, **more: object
) -> Contract:
    return Contract(
        id=stripe_id(random, "sub_1", 23),
        account=account,
        customer_id=str(more.pop("customer_id", account.customer_ids[0])),
        kind=kind,
        start=start,
        **{"plan": account.plan, "seats": account.seats, "months": account.months, **more},  # type: ignore[arg-type]
    )


def _main(random: Random, account: Account, *, move: bool) -> list[Contract]:
    begin = at(random, account.start)
    trial = begin + 14 * DAY if random.random() < 0.3 and account.months < 12 else None
    if move:
        day = at(random, between(random, dt.date(2025, 10, 1), dt.date(2026, 7, 1)))
        old = "starter" if account.plan == "business" else "business"
        return [
            _contract(random, account, "move", begin, plan=old, end=day, notice=day),
            _contract(random, account, "paid", day),
        ]
    end = dt.datetime.combine(account.end, begin.time()) if account.end else None
    notice = at(random, account.notice) if account.notice else None
    if account.is_gone(END) and random.random() < 0.14:
        notice = end  # cancelled at once: nothing tells it beforehand
    result = [_contract(random, account, "paid", begin, end=end, notice=notice, trial_end=trial)]
    if account.returns:
        again = at(random, account.returns)
        result.append(
            _contract(random, account, "paid", again, customer_id=account.customer_ids[-1])
        )
    return result


def _add_ons(random: Random, early: list[Account], second: list[Account]) -> list[Contract]:
    """A module for customs papers beside the main contract. Who has two ids pays it by the second."""
    others = random.sample([each for each in early if each not in second], ADD_ONS - len(second))
    result = []
    for number, account in enumerate([*second, *others]):
        begin = at(
            random, between(random, max(account.start, dt.date(2024, 3, 1)), dt.date(2025, 9, 1))
        )
        end = at(random, between(random, dt.date(2025, 11, 1), dt.date(2026, 9, 30)))
        dropped = number >= ADD_ONS - DROPPED
        result.append(
            _contract(
                random,
                account,
                "addon",
                begin,
                plan="customs",
                customer_id=account.customer_ids[-1],
                end=end if dropped else None,
                notice=end - 9 * DAY if dropped else None,
            )
        )
    return result


def _trials(random: Random, prospects: list[Account]) -> list[Contract]:
    """Prospects that try the product: still, until it was over, or who never paid the first invoice."""
    result = []
    for number, account in enumerate(prospects[: TRIALS + TRIALS_OVER + UNPAID]):
        account.customer_ids = [stripe_id(random, "cus_", 14)]
        account.workspace = str(52_011 + 13 * number)
        account.plan, account.seats, account.months = "business", random.randint(3, 12), 1
        running, over = number < TRIALS, number < TRIALS + TRIALS_OVER
        latest = END - 2 * DAY if running else dt.date(2026, 8, 1)
        begin = at(
            random, between(random, END - 12 * DAY if running else dt.date(2025, 7, 1), latest)
        )
        if over:
            until = begin + 14 * DAY
            end = None if running else until
            notice = None if running else begin + random.randint(2, 13) * DAY
            result.append(
                _contract(random, account, "trial", begin, trial_end=until, end=end, notice=notice)
            )
        else:
            result.append(
                _contract(random, account, "unpaid", begin, end=begin + dt.timedelta(hours=23))
            )
    return result
