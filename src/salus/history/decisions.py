"""Which model was to speak for whom, and since when: `models/rollout.jsonl`, a line per decision,
only ever added to.

Beside it lies the text of every model that a decision names, byte for byte: fingerprints pass
comments over, texts don't.
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
UNREAD = "unread"  # in the place of the fingerprint of a text that is no model
_TEXT = re.compile(rf"([0-9a-f]{{8}}|{UNREAD})(-[0-9a-f]{{8}})?")
_MEND = (
    f"put the line back as it was, or remove {FILE}: the model in salus.yaml then speaks for"
    " everybody"
)

Stage = Literal["shadow", "part", "all", "back"]


@dataclass(frozen=True)
class Decision:
    """One line. `model` and `beside` name texts in `models/`, without their ending; they begin with
    the fingerprint.
    """

    at: dt.datetime  # UTC
    stage: Stage
    rollout: int  # from the first trial to its end: whoever is in a share stays in it
    model: str  # the one that is to speak; of `back`: the one that speaks again
    beside: str  # salus.yaml when it was decided
    share: float | None = None
    segment: str | None = None

    def __str__(self) -> str:
        """What there is to say while it is unfinished."""
        verb = "rollback" if self.stage == "back" else "adopt"
        return (
            f"salus.yaml is still the text from before `salus {verb}` of {self.at:%Y-%m-%d}: give"
            " that command again, or `salus rollback`"
        )

    @property
    def fingerprint(self) -> str:
        """Of the model that is to speak."""
        return self.model.partition("-")[0]

    @property
    def trial(self) -> bool:
        """Whether a second model stands beside that of salus.yaml."""
        return self.stage in ("shadow", "part")

    @property
    def moves_file(self) -> bool:
        """Whether salus.yaml is another afterwards."""
        return not self.trial and self.model != self.beside

    def line(self) -> str:
        """As it is written."""
        told = {
            **dataclasses.asdict(self),
            "at": self.at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        }
        return (
            json.dumps(
                {name: value for name, value in told.items() if value is not None},
                ensure_ascii=False,
            )
            + "\n"
        )


class DecisionLog:
    """The folder `models/` of a project, as far as it tells who speaks."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / FILE

    def all(self) -> tuple[Decision, ...]:
        """Oldest first. Raises DataError at a line that can't be read: whom a model speaks for is
        never guessed.
        """
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return ()
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"models/{FILE} can't be read: {error}", _MEND) from error
        return tuple(
            _decision(line, number) for number, line in enumerate(lines, start=1) if line.strip()
        )

    def add(self, decision: Decision) -> None:
        """One more line; the file is there with it or as it was."""
        before = self.path.read_bytes() if self.path.exists() else b""
        before += b"\n" if before and not before.endswith(b"\n") else b""
        with atomic_write(self.path) as draft:
            draft.write_bytes(before + decision.line().encode("utf-8"))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else decides meanwhile: a second one waits. The lock goes with the process,
        however that ends.
        """
        import fcntl

        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".rollout.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def keep(self, content: bytes, fingerprint: str | None) -> str:
        """Keep a model's text; its name. Another text of the same fingerprint gets a name of its
        own.
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
        """Whether a text is still kept."""
        return (self.folder / f"{name}.yaml").is_file()

    def text(self, name: str) -> bytes:
        """The bytes of a kept text."""
        path = self.folder / f"{name}.yaml"
        try:
            return path.read_bytes()
        except OSError as error:
            raise DataError(f"models/{path.name} can't be read", "put the file back") from error


def _decision(line: str, number: int) -> Decision:
    try:
        told: dict[str, Any] = json.loads(line)
        found = Decision(**{**told, "at": dt.datetime.fromisoformat(told["at"])})
        sound = (
            found.stage in ("shadow", "part", "all", "back")
            and _TEXT.fullmatch(found.model)
            and _TEXT.fullmatch(found.beside)
            and isinstance(found.rollout, int)
            and (found.stage == "part") == ((found.share is None) != (found.segment is None))
            and (found.share is None or 0 < found.share < 1)
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        sound = None
    if not sound:
        raise DataError(f"models/{FILE}, line {number}, is no decision", _MEND)
    return found


def number(before: tuple[Decision, ...]) -> int:
    """The number of the next decision's rollout: that of the trial in force, else a new one."""
    if not before:
        return 1
    return before[-1].rollout + (not before[-1].trial)


def find_unfinished(decisions: DecisionLog, official: bytes) -> Decision | None:
    """The last decision, if salus.yaml, whose bytes are `official`, is still the text from before
    it.

    It was interrupted, or somebody put the text back by hand: that isn't known, so nothing is
    finished unasked. Where the kept text is gone nothing can be said.
    """
    last = (decisions.all() or (None,))[-1]
    if last is None or not last.moves_file or not decisions.has(last.beside):
        return None
    return last if official == decisions.text(last.beside) else None


def current_trial(decisions: tuple[Decision, ...]) -> Decision | None:
    """The decision in force about a second model; None while salus.yaml speaks alone."""
    return decisions[-1] if decisions and decisions[-1].trial else None


def last_adoption(decisions: tuple[Decision, ...]) -> Decision | None:
    """The last adoption by all that wasn't taken back."""
    found: list[Decision] = []
    trial = False
    for decision in decisions:
        if decision.stage == "all":
            found.append(decision)
        elif decision.stage == "back" and not trial and found:
            found.pop()
        trial = decision.trial
    return found[-1] if found else None
