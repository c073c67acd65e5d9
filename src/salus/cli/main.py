"""The command `salus`. Each verb is imported only when it runs, so that `salus --help` is quick."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import click

from salus.cli.exit_codes import FAILED
from salus.cli.run import CommandContext, report_errors
from salus.process import configure_process
from salus.version import __version__

VERBS = {
    "demo": "create a demo company, score it and write its report",
    "init": "start a project; with --from, propose a model for your tables",
    "check": "list all problems of the model and the data, each with its next step",
    "score": "score all entities on one date and keep the scores",
    "replay": "score many past dates with the data known then, as far as it has dates",
    "explain": "explain one score: the main reasons, and what it takes to reach the next band",
    "history": "list the scores of one entity over time",
    "compare": "show which entities moved between two dates, and why",
    "plan": "show what an edited model would change, before you adopt it",
    "adopt": "use another model: in the background, for some of the entities, or for all",
    "rollback": "undo the last adoption of a model",
    "validate": "check on past dates whether the score predicts what happened",
    "learn": "learn weights that predict better, and propose them as a model",
    "forecast": "predict renewals, revenue and scores, each with an interval",
    "metrics": "compute portfolio metrics such as churn, GRR, NRR and NPS, with intervals",
    "report": "write one HTML page to share",
    "doctor": "check the installation, the model, the data and the project folder",
}


class Verbs(click.Group):
    """The commands by name. A command is imported when it runs; `--help` imports none."""

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
    help="The project folder (default: the current folder).",
)
@click.version_option(__version__, prog_name="salus")
@click.pass_context
def main(ctx: click.Context, folder: Path | None) -> Any:
    """Customer health scores that you can explain, test and compare over time.

    \b
    Try it:    salus demo
    Your data: salus init mycompany --from path/to/tables
               salus -C mycompany score

    An entity is what the model scores, such as an account or a customer.
    """
    ctx.obj = CommandContext(folder or Path())


def run() -> None:
    """Run the command line in a process that is configured for it."""
    try:
        configure_process()
        report_errors(main)()
    except KeyboardInterrupt:  # click reports its own
        sys.exit(FAILED)
