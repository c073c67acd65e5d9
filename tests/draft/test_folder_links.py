"""Links and keys from the ways of a picture, and the corrections of links."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from salus.draft import open_folder
from salus.draft.corrections import NameCorrections, render_corrections
from salus.draft.join_text import describe_join
from salus.draft.links import FolderLinks, used_links
from salus.draft.picture import (
    CustomersPicture,
    FolderPicture,
    KeyTerm,
    Step,
    TablePicture,
    TableRole,
    Way,
)
from salus.draft.profile import TableProfile
from tests.draft.test_small_tables import folder

CRM = CustomersPicture(table="crm", key="Id", merged="Into", parent="Parent")


def step(table: str, term: KeyTerm, target: str, known: KeyTerm) -> Step:
    return Step(
        table=table,
        term=term,
        target_table=target,
        target=known,
        rows=10,
        matched=10,
        unknown=0,
        ambiguous=0,
    )


def way(*steps: Step, matched: int = 10) -> Way:
    return Way(steps=steps, matched=matched)


def table(name: str, role: TableRole, *ways: Way, rows: int = 10) -> TablePicture:
    profile = TableProfile(name, rows, ())
    return TablePicture(profile=profile, role=role, ways=ways, rows=rows, matched=rows)


ID = step("deals", KeyTerm("Account"), "crm", KeyTerm("Id"))
BY_NAME = step("users", KeyTerm("Firm", ("company",)), "crm", KeyTerm("Name", ("company",)))
BY_MAIL = step("events", KeyTerm("mail", ("lower",)), "users", KeyTerm("Mail", ("lower",)))
BY_HOST = step("events", KeyTerm("mail", ("domain",)), "crm", KeyTerm("Web site", ("domain",)))
SHORT = step("billing", KeyTerm("ref", ("left 15",)), "crm", KeyTerm("Id", ("left 15",)))
INTO = step("crm", KeyTerm("Into", ("left 15",)), "crm", KeyTerm("Id", ("left 15",)))
PARENT = step("crm", KeyTerm("Parent"), "crm", KeyTerm("Id"))


def links(*tables: TablePicture, corrected: bool = False) -> FolderLinks:
    return FolderLinks(FolderPicture(tables=tables), CRM, "account", corrected=corrected)


def test_the_key_as_it_is_written_needs_no_link() -> None:
    drafts = links()
    assert drafts.key([way()]) == "Id"
    assert drafts.key([way(ID)]) == "Account"
    assert drafts.links == ()


def test_a_corrected_key_goes_through_a_link() -> None:
    drafts = links(corrected=True)
    assert drafts.key([way(ID)]) == {"account": "Account"}
    (link,) = drafts.links
    assert (link.name, link.body) == ("account", {"table": "crm", "from": "Id", "to": "Id"})
    assert drafts.names == {"account": KeyTerm("Id")}


def test_one_link_serves_whole_and_shortened_keys() -> None:
    drafts = links(table("billing", "contracts", way(SHORT)), corrected=True)
    assert drafts.key([way(ID)]) == {"account": "left(Account, 15)"}
    assert drafts.key([way(SHORT)]) == {"account": "left(ref, 15)"}
    assert [link.body["from"] for link in drafts.links] == ["left(Id, 15)"]


def test_steps_become_links_to_links_in_the_order_of_the_ways() -> None:
    drafts = links(table("users", "people", way(BY_NAME)))
    assert drafts.key([way(BY_MAIL, BY_NAME), way(BY_HOST)]) == [
        {"people": "lower(mail)"},
        {"domain": "domain(mail)"},
    ]
    assert {link.name: link.body for link in drafts.links} == {
        "name": {"table": "crm", "from": "company(Name)", "to": "Id"},
        "people": {"table": "users", "from": "lower(Mail)", "to": {"name": "company(Firm)"}},
        "domain": {"table": "crm", "from": "domain(`Web site`)", "to": "Id"},
    }


def test_surviving_records_come_first_and_parents_are_left_to_corrections() -> None:
    drafts = links(corrected=True)
    key = drafts.key([way(SHORT), way(SHORT, INTO), way(ID, PARENT)])
    assert key == [{"merged": "left(ref, 15)"}, {"account": "left(ref, 15)"}]
    merged = next(link for link in drafts.links if link.name == "merged")
    assert merged.body["to"] == {"account": "left(Into, 15)"}


def test_a_list_of_merged_records_is_a_link_of_each() -> None:
    listed = step("deals", KeyTerm("Account"), "crm", KeyTerm("Old ids", ("each",)))
    drafts = links()
    assert drafts.key([way(ID), way(listed)]) == ["Account", {"merged": "Account"}]
    (merged,) = drafts.links
    assert merged.body == {"table": "crm", "from": "each(`Old ids`)", "to": "Id"}
    assert drafts.names == {}  # a person corrects names, not lists


def test_every_way_of_a_table_that_is_passed_counts_if_the_first_misses_rows() -> None:
    number = step("invoices", KeyTerm("customer"), "billing", KeyTerm("customer"))
    name = step("billing", KeyTerm("firm", ("company",)), "crm", KeyTerm("Name", ("company",)))
    first = way(SHORT, matched=8)
    drafts = links(table("billing", "contracts", first, way(name)))
    assert drafts.key([way(number, SHORT)]) == [
        {"contract": "customer"},
        {"billing": "customer"},
    ]
    assert [link.body["to"] for link in drafts.links if link.name in ("contract", "billing")] == [
        {"account": "left(ref, 15)"},
        {"name": "company(firm)"},
    ]
    assert links(table("billing", "contracts", way(SHORT), way(name))).key(
        [way(number, SHORT)]
    ) == {"contract": "customer"}


def test_one_row_counts_where_it_may_be_all_that_a_customer_has() -> None:
    """Two tables are passed; only the second has a further way, which leads one row of 200."""
    mail = step("events", KeyTerm("user"), "users", KeyTerm("id"))
    member = step("users", KeyTerm("workspace"), "spaces", KeyTerm("id"))
    firm = step("spaces", KeyTerm("firm"), "crm", KeyTerm("Name"))
    number = step("spaces", KeyTerm("ref", ("left 15",)), "crm", KeyTerm("Id", ("left 15",)))

    def key(rows: int) -> object:
        spaces = table("spaces", "unknown", way(firm, matched=rows - 1), way(number), rows=rows)
        users = table("users", "people", way(member, firm, matched=4000), rows=4000)
        listed = table("crm", "customers", way(), rows=240)
        return links(listed, users, spaces).key([way(mail, member, firm)])

    assert key(200) == [{"people": "user"}, {"users": "user"}]
    assert key(2000) == {"people": "user"}


def test_a_way_of_the_table_itself_is_kept_before_those_of_tables_that_it_passes() -> None:
    number = step("invoices", KeyTerm("customer"), "billing", KeyTerm("customer"))
    name = step("invoices", KeyTerm("Firm"), "crm", KeyTerm("Name"))
    steps = [step("billing", KeyTerm(f"ref {n}"), "crm", KeyTerm("Id")) for n in range(9)]
    billing = table("billing", "contracts", *(way(each, matched=1) for each in steps))
    key = links(billing).key([way(number, steps[0]), way(name)])
    assert isinstance(key, list) and len(key) == 8
    assert key[-1] == {"name": "Firm"}


def test_names_of_links_are_unique() -> None:
    drafts = links(table("users", "people"), table("staff", "people"))
    others = [
        step("events", KeyTerm("mail"), name, KeyTerm(column))
        for name, column in (("users", "a"), ("users", "b"), ("staff", "a"), ("staff", "b"))
    ]
    key = drafts.key([way(other, BY_NAME) for other in others])
    names = [next(iter(path)) for path in key if isinstance(path, dict)]
    assert len(set(names)) == 4
    assert len({link.name for link in drafts.links}) == len(drafts.links)


def test_only_links_that_a_key_goes_through_are_written() -> None:
    drafts = links(table("users", "people", way(BY_NAME)))
    key = drafts.key([way(BY_MAIL, BY_NAME)])
    drafts.key([way(BY_HOST)])
    assert [link.name for link in used_links(drafts.links, [key])] == ["name", "people"]
    assert used_links(drafts.links, ["Account"]) == ()


def test_a_comment_says_the_join_in_words() -> None:
    events = table("events", "events", way(BY_MAIL, BY_NAME), way(BY_HOST), rows=1234)
    assert describe_join(events, CRM, "account") == (
        "the rows lead to an account by `mail` through users, or else by domain (`mail`)"
    )
    assert describe_join(table("crm", "customers", way()), CRM, "account") == ""


def test_corrections_name_records_that_stand_for_a_customer(tmp_path: Path) -> None:
    rows = [
        ("1", "Nord GmbH", "nord.example"),
        ("2", "Nord", "other.example"),  # a duplicate: its company name is the customer's
        ("3", "Süd, alt", "sued.example"),
        ("4", "Ost", ""),
        ("5", "Ost", "shared.example"),  # two records of this name stand for different customers
        ("6", "West AG", "shared.example"),
    ]
    text = "Id,Name,Site\n" + "".join(f'{key},"{name}",{site}\n' for key, name, site in rows)
    opened = open_folder(folder(tmp_path / "tables", crm=text), tmp_path / "scratch")
    replaced = {"2": "1", "3": "6", "4": "1", "5": "6"}
    customers = CustomersPicture(
        table="crm", key="Id", replaced=replaced, unlisted=frozenset(replaced)
    )
    names = {
        "account": KeyTerm("Id"),
        "name": KeyTerm("Name", ("company",)),
        "domain": KeyTerm("Site", ("domain",)),
    }
    corrections = NameCorrections(opened.connection, customers).find(names)
    listed = NameCorrections(opened.connection, replace(customers, unlisted=frozenset())).find(
        names
    )
    opened.connection.close()
    assert corrections == {
        "account": (("2", "1"), ("3", "6"), ("4", "1"), ("5", "6")),
        "name": (("Süd, alt", "6"),),
        "domain": (("other.example", "1"), ("sued.example", "6")),
    }
    # a name that a record shares with its customer is ambiguous as long as both rows are there
    assert listed["account"] == corrections["account"]
    assert listed["name"] == (("Nord", "1"), ("Süd, alt", "6"))
    assert listed["domain"] == (
        *corrections["domain"][:1],
        ("shared.example", "6"),
        *corrections["domain"][1:],
    )
    assert render_corrections(corrections["name"]) == 'from,to\n"Süd, alt",6\n'
