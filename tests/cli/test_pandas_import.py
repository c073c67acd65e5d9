"""No command imports pandas, although it is installed and pyarrow would; who asks for it gets it."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.project.company import AS_OF, write_company

pytestmark = pytest.mark.skipif(find_spec("pandas") is None, reason="pandas isn't installed")

COMMANDS = f"""
score --as-of {AS_OF}
score --as-of {AS_OF} --json
score --as-of {AS_OF} --out scores.csv
replay --from 2025-11-01 --to 2025-11-10
history A-00
explain A-00 --as-of {AS_OF}
compare 2025-11-10 {AS_OF}
check
plan --model salus.yaml --as-of {AS_OF}
metrics
report --as-of {AS_OF}
"""
RUN = """
import sys
from salus.cli.main import run
for line in sys.stdin:
    sys.argv = ["salus", *line.split()]
    try:
        run()
    except SystemExit as end:
        print(line.strip(), "|", end.code, "|", "pandas" in sys.modules, file=sys.stderr)
"""
ASK = """
import sys
from salus.process import configure_process
configure_process()
from salus.project import open_project
scores = open_project(".").score("2025-11-20", keep=False)
assert "pandas" not in sys.modules
frame = scores.to_pandas()
print(type(frame).__module__.partition(".")[0], len(frame) == len(scores))
"""
LIBRARY = """
import pandas
from salus.process import configure_process
configure_process()
import pyarrow
print(pyarrow.array(pandas.Series([1.0, None])).null_count)
"""


def run_python(folder: Path, program: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        input=text,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_no_command_imports_pandas(tmp_path: Path) -> None:
    write_company(tmp_path / "small")
    commands = [line for line in COMMANDS.splitlines() if line]
    done = run_python(tmp_path / "small", RUN, "\n".join(commands))
    ends = [line.split(" | ") for line in done.stderr.splitlines() if " | " in line]
    assert [(command, imported) for command, _, imported in ends] == [
        (command, "False") for command in commands
    ], done.stderr
    assert {code for command, code, _ in ends if command != "check"} <= {"0", "None"}, done.stderr


def test_who_asks_for_pandas_gets_it(tmp_path: Path) -> None:
    write_company(tmp_path / "small")
    done = run_python(tmp_path / "small", ASK)
    assert done.stdout.split() == ["pandas", "True"], done.stderr


def test_a_pandas_that_is_already_imported_stays(tmp_path: Path) -> None:
    assert run_python(tmp_path, LIBRARY).stdout.strip() == "1"
