"""An open question about the tables: its words, its options, and how an option answers it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace

from salus.channels.text.width import wrap
from salus.channels.words import Words
from salus.draft.answers import DraftAnswers
from salus.draft.picture import DraftQuestion, FolderPicture, TablePicture, quote_name
from salus.errors import OptionError, Problem
from salus.sanitize import sanitize

MOST_OPTIONS = 9  # of a question on a terminal
MOST_EXAMPLES = 4  # options that a message names
#: The option that answers a question, by the code of the question or its first part.
_OPTIONS = {
    "customers.rows": "where",
    "contracts.end": "outcome",
    "contracts.per": "per",
    "contracts.amount": "amount",
    "customers": "entity",
}
_LISTS = ("customers", "snapshot", "contracts", "endings", "people", "orders")


@dataclass(frozen=True, kw_only=True)
class InitQuestion:
    """A question in words. The options are in the order of belief; the first is the default."""

    code: str
    text: str
    options: tuple[str, ...]
    option: str  # the option of `salus init` that answers it, without dashes
    column: str | None = None  # the column that holds the options as values

    def read(self, text: str) -> tuple[str, ...]:
        """The options that a text chooses: numbers from 1 with commas between them, an option as it
        is spelt, or nothing for the first; without options any text. Raises OptionError for anything else.
        """
        text = text.strip()
        if not text:
            return self.options[:1]
        if text in self.options or not self.options:
            return (text,)
        parts = [part.strip() for part in text.split(",")]
        numbers = [int(part) for part in parts if part.isdecimal() and part.isascii()]
        multiple = self.column is not None
        usable = all(1 <= number <= len(self.options[:MOST_OPTIONS]) for number in numbers)
        if len(numbers) != len(parts) or not usable or (len(parts) > 1 and not multiple):
            raise OptionError(f"'{sanitize(text)}' is not one of the options")
        return tuple(dict.fromkeys(self.options[number - 1] for number in numbers))

    def values(self, chosen: tuple[str, ...]) -> str:
        """The value of the option for what was chosen. Values of a column become a condition."""
        if self.column is None:
            return chosen[0]
        quoted = [quote_text(value) for value in chosen]
        name = quote_name(self.column)
        return f"{name} = {quoted[0]}" if len(quoted) == 1 else f"{name} in ({', '.join(quoted)})"

    def answer(self, answers: DraftAnswers, chosen: tuple[str, ...]) -> DraftAnswers:
        """The answers with this one."""
        return replace(answers, **{self.option: self.values(chosen)})

    def is_answered(self, answers: DraftAnswers) -> bool:
        """Whether an answer to it is known."""
        return getattr(answers, self.option) is not None

    def lines(self) -> list[str]:
        """The question and its options for a terminal."""
        numbered = enumerate(self.options[:MOST_OPTIONS], 1)
        return [*wrap(self.text), *(f"  {n}  {sanitize(option)}" for n, option in numbered)]

    @property
    def prompt(self) -> str:
        """What to type."""
        if not self.options:
            return "Type the answer, or Enter if there is none"
        multiple = ", several with commas" if self.column is not None else ""
        return f"Enter for 1, or another number{multiple}"

    @property
    def fix(self) -> str:
        """How to answer it in a script."""
        if not self.options:
            example = "TABLE.COLUMN" if self.option == "outcome" else "TABLE"
            return f"run the command again with --{self.option} {example}"
        named = [
            f"--{self.option} {quote_argument(self.values((option,)))}"
            for option in self.options[:MOST_EXAMPLES]
        ]
        more = len(self.options) - len(named)
        last = f", … ({more} more)" if more else ""
        return f"run the command again with {' or '.join(named)}{last}"

    @property
    def problem(self) -> Problem:
        """The question as a problem."""
        return Problem("data", None, None, self.text, self.fix)


def phrase_question(question: DraftQuestion, words: Words) -> InitQuestion:
    """The question in words."""
    parameters = {name: _value(value, words) for name, value in question.parameters.items()}
    column = question.parameters.get("column")
    option = _OPTIONS.get(question.code) or _OPTIONS.get(question.code.split(".")[0], "entity")
    return InitQuestion(
        code=question.code,
        text=words.text(f"question.{question.code}", **parameters),
        options=question.options,
        option=option,
        column=str(column) if option == "where" and column is not None else None,
    )


def confirm_customers(picture: FolderPicture) -> DraftQuestion | None:
    """The question whether the table of customers is right, with the other tables that may list
    them. None if no other table may.
    """
    customers = picture.customers
    if customers is None:
        return None
    others = [t for t in picture.tables if t.role in _LISTS and t.name != customers.table]
    if not others:
        return None
    others.sort(key=lambda table: (_LISTS.index(table.role), table.name))
    options = (customers.table, *(table.name for table in others))
    witness = _witness(picture, customers.table)
    if witness is None:
        return DraftQuestion("customers.confirm_alone", {"table": customers.table}, options)
    parameters = {
        "table": customers.table,
        "other": witness.name,
        "matched": witness.matched,
        "rows": witness.rows,
    }
    return DraftQuestion("customers.confirm", parameters, options)


def _witness(picture: FolderPicture, table: str) -> TablePicture | None:
    """The table whose rows show best who is a customer: contracts, else invoices, else the
    largest.
    """
    order = ("contracts", "invoices", "payments", "orders")
    linked = [each for each in picture.tables if each.matched and each.name != table]
    ranks = {role: place for place, role in enumerate(order)}
    return min(
        linked,
        key=lambda each: (ranks.get(each.role, len(order)), -each.rows, each.name),
        default=None,
    )


def quote_argument(text: str) -> str:
    """A text as one argument for a shell, in the quotes that leave it readable.

    >>> print(quote_argument("Type = 'Customer'"), quote_argument("a b"), quote_argument("a"))
    "Type = 'Customer'" 'a b' a
    """
    readable = "'" in text and not set(text) & set('"$`\\!')
    return f'"{text}"' if readable else shlex.quote(text)


def quote_text(value: str) -> str:
    """A text as the model language writes it.

    >>> quote_text("Bob's")
    "'Bob''s'"
    """
    return "'" + value.replace("'", "''") + "'"


def _value(value: object, words: Words) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return words.number(value)
    return sanitize(value)
