"""What is known of a foreign name: the states, and the columns that hold them in queries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from salus.facts.sql.dialect import SQL, call, cast

FROM, TO, STATE, SINCE, STOP = (
    "salus_from",
    "salus_to",
    "salus_state",
    "salus_since",
    "salus_stop",
)
# the state of a name, or of a row
EMPTY, MATCHED, AMBIGUOUS, LEFT_OUT, UNKNOWN = range(5)
DIFFERENT = "salus_different"  # whether the ways of a row lead to different entities
WAY = "salus_way"  # the number of the way that decided, else of the first with a name


@dataclass(frozen=True)
class Answer:
    """What one table of names says about a row, by the way with number `place`."""

    place: int
    name: SQL
    to: SQL
    state: SQL
    decides: SQL  # whether the name is neither empty nor unknown


def decided(answers: Sequence[Answer], value: Callable[[Answer], SQL]) -> exp.Case:
    """The value of the first answer that knows the name."""
    case = exp.case()
    for answer in answers:
        case = case.when(answer.decides.copy(), value(answer).copy())
    return case


def describe(answers: Sequence[Answer]) -> list[SQL]:
    """The state of a row, the foreign name that decided, its way, and whether the ways differ."""
    ways = {answer.place: answer.name for answer in answers}
    names = [name.copy() for name in ways.values()]
    named = call("coalesce", *names) if len(names) > 1 else names[0]
    state = decided(answers, lambda answer: answer.state)
    state = state.when(present(named), number(UNKNOWN)).else_(number(EMPTY))
    name = decided(answers, lambda answer: answer.name)
    way = decided(answers, lambda answer: number(answer.place))
    for place, each in ways.items():
        way = way.when(present(each.copy()), number(place))
    differ: list[SQL] = [
        exp.NEQ(this=first.to.copy(), expression=second.to.copy())
        for position, first in enumerate(answers)
        for second in answers[position + 1 :]
        if first.place != second.place
    ]
    different = exp.case().when(exp.or_(*differ) if differ else exp.false(), number(1))
    return [
        state.as_(STATE),
        name.else_(named.copy()).as_(FROM),
        way.as_(WAY),
        different.else_(number(0)).as_(DIFFERENT),
    ]


def is_state(state: int) -> SQL:
    return exp.EQ(this=exp.column(STATE), expression=number(state))


def present(value: SQL) -> SQL:
    return exp.not_(exp.Is(this=value, expression=exp.null()))


def number(value: int) -> SQL:
    return exp.Literal.number(value)


def one_row_each(rows: exp.Select, by: Sequence[str]) -> exp.Select:
    """One row per name (and time): the only entity, or why there is none."""
    entity = exp.case().when(is_state(MATCHED), exp.column(TO))

    def any_of(state: int) -> SQL:
        return exp.Max(this=exp.case().when(is_state(state), number(1)).else_(number(0)))

    counted = (
        exp.select(
            *map(exp.column, by),
            exp.Min(this=entity).as_("salus_low"),
            exp.Max(this=entity.copy()).as_("salus_high"),
            any_of(AMBIGUOUS).as_("salus_unclear"),
            any_of(LEFT_OUT).as_("salus_out"),
        )
        .from_(rows.subquery("g", copy=False))
        .group_by(*map(exp.column, by))
    )
    unclear = exp.or_(
        exp.EQ(this=exp.column("salus_unclear"), expression=number(1)),
        exp.NEQ(this=exp.column("salus_low"), expression=exp.column("salus_high")),
    )
    left_out = exp.EQ(this=exp.column("salus_out"), expression=number(1))
    state = (
        exp.case()
        .when(unclear, number(AMBIGUOUS))
        .when(present(exp.column("salus_low")), number(MATCHED))
        .when(left_out, number(LEFT_OUT))
    )
    to = exp.case().when(unclear.copy(), cast(exp.null(), "text")).else_(exp.column("salus_low"))
    names = [*map(exp.column, by), to.as_(TO), state.as_(STATE)]
    if SINCE in by:
        following = exp.Window(
            this=exp.Lead(this=exp.column(SINCE)),
            partition_by=[exp.column(FROM)],
            order=exp.Order(expressions=[exp.Ordered(this=exp.column(SINCE), nulls_first=False)]),
        )
        names.append(following.as_(STOP))
    return exp.select(*names).from_(counted.subquery("c", copy=False))
