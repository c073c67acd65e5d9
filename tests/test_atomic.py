"""Files that appear whole or not at all, and nothing that an interrupted run leaves."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
from pathlib import Path
from salus import atomic

class Interrupted:
    def __init__(self, function): self.function, self.calls = function, 0
    def __call__(self, *arguments, **options):
        self.calls += 1
        if self.calls == {call}:
            raise KeyboardInterrupt
        return self.function(*arguments, **options)

{place} = Interrupted({place})
with atomic.draft_folder_of(Path(sys.argv[1]) / "facts") as draft:
    draft.mkdir()
    (draft / "half").touch()
    with atomic.atomic_write(draft / "scores") as file:
        file.write_text("half")
    print("written")
"""


@pytest.mark.parametrize(
    ("place", "call", "written"),
    [
        ("atomic._lock", 1, False),
        ("atomic._is_same_file", 1, False),
        ("atomic._folder_of", 1, False),
        ("atomic._is_same_file", 2, False),
        ("atomic.os.replace", 1, False),
        ("atomic.shutil.rmtree", 1, True),
        ("Path.unlink", 2, True),
        ("atomic._remove_own", 2, True),
    ],
)
def test_an_interrupt_at_any_moment_leaves_nothing(
    tmp_path: Path, place: str, call: int, written: bool
) -> None:
    """Before a draft is locked, before its block begins, within it, and after it."""
    program = PROGRAM.format(place=place, call=call)
    if place == "Path.unlink":  # a method needs its own argument
        program = program.replace(
            "Path.unlink = Interrupted(Path.unlink)",
            "unlink = Interrupted(Path.unlink)\n"
            "Path.unlink = lambda path, **options: unlink(path, **options)",
        )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.stderr.rstrip().endswith("KeyboardInterrupt")
    assert ("written" in done.stdout) is written
    assert not list(tmp_path.iterdir())


def test_a_run_that_ends_without_an_interrupt_leaves_its_file_only(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from salus.atomic import atomic_write\n"
        "with atomic_write(Path(sys.argv[1])) as file: file.write_text('whole')"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "scores")], check=True)
    assert [path.name for path in tmp_path.iterdir()] == ["scores"]
    assert (tmp_path / "scores").read_text() == "whole"
