"""Invented companies as their tools export them, each made from a seed, with the truth beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.draft.exports.truth import Truth, read_truth

SEED = 20261031  # the company whose files are described in expected.json
SEEDS = (SEED, 1, 2, 3, 4)


@dataclass(frozen=True)
class Company:
    """A folder of exports, and what is true of the company."""

    exports: Path
    truth: Truth


def make_company(shared: Path, seed: int, place: Path) -> Company:
    """The company of a seed. It is made once for each `place`, whole or not at all."""
    folder = place / f"company-{seed}"
    if not folder.exists():
        place.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".company-", dir=place))
        generator = shared / "data" / "exports_crm" / "generate.py"
        subprocess.run(
            [sys.executable, str(generator), str(draft / "raw"), str(seed)],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": "0"},
        )
        try:
            draft.rename(folder)
        except OSError:  # another process was faster
            shutil.rmtree(draft)
    return Company(folder / "raw", read_truth(folder / "truth.csv"))
