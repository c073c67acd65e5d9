"""`until: next`: each fact ends with the first later one that is known.

A fact is open until the day on which any later fact becomes known. How long it was open can change
if facts arrive late: its end is the first later fact known so far, and it moves back when a fact
from in between arrives. Such a fact becomes several rows, one after another. Each holds the end as
it was known from KNOWN (exclusive) to STOP.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from salus.facts.sql.columns import BEGUN, CLOSED, ENDED, ENTITY, GROUP, KNOWN, RECORDED, STOP, TIME
from salus.facts.sql.dialect import SQL, Dialect, call, cast

NEXT_BEGUN, NEXT_KNOWN, BEFORE_KNOWN, ROW = (
    "salus_next_e",
    "salus_next_k",
    "salus_before_k",
    "salus_row",
)
STEP = "salus_step"  # numbers the times of an entity: equal times and recordings are one step
OTHER_KNOWN, OTHER_TIME, OTHER_RECORDED, EARLIER = (
    "salus_o_k",
    "salus_o_time",
    "salus_o_recorded",
    "salus_o_earlier",
)
FACTS = "salus_facts"


def add_ends(
    facts: exp.Select, names: Sequence[str], rules: Dialect, *, grouped: bool, moving: bool
) -> exp.Select:
    """`facts` with CLOSED and ENDED, and with `moving` also STOP. `names` are their columns except
    KNOWN.
    """
    windows = [
        _over(_least(KNOWN), 1, None, grouped).as_(ENDED),
        _over(_least(BEGUN), 1, 1, grouped).as_(NEXT_BEGUN),
    ]
    if moving:
        windows += [
            _over(_least(KNOWN), 1, 1, grouped).as_(NEXT_KNOWN),
            _over(_least(KNOWN), -1, -1, grouped).as_(BEFORE_KNOWN),
            rules.numbered().as_(ROW),
        ]
    facts_with_next = exp.select(
        *(_column(name) for name in names), _column(KNOWN), *windows
    ).from_(_in_steps(facts, names, grouped).subquery("x"))
    if not moving:
        return exp.select(
            *(_column(name) for name in (*names, KNOWN, ENDED)), _column(NEXT_BEGUN).as_(CLOSED)
        ).from_(facts_with_next.subquery("x"))
    all_ends = exp.union(_final_ends(names), _earlier_ends(names, grouped), distinct=False)
    return exp.select("*").from_(all_ends.subquery("n")).with_(FACTS, as_=facts_with_next)


def _column(name: str, table: str = "x") -> SQL:
    return exp.column(name, table=table, quoted=True)


def _least(name: str) -> SQL:
    return exp.Min(this=_column(name))


def _in_order(table: str = "x", names: tuple[str, str] = (TIME, RECORDED)) -> list[SQL]:
    return [exp.Ordered(this=_column(name, table)) for name in names]


def _partition(grouped: bool) -> list[SQL]:
    return [_column(ENTITY)] + ([_column(GROUP)] if grouped else [])


def _in_steps(facts: exp.Select, names: Sequence[str], grouped: bool) -> exp.Select:
    """The facts with their step. Not all engines have windows over groups of equal rows, but all
    have windows over a range of numbers.
    """
    step = exp.Window(
        this=exp.DenseRank(),
        partition_by=_partition(grouped),
        order=exp.Order(expressions=_in_order()),
    )
    return exp.select(
        *(_column(name) for name in names), _column(KNOWN), cast(step, "bigint").as_(STEP)
    ).from_(facts.subquery("x"))


def _over(value: SQL, first: int, last: int | None, grouped: bool) -> SQL:
    """An aggregate over the facts of the steps after this one (or before it)."""
    side = "FOLLOWING" if first > 0 else "PRECEDING"
    end: str = "UNBOUNDED" if last is None else str(abs(last))
    spec = exp.WindowSpec(
        kind="RANGE", start=str(abs(first)), start_side=side, end=end, end_side=side
    )
    order = exp.Order(expressions=[exp.Ordered(this=_column(STEP))])
    window: SQL = exp.Window(this=value, partition_by=_partition(grouped), order=order, spec=spec)
    if not grouped:
        return window
    no_group = exp.Is(this=_column(GROUP), expression=exp.null())
    return exp.case().when(no_group, cast(exp.null(), "date")).else_(window)


def _final_ends(names: Sequence[str]) -> exp.Select:
    """Every fact with its end once everything is known: the beginning of the next fact."""
    late = exp.LT(this=_column(ENDED), expression=_column(NEXT_KNOWN))
    known = (
        exp.case()
        .when(late, call("greatest", _column(KNOWN), _column(NEXT_KNOWN)))
        .else_(_column(KNOWN))
    )
    return exp.select(
        *(_column(name) for name in names),
        known.as_(KNOWN),
        _column(ENDED),
        _column(NEXT_BEGUN).as_(CLOSED),
        cast(exp.null(), "date").as_(STOP),
    ).from_(exp.to_table(FACTS).as_("x"))


def _earlier_ends(names: Sequence[str], grouped: bool) -> exp.Select:
    """The ends that facts had earlier: later facts that became known before everything in between."""
    first = exp.EQ(this=_column(OTHER_KNOWN), expression=_column(ENDED))
    known = (
        exp.case()
        .when(first, _column(KNOWN))
        .else_(call("greatest", _column(KNOWN), _column(OTHER_KNOWN)))
    )
    before = exp.Window(
        this=exp.Lag(this=_column(OTHER_KNOWN)),
        partition_by=[_column(ROW)],
        order=exp.Order(expressions=_in_order(names=(OTHER_TIME, OTHER_RECORDED))),
    )
    ahead = exp.or_(
        exp.Is(this=_column(EARLIER), expression=exp.null()),
        exp.LT(this=_column(OTHER_KNOWN), expression=_column(EARLIER)),
    )
    return (
        exp.select(
            *(_column(name) for name in names),
            known.as_(KNOWN),
            _column(ENDED),
            _column(CLOSED),
            call("coalesce", before, _column(NEXT_KNOWN)).as_(STOP),
        )
        .from_(_candidates(names, grouped).subquery("x"))
        .where(ahead)
    )


def _candidates(names: Sequence[str], grouped: bool) -> exp.Select:
    """Facts joined with later ones that became known before the next one. Only facts known before
    their neighbour can be such ends.
    """
    same = (ENTITY, GROUP) if grouped else (ENTITY,)
    early = (
        exp.select(*(_column(name) for name in (*same, TIME, RECORDED, BEGUN, KNOWN)))
        .distinct()
        .from_(exp.to_table(FACTS).as_("x"))
        .where(exp.LT(this=_column(KNOWN), expression=_column(BEFORE_KNOWN)))
    )
    later = exp.or_(
        _compared(exp.GT, TIME), exp.and_(_compared(exp.EQ, TIME), _compared(exp.GT, RECORDED))
    )
    match = exp.and_(
        *(_compared(exp.EQ, name) for name in same),
        later,
        exp.LT(this=_column(KNOWN, "m"), expression=_column(NEXT_KNOWN)),
    )
    until = exp.WindowSpec(
        kind="ROWS", start="UNBOUNDED", start_side="PRECEDING", end="1", end_side="PRECEDING"
    )
    earlier = exp.Window(
        this=exp.Min(this=_column(KNOWN, "m")),
        partition_by=[_column(ROW)],
        order=exp.Order(expressions=_in_order("m")),
        spec=until,
    )
    return (
        exp.select(
            *(_column(name) for name in (*names, KNOWN, ENDED, NEXT_KNOWN, ROW)),
            _column(BEGUN, "m").as_(CLOSED),
            _column(KNOWN, "m").as_(OTHER_KNOWN),
            _column(TIME, "m").as_(OTHER_TIME),
            _column(RECORDED, "m").as_(OTHER_RECORDED),
            earlier.as_(EARLIER),
        )
        .from_(exp.to_table(FACTS).as_("x"))
        .join(early.subquery("m"), on=match)
        .where(exp.LT(this=_column(ENDED), expression=_column(NEXT_KNOWN)))
    )


def _compared(node: type[exp.Binary], name: str) -> SQL:
    return node(this=_column(name, "m"), expression=_column(name))
