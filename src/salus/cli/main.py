"""`salus`: its verbs, each fetched only when it is asked for, so that `salus --help` is quick."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import click

from salus.cli.run import FAILED, CommandContext, verb
from salus.process import configure_process
from salus.version import __version__

VERBS = {
    "demo": "make a demo company with known truth, score it, write its report",
    "init": "start a project; with --from, look at the tables there and propose a model",
    "check": "every problem of model and data at once, with its place and its fix",
    "score": "score one date, keep it in history",
    "replay": "the model at many past dates, as it would have been known then",
    "explain": "one entity, measure by measure; what changed; what reaches the next band",
    "history": "one entity's line through the dates that were scored",
    "compare": "who moved between two dates, and why",
    "plan": "what an edited model would change, before it does",
    "adopt": "let another model speak: in the shadow, for a part, for all",
    "rollback": "take the last adopt back",
    "validate": "does the score predict what happened, on past dates",
    "learn": "weights that predict better, as a proposed model with evidence",
    "forecast": "renewals and money to come with their intervals, and how past forecasts fared",
    "metrics": "NPS, CSAT, CES, churn, GRR, NRR, cohorts of the whole book, with intervals",
    "report": "one HTML page for people who were not there",
    "doctor": "what is installed, reachable, fresh, writable",
}


class Verbs(click.Group):
    """Commands by name, imported on demand; `--help` needs none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = importlib.import_module(f"salus.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in VERBS:
            from salus.model.suggest import did_you_mean
            from salus.sanitize import one_line

            ctx.fail(
                f"there is no command `{one_line(args[0])}`:"
                f" {did_you_mean(args[0], VERBS) or 'see `salus --help`'}"
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "--project",
    "folder",
    type=click.Path(path_type=Path),
    default=None,
    metavar="DIR",
    help="The project folder (default: this one).",
)
@click.version_option(__version__, prog_name="salus")
@click.pass_context
def main(ctx: click.Context, folder: Path | None) -> Any:
    """Customer health scores that are explained and kept.

    \b
    Try it:    salus demo
    Your data: salus init mycompany --from path/to/tables
               salus -C mycompany score
    """
    ctx.obj = CommandContext(folder or Path())


def run() -> None:
    """The program `salus`: a process of its own, set up for what it is going to do."""
    try:
        configure_process()
        verb(main)()
    except KeyboardInterrupt:  # outside of click, which says so itself
        sys.exit(FAILED)
