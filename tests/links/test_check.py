"""`check` finds what links can't do; scores follow links, corrections and conditions."""

from __future__ import annotations

from pathlib import Path

import pytest

from salus.project import open_project
from tests.project.test_kinds import project

MODEL = """\
version: 1
name: linked
entity: {name: account, table: companies, key: "`Record ID`", where: "stage = 'customer'"}
links:
  site: {table: companies, from: "domain(`Company Domain`)", to: "`Record ID`"}
  name: {table: companies, from: "company(Name)", to: "`Record ID`", corrections: links/name.csv}
  payer: {table: payers, from: id, to: {name: "company(company)"}}
sources:
  tickets: {table: tickets, key: [{name: "company(Organization)"}, {site: "domain(mail)"}], time: at}
  invoices: {table: invoices, key: {payer: customer}, time: due}
dimensions:
  d:
    measures:
      n: {count: tickets, bad: 10, good: 0}
      paid: {sum: invoices.amount, bad: 0, good: 100}
outcomes:
  left: {table: gone, key: {payer: customer}, time: at}
"""
TABLES = {
    "companies": (
        "Record ID,Name,Company Domain,stage\n"
        "1,Nordwind GmbH,nordwind.de,customer\n"
        "2,Süd & Söhne KG,www.sued.de,customer\n"
        "3,Twin AG,twin.de,customer\n"
        "4,TWIN Ltd.,twin.co.uk,customer\n"
        "5,Lead Inc.,lead.com,lead\n"
    ),
    "payers": "id,company\np1,NORDWIND\np2,Sued & Soehne\np3,Unknown Co\n",
    "tickets": (
        "Organization,mail,at\n"
        "nordwind,,2026-01-02\n"  # 1
        "Nord-Wind,a@sued.de,2026-01-02\n"  # 1, by the corrections
        "Strange,a@sued.de,2026-01-03\n"  # 2, by the second key
        "Twin,a@twin.de,2026-01-03\n"  # ambiguous: the second key isn't asked
        ",a@twin.de,2026-01-03\n"  # 3
        "Lead,a@nordwind.de,2026-01-03\n"  # not a customer
        "Strange,a@gmail.com,2026-01-03\n"  # unknown
        ",,2026-01-04\n"  # without
        "Nordwind,a@sued.de,2026-01-04\n"  # different; 1
    ),
    "invoices": "customer,due,amount\np1,2026-01-02,50\np2,2026-01-02,60\np3,2026-01-02,9\n",
    "gone": "customer,at\np2,2026-02-01\n",
}
CORRECTIONS = "from,to\nNord-Wind,1\n"


def write(folder: Path, model: str = MODEL, corrections: str | None = CORRECTIONS) -> None:
    if corrections is not None:
        (folder / "links").mkdir(parents=True)
        (folder / "links" / "name.csv").write_text(corrections, encoding="utf-8")


def test_scores_and_counts(tmp_path: Path) -> None:
    write(tmp_path)
    opened = project(tmp_path, TABLES, MODEL)
    scores = {row.id: row for row in opened.score("2026-01-05")}
    assert set(scores) == {"1", "2", "3", "4"}
    inspection = opened.inspect()
    counts = {each.of: each for each in inspection.keys}["source `tickets`"]
    assert (counts.facts, counts.matched, counts.without, counts.unknown) == (9, 5, 1, 1)
    assert (counts.ambiguous, counts.left_out, counts.different) == (1, 1, 2)
    assert counts.examples == ("strange",)
    assert not [each for each in inspection.problems if each.severity == "error"]


@pytest.mark.parametrize(
    ("old", "new", "corrections", "what"),
    [
        ("", "", None, "links/name.csv' doesn't exist"),
        ("", "", "from,to\nX,99\n", "leads to keys that aren't in table `companies`: '99'"),
        ("", "", "name,key\n", "the first line isn't from,to"),
        ("", "", "from,to\nX,1\nX,2\n", "already leads to another key"),
        ("", "", "from,to\nX\n", "hasn't a name and a key"),
        ("company(Name)", "company(Nam)", CORRECTIONS, "has no column `Nam`"),
        ("table: payers", "table: payer", CORRECTIONS, "payer"),
        (
            "corrections: links/name.csv}",
            "corrections: links/name.csv, time: since}",
            CORRECTIONS,
            "link `payer` goes through `name`, which changes over time",
        ),
        ("from: id", "from: idd", CORRECTIONS, "has no column `idd`"),
        ("{payer: customer}, time: due", "{payer: custom}, time: due", CORRECTIONS, "`custom`"),
        ("{payer: customer}, time: at", "{payer: at}, time: at", CORRECTIONS, "no link knows"),
        ("{payer: customer}, time: due", "{pay: customer}, time: due", CORRECTIONS, "not declared"),
    ],
)
def test_check_says_what_is_wrong(
    tmp_path: Path, old: str, new: str, corrections: str | None, what: str
) -> None:
    model = MODEL.replace(old, new, 1) if old else MODEL
    write(tmp_path, model, corrections)
    opened_problems = project_problems(tmp_path, model)
    assert any(what in str(problem) for problem in opened_problems), opened_problems
    assert any(problem.severity == "error" for problem in opened_problems)


def project_problems(folder: Path, model: str) -> list:
    (folder / "data").mkdir()
    (folder / "salus.yaml").write_text(model, encoding="utf-8")
    for name, text in TABLES.items():
        (folder / "data" / f"{name}.csv").write_text(text, encoding="utf-8")
    from salus.errors import SalusError

    try:
        return open_project(folder).check()
    except SalusError as error:
        return list(error.problems)


def test_a_link_outside_the_project_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside.csv").write_text(CORRECTIONS, encoding="utf-8")
    folder = tmp_path / "project"
    (folder / "links").mkdir(parents=True)
    (folder / "links" / "name.csv").symlink_to(tmp_path / "outside.csv")
    assert any("outside the project" in str(each) for each in project_problems(folder, MODEL))


def test_kept_facts_follow_corrections(tmp_path: Path) -> None:
    """The file of corrections belongs to the state of the data."""
    write(tmp_path)
    opened = project(tmp_path, TABLES, MODEL)
    before = {row.id: row.score for row in opened.score("2026-01-05")}
    (tmp_path / "links" / "name.csv").write_text("from,to\nNord-Wind,2\n", encoding="utf-8")
    after = {row.id: row.score for row in open_project(tmp_path).score("2026-01-05")}
    assert after["1"] > before["1"]
    assert after["2"] < before["2"]
    assert after["3"] == before["3"]


DATED = """\
version: 1
name: dated
entity:
  name: account
  table: companies
  key: id
  attributes: [plan]
  history: {table: plans, key: {payer: customer}, time: since}
links:
  payer: {table: payers, from: customer, to: id}
  old: {table: payers, from: customer, to: id, time: began}
sources:
  invoices: {table: invoices, key: {KEY: customer}, time: due}
dimensions:
  d:
    measures:
      paid: {sum: invoices.amount, bad: 0, good: 100}
      plan_points: {value: plan, points: {gold: 100, iron: 0}}
"""
DATED_TABLES = {
    "companies": "id,plan\n1,gold\n2,gold\n",
    "payers": "customer,id,began\np1,1,2025-01-01\np2,2,2025-01-01\n",
    "plans": "customer,since,plan\np1,2025-01-01,iron\np1,2026-01-04,gold\np3,2025-01-01,iron\n",
    "invoices": "customer,due,amount\np1,2026-01-02,50\np2,2026-01-02,60\n",
}


def test_a_history_with_a_key_of_its_own(tmp_path: Path) -> None:
    opened = project(tmp_path, DATED_TABLES, DATED.replace("KEY", "payer"))
    scores = {row.id: row.score for row in opened.score("2026-01-03")}
    assert scores == {"1": 25.0, "2": 60.0}  # the first was iron then, of the other nothing is kept
    counts = {each.of: each for each in opened.inspect().keys}["history `plans`"]
    assert (counts.facts, counts.matched, counts.unknown) == (3, 2, 1)


def test_a_replay_names_links_without_a_time(tmp_path: Path) -> None:
    model = DATED.replace("KEY", "old")
    opened = project(tmp_path, DATED_TABLES, model)
    notes = opened.replay("2026-01-02", "2026-01-04").notes
    assert [note for note in notes if "`time`" in note] == [
        "link `payer` has no `time`, so names lead to the same accounts on every date as today. If a"
        " column of `payers` gives the date from which a row applies, name it as `time:` of the link"
    ]
    assert not any("`old`" in note for note in notes)


def test_check_names_what_is_unclear_and_what_looks_alike(tmp_path: Path) -> None:
    tables = {
        **TABLES,
        "companies": TABLES["companies"] + "6,Ashthorpe Packaging Ltd.,ashthorpe.com,customer\n",
        "tickets": TABLES["tickets"]
        + "Ashthorpe Pack.,,2026-01-02\nASHTHORPE PACK,,2026-01-03\nTwins,,2026-01-03\n",
    }
    write(tmp_path)
    opened = project(tmp_path, tables, MODEL)
    inspection = opened.inspect()
    counts = {each.of: each for each in inspection.keys}["source `tickets`"]
    assert counts.ambiguous_names == ("twin",)
    assert [(each.name, each.rows, each.like, each.key) for each in counts.near_names] == [
        ("ashthorpe pack", 2, "ashthorpe packaging", "6")
    ]  # `twins` looks like two accounts
    [problem] = [each for each in inspection.problems if "looks like a known one" in each.what]
    assert problem.what == (
        "1 unknown name looks like a known one in table `tickets` (source `tickets`):"
        " 'ashthorpe pack' (2 rows) ~ 'ashthorpe packaging'"
    )
    assert problem.fix == "if that is right, add the line ashthorpe pack,6 to links/name.csv"
    assert any("several accounts, such as 'twin'" in each.what for each in inspection.problems)
    before = {row.id: row.score for row in opened.score("2026-01-05")}
    with (tmp_path / "links" / "name.csv").open("a", encoding="utf-8") as file:
        file.write("ashthorpe pack,6\n")
    confirmed = open_project(tmp_path)
    after = {row.id: row.score for row in confirmed.score("2026-01-05")}
    assert {key for key in after if after[key] != before[key]} == {"6"}
    assert not any("looks like" in each.what for each in confirmed.check())


def test_sources_with_the_same_key_share_their_warnings(tmp_path: Path) -> None:
    """Unless a later one has more rows without an account. The counts are those of each source."""
    tables = {**TABLES, "tickets": TABLES["tickets"].replace(",at\n", ",at,done\n", 1)}
    lines = tables["tickets"].splitlines()
    tables["tickets"] = "\n".join(
        [lines[0], *(f"{line},{line.rpartition(',')[2]}" for line in lines[1:-1]), lines[-1] + ","]
    )
    key = 'key: [{name: "company(Organization)"}, {site: "domain(mail)"}]'
    own = f"  closed: {{table: tickets, {key}, time: done}}\n"
    before = MODEL.replace("  invoices:", own + "  invoices:", 1)
    after = MODEL.replace("sources:\n", "sources:\n" + own, 1)
    for place, (model, names) in enumerate(((before, {"tickets"}), (after, {"closed", "tickets"}))):
        folder = tmp_path / str(place)
        folder.mkdir()
        write(folder, model)
        inspection = project(folder, tables, model).inspect()
        text = " ".join(each.what for each in inspection.problems if "`tickets`" in each.what)
        assert {name for name in ("tickets", "closed") if f"source `{name}`" in text} == names
        facts = {each.of: each.facts for each in inspection.keys}
        assert (facts["source `tickets`"], facts["source `closed`"]) == (9, 8)
