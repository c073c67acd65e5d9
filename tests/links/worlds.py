"""A company whose tools name the same customers differently, with every kind of mistake."""

from __future__ import annotations

import datetime as dt
from random import Random

from tests.links.spellings import FORMS, HOSTS, spelling
from tests.oracle.table import Table, table

LETTERS = "abcdefghijklmnopqrstuvwxyz"
MODEL = {
    "version": 1,
    "name": "links",
    "entity": {
        "name": "account",
        "table": "companies",
        "key": "id",
        "where": "stage = 'customer'",
        "contracts": {
            "table": "papers",
            "key": [{"name": "company(client)"}, {"billing": "payer"}, {"then": "digits(number)"}],
            "starts": "signed",
            "ends": "over",
            "where": "kind != 'trial'",
            "gap": "20d",
        },
        "attributes": ["tier"],
        "history": {
            "table": "tiers",
            "key": [{"name": "company(client)"}, {"then": "digits(number)"}],
            "time": "since",
        },
    },
    "links": {
        "site": {"table": "companies", "from": "domain(website)", "to": "id"},
        "name": {"table": "companies", "from": "company(name)", "to": "id"},
        "short": {"table": "companies", "from": "left(trim(crm_id), 15)", "to": "id"},
        "merged": {"table": "merges", "from": "old", "to": {"short": "left(new, 15)"}},
        "billing": {"table": "payers", "from": "payer", "to": {"merged": "crm"}},
        "former": {"table": "companies", "from": "left(each(former), 4)", "to": "id"},
        "then": {"table": "owners", "from": "digits(number)", "to": "id", "time": "since"},
    },
    "sources": {
        "use": {"table": "events", "key": {"site": "domain(mail)"}, "time": "at"},
        "tickets": {
            "table": "events",
            "key": [{"name": "company(organisation)"}, {"site": "domain(mail)"}, "account"],
            "time": "at",
        },
        "invoices": {"table": "events", "key": [{"billing": "payer"}, {"then": "digits(number)"}], "time": "at"},
        "moved": {"table": "events", "key": [{"former": "account"}, "account"], "time": "at"},
        "calls": {"table": "events", "key": {"then": "digits(number)"}, "time": "at"},
        "steps": {"table": "events", "key": {"name": "company(organisation)"}, "time": "at", "until": "next"},
    },
    "dimensions": {
        "d": {
            "measures": {
                "used": {"count": "use", "bad": 0, "good": 9},
                "asked": {"count_distinct": "tickets.mail", "within": "90d", "bad": 9, "good": 0},
                "billed": {"sum": "invoices.amount", "bad": 0, "good": 99},
                "called": {"days_since": "calls", "bad": 90, "good": 0},
                "paid_for": {"value": "tier", "points": {"gold": 100, "iron": 0}},
                "moves": {"count": "moved", "bad": 0, "good": 9},
                "waiting": {"count": "steps", "open": True, "bad": 3, "good": 0},
            }
        }
    },
}  # fmt: skip


def day(random: Random) -> dt.date:
    return dt.date(2025, 1, 1) + dt.timedelta(days=random.randrange(200))


def world(seed: int, rows: int) -> dict[str, Table]:
    """Tables with `rows` events of about a tenth as many companies."""
    random = Random(seed)
    pick, some = random.choice, random.random
    companies = table("id:text name:text website:text crm_id:text stage:text tier:text former:text")
    names = [
        f"{pick(LETTERS)}{pick(LETTERS)}{pick(('ö', 'é', 'o', 'ø', 'ß'))}{n % 97}"
        for n in range(max(rows // 10, 5))
    ]
    for number, name in enumerate(names):
        companies.rows.append(
            {
                "id": pick((str(number), f"{number}.0", str(number))),
                "name": f"{name} {pick(FORMS)}" if some() < 0.9 else spelling(random),
                "website": None
                if some() < 0.1
                else pick(("https://www.{}/", "{}", "mail@{}")).format(
                    pick(HOSTS) if some() < 0.2 else f"{name}.com"
                ),
                "crm_id": f"{pick((' ', ''))}001{number:012d}{pick(('', 'AAZ'))}",
                "stage": pick(("customer", "customer", "customer", "lead", None)),
                "tier": "iron" if number % 2 else "gold",
                "former": merged(random, len(names)),
            }
        )
    count = len(companies.rows)
    merges = table("old:text new:text")
    payers = table("payer:text crm:text")
    owners = table("number:text id:text since:date")
    for number in range(count):
        new = f"001{random.randrange(count):012d}"
        merges.rows.append({"old": f"m{number}", "new": new + pick(("", "AAZ"))})
        payers.rows += [
            {"payer": f"p{number}", "crm": f"m{random.randrange(count + 5)}"}
            for _ in range(pick((1, 1, 2)))
        ]
        for _ in range(pick((0, 1, 2, 3))):
            owners.rows.append(
                {
                    "number": f"DE-{pick(('', '00'))}{number}",
                    "id": pick((str(random.randrange(count + 3)), None)),
                    "since": None if some() < 0.05 else day(random),
                }
            )
    events = table(
        "nr:integer mail:text organisation:text account:text payer:text number:text amount:number at:date"
    )
    for nr in range(rows):
        who = random.randrange(count)
        name = names[who]
        events.rows.append(
            {
                "nr": nr,
                "mail": spelling(random) if some() < 0.3 else f"a@{name.upper()}.com",
                "organisation": spelling(random)
                if some() < 0.3
                else f"{pick((name, name.upper()))}, {pick(FORMS)}",
                "account": pick((None, str(who), str(who + count), f"{who}.00", f"0{who}", "x")),
                "payer": pick((None, f"p{who}", "p", f"p{count + 1}")),
                "number": pick((None, str(who), f"DE 0{who}", "none")),
                "amount": float(random.randrange(20)),
                "at": day(random),
            }
        )
    return {
        "companies": companies,
        "papers": papers(random, names),
        "tiers": tiers(random, names),
        "merges": merges,
        "payers": payers,
        "owners": owners,
        "events": events,
    }


def merged(random: Random, count: int) -> str | None:
    """The ids of the records that were merged into a company."""
    ids = [f"{random.randrange(2 * count)}{random.choice(('', '.0'))}" for _ in range(3)]
    return random.choice(
        (None, None, "", ids[0], ";".join(ids[:2]), f" {ids[0]} ; {ids[1]};;", f"{'; '.join(ids)};")
    )


def papers(random: Random, names: list[str]) -> Table:
    """Two contracts for each company on average, which name it in one way or another."""
    pick, result = (
        random.choice,
        table("client:text payer:text number:text signed:date over:date kind:text"),
    )
    for _ in range(2 * len(names)):
        who = random.randrange(len(names))
        result.rows.append(
            {
                "client": pick((f"{names[who].upper()} {pick(FORMS)}", spelling(random), None)),
                "payer": pick((None, f"p{who}", "p")),
                "number": pick((None, str(who), f"DE 0{who}")),
                "signed": pick((None, *(day(random) for _ in range(9)))),
                "over": pick((None, day(random), day(random) + dt.timedelta(days=300))),
                "kind": pick(("trial", "main", "main")),
            }
        )
    return result


def tiers(random: Random, names: list[str]) -> Table:
    """What each company paid for earlier, under one of its names."""
    pick, result = random.choice, table("client:text number:text since:date tier:text")
    for _ in range(3 * len(names)):
        who = random.randrange(len(names))
        result.rows.append(
            {
                "client": pick((f"{names[who]} {pick(FORMS)}", spelling(random), None)),
                "number": pick((None, str(who), f"DE 0{who}")),
                "since": pick((None, *(day(random) for _ in range(9)))),
                "tier": pick(("gold", "iron", "brass")),
            }
        )
    return result
