"""The decisions about which model scores which entities: `models/rollout.jsonl`.

The file has one line per decision. Lines are only added, never changed. The same folder keeps the
text of every model that a decision names, byte for byte: the fingerprint ignores comments, the text
keeps them.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from salus.atomic import atomic_write
from salus.errors import DataError

FILE = "rollout.jsonl"
UNREAD = "unread"  # replaces the fingerprint of a text that isn't a valid model
_TEXT = re.compile(rf"([0-9a-f]{{8}}|{UNREAD})(-[0-9a-f]{{8}})?")
_FIX = (
    f"restore the file from a backup, or delete models/{FILE}: salus.yaml then scores all entities"
)

Stage = Literal["shadow", "part", "all", "back"]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One line of the file. `model` and `beside` are names of texts in `models/`, without `.yaml`;
    a name begins with the fingerprint of the model.
    """

    at: dt.datetime  # UTC
    stage: Stage
    rollout: int  # the same number from the first trial to the end: entities keep their part
    model: str  # the model that scores from now on; of `back`: the one that scores again
    beside: str  # the text of salus.yaml at the time of the decision
    share: float | None = None
    segment: str | None = None

    def __str__(self) -> str:
        """The message while the decision is unfinished."""
        verb = "rollback" if self.stage == "back" else "adopt"
        return (
            f"salus.yaml is still the model from before `salus {verb}` of {self.at:%Y-%m-%d}:"
            f" run `salus {verb}` again, or `salus rollback`"
        )

    @property
    def fingerprint(self) -> str:
        """The fingerprint of `model`."""
        return self.model.partition("-")[0]

    @property
    def trial(self) -> bool:
        """Whether a second model is on trial beside the model of salus.yaml."""
        return self.stage in ("shadow", "part")

    @property
    def moves_file(self) -> bool:
        """Whether the decision replaces the text of salus.yaml."""
        return not self.trial and self.model != self.beside

    def to_line(self) -> str:
        """The line of the file, with its line break. Fields without a value are left out."""
        fields = {
            **dataclasses.asdict(self),
            "at": self.at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        }
        present = {name: value for name, value in fields.items() if value is not None}
        return json.dumps(present, ensure_ascii=False) + "\n"


class DecisionLog:
    """The decisions of a project, and the texts of the models that they name: `models/`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / FILE

    def all(self) -> tuple[Decision, ...]:
        """All decisions, oldest first. Raises DataError if a line can't be read: Salus never
        guesses which model scores an entity.
        """
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return ()
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"models/{FILE} can't be read: {error}", _FIX) from error
        return tuple(
            _decision(line, number) for number, line in enumerate(lines, start=1) if line.strip()
        )

    def add(self, decision: Decision) -> None:
        """Add a line. If this fails, the file stays as it was."""
        before = self.path.read_bytes() if self.path.exists() else b""
        before += b"\n" if before and not before.endswith(b"\n") else b""
        with atomic_write(self.path) as draft:
            draft.write_bytes(before + decision.to_line().encode("utf-8"))

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Let no other process decide meanwhile: it waits. The lock ends with the process, even if
        that is killed.
        """
        import fcntl

        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".rollout.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def keep(self, content: bytes, fingerprint: str | None) -> str:
        """Keep the text of a model and return its name. A different text with the same fingerprint
        gets its own name.
        """
        stem = fingerprint or UNREAD
        path = self.folder / f"{stem}.yaml"
        if fingerprint is None or (path.exists() and path.read_bytes() != content):
            stem += f"-{hashlib.sha256(content).hexdigest()[:8]}"
            path = self.folder / f"{stem}.yaml"
        if not path.exists():
            with atomic_write(path) as draft:
                draft.write_bytes(content)
        return stem

    def has(self, name: str) -> bool:
        """Whether the text of this name is still kept."""
        return (self.folder / f"{name}.yaml").is_file()

    def text(self, name: str) -> bytes:
        """The bytes of a kept text. Raises DataError if the file can't be read."""
        path = self.folder / f"{name}.yaml"
        try:
            return path.read_bytes()
        except OSError as error:
            raise DataError(
                f"models/{path.name} can't be read", "restore the file from a backup"
            ) from error


def _decision(line: str, number: int) -> Decision:
    try:
        fields: dict[str, Any] = json.loads(line)
        decision = Decision(**{**fields, "at": dt.datetime.fromisoformat(fields["at"])})
        valid = _is_valid(decision)
    except (ValueError, TypeError, KeyError, AttributeError):
        valid = False
    if not valid:
        raise DataError(f"line {number} of models/{FILE} can't be read", _FIX)
    return decision


def _is_valid(decision: Decision) -> bool:
    return (
        decision.stage in ("shadow", "part", "all", "back")
        and _TEXT.fullmatch(decision.model) is not None
        and _TEXT.fullmatch(decision.beside) is not None
        and isinstance(decision.rollout, int)
        and (decision.stage == "part") == ((decision.share is None) != (decision.segment is None))
        and (decision.share is None or 0 < decision.share < 1)
    )


def next_rollout(decisions: tuple[Decision, ...]) -> int:
    """The rollout number of the next decision: that of the trial in force, else a new number."""
    if not decisions:
        return 1
    return decisions[-1].rollout + (not decisions[-1].trial)


def find_unfinished(decisions: DecisionLog, official: bytes) -> Decision | None:
    """The last decision, if salus.yaml is still the text from before it. `official`: the bytes of
    salus.yaml.

    Either the command was interrupted, or somebody restored the old text by hand. Salus can't tell
    which, so it finishes nothing on its own. None if the text from before isn't kept any more.
    """
    last = (decisions.all() or (None,))[-1]
    if last is None or not last.moves_file or not decisions.has(last.beside):
        return None
    return last if official == decisions.text(last.beside) else None


def current_trial(decisions: tuple[Decision, ...]) -> Decision | None:
    """The decision about the second model on trial; None while there is only salus.yaml."""
    return decisions[-1] if decisions and decisions[-1].trial else None


def last_adoption(decisions: tuple[Decision, ...]) -> Decision | None:
    """The last adoption for all entities that wasn't undone."""
    adoptions: list[Decision] = []
    trial = False
    for decision in decisions:
        if decision.stage == "all":
            adoptions.append(decision)
        elif decision.stage == "back" and not trial and adoptions:
            adoptions.pop()
        trial = decision.trial
    return adoptions[-1] if adoptions else None
