"""Open questions about a folder: their words, their options, and who answers them."""

from __future__ import annotations

import ast
import shlex
import string
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

import salus
from salus.channels.words import LANGUAGES, load_words
from salus.channels.words.words import FORMATS
from salus.draft import Draft
from salus.draft.answers import DraftAnswers, UnansweredError
from salus.draft.picture import (
    CustomersPicture,
    DraftQuestion,
    FolderPicture,
    TablePicture,
    TableRole,
)
from salus.draft.profile import TableProfile
from salus.errors import DataError, OptionError
from salus.verbs.init.dialogue import Dialogue
from salus.verbs.init.question import InitQuestion, confirm_customers, phrase_question
from salus.verbs.init.request import InitRequest

PER = DraftQuestion("contracts.per", {"table": "subs"}, ("month", "year"))
END = DraftQuestion("contracts.end", {"table": "subs"})
WHICH = DraftQuestion("customers.table", {"tables": 3}, ("companies", "buyers"))
ROWS = DraftQuestion("customers.rows", {"table": "a", "column": "Kind of"}, ("Customer", "Bob's"))


def codes() -> Iterator[str]:
    """The codes of the questions in the source."""
    for path in Path(salus.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "DraftQuestion":
                assert isinstance(node.args[0], ast.Constant), (
                    f"{path}:{node.lineno}: a literal code"
                )
                yield str(node.args[0].value)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(set(codes())))
def test_every_question_has_words(language: str, code: str) -> None:
    def places(language: str) -> set[str]:
        text = FORMATS[language].texts[f"question.{code}"]
        return {name for _, name, _, _ in string.Formatter().parse(text) if name} - {"entities"}

    assert places(language) == places("en")
    parameters = {name: 7 if name in ("rows", "matched") else "x" for name in places("en")}
    text = phrase_question(DraftQuestion(code, parameters, ("a",)), load_words(language)).text
    assert "{" not in text and text.split("?")[0] != text


def test_every_text_belongs_to_a_question() -> None:
    texts = {key for key in FORMATS["en"].texts if key.startswith("question.")}
    assert texts == {f"question.{code}" for code in codes()}


def phrase(question: DraftQuestion) -> InitQuestion:
    return phrase_question(question, load_words())


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("", "companies"),
        (" ", "companies"),
        ("2", "buyers"),
        ("buyers", "buyers"),
        (" 1 ", "companies"),
    ],
)
def test_a_number_a_name_or_enter_chooses(text: str, chosen: str) -> None:
    assert phrase(WHICH).read(text) == (chosen,)


@pytest.mark.parametrize("text", ["0", "3", "1,2", "x", "-1", "1.0", "²", "\x1b[31m"])
def test_anything_else_is_asked_again(text: str) -> None:
    with pytest.raises(OptionError) as error:
        phrase(WHICH).read(text)
    assert "\x1b" not in str(error.value)


def test_values_of_a_column_become_a_condition() -> None:
    question = phrase(ROWS)
    assert question.values(question.read("2")) == "`Kind of` = 'Bob''s'"
    assert question.values(question.read("1,2")) == "`Kind of` in ('Customer', 'Bob''s')"
    assert question.answer(DraftAnswers(), ("Customer",)).where == "`Kind of` = 'Customer'"


def test_a_problem_names_options_that_a_shell_can_run() -> None:
    question = phrase(DraftQuestion("customers.table", {"tables": 3}, ("my table", "b")))
    assert question.fix == "run the command again with --entity 'my table' or --entity b"


@pytest.mark.parametrize("value", ["Customer", "Bob's", 'a"b', "$(touch x)", "`x`", "a\\b!", "a b"])
def test_a_shell_reads_the_condition_as_it_is(value: str) -> None:
    question = phrase(
        DraftQuestion("customers.rows", {"table": "a", "column": "Kind of"}, (value,))
    )
    words = shlex.split(question.fix.removeprefix("run the command again with "))
    assert words == ["--where", question.values((value,))]


def test_a_hostile_name_cannot_steer_the_terminal() -> None:
    question = phrase(DraftQuestion("customers.table", {"tables": 3}, ("a\x1b[31m\n2  b",)))
    lines = question.lines()
    assert len(lines) == len(phrase(WHICH).lines()) - 1
    assert not any("\x1b" in line for line in lines)


def picture(questions: tuple[DraftQuestion, ...], *others: tuple[str, TableRole]) -> FolderPicture:
    def table(name: str, role: TableRole, matched: int) -> TablePicture:
        profile = cast(TableProfile, SimpleNamespace(name=name, rows=9))
        return TablePicture(profile=profile, role=role, rows=9, matched=matched)

    return FolderPicture(
        tables=(table("companies", "customers", 9), *(table(*each, 8) for each in others)),
        customers=CustomersPicture(table="companies", key="id"),
        questions=questions,
    )


def draft_of(folder: FolderPicture) -> Draft:
    model: Any = SimpleNamespace(entity=SimpleNamespace(table="companies"))
    return Draft(text="", guessed=(), left_out=(), model=model, picture=folder)


class Proposals:
    """Drafts by answers; counts the calls. Without `needs` answered there is no draft."""

    def __init__(self, folder: FolderPicture, needs: DraftQuestion | None = None) -> None:
        self.folder, self.needs, self.calls = folder, needs, list[DraftAnswers]()

    def __call__(self, answers: DraftAnswers) -> Draft:
        self.calls.append(answers)
        if self.needs is not None and answers.entity is None:
            raise UnansweredError(self.folder, (self.needs,))
        return draft_of(self.folder)


def person(*texts: str) -> tuple[Callable[[InitQuestion], tuple[str, ...]], list[str]]:
    """Somebody who types these answers, and the codes of the questions they were asked."""
    rest, asked = list(texts), list[str]()

    def ask(question: InitQuestion) -> tuple[str, ...]:
        asked.append(question.code)
        return question.read(rest.pop(0))

    return ask, asked


@pytest.mark.parametrize("yes", [False, True])
def test_a_script_stops_where_nobody_knows_who_is_a_customer(yes: bool) -> None:
    with pytest.raises(DataError) as error:
        Dialogue(Proposals(picture(()), WHICH), InitRequest(yes=yes)).hold()
    assert "Which table lists your customers?" in str(error.value)
    assert "--entity companies or --entity buyers" in str(error.value)


def test_a_script_stops_at_a_doubt_unless_it_says_yes() -> None:
    proposals = Proposals(picture((PER, END)))
    with pytest.raises(DataError, match="--per month or --per year"):
        Dialogue(proposals, InitRequest()).hold()
    answered = Dialogue(proposals, InitRequest(yes=True)).hold()
    assert [question.code for question in answered.open] == ["contracts.per", "contracts.end"]


def test_an_option_answers_a_question() -> None:
    request = InitRequest(answers=DraftAnswers(per="year", outcome="subs.left"))
    assert Dialogue(Proposals(picture((PER, END))), request).hold().open == ()


def test_without_doubt_a_script_is_asked_nothing() -> None:
    proposals = Proposals(picture((), ("subs", "contracts")))
    assert Dialogue(proposals, InitRequest()).hold().open == ()


def test_a_person_confirms_the_customers_by_enter() -> None:
    ask, asked = person("")
    proposals = Proposals(picture((), ("subs", "contracts")))
    Dialogue(proposals, InitRequest(ask=ask)).hold()
    assert asked == ["customers.confirm"] and len(proposals.calls) == 1


def test_a_person_chooses_another_table() -> None:
    ask, asked = person("2", "")
    proposals = Proposals(picture((PER,), ("subs", "contracts")))
    Dialogue(proposals, InitRequest(ask=ask)).hold()
    assert asked == ["customers.confirm", "contracts.per"]
    assert proposals.calls[-1] == DraftAnswers(entity="subs", per="month")


def test_a_person_says_who_is_a_customer_and_the_rest_is_asked_then() -> None:
    ask, asked = person("2", "2", "")
    proposals = Proposals(picture((PER, END)), WHICH)
    answered = Dialogue(proposals, InitRequest(ask=ask)).hold()
    assert asked == ["customers.table", "contracts.per", "contracts.end"]
    assert proposals.calls[-1] == DraftAnswers(entity="buyers", per="year")
    assert [question.code for question in answered.open] == ["contracts.end"]


def test_a_question_is_asked_once() -> None:
    """An answer that doesn't help ends in the question, not in a loop."""

    def propose(answers: DraftAnswers) -> Draft:
        raise UnansweredError(picture(()), (WHICH,))

    ask, asked = person("1", "1")
    with pytest.raises(DataError, match="Which table"):
        Dialogue(propose, InitRequest(ask=ask)).hold()
    assert asked == ["customers.table"]


def test_with_yes_nothing_is_asked_on_a_terminal() -> None:
    ask, asked = person()
    Dialogue(
        Proposals(picture((PER,), ("subs", "contracts"))), InitRequest(ask=ask, yes=True)
    ).hold()
    assert asked == []


def test_the_best_witness_is_named() -> None:
    question = confirm_customers(picture((), ("pulse", "endings"), ("subs", "contracts")))
    assert question is not None
    assert phrase(question).text == (
        "Which table lists your customers? I think “companies”: 8 of 9 rows of “subs” lead to it."
    )
    assert question.options == ("companies", "subs", "pulse")
    assert confirm_customers(picture((), ("events", "events"))) is None
