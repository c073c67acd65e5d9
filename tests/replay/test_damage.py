"""Damaged files: what can be computed again is computed again, with a note. A damaged file of
scores that were shown is named and never left out.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.project.company import AS_OF, write_company
from tests.project.kills import Scenario
from tests.replay.shop import model, write_shop
from tests.runs import finished, kept, run

Damage = Callable[[bytes], bytes]
DAMAGES: dict[str, Damage] = {
    "empty": lambda content: b"",
    "cut": lambda content: content[: len(content) * 2 // 3],
    "end lost": lambda content: content[:-5],
    "zeros": lambda content: content[:40] + bytes(60) + content[100:],
    "a bit": lambda content: content[:60] + bytes([content[60] ^ 4]) + content[61:],
    "rubbish": lambda content: b"PAR1" + bytes(range(256)) * 4 + b"PAR1",
}
SHOP = Scenario(
    lambda folder: write_shop(folder, model()),
    ("replay", "--from", "2024-03-20", "--to", "2024-05-10"),
)
COMPANY = Scenario(write_company, ("replay", "--from", "2025-10-01", "--to", "2025-11-10"))
PLACES = {
    "replay": (SHOP, "history/replay/*/*.parquet"),
    "kept facts": (SHOP, "partials/visits/*/*/2024-0*.parquet"),
    "decoded": (COMPANY, "partials/files/*.parquet"),
}


@pytest.fixture(scope="module", params=PLACES)
def clean(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Scenario, str]:
    """A project that was replayed, the way it was replayed, and the files to damage."""
    scenario, files = PLACES[request.param]
    folder = scenario.prepare(tmp_path_factory.mktemp("damage") / "clean")
    finished(folder, *scenario.arguments)
    return folder, scenario, files


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_can_be_computed_again_is(
    clean: tuple[Path, Scenario, str], tmp_path: Path, damage: str
) -> None:
    whole, scenario, pattern = clean
    folder = shutil.copytree(whole, tmp_path / "copy")
    files = sorted(folder.glob(pattern))
    for path in files:
        path.write_bytes(DAMAGES[damage](path.read_bytes()))
    if "history" not in pattern:
        shutil.rmtree(folder / "history" / "replay")  # without it only the replay is checked
    done = run(folder, *scenario.arguments)
    assert done.returncode == 0, done.stderr
    assert kept(folder) == kept(whole)
    assert all(path.name in done.stderr for path in files), done.stderr
    again = run(folder, *scenario.arguments)
    assert again.returncode == 0 and "anew" not in again.stderr.replace(
        "--fresh computes it anew", ""
    )


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_was_shown_is_named_and_not_left_out(tmp_path: Path, damage: str) -> None:
    folder = write_company(tmp_path / "small")
    for day in ("2025-11-10", AS_OF):
        finished(folder, "score", "--as-of", day)
    [path] = folder.glob("history/live/2025-11-10_*")
    before = path.read_bytes()
    path.write_bytes(DAMAGES[damage](before))
    for verb in (("history", "A-01"), ("compare", "2025-11-10", AS_OF)):
        done = run(folder, *verb)
        assert done.returncode == 1, (verb, done.stdout)
        assert path.name in done.stderr and "from a backup" in done.stderr
    path.unlink()
    finished(folder, "score", "--as-of", "2025-11-10")
    assert path.read_bytes() == before
