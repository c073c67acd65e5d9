"""Projects over generated events: the model in this folder, or a copy with a few words replaced;
data files are linked.
"""

from __future__ import annotations

import shutil
from pathlib import Path

HERE = Path(__file__).parent


def laid(place: Path, events: Path, *exchanged: tuple[str, str]) -> Path:
    """A new project in `place`, which is emptied first."""
    model = (HERE / "model.yaml").read_text(encoding="utf-8")
    for old, new in exchanged:
        assert old in model, old
        model = model.replace(old, new)
    shutil.rmtree(place, ignore_errors=True)
    (place / "data" / "events").mkdir(parents=True)
    (place / "salus.yaml").write_text(model, encoding="utf-8")
    (place / "salus.toml").write_text('[data]\nurl = "data/"\n', encoding="utf-8")
    (place / "data" / "accounts.parquet").hardlink_to(events / "accounts.parquet")
    for part in (events / "events").iterdir():
        (place / "data" / "events" / part.name).hardlink_to(part)
    return place
