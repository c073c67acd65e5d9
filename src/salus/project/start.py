"""Starting a project from Python."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from salus.errors import translate_errors

if TYPE_CHECKING:
    from salus.verbs.init.result import NewProject


@translate_errors()
def init(  # noqa: PLR0913  a caller names each option
    folder: str | Path,
    *,
    source: str | Path | None = None,
    pack: str | None = None,
    entity: str | None = None,
    key: str | None = None,
    where: str | None = None,
    outcome: str | None = None,
    per: str | None = None,
    amount: str | None = None,
    yes: bool = False,
    language: str = "en",
) -> NewProject:
    """Start a project in a folder, from a pack or from the tables at `source`.

    `source` is a folder of exports, `duckdb:///file.duckdb` or `postgresql://…`. `entity` is the
    table that lists the customers, `key` its column that identifies one, `where` the rows that are
    customers. `outcome` says who left: `TABLE.COLUMN` with the dates, or `TABLE.COLUMN=VALUE`. `per`
    is `month` or `year`, the time that an amount of a contract is for; `amount` is `contract` or
    `seat`, what it is for. What is None follows from the tables. If a question stays open, nothing is
    written and `DataError` names it; with `yes`, its lines are left out, as long as it is clear who is
    a customer. `language` (en, de, da) is that of `init-report.html`.

    Example:

        salus.init("acme", source="exports/", entity="companies", yes=True)
    """
    from salus.verbs.init.init import init as start_project
    from salus.verbs.init.request import InitRequest

    answers = {
        "entity": entity,
        "key": key,
        "where": where,
        "outcome": outcome,
        "per": per,
        "amount": amount,
    }
    request = InitRequest.of(answers, yes=yes, ask=None, language=language)
    place = None if source is None else str(source)
    return start_project(Path(folder), pack=pack, source=place, request=request)
