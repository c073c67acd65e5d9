"""`salus demo`"""

from __future__ import annotations

from pathlib import Path

import click

from salus.cli.run import options, show_progress, verb, write


@click.command("demo")
@click.argument("directory", type=click.Path(path_type=Path), default=Path("salus-demo"))
@options(
    click.option("--accounts", type=click.IntRange(20, 50_000), default=500, show_default=True),
    click.option(
        "--seed", type=int, default=1, show_default=True, help="Equal seeds make equal companies."
    ),
    click.option("--years", type=click.FloatRange(0.5, 10), default=2.0, show_default=True),
)
@verb
def command(directory: Path, accounts: int, seed: int, years: float) -> None:
    """Make a demo company in DIRECTORY, score it, print the portfolio and write report.html.

    \b
    salus demo
    salus demo small --accounts 50
    """
    from salus.verbs.demo.demo import demo

    with show_progress("making a company, scoring it, writing its report"):
        made = demo(directory, accounts=accounts, seed=seed, years=years)
    write(str(made))
