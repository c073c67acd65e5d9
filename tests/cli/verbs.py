"""Every verb with arguments for a small company, and a project in which each of them works."""

from __future__ import annotations

import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from salus.cli.main import VERBS, main
from tests.project.company import AS_OF, MODEL, write_company

EARLIER = "2025-10-20"
PAST = ("--horizon", "30d", "--from", "2025-07-01", "--to", "2025-10-01")
OUTCOMES = "outcomes:\n  lost: {quiet: use, for: 20d}\n"
#: The arguments of each call by its name; {folder} is the folder of the project.
CALLS: dict[str, tuple[str, ...]] = {
    "demo": ("demo", "{folder}/made", "--accounts", "20", "--years", "0.5"),
    "init": ("init", "{folder}/started", "--pack", "b2b_saas"),
    "init from": ("init", "{folder}/started", "--from", "{folder}/data"),
    "check": ("-C", "{folder}", "check"),
    "score": ("-C", "{folder}", "score", "--as-of", AS_OF),
    "score csv": ("-C", "{folder}", "score", "--as-of", AS_OF, "--out", "{folder}/scores.csv"),
    "score xlsx": ("-C", "{folder}", "score", "--as-of", AS_OF, "--out", "{folder}/scores.xlsx"),
    "score parquet": (
        "-C",
        "{folder}",
        "score",
        "--as-of",
        AS_OF,
        "--out",
        "{folder}/scores.parquet",
    ),
    "replay": ("-C", "{folder}", "replay", "--from", "2025-10-01", "--to", AS_OF),
    "replay in processes": (
        "-C",
        "{folder}",
        "replay",
        "--from",
        "2025-11-01",
        "--to",
        AS_OF,
        "--processes",
        "2",
    ),
    "explain": ("-C", "{folder}", "explain", "A-01", "--as-of", AS_OF, "--since", EARLIER),
    "history": ("-C", "{folder}", "history", "A-01"),
    "compare": ("-C", "{folder}", "compare", EARLIER, "2025-11-10"),
    "plan": ("-C", "{folder}", "plan", "--model", "{folder}/next.yaml", "--as-of", AS_OF),
    "adopt": ("-C", "{folder}", "adopt", "{folder}/next.yaml", "--share", "20%"),
    "adopt for all": ("-C", "{folder}", "adopt", "{folder}/next.yaml"),
    "rollback": ("-C", "{folder}", "rollback"),
    "validate": (
        "-C",
        "{folder}",
        "validate",
        "--outcome",
        "lost",
        *PAST,
        "--pictures",
        "{folder}/pictures",
    ),
    "learn": ("-C", "{folder}", "learn", "--outcome", "lost", *PAST),
    "forecast": ("-C", "{folder}", "forecast", "--as-of", AS_OF, "--horizon", "30d"),
    "metrics": ("-C", "{folder}", "metrics", "--to", AS_OF, "--quick"),
    "report": ("-C", "{folder}", "report", "--as-of", AS_OF),
    "doctor": ("-C", "{folder}", "doctor"),
}
assert {name.split()[0] for name in CALLS} == set(VERBS)


def call(name: str, folder: Path) -> Result:
    """Run a verb of CALLS on a project."""
    arguments = [argument.format(folder=folder) for argument in CALLS[name]]
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def prepared(folder: Path) -> Path:
    """Create a project that was scored twice and whose model was replaced once."""
    write_company(folder, MODEL + OUTCOMES)
    text = (folder / "salus.yaml").read_text(encoding="utf-8")
    (folder / "next.yaml").write_text(text.replace("weight: 3", "weight: 2"), encoding="utf-8")
    (folder / "first.yaml").write_text(text.replace("weight: 3", "weight: 4"), encoding="utf-8")
    for arguments in (
        ("score", "--as-of", EARLIER),
        ("score", "--as-of", "2025-11-10"),
        ("adopt", str(folder / "first.yaml")),
    ):
        result = CliRunner().invoke(main, ["-C", str(folder), *arguments], catch_exceptions=False)
        assert result.exit_code == 0, result.output
    return folder


def copy(project: Path, folder: Path) -> Path:
    """Copy the project to `folder`, without its caches."""
    shutil.rmtree(folder, ignore_errors=True)
    return shutil.copytree(project, folder, ignore=shutil.ignore_patterns("partials", "rejected"))


def messages(result: Result) -> list[str]:
    """Return the first line of each message on standard error. A next step is indented."""
    return [line for line in result.stderr.splitlines() if line and not line.startswith(" ")]
