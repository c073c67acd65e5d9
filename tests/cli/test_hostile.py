"""No verb ends in a traceback, whatever the project contains: it works, or says what is wrong."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.verbs import CALLS, call, copy, prepared

SECRET = "postgresql://eva:s3cret@nowhere.invalid/app?password=s3cret"
#: Calls that read other folders or need more processes.
ELSEWHERE = ("demo", "init", "replay in processes", "score parquet")


def text(name: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    """Change the text of a file."""

    def changed(folder: Path) -> None:
        path = folder / name
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")

    return changed


def content(name: str, value: bytes) -> Callable[[Path], None]:
    def written(folder: Path) -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(value)

    return written


def every(pattern: str, value: bytes) -> Callable[[Path], None]:
    """Write the same bytes to all files of a pattern."""

    def written(folder: Path) -> None:
        for path in list(folder.glob(pattern)):
            path.write_bytes(value)

    return written


def gone(name: str) -> Callable[[Path], None]:
    def removed(folder: Path) -> None:
        (folder / name).unlink()

    return removed


def link(name: str, target: str) -> Callable[[Path], None]:
    def linked(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)

    return linked


def pipe(name: str) -> Callable[[Path], None]:
    def made(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        os.mkfifo(folder / name)

    return made


NOISE = bytes(random.Random(1).randrange(256) for _ in range(3_000))
HOSTILE: dict[str, Callable[[Path], None]] = {
    "numbers beyond all bounds": text(
        "data/accounts.csv", lambda t: t.replace(",3000,", ",23456789012345678901234,")
    ),
    "text where a number is": text("data/accounts.csv", lambda t: t.replace(",5\n", ",5 Stk\n")),
    "dates of other years": text(
        "data/events.csv",
        lambda t: t.replace("2025-06-01 10", "0001-01-01 10").replace(
            "2025-11-20 10", "9999-12-31 10"
        ),
    ),
    "control characters": text(
        "data/accounts.csv",
        lambda t: t.replace("Eva", "E\x00\x01\x1b[31m\r=1+1\u202e").replace("Finn", "F\u2028"),
    ),
    "a key twice": text("data/accounts.csv", lambda t: t + t.splitlines()[2] + "\n"),
    "no rows": text("data/accounts.csv", lambda t: t.splitlines()[0] + "\n"),
    "an empty file": content("data/events.csv", b""),
    "noise as text": content("data/events.csv", NOISE),
    "noise as Parquet": content("data/more.parquet", NOISE),
    "noise as a workbook": content("data/more.xlsx", NOISE),
    "one row too wide": text("data/tickets.csv", lambda t: t + "," * 20_000 + "\n"),
    "a quote that never ends": text("data/pulse.csv", lambda t: t + '"A-01,2025'),
    "a table that is gone": gone("data/pulse.csv"),
    "a table that is a pipe": pipe("data/pulse.csv"),
    "a table that is a link out": link("data/pulse.csv", "/etc/passwd"),
    "no settings that can be read": content("salus.toml", NOISE),
    "a wrong address": content(
        "salus.toml", f'[data]\nurl = "{SECRET.replace("postgresql:", "postgres")}"\n'.encode()
    ),
    "an unknown kind of address": content(
        "salus.toml", f'[data]\nurl = "{SECRET.replace("postgresql", "oracle")}"\n'.encode()
    ),
    "a server that isn't there": content("salus.toml", f'[data]\nurl = "{SECRET}"\n'.encode()),
    "settings of another kind": content(
        "salus.toml", b"[data]\nurl = 5\n[history]\npath = [1]\nfiles = 3\n"
    ),
    "no model": gone("salus.yaml"),
    "a model of noise": content("salus.yaml", NOISE),
    "a model with control characters": text(
        "salus.yaml", lambda t: t.replace("name: small", 'name: "sm\\e[31mall"')
    ),
    "a model with deep lists": text("salus.yaml", lambda t: t + "x: " + "[" * 3_000),
    "settings as holidays": text("salus.yaml", lambda t: t + "holidays: salus.toml\n"),
    "a device as holidays": text("salus.yaml", lambda t: t + "holidays: /dev/zero\n"),
    "kept scores of noise": every("history/live/*.parquet", NOISE),
    "kept models of noise": every("models/*.yaml", NOISE),
    "decisions of noise": every("models/*.jsonl", NOISE),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("hostile") / "company")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_every_verb(hostile: str, project: Path, tmp_path: Path) -> None:
    """Internal errors of Salus aren't caught in tests, so they would fail this one."""
    folder = copy(project, tmp_path / "run")
    HOSTILE[hostile](folder)
    for name in CALLS:
        if name in ELSEWHERE:
            continue
        result = call(name, folder)
        assert result.exit_code in (0, 1, 3), (name, result.output)
        assert result.exit_code != 1 or result.stderr or name == "doctor", (name, result.output)
        output = result.stdout + result.stderr
        assert "Traceback" not in output and "s3cret" not in output, (name, output)
        assert not {"\x00", "\x01", "\x1b", "\u202e", "\u2028"} & set(output), (name, output)
