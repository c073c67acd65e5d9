"""All companies that the vendor knows, drawn from a seed: who stays, who leaves and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from tests.draft.exports.second.account import Account, User
from tests.draft.exports.second.days import BEGIN, END, add_months, between
from tests.draft.exports.second.invented import company_name, expanded, person, slug, stem

VENDOR = "lanehaul.example"
OWNERS = ("Hanna Wikander", "Iain Drummond", "Rosalind Peake", "Tobias Frommelt")
CUSTOMERS, LEFT, SILENT, BACK, ANNOUNCED, PASSING = 180, 36, 7, 3, 4, 18
PROSPECTS = 90
PLANS = ("starter", "business", "network")
DAY = dt.timedelta(days=1)


@dataclass(kw_only=True)
class World:
    """The companies by what they are. `customers` are in the order in which they came."""

    random: Random
    customers: list[Account]
    children: list[Account]  # parts of a group without a contract of their own
    prospects: list[Account]
    others: list[Account]  # a holding, partners, the vendor itself
    duplicates: list[tuple[Account, Account]]  # a second record, and the company it stands for
    staff: list[User]

    @property
    def accounts(self) -> list[Account]:
        """Every company of the CRM."""
        copies = [copy for copy, _ in self.duplicates]
        return [*self.customers, *self.children, *self.prospects, *self.others, *copies]


class _Draft:
    """Draws companies with names and ids that are not used yet."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.names: set[str] = set()
        self.ids = random.sample(range(8_400_000_000, 8_499_999_999), 900)
        self.members = random.sample(range(0x10000000, 0xFFFFFFFF), 4000)

    def record_id(self) -> str:
        return str(self.ids.pop())

    def account(self, kind: str, name: str = "", country: str = "", **more: object) -> Account:
        country = country or self.random.choices(["GB", "SE", "DE", "US"], [44, 30, 12, 14])[0]
        name = name or company_name(self.random, country, self.names)
        return Account(
            kind=kind,
            name=name,
            spelling=name,
            country=country,
            record_id=self.record_id(),
            owner=self.random.choice(OWNERS),
            **{  # type: ignore[arg-type]
                "domains": [slug(stem(name)) + ".example"],
                "created": between(self.random, dt.date(2024, 6, 1), END - 12 * DAY),
                **more,
            },
        )

    def users(self, account: Account, count: int) -> None:
        used: set[str] = set()
        for number in range(count):
            domain = account.domains[number % len(account.domains)]
            first, last, email = person(self.random, domain, used)
            member = f"usr_{self.members.pop():08x}"
            account.users.append(
                User(
                    id=member,
                    first=first,
                    last=last,
                    email=email,
                    role="admin" if number == 0 else "member",
                    contact_id=self.record_id() if self.ids else "",
                )
            )


def make_world(seed: int) -> World:
    """The companies of a seed."""
    random = Random(seed)
    draft = _Draft(random)
    customers = [draft.account("customer") for _ in range(CUSTOMERS - 6)]
    holding = draft.account("other", "Kvarnholm Gruppen AB", "SE")
    children = _families(draft, customers, holding)
    for customer in customers:
        _subscribe(random, customer)
    _leave(random, customers)
    customers.sort(key=lambda customer: customer.start)
    for number, customer in enumerate(customers):
        customer.created = customer.start - int(random.random() * 80 + 5) * DAY
        customer.workspace = str(41_003 + 17 * number)
    world = World(
        random=random,
        customers=customers,
        children=children,
        prospects=[draft.account("prospect") for _ in range(PROSPECTS)],
        others=[
            holding,
            draft.account("other", "Brightlane Implementation Ltd", "GB"),
            draft.account("other", "Fraktpartner Norden AB", "SE"),
            draft.account("other", "Lanehaul Software Ltd", "GB", domains=[VENDOR]),
        ],
        duplicates=_duplicates(draft, customers),
        staff=[
            User(id=f"usr_{draft.members.pop():08x}", first=first, last=last, email=email)
            for first, last, email in (
                person(random, VENDOR, set()),
                ("Test", "Account", f"qa@{VENDOR}"),
                ("Demo", "Tenant", f"demo@{VENDOR}"),
            )
        ],
    )
    _spell(random, world)
    _merge(draft, customers)
    for customer in random.sample([each for each in customers if not each.parent], 4):
        customer.domains.append(customer.domains[0].replace(".example", "-group.example"))
    for account in [*customers, *children]:
        draft.users(account, max(2, min(12, round((account.seats or 5) ** 0.7))))
    for account in world.prospects:
        draft.users(account, random.randint(1, 2))
    return world


def _families(draft: _Draft, customers: list[Account], holding: Account) -> list[Account]:
    """Six customers that belong to another company, and five parts without a contract. Two of these
    write from the domain of their parent.
    """
    parents = [*customers[:5], holding]
    for parent in [*customers[:3], holding, holding, holding]:
        customers.append(_child(draft, "customer", parent, shares=False))
    return [
        _child(draft, "child", parent, shares=number < 2)
        for number, parent in enumerate(parents[:5])
    ]


def _child(draft: _Draft, kind: str, parent: Account, *, shares: bool) -> Account:
    family = stem(parent.name).split()[0]
    name = company_name(draft.random, parent.country, draft.names, family)
    more = {"domains": parent.domains[:1]} if shares else {}
    return draft.account(kind, name, parent.country, parent=parent, **more)


def _subscribe(random: Random, customer: Account) -> None:
    old = random.random() < 0.72
    customer.start = (
        between(random, dt.date(2022, 3, 1), BEGIN - DAY)
        if old
        else between(random, BEGIN, dt.date(2026, 8, 31))
    )
    customer.quality = min(1.0, max(0.1, random.betavariate(4, 2.4)))
    customer.months = random.choices([1, 3, 12], [38, 20, 42])[0]
    customer.plan = random.choices(PLANS, [35, 45, 20])[0]
    size = random.lognormvariate(2.6, 0.7) * (1.8 if customer.plan == "network" else 1)
    customer.seats = max(3, min(140, int(size)))


def _terms(customer: Account, first: dt.date, last: dt.date) -> list[dt.date]:
    """The days in the range on which a paid period is over, after at least 120 days."""
    days, months = [], customer.months
    while (day := add_months(customer.start, months)) <= last:
        if day >= first and (day - customer.start).days >= 120:
            days.append(day)
        months += customer.months
    return days


def _leave(random: Random, customers: list[Account]) -> None:
    """Who leaves: more of those whom the product serves badly. Most decline before they say so."""
    parents = {id(each.parent) for each in customers if each.parent}
    free = [each for each in customers if id(each) not in parents and not each.parent]
    back = [
        each
        for each in free
        if each.months < 12 and _terms(each, dt.date(2025, 9, 1), dt.date(2026, 2, 28))
    ][:BACK]
    for each in back:
        each.end = _terms(each, dt.date(2025, 9, 1), dt.date(2026, 2, 28))[0]
        each.returns = each.end + random.randint(62, 150) * DAY
    ahead = dt.date(2026, 11, 8), dt.date(2027, 3, 31)
    announced = [
        each for each in free if each not in back and each.months == 12 and _terms(each, *ahead)
    ]
    announced = sorted(announced, key=lambda each: each.quality)[1:12][:ANNOUNCED]
    for each in announced:
        each.end = _terms(each, *ahead)[0]
    window = dt.date(2025, 9, 12), dt.date(2026, 10, 22)
    able = [each for each in free if each not in (*back, *announced) and _terms(each, *window)]
    gone: list[Account] = []
    while len(gone) < LEFT:
        each = random.choices(able, [(1.05 - other.quality) ** 2 for other in able])[0]
        able.remove(each)
        gone.append(each)
        each.end = random.choice(_terms(each, *window))
    for each in (*back, *announced, *gone):
        _give_notice(random, each)
    visible = [each for each in gone if each.decline]
    for each in random.sample(visible, max(0, SILENT - (len(gone) - len(visible)))):
        each.decline = None
    stays = [each for each in customers if not each.end and each.start < dt.date(2026, 5, 1)]
    for each in random.sample(stays, PASSING):
        each.decline = between(random, max(BEGIN, each.start) + 45 * DAY, dt.date(2026, 9, 15))


def _give_notice(random: Random, customer: Account) -> None:
    assert customer.end
    first, last = {1: (3, 28), 3: (12, 60), 12: (30, 92)}[customer.months]
    notice = customer.end - random.randint(first, last) * DAY
    customer.notice = min(max(customer.start + 60 * DAY, notice), END - 3 * DAY)
    earliest = max(BEGIN + 15 * DAY, customer.start + 40 * DAY)
    decline = max(earliest, customer.notice - random.randint(40, 120) * DAY)
    customer.decline = decline if (customer.notice - decline).days >= 25 else None


def _duplicates(draft: _Draft, customers: list[Account]) -> list[tuple[Account, Account]]:
    """Three customers that the CRM holds twice; the second record has neither contract nor id."""
    result = []
    stays = [each for each in customers if not each.end and not each.parent and each.start < BEGIN]
    for number, original in enumerate(draft.random.sample(stays, 3)):
        name = [stem(original.name), original.name.upper(), original.name + " "][number]
        copy = draft.account("other", name.strip(), original.country, domains=original.domains[:1])
        result.append((copy, original))
    return result


def _spell(random: Random, world: World) -> None:
    """Fifteen customers have another spelling in the helpdesk."""
    accented = [each for each in world.customers if expanded(each.name) != each.name]
    pick = random.sample(accented, 5)
    for each in pick:
        each.spelling = expanded(each.name)
    rest = random.sample([each for each in world.customers if each not in pick], 10)
    for each in rest[:5]:
        each.spelling = stem(each.name)
    for each in rest[5:8]:
        each.spelling = each.name.upper()
    for each in rest[8:]:
        each.spelling = each.name.replace(" ", "  ", 1) + " "


def _merge(draft: _Draft, customers: list[Account]) -> None:
    """Four customers had further records, which were merged into the one that is left."""
    stays = [each for each in customers if not each.end and each.start < BEGIN and not each.parent]
    for number, each in enumerate(draft.random.sample(stays, 4)):
        each.merged_ids = [draft.record_id() for _ in range(2 if number == 3 else 1)]
