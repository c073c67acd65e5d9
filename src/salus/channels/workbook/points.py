"""Formulas of points: a value's place on its curve, a word's points, the band of a score."""

from __future__ import annotations

from collections.abc import Sequence

from salus.model.curve import Curve, Scale

Ranges = tuple[str, ...]  # of a curve: values, points, points per 1 more; of words: words, points


def points_formula(cell: str, kind: str, scale: Scale, ranges: Ranges) -> str:
    """Points of the value in `cell`, the empty text without any.

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
    """Case counts, so the word is found by EXACT; a truth value is the word true or false."""
    words, heights = ranges
    known, word = f"ISTEXT({cell})", cell
    if kind == "bool":
        known, word = f"ISLOGICAL({cell})", f'IF({cell},"true","false")'
    elif kind != "text":
        known, word = f"ISNUMBER({cell})", f'IF({cell}=1,"true",IF({cell}=0,"false",""))'
    same = f"EXACT({words},{word})"
    return f'IF({known},IFERROR(SUMPRODUCT({same}*{heights})/SUMPRODUCT({same}*1),""),"")'


def segment_formula(segment: str, usual: str, own: Sequence[tuple[int, str]]) -> str:
    """The formula of the segment an entity is in; `segment` counts from 1, which is none."""
    text = usual
    for position, formula in reversed(own):
        text = f"IF({segment}={position + 2},{formula},{text})"
    return text


def mean_formula(weights: str, values: str) -> str:
    """The weighted mean of the numbers among `values`, the empty text without any.

    >>> mean_formula("A$3:B$3", "A5:B5")
    'IF(SUMPRODUCT(A$3:B$3,ISNUMBER(A5:B5)*1)>0,SUMPRODUCT(A$3:B$3,A5:B5)/SUMPRODUCT(A$3:B$3,ISNUMBER(A5:B5)*1),"")'
    """
    there = f"SUMPRODUCT({weights},ISNUMBER({values})*1)"
    return f'IF({there}>0,SUMPRODUCT({weights},{values})/{there},"")'


def band_formula(score: str, coverage: str, least: str, names: str, limits: str) -> str:
    """The first band whose limit the score reaches; unknown with too little coverage or without a
    score.
    """
    found = f'IFERROR(INDEX({names},1+SUMPRODUCT(({limits}>{score})*1)),"unknown")'
    return f'IF(ISNUMBER({score}),IF({coverage}<{least},"unknown",{found}),"unknown")'


def kept_formula(uncapped: str, before: str, zone: str, names: str, inner: str) -> str:
    """The position of a band with a dead zone, from 1; `inner` are the limits between two bands."""
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


def kept_band_formula(
    score: str, uncapped: str, coverage: str, least: str, position: str, names: str, limits: str
) -> str:
    """The band at that position, or the worse one that a cap leaves; unknown with too little
    coverage or no score.
    """
    capped = f"IF({score}<{uncapped},MAX({position},1+SUMPRODUCT(({limits}>{score})*1)),{position})"
    return (
        f'IF(ISNUMBER({score}),IF({coverage}<{least},"unknown",INDEX({names},{capped})),"unknown")'
    )
