"""Errors of the disk and the memory: each verb exits with 1 and one message, and leaves no half-written
file.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from salus.errors import ModelError, ResourceError, translate_errors
from salus.project import open_project
from tests.cli.verbs import CALLS
from tests.project.company import AS_OF, MODEL, write_company
from tests.replay.shop import model, write_shop
from tests.runs import start

CHECKOUT = Path(__file__).parents[2]
IN_TMPFS = "mount -t tmpfs -o size=24m tmpfs {0} && exec {1} -m tests.cli.drive full {0}"
SALUS = (sys.executable, "-m", "salus")
#: Verbs that print results and can still exit with 1.
LISTS = ("doctor",)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these faults need Linux")


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that every user can reach, unlike the temporary folder of pytest."""
    folder = Path(tempfile.mkdtemp(prefix="salus-faults-"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def run_driver(*command: str) -> list[dict[str, Any]]:
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    runs: list[dict[str, Any]] = json.loads(done.stdout)
    assert {outcome["verb"] for outcome in runs} >= set(CALLS) - {"replay in processes"}
    return runs


def mountable() -> bool:
    """Whether this user can mount a file system."""
    unshare = shutil.which("unshare")
    return (
        unshare is not None
        and subprocess.run(
            [unshare, "-m", "sh", "-c", "mount -t tmpfs tmpfs /mnt"],
            capture_output=True,
            check=False,
        ).returncode
        == 0
    )


def check_runs(runs: list[dict[str, Any]]) -> None:
    """Check that each verb worked or failed with one message, and that the next run is complete."""
    for outcome in runs:
        assert outcome["code"] in (0, 1, 3), outcome
        assert "Traceback" not in outcome["stderr"] and "salus: " not in outcome["stderr"], outcome
        if outcome["code"] == 1 and outcome["verb"] not in LISTS:
            assert len(outcome["messages"]) == 1 and "\n    -> " in outcome["stderr"], outcome
        assert outcome["left"] == outcome["torn"] == [] and outcome["healed"], outcome
    failing = {outcome["verb"] for outcome in runs if outcome["code"] == 1}
    assert failing >= {
        name
        for name in CALLS
        if name.split()[0] in ("score", "report", "demo", "init", "rollback", "adopt", "check")
    }


def test_a_full_disk(place: Path) -> None:
    """A small file system with no, little and some space; if none can be mounted, a limit of file
    sizes.
    """
    folder = place / "full"
    folder.mkdir()
    if mountable():
        runs = run_driver("unshare", "-m", "sh", "-c", IN_TMPFS.format(folder, sys.executable))
        assert any("the disk is full" in outcome["stderr"] for outcome in runs)
    else:
        runs = run_driver(sys.executable, "-m", "tests.cli.drive", "limited", str(folder))
    check_runs(runs)


def test_folders_that_are_read_only(place: Path) -> None:
    folder = place / "forbidden"
    folder.mkdir()
    folder.chmod(0o777)
    check_runs(run_driver(sys.executable, "-m", "tests.cli.drive", "forbidden", str(folder)))


def test_errors_of_the_disk_are_resource_errors_in_python(tmp_path: Path) -> None:
    """There is a file instead of a folder, so not even root can write there."""
    folder = write_company(tmp_path / "small")
    (folder / "history").write_text("not a folder", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"history") as error:
        open_project(folder).score(AS_OF)
    assert isinstance(error.value.__cause__, OSError) and error.value.problems[0].fix


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (MemoryError(), "not enough memory"),
        (RecursionError(), "nested too deeply"),
        (OSError(28, "x", "/a/.b.csv.4711.part"), "/a/b.csv: the disk is full"),
    ],
)
def test_each_error_has_a_next_step(error: BaseException, message: str) -> None:
    with pytest.raises(ResourceError, match=message) as raised, translate_errors():
        raise error
    assert raised.value.problems[0].fix


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_company(tmp_path_factory.mktemp("failures") / "small")
    accounts = folder / "data" / "accounts.csv"
    accounts.write_text(
        accounts.read_text(encoding="utf-8").replace("Alice GmbH", "Ærø Œuvre ŁĄ 株式"),
        encoding="utf-8",
    )
    return folder


def run(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **options.pop("env", {})}
    return subprocess.run(
        [*SALUS, *map(str, arguments)],
        env=environment,
        text=True,
        check=False,
        encoding="utf-8",
        errors="replace",
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("-C", "{}", "score", "--as-of", AS_OF),
        ("-C", "{}", "check", "--json"),
        ("-C", "{}", "doctor"),
    ],
)
def test_a_full_device_as_output(company: Path, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = run(*(argument.format(company) for argument in arguments), stdout=full)
        assert done.returncode == 1
        assert [line for line in done.stderr.splitlines() if not line.startswith(" ")] in (
            ["standard output: it can't be written: No space left on device"],
            ["salus: the disk is full"],
        )
        assert (
            run("-C", company, "explain", "nobody", "--as-of", AS_OF, stderr=full).returncode == 1
        )


def test_a_closed_pipe_ends_the_run_without_a_message(company: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = run("-C", company, "score", "--as-of", AS_OF, "--json", stdout=writer)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "C", "LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "cp1252:strict"},
        {"PYTHONIOENCODING": "utf-8:strict"},
    ],
    ids=str,
)
def test_any_encoding_of_the_terminal(company: Path, environment: dict[str, str]) -> None:
    done = run("-C", company, "explain", "A-00", "--as-of", AS_OF, env=environment)
    assert (done.returncode, done.stderr) == (0, "") and "A-00" in done.stdout
    known = run("-C", company, "explain", "A-00", "--as-of", AS_OF, "--json", env=environment)
    assert json.loads(known.stdout)["label"] == "Ærø Œuvre ŁĄ 株式"
    assert run("-C", company, "explain", "Ærø ŁĄ \udcff", env=environment).returncode == 1


@pytest.mark.parametrize("processes", [1, 2])
def test_ctrl_c(tmp_path: Path, processes: int) -> None:
    """The signal goes to all processes, as from a terminal, while they write the files of a long
    replay.
    """
    text = model().replace("missing_guard: 12d", "missing_guard: 0d")
    folder = write_shop(tmp_path / "shop", text, customers=range(10_050))
    dates = ["--from", "2023-01-01", "--to", "2024-05-05"]
    process = start(
        [*SALUS, "-C", str(folder), "replay", *dates, "--processes", str(processes)],
    )
    deadline = time.monotonic() + 60
    while (
        process.poll() is None
        and not list(folder.glob("history/replay/*/.*.part"))
        and time.monotonic() < deadline
    ):
        time.sleep(0.001)
    os.killpg(process.pid, signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert (process.returncode, stdout, stderr.strip()) == (1, "", "Aborted!")
    assert not [*folder.rglob(".*.part"), *folder.rglob(".*.folder")]


def nested(form: str, depth: int) -> str:
    return {
        "brackets": "(" * depth + "arr > 1" + ")" * depth,
        "not": "not " * depth + "arr > 1",
        "chain": " or ".join(["arr > 1"] * depth),
        "sum": "arr" + " + 1" * depth + " > 1",
        "minus": "-" * depth + "arr > 1",
    }[form]


@pytest.mark.parametrize("depth", [15, 300, 20_000])
@pytest.mark.parametrize("form", ["brackets", "not", "chain", "sum", "minus"])
def test_deep_expressions(tmp_path: Path, form: str, depth: int) -> None:
    """They work, or are an error at their place, in `score` and `check` alike."""
    from click.testing import CliRunner

    from salus.cli.main import main

    folder = write_company(
        tmp_path / "small", MODEL.replace('when: "waiting > 30"', f'when: "{nested(form, depth)}"')
    )
    codes = []
    for verb in (("check",), ("score", "--as-of", AS_OF, "--out", str(folder / "scores.xlsx"))):
        result = CliRunner().invoke(main, ["-C", str(folder), *verb], catch_exceptions=False)
        assert result.exit_code == 0 or "salus.yaml:" in result.output, result.output
        codes.append(result.exit_code)
    assert codes in ([0, 0], [3, 1])


@pytest.mark.parametrize("many", ["caps", "bands"])
def test_too_many_caps_or_bands_are_an_error_at_their_place(tmp_path: Path, many: str) -> None:
    caps = "".join(f"  - {{name: c{i}, when: 'waiting > {i}', at_most: 40}}\n" for i in range(130))
    bands = "bands: {" + ", ".join(f"b{i}: {130 - i}" for i in range(131)) + "}\n"
    text = (
        MODEL.replace("caps:\n", f"caps:\n{caps}")
        if many == "caps"
        else MODEL.replace("caps:\n", f"{bands}caps:\n")
    )
    folder = write_company(tmp_path / "small", text)
    with pytest.raises(ModelError, match=r"at most 100 are possible") as error:
        open_project(folder).score(AS_OF)
    assert all(problem.line for problem in error.value.problems)
