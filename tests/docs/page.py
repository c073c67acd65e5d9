"""A page of the documentation as a test sees it: files to write, commands to run, outputs to expect.

- A block behind a line with only a file name in backticks is written to that file.
- Blocks `sh` and `python` are run, in the order of the page.
- A block `text` is the output of the blocks run since the last one.
- A comment above a block says more: `not run`, or a part of the output: `first 12 lines`, or `5 lines
  from The 10 biggest`. A block `text` without commands before it shows another part of the same output.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from salus.cli.main import main

BLOCK = re.compile(
    r"(?:^<!-- (?P<note>[^>\n]+) -->\n)?(?:^`(?P<file>[\w./-]+)`\n\n)?"
    r"^```(?P<kind>\w+)\n(?P<body>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
SALUS = re.compile(r"(?:\.venv/bin/)?salus (?P<words>.*)")
DONE = (0, 3)  # 3: done, and a problem was found
MORE = "…"


@dataclass
class Runner:
    """Runs the blocks of one page in a folder of its own."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    demo: Path  # a folder with `salus-demo`, made as `make demo` makes it, and what that printed
    names: dict[str, Any] = field(default_factory=dict)

    def run(self, kind: str, body: str) -> str:
        self.monkeypatch.chdir(self.folder)
        if kind == "python":
            with contextlib.redirect_stdout(io.StringIO()) as output:
                exec(body, self.names)
            return output.getvalue()
        return "".join(self.command(line) for line in commands(body))

    def command(self, line: str) -> str:
        if line.split("#", maxsplit=1)[0].split() == ["make", "demo"]:
            subprocess.run(["cp", "-r", str(self.demo / "salus-demo"), "."], check=True)
            return (self.demo / "output").read_text(encoding="utf-8")
        match = SALUS.fullmatch(line)
        if match is None or set("|>&;") & set(line):
            return shell(line)
        return salus(shlex.split(match["words"], comments=True))


def salus(words: list[str]) -> str:
    """What a terminal shows of `salus …`."""
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    assert result.exit_code in DONE, f"salus {shlex.join(words)}\n{result.output}"
    return result.output


def shell(line: str) -> str:
    folders = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        line.replace(".venv/bin/", ""),
        shell=True,
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PATH": folders},
    )
    assert done.returncode in DONE, f"{line}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def commands(body: str) -> list[str]:
    """The lines of a block, continued ones joined."""
    lines = body.replace("\\\n", " ").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def renew(text: str, runner: Runner) -> str:
    """The page with the outputs that its blocks have now."""
    parts, end, output, last = [], 0, "", ""
    for block in BLOCK.finditer(text):
        body = block["body"]
        if block["note"] == "not run":
            continue
        if block["file"]:
            path = runner.folder / block["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
        elif block["kind"] in ("sh", "python"):
            output += runner.run(block["kind"], body)
        elif block["kind"] == "text":
            last = output or last
            parts += [text[end : block.start("body")], shown(last, block["note"])]
            end, output = block.end("body"), ""
    return "".join([*parts, text[end:]])


def shown(output: str, note: str | None) -> str:
    """An output as a page prints it."""
    lines = [line.rstrip() for line in output.strip().splitlines()]
    limit = re.fullmatch(r"first (\d+) lines", note or "")
    if limit and len(lines) > int(limit[1]):
        lines = [*lines[: int(limit[1])], MORE]
    part = re.fullmatch(r"(\d+) lines from (.+)", note or "")
    if part:
        first = next(place for place, line in enumerate(lines) if line.strip().startswith(part[2]))
        lines = lines[first : first + int(part[1])]
    return "\n".join(lines) + "\n"


def plain(text: str) -> list[str]:
    """Lines without regard to the width of columns."""
    return [" ".join(line.split()) for line in text.splitlines()]
