"""The amounts of contracts per year."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.errors import DataError
from salus.facts.exchange_rates import normalise_codes
from salus.facts.partials.partial import Partial
from salus.facts.sql.columns import AMOUNT, CURRENCY, MONTHS
from salus.model.contracts import ContractValue
from salus.model.expressions.expression import Constant

MICROS = 1e6
LARGEST = 9.2e18  # millionths in 64 bits
# ISO 4217: currencies without a smaller unit, and those with thousandths
_WHOLE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THOUSANDTHS = "BHD IQD JOD KWD LYD OMR TND"


def smallest_units(currency: str) -> int:
    """How many of its smallest units are one unit of a currency.

    >>> smallest_units("EUR"), smallest_units("JPY"), smallest_units("KWD")
    (100, 1, 1000)
    """
    return 1 if currency in _WHOLE.split() else 1000 if currency in _THOUSANDTHS.split() else 100


def amount_arrays(
    rows: pa.Table, value: ContractValue
) -> tuple[dict[str, NDArray[Any]], tuple[str, ...]]:
    """For each row of `select_contracts` its amount per year in millionths (0 if it has none),
    whether it has one, and the code of its currency; and the currencies.

    An amount that isn't finite, or covers no months, is none.
    """
    codes = _codes(rows, value)
    currencies = tuple(sorted(set(codes)))
    place = {currency: position for position, currency in enumerate(currencies)}
    currency = np.array([place[code] for code in codes], dtype=np.int32)
    amount, months = (
        rows[name].cast(pa.float64()).fill_null(np.nan).to_numpy() for name in (AMOUNT, MONTHS)
    )
    with np.errstate(all="ignore"):  # what isn't finite is left out
        yearly = np.where(months > 0, amount * 12 / months, np.nan)
    if value.minor:
        yearly = yearly / np.array([smallest_units(code) for code in currencies] or [1])[currency]
    present = np.isfinite(yearly)
    micros = np.where(present, np.abs(np.where(present, yearly, 0.0)) * MICROS + 0.5, 0.0)
    if np.any(micros >= LARGEST):
        raise DataError("a contract has an amount of more than 9.2e12 per year", "check `amount`")
    whole = (np.floor(micros) * np.sign(np.where(present, yearly, 0.0))).astype(np.int64)
    return {"amount": whole, "present": present, "currency": currency}, currencies


def _codes(rows: pa.Table, value: ContractValue) -> list[str]:
    if CURRENCY in rows.column_names:
        return normalise_codes(rows[CURRENCY])
    own = value.currency.value if isinstance(value.currency, Constant) else value.target
    return [str(own or "")] * len(rows)


def check_amounts(contracts: Partial) -> None:
    """Raises DataError for an entity whose amounts can't be added in 64 bits."""
    sums = np.bincount(contracts.entity, weights=np.abs(contracts["amount"].astype(np.float64)))
    if sums.max(initial=0.0) >= LARGEST:
        raise DataError(
            "the contracts of one entity add up to more than 9.2e12 per year", "check `amount`"
        )
