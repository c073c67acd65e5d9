"""Formulas for the points of a value or a word, for means, and for the band of a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salus.model.curve import Curve, Scale

#: The ranges of a curve are values, points and slopes (points per 1 more); of words: words, points.
Ranges = tuple[str, ...]


@dataclass(frozen=True)
class BandCells:
    """The cells that decide the band of a score."""

    score: str
    coverage: str
    least: str  # the least coverage
    names: str  # of the bands, best first
    limits: str  # of the bands


def points_formula(cell: str, kind: str, scale: Scale, ranges: Ranges) -> str:
    """The points of the value in `cell`; the empty text if the value is missing.

    >>> points_formula("C5", "number", Curve(((0.0, 0.0), (8.0, 100.0))), ("X", "Y", "S"))
    'IF(ISNUMBER(C5),LOOKUP(MAX(C5,MIN(X)),X,Y)+(MAX(C5,MIN(X))-LOOKUP(MAX(C5,MIN(X)),X))*LOOKUP(MAX(C5,MIN(X)),X,S),"")'
    """
    if not isinstance(scale, Curve):
        return _word_points(cell, kind, ranges)
    values, heights, slopes = ranges
    known, number = (
        (f"ISLOGICAL({cell})", f"IF({cell},1,0)") if kind == "bool" else (f"ISNUMBER({cell})", cell)
    )
    at = f"MAX({number},MIN({values}))"
    rise = f"({at}-LOOKUP({at},{values}))*LOOKUP({at},{values},{slopes})"
    return f'IF({known},LOOKUP({at},{values},{heights})+{rise},"")'


def _word_points(cell: str, kind: str, ranges: Ranges) -> str:
    """Capital letters count, so EXACT looks up the word. A truth value is the word true or false."""
    words, heights = ranges
    known, word = f"ISTEXT({cell})", cell
    if kind == "bool":
        known, word = f"ISLOGICAL({cell})", f'IF({cell},"true","false")'
    elif kind != "text":
        known, word = f"ISNUMBER({cell})", f'IF({cell}=1,"true",IF({cell}=0,"false",""))'
    same = f"EXACT({words},{word})"
    return f'IF({known},IFERROR(SUMPRODUCT({same}*{heights})/SUMPRODUCT({same}*1),""),"")'


def segment_formula(segment: str, usual: str, own: Sequence[tuple[int, str]]) -> str:
    """The formula for the entity's segment. `segment` is a cell that counts from 1, which is none."""
    text = usual
    for position, formula in reversed(own):
        text = f"IF({segment}={position + 2},{formula},{text})"
    return text


def mean_formula(weights: str, values: str) -> str:
    """The weighted mean of the numbers among `values`; the empty text if there are none.

    >>> mean_formula("A$3:B$3", "A5:B5")
    'IF(SUMPRODUCT(A$3:B$3,ISNUMBER(A5:B5)*1)>0,SUMPRODUCT(A$3:B$3,A5:B5)/SUMPRODUCT(A$3:B$3,ISNUMBER(A5:B5)*1),"")'
    """
    known = f"SUMPRODUCT({weights},ISNUMBER({values})*1)"
    return f'IF({known}>0,SUMPRODUCT({weights},{values})/{known},"")'


def band_formula(cells: BandCells) -> str:
    """The first band whose limit the score reaches. It is unknown if the coverage is too low or
    there is no score.
    """
    position = f"1+SUMPRODUCT(({cells.limits}>{cells.score})*1)"
    return _known_band(cells, f'IFERROR(INDEX({cells.names},{position}),"unknown")')


def kept_formula(uncapped: str, before: str, zone: str, names: str, inner: str) -> str:
    """The position of a band with a dead zone, from 1. `inner` are the limits between two bands."""
    score = f"ROUND({uncapped},9)"

    def counted(shifted: str, sign: str) -> str:
        return f"1+SUMPRODUCT((ROUND({shifted},9){sign}{score})*1)"

    highest, lowest, plain = (
        counted(f"{inner}-{zone}", ">="),
        counted(f"{inner}+{zone}", ">"),
        counted(inner, ">"),
    )
    known = f"MATCH({before},{names},0)"
    return f'IF(ISNUMBER({uncapped}),IFERROR(MAX({highest},MIN({lowest},{known})),{plain}),"")'


def kept_band_formula(cells: BandCells, uncapped: str, position: str) -> str:
    """The band at that position, or a worse band if a cap limits the score. It is unknown if the
    coverage is too low or there is no score.
    """
    by_score = f"1+SUMPRODUCT(({cells.limits}>{cells.score})*1)"
    capped = f"IF({cells.score}<{uncapped},MAX({position},{by_score}),{position})"
    return _known_band(cells, f"INDEX({cells.names},{capped})")


def _known_band(cells: BandCells, band: str) -> str:
    enough = f'IF({cells.coverage}<{cells.least},"unknown",{band})'
    return f'IF(ISNUMBER({cells.score}),{enough},"unknown")'
