"""Proposes a model, and has open questions answered until none is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from salus.channels.words import load_words
from salus.draft import Draft
from salus.draft.answers import DraftAnswers, UnansweredError
from salus.draft.picture import DraftQuestion
from salus.errors import DataError
from salus.verbs.init.question import InitQuestion, confirm_customers, phrase_question
from salus.verbs.init.request import InitRequest

Propose = Callable[[DraftAnswers], Draft]
CONFIRMATIONS = ("customers.confirm", "customers.confirm_alone")


@dataclass(frozen=True)
class AnsweredDraft:
    """A draft, and the questions that nobody answered: their lines are left out of it."""

    draft: Draft
    open: tuple[InitQuestion, ...] = ()


class Dialogue:
    """Calls `propose` with more and more answers."""

    def __init__(self, propose: Propose, request: InitRequest) -> None:
        self.propose, self.request, self.answers = propose, request, request.answers
        self.asked: set[str] = set()

    def hold(self) -> AnsweredDraft:
        """The draft. Raises DataError with the questions if they stay open: always if the data can't
        tell who is a customer, and otherwise unless `request.yes`.
        """
        while True:
            draft, questions = self._questions()
            before = self.answers
            if self.request.ask is not None and not self.request.yes:
                self._ask(questions if draft is not None else questions[:1])
            if self.answers != before:
                continue
            rest = [each for each in questions if each.code not in CONFIRMATIONS]
            silent = self.request.yes or self.request.ask is not None
            if draft is None or (rest and not silent):
                raise DataError([question.problem for question in rest])
            return AnsweredDraft(draft, tuple(rest))

    def _questions(self) -> tuple[Draft | None, Sequence[InitQuestion]]:
        """The draft and the questions about it. There is no draft if the data can't tell who is a
        customer.
        """
        words = load_words(entity="customer")
        try:
            draft = self.propose(self.answers)
        except UnansweredError as error:
            if not error.questions:
                raise
            return None, [phrase_question(question, words) for question in error.questions]
        phrased = [phrase_question(question, words) for question in list_doubts(draft)]
        return draft, [each for each in phrased if not each.is_answered(self.answers)]

    def _ask(self, questions: Sequence[InitQuestion]) -> None:
        """Put each question once; no answer leaves it open."""
        assert self.request.ask is not None
        for question in questions:
            if question.code in self.asked:
                continue
            self.asked.add(question.code)
            chosen = self.request.ask(question)
            confirmed = question.code in CONFIRMATIONS and chosen == question.options[:1]
            if chosen and not confirmed:
                self.answers = question.answer(self.answers, chosen)


def list_doubts(draft: Draft) -> tuple[DraftQuestion, ...]:
    """The questions about a draft: first whether the table of customers is right. A draft that
    doesn't follow the picture of the folder raises none.
    """
    picture, entity = draft.picture, draft.model.entity
    if picture is None or picture.customers is None or picture.customers.table != entity.table:
        return ()
    confirmation = confirm_customers(picture)
    return (*filter(None, [confirmation]), *picture.questions)
