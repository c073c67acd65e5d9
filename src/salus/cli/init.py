"""`salus init`"""

from __future__ import annotations

from pathlib import Path

import click

from salus.cli.run import options, show_progress, talk, verb, write


@click.command("init")
@click.argument("directory", type=click.Path(path_type=Path))
@options(
    click.option(
        "--pack",
        default=None,
        metavar="NAME",
        help="Start from a ready model: b2b_saas or ecommerce.",
    ),
    click.option(
        "--from",
        "source",
        default=None,
        metavar="FOLDER_OR_URL",
        help="Look at the tables there and propose a model.",
    ),
)
@verb
def command(directory: Path, pack: str | None, source: str | None) -> None:
    """Start a project in DIRECTORY.

    \b
    salus init mycompany --from exports/
    salus init mycompany --pack b2b_saas
    """
    if pack and source:
        raise click.UsageError("--pack and --from exclude one another")
    from salus.verbs.init.init import init

    with show_progress("looking at the tables"):
        created = init(directory, pack=pack, source=source)
    talk(str(created))
    write(str(directory / "salus.yaml"))
