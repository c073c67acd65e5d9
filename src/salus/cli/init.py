"""`salus init`"""

from __future__ import annotations

from pathlib import Path

import click

from salus.cli.options import add_options
from salus.cli.output import print_note, print_text, show_progress
from salus.cli.run import report_errors


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
)
@report_errors
def command(directory: Path, pack: str | None, source: str | None) -> None:
    """Start a project in DIRECTORY.

    \b
    salus init mycompany --from exports/
    salus init mycompany --pack b2b_saas
    """
    if pack and source:
        raise click.UsageError("--pack and --from can't be used together: remove one of them")
    from salus.verbs.init.init import init

    with show_progress("reading the tables"):
        created = init(directory, pack=pack, source=source)
    print_text(str(directory / "salus.yaml"))
    print_note(str(created))
