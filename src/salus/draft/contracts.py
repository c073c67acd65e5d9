"""What a table of contracts says: start, notice, end, and the amount with its period and unit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sqlglot import exp

from salus.draft.contract_amounts import BillKey, find_amount
from salus.draft.currencies import without_rate
from salus.draft.headers import fold, normalise
from salus.draft.picture import ContractsPicture, RatesPicture, TableRole, quote_name
from salus.draft.profile import ColumnProfile, TableProfile
from salus.draft.table_roles import date_columns, first, numeric
from salus.draft.table_values import Exclusion, join_conditions
from salus.sources.connection import Connection

MONTHS: Mapping[str, int] = {
    fold(word): months
    for months, words in (
        (1, "month, monthly, months, monat, monatlich, maned, manedlig, mdr"),
        (3, "quarter, quarterly, quartal, vierteljahrlich, kvartal, kvartalsvis"),
        (6, "half year, semiannual, semi annually, halbjahr, halbjahrlich, halvar, halvarlig"),
        (12, "year, yearly, annual, annually, jahr, jahrlich, ar, arlig, arligt"),
    )
    for word in words.split(",")
}
_CODE = re.compile(r"[A-Za-z]{3}")  # of a currency
_FROM = frozenset(["from", "source", "von", "quelle", "ausgangswahrung", "fra", "fran"])
_TO = frozenset(["to", "target", "in", "nach", "ziel", "zielwahrung", "til", "till"])
_NOTICE_WORDS = ("cancel", "gekund", "kundig", "opsagt", "opsig")


def describe_contracts(
    connection: Connection,
    table: TableProfile,
    exclusions: Sequence[Exclusion],
    tables: Mapping[str, tuple[TableProfile, TableRole]],
    bills: Sequence[BillKey] = (),
) -> ContractsPicture | None:
    """What the contracts say. `bills`: the columns of invoices that name contracts.

    None if no column says when a contract starts.
    """
    starts = _dates(table, "started")
    if not starts:
        return None
    best = max(starts, key=lambda c: (c.filled, "activated" not in c.meanings, c.name))
    ends, decided = _end_and_notice(table)
    lists = [profile for profile, role in tables.values() if role == "lookup"]
    amount, per = find_amount(connection, table, bills, lists), None
    if amount is not None:
        means = amount.factors[0].meanings
        per = "month" if "monthly" in means else "year" if "yearly" in means else _months(table)
        per = _months(table) if "unit_price" in means else per
    currency, rates = _currency(table), find_rates(lists)
    return ContractsPicture(
        table=table.name,
        starts=best.name,
        ends=ends,
        decided=decided,
        amount=amount.text if amount else None,
        per_seat=amount.per_seat if amount else None,
        per=per,
        unit="cents" if amount and amount.cents else None,
        currency=currency,
        rates=rates,
        unrated=without_rate(table, currency, rates, tables[rates.table][0]) if rates else (),
        where=join_conditions(exclusions),
    )


def _dates(table: TableProfile, *names: str) -> list[ColumnProfile]:
    """Columns with the meanings that a model can use as dates."""
    return [column for column in date_columns(table, *names) if column.is_time]


def _end_and_notice(table: TableProfile) -> tuple[str | None, str | None]:
    """The columns of the end and of the notice; of two ends, the cancellation is the notice."""
    ends, notice = _dates(table, "ended"), _dates(table, "notice")
    notice = [column for column in notice if column not in ends]
    if len(ends) > 1 and not notice:
        called = [c for c in ends if any(word in fold(c.name) for word in _NOTICE_WORDS)]
        rest = [c for c in ends if c not in called]
        if called and rest:
            return rest[0].name, called[0].name
    return (ends[0].name if ends else None), (notice[0].name if notice else None)


def _months(table: TableProfile) -> str | None:
    """The months that an amount covers, as an expression; None if it isn't said."""
    units = [
        c
        for c in table.columns
        if c.type == "text"
        and {"period_unit", "period_count"} & c.meanings
        and c.frequent_values
        and all(fold(v) in MONTHS for v in c.frequent_values)
    ]
    counts = [
        c
        for c in table.columns
        if c.is_number and c.filled and {"period_count", "period_unit"} & c.meanings
    ]
    if not units:
        return quote_name(counts[0].name) if counts else None
    name = quote_name(units[0].name)
    terms = [
        f"{MONTHS[fold(value)]} * ({name} = '{value}')"
        for value in sorted(units[0].frequent_values, key=lambda v: (MONTHS[fold(v)], v))
    ]
    months = " + ".join(terms)
    return f"{quote_name(counts[0].name)} * ({months})" if counts else months


def _currency(table: TableProfile) -> str | None:
    """The column of the currency, or its code where all contracts have the same."""
    columns = [
        c
        for c in table.columns
        if c.type == "text"
        and c.filled
        and {"currency"} <= c.meanings - {"unit"}
        and "unit" not in c.meanings
    ]
    best = max(columns, key=lambda c: (c.filled, c.distinct), default=None)
    if best is None:
        return None
    codes = {value.strip().upper() for value in best.frequent_values}
    code = codes.pop() if len(codes) == 1 and best.filled == best.rows else ""
    return code if re.fullmatch("[A-Z]{3}", code) else best.name


def find_rates(tables: Sequence[TableProfile]) -> RatesPicture | None:
    """The table of exchange rates, if it says for which currency its rates are."""
    for table in tables:
        rate, date = numeric(table, "rate"), _rate_days(table)
        pair = _pair(table)
        if rate and date and pair:
            source, target, per = pair
            return RatesPicture(table.name, date[0].name, source, rate.name, per, target)
        base = [c for c in table.columns if "unit" in c.meanings and len(c.frequent_values) == 1]
        currency = [
            c for c in table.columns if "currency" in c.meanings and c not in base and c.filled
        ]
        if rate and date and base and currency:
            per = next(iter(base[0].frequent_values)).strip().upper()
            if re.fullmatch("[A-Z]{3}", per):
                return RatesPicture(table.name, date[0].name, currency[0].name, rate.name, per)
    return None


def _rate_days(table: TableProfile) -> list[ColumnProfile]:
    """The columns of the day of a rate: by their headers, else the only column of dates."""
    named = _dates(table, "happened", "started")
    dated = [column for column in table.columns if column.is_time and column.filled]
    return named or (dated if len(dated) == 1 else [])


def _pair(table: TableProfile) -> tuple[str, str, str] | None:
    """The columns of two currencies of which 1 unit of the first is that many of the second, and the
    currency that stands in all rows of one of them.
    """
    codes = [
        column
        for column in table.columns
        if column.frequent_values and all(map(_CODE.fullmatch, column.frequent_values))
    ]
    sources = [c for c in codes if _words(c) & _FROM]
    targets = [c for c in codes if _words(c) & _TO]
    if len(sources) != 1 or len(targets) != 1 or sources == targets:
        return None
    fixed = next((c for c in (*targets, *sources) if len(c.frequent_values) == 1), None)
    if fixed is None:
        return None
    return sources[0].name, targets[0].name, next(iter(fixed.frequent_values)).upper()


def _words(column: ColumnProfile) -> frozenset[str]:
    return frozenset(normalise(column.name).split())


def zero_when_ended(
    connection: Connection, table: TableProfile, ends: str | None
) -> tuple[str, ...]:
    """Amounts that are 0 as soon as a contract has ended: they say how things stand today."""
    columns = [
        c
        for c in table.columns
        if c.is_number and c.minimum == 0 and {"monthly", "yearly", "amount"} & c.meanings
    ]
    if ends is None or not columns:
        return ()
    ended = exp.not_(exp.Is(this=exp.column(ends, quoted=True), expression=exp.null()))
    leaks = []
    for column in columns:
        zero = exp.EQ(this=exp.column(column.name, quoted=True), expression=exp.Literal.number(0))
        query = exp.select(
            _rows(exp.and_(ended.copy(), zero)).as_("both"),
            _rows(ended.copy()).as_("ended"),
            _rows(zero.copy()).as_("zero"),
        ).from_(connection.table(table.name))
        row = connection.query(query).to_pylist()[0]
        both, gone, zeros = (int(row[name] or 0) for name in ("both", "ended", "zero"))
        if both >= 0.8 * gone > 0 and both >= 0.5 * zeros:
            leaks.append(column.name)
    return tuple(leaks)


def _rows(condition: exp.Expr) -> exp.Expr:
    case = exp.case().when(condition, exp.Literal.number(1)).else_(exp.Literal.number(0))
    return exp.Sum(this=case)


def label_column(table: TableProfile) -> str | None:
    """The column that names an entity."""
    named = first(table, "name")
    return named.name if named else None
