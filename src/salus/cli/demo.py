"""`salus demo`"""

from __future__ import annotations

from pathlib import Path

import click

from salus.cli.options import add_options
from salus.cli.output import print_text, show_progress
from salus.cli.run import report_errors


@click.command("demo")
@click.argument("directory", type=click.Path(path_type=Path), default=Path("salus-demo"))
@add_options(
    click.option(
        "--accounts",
        type=click.IntRange(20, 100_000),
        default=500,
        show_default=True,
        help="The number of accounts.",
    ),
    click.option(
        "--seed",
        type=int,
        default=1,
        show_default=True,
        help="The same seed creates the same company.",
    ),
    click.option(
        "--years",
        type=click.FloatRange(0.5, 10),
        default=2.0,
        show_default=True,
        help="How many years of data.",
    ),
)
@report_errors
def command(directory: Path, accounts: int, seed: int, years: float) -> None:
    """Create a demo company in DIRECTORY, score it, print the portfolio and write report.html.

    The default folder is salus-demo. It must be new or empty.

    \b
    salus demo
    salus demo small --accounts 50
    """
    from salus.verbs.demo.demo import demo

    with show_progress("creating a company, scoring it, writing its report"):
        result = demo(directory, accounts=accounts, seed=seed, years=years)
    print_text(str(result))
