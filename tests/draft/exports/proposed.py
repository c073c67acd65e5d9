"""Projects as a user makes them: `salus init FOLDER --from … --yes`, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.draft.exports.truth import TODAY

# The clock stands on the day after the export, so that the result doesn't depend on today.
PROGRAM = f"""import datetime, sys
from salus.workspace import clock
clock.now = lambda: datetime.datetime({TODAY.year}, {TODAY.month}, {TODAY.day}, 9, tzinfo=datetime.UTC)
from salus.cli.main import run
run()"""
PATIENCE = 600  # seconds, for a machine that does much else


@dataclass(frozen=True)
class Proposed:
    """A project folder, the exit code of `init`, and all that it printed."""

    folder: Path
    code: int
    output: str

    @property
    def is_ready(self) -> bool:
        """Whether there is a model."""
        return self.code == 0 and (self.folder / "salus.yaml").is_file()


def propose(source: Path | str, folder: Path, *options: str) -> Proposed:
    """Run `salus init` on a folder of exports or on a database."""
    line = [sys.executable, "-c", PROGRAM, "init", str(folder), "--from", str(source), *options]
    done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=PATIENCE)
    return Proposed(folder, done.returncode, done.stdout + done.stderr)
