"""The labels of a proposed model's measures, from codes, in the project's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from salus.channels.words.pack_labels import load_labels
from salus.channels.words.tools import name_tool
from salus.channels.words.words import Words, load_words
from salus.finding import Finding, Parameter
from salus.sanitize import one_line

LONGEST = 120  # characters of a label
_SPANS = {364: "year", 365: "year", 182: "half_year", 183: "half_year"}


def label_measures(codes: Mapping[str, Finding], language: str) -> dict[str, str]:
    """A label for each measure and input, by its name. No two are equal: measures that say the same
    of different tables name the tool that exported the table, or the table.

    >>> use = {"use": Finding("measure.label", base="last_active_days", table="log", tool="Mixpanel", days=None)}
    >>> label_measures(use, "de")
    {'use': 'Tage seit letzter Nutzung'}
    """
    words = load_words(language, load_labels(language).names)
    plain = {name: _label(code, words) for name, code in codes.items()}
    tables: defaultdict[object, list[object]] = defaultdict(list)
    for code in codes.values():
        tables[code.get("base")].append(code.get("table"))
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name, label in plain.items():
        base = codes[name].get("base")
        apart = len(tables[base]) == len(set(tables[base]))  # as of windows of another length
        groups[f"base {base}" if apart else label.casefold()].append(name)
    distinct = {
        name: label
        for names in groups.values()
        for name, label in _qualify({name: codes[name] for name in names}, plain).items()
    }
    return _unique({name: distinct[name] for name in codes})


def _unique(labels: Mapping[str, str]) -> dict[str, str]:
    """The labels with the measure's name, where a label is taken nevertheless."""
    unique: dict[str, str] = {}
    used: set[str] = set()
    for name, label in labels.items():
        numbered = (f"{label} ({name}{more})" for more in ("", *(f" {n}" for n in range(2, 1000))))
        unique[name] = next(free for free in (label, *numbered) if free.casefold() not in used)
        used.add(unique[name].casefold())
    return unique


def _label(code: Finding, words: Words) -> str:
    """The label without the table: a text of the language, the label of the packs, or the name."""
    base, days = str(code.get("base")), code.get("days")
    key = f"label.{base}"
    if words.has(key) and (days is not None or "{span}" not in words.format.texts[key]):
        return words.text(key, span=_span(days, words))
    if base not in words.labels and code.get("column") is not None:
        base = base.removesuffix("_level")
    return words.label(base)[:LONGEST]


def _span(days: Parameter, words: Words) -> str:
    """The length of a window in words."""
    span = _SPANS.get(days, "days") if isinstance(days, int) else "days"
    return words.text(f"label.span.{span}", n=days)


def _qualify(codes: Mapping[str, Finding], plain: Mapping[str, str]) -> dict[str, str]:
    """The labels of measures that would have the same one."""
    if len(codes) == 1:
        return {name: plain[name] for name in codes}
    tools = [code.get("tool") for code in codes.values()]
    parameter = "tool" if None not in tools and len(set(tools)) == len(tools) else "table"
    labels: dict[str, str] = {}
    for name, code in codes.items():
        own = str(code.get(parameter) or name)
        place = name_tool(own) if parameter == "tool" else one_line(own)[:LONGEST]
        labels[name] = f"{plain[name]} ({place})"
    return labels
