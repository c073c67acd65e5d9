"""`salus report`"""

from __future__ import annotations

from pathlib import Path

import click

from salus.cli.run import Context, as_of_option, as_of_or_today, folder_option, options, verb, working


@click.command("report")
@options(as_of_option, click.option("--out", type=click.Path(path_type=Path), default=None, metavar="FILE",
                                    help="Where to write it (default: report.html in the project)."),
         click.option("--language", type=click.Choice(["en", "de", "da"]), default="en", help="English, German, Danish."),
         folder_option)
@click.pass_obj
@verb
def command(context: Context, as_of: str | None, out: Path | None, language: str, folder: Path | None) -> None:
    """One self-contained HTML page for people who were not there.

    \b
    salus report --out report.html
    """
    project = context.project(folder)
    with working("writing the report"):
        path = project.report(out, as_of_or_today(project, as_of), language=language)
    click.echo(path)
