"""`salus init`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from salus.cli.options import add_options
from salus.cli.output import can_ask, pause_progress, print_note, print_text, show_progress
from salus.cli.run import report_errors

if TYPE_CHECKING:
    from salus.verbs.init.question import InitQuestion


@click.command("init")
@click.argument("directory", type=click.Path(path_type=Path))
@add_options(
    click.option(
        "--pack",
        default=None,
        metavar="NAME",
        help="Start with a ready model: b2b_saas or ecommerce.",
    ),
    click.option(
        "--from",
        "source",
        default=None,
        metavar="FOLDER_OR_URL",
        help="Read the tables there and propose a model for them.",
    ),
    click.option(
        "--entity",
        default=None,
        metavar="TABLE",
        help="The table that lists your customers.",
    ),
    click.option(
        "--key",
        default=None,
        metavar="COLUMN",
        help="The column of that table that identifies a customer.",
    ),
    click.option(
        "--where",
        default=None,
        metavar="CONDITION",
        help="Which rows of that table are customers, such as \"Type = 'Customer'\".",
    ),
    click.option(
        "--outcome",
        default=None,
        metavar="COLUMN",
        help="Who left: TABLE.COLUMN with the dates, or TABLE.COLUMN=VALUE for a flag.",
    ),
    click.option(
        "--per",
        type=click.Choice(["month", "year"]),
        default=None,
        help="Whether the amount of a contract is for a month or for a year.",
    ),
    click.option(
        "--amount",
        type=click.Choice(["contract", "seat"]),
        default=None,
        help="Whether that amount is for the whole contract or for one seat.",
    ),
    click.option(
        "--yes",
        is_flag=True,
        help="Ask nothing: leave out what the tables don't show. If they don't show who is a"
        " customer, the command still fails.",
    ),
    click.option(
        "--language",
        type=click.Choice(["en", "de", "da"]),
        default="en",
        show_default=True,
        help="The language of init-report.html: English, German or Danish.",
    ),
)
@report_errors
def command(
    directory: Path,
    pack: str | None,
    source: str | None,
    yes: bool,
    language: str,
    **answers: Any,
) -> None:
    """Start a project in DIRECTORY.

    With --from, Salus finds out which table lists your customers and how the other tables lead to
    them. On a terminal it asks what the tables don't show; in a script, the options answer.

    \b
    salus init mycompany --from exports/
    salus init mycompany --from exports/ --entity Account --yes
    salus init mycompany --pack b2b_saas
    """
    if pack and source:
        raise click.UsageError("--pack and --from can't be used together: remove one of them")
    from salus.verbs.init.init import init
    from salus.verbs.init.request import InitRequest

    request = InitRequest.of(answers, yes=yes, ask=ask if can_ask() else None, language=language)
    with show_progress("reading the tables"):
        created = init(directory, pack=pack, source=source, request=request)
    print_text(str(directory / "salus.yaml"))
    print_note(str(created))


def ask(question: InitQuestion) -> tuple[str, ...]:
    """Put a question on the terminal, again until an option is chosen. Nothing is chosen if there
    are no options and nobody types one. Ctrl-C and Ctrl-D end the command.
    """
    from salus.errors import OptionError

    with pause_progress():
        print_note("\n".join(question.lines()))
        while True:
            text = click.prompt(question.prompt, default="", show_default=False, err=True)
            try:
                return question.read(text)
            except OptionError as error:
                print_note(error.problems[0].what)
