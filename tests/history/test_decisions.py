"""The file of decisions, and the texts of models beside it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from salus.errors import DataError
from salus.history.decisions import (
    UNREAD,
    Decision,
    DecisionLog,
    current_trial,
    find_unfinished,
    last_adoption,
    next_rollout,
)

OLD, NEW, LATER = "11111111", "22222222", "33333333"
AT = dt.datetime(2025, 11, 21, 8, tzinfo=dt.UTC)
SHADOW = Decision(at=AT, stage="shadow", rollout=1, model=NEW, beside=OLD)
PART = replace(SHADOW, stage="part", share=0.2)
ALL = replace(SHADOW, stage="all")
BACK = Decision(at=AT, stage="back", rollout=1, model=OLD, beside=NEW)


@pytest.fixture
def log(tmp_path: Path) -> DecisionLog:
    return DecisionLog(tmp_path / "models")


def test_decisions_are_read_as_they_were_added(log: DecisionLog) -> None:
    assert log.all() == ()
    for decision in (SHADOW, PART, replace(PART, share=None, segment="new"), ALL):
        log.add(decision)
    assert log.all() == (SHADOW, PART, replace(PART, share=None, segment="new"), ALL)


def test_a_line_has_only_fields_with_a_value(log: DecisionLog) -> None:
    berlin = dt.timezone(dt.timedelta(hours=1))
    log.add(replace(PART, at=dt.datetime(2025, 11, 21, 9, tzinfo=berlin)))
    assert json.loads(log.path.read_text(encoding="utf-8")) == {
        "at": "2025-11-21T08:00:00+00:00",
        "stage": "part",
        "rollout": 1,
        "model": NEW,
        "beside": OLD,
        "share": 0.2,
    }


def test_a_file_without_a_line_break_at_its_end_is_continued(log: DecisionLog) -> None:
    log.add(SHADOW)
    log.path.write_text(log.path.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    log.add(ALL)
    assert log.all() == (SHADOW, ALL)


@pytest.mark.parametrize(
    "change",
    [
        {"stage": "some"},
        {"model": "../../secret"},
        {"beside": "1"},
        {"rollout": "1"},
        {"share": 1.5},
        {"share": None},
        {"segment": "new"},
        {"at": "yesterday"},
        {"more": 1},
    ],
)
def test_a_line_with_a_wrong_field_is_refused(change: dict[str, object], log: DecisionLog) -> None:
    log.add(SHADOW)
    fields = {**json.loads(PART.to_line()), **change}
    with log.path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(fields) + "\n")
    with pytest.raises(DataError, match=r"line 2 of models/rollout.jsonl can't be read"):
        log.all()


@pytest.mark.parametrize("content", [b"[1]\n", b"{}\n", b'"x"\n', b"{\n"])
def test_a_line_that_is_not_a_decision_is_refused(content: bytes, log: DecisionLog) -> None:
    log.folder.mkdir()
    log.path.write_bytes(content)
    with pytest.raises(DataError, match=r"salus\.yaml then scores all entities"):
        log.all()


def test_a_file_that_is_not_text_is_refused(log: DecisionLog) -> None:
    log.folder.mkdir()
    log.path.write_bytes(b"\xff\xfe\n")
    with pytest.raises(DataError, match="can't be read"):
        log.all()


def test_a_text_is_kept_once_and_another_one_gets_its_own_name(log: DecisionLog) -> None:
    assert log.keep(b"first", OLD) == OLD
    assert log.keep(b"first", OLD) == OLD
    second = log.keep(b"second", OLD)
    assert second.startswith(f"{OLD}-")
    invalid = log.keep(b"{", None)
    assert invalid.startswith(f"{UNREAD}-")
    assert [log.text(name) for name in (OLD, second, invalid)] == [b"first", b"second", b"{"]
    assert log.has(second) and not log.has(NEW)


def test_a_text_that_is_gone_is_named(log: DecisionLog) -> None:
    with pytest.raises(DataError, match=f"models/{NEW}.yaml can't be read"):
        log.text(NEW)


def test_only_one_process_decides_at_a_time(log: DecisionLog) -> None:
    import fcntl

    with (
        log.lock(),
        (log.folder / ".rollout.lock").open("w") as other,
        pytest.raises(BlockingIOError),
    ):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with (log.folder / ".rollout.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_decision_is_unfinished_while_salus_yaml_is_the_text_from_before(
    log: DecisionLog,
) -> None:
    assert find_unfinished(log, b"old") is None
    before, after = log.keep(b"old", OLD), log.keep(b"new", NEW)
    log.add(replace(SHADOW, model=after, beside=before))
    assert find_unfinished(log, b"old") is None  # a trial doesn't replace salus.yaml
    adoption = replace(ALL, model=after, beside=before)
    log.add(adoption)
    assert find_unfinished(log, b"old") == adoption
    assert find_unfinished(log, b"new") is None
    (log.folder / f"{before}.yaml").unlink()
    assert find_unfinished(log, b"old") is None


def test_the_message_names_the_command_to_run_again() -> None:
    assert "run `salus adopt` again" in str(ALL)
    assert "run `salus rollback` again" in str(BACK)


def test_a_decision_knows_its_model_and_what_it_changes() -> None:
    assert replace(ALL, model=f"{NEW}-abcdef01").fingerprint == NEW
    assert [each.trial for each in (SHADOW, PART, ALL, BACK)] == [True, True, False, False]
    assert [each.moves_file for each in (SHADOW, PART, ALL, BACK)] == [False, False, True, True]
    assert not replace(BACK, beside=OLD).moves_file


def test_a_trial_keeps_its_rollout_number_to_its_end() -> None:
    assert next_rollout(()) == 1
    assert next_rollout((SHADOW,)) == 1
    assert next_rollout((SHADOW, ALL)) == 2
    assert next_rollout((SHADOW, replace(BACK, model=OLD, beside=OLD))) == 2


def test_the_current_trial_is_the_last_decision() -> None:
    assert current_trial(()) is None
    assert current_trial((SHADOW, PART)) == PART
    assert current_trial((SHADOW, ALL)) is None


def test_the_last_adoption_is_the_one_that_was_not_undone() -> None:
    second = replace(ALL, rollout=2, model=LATER, beside=NEW)
    assert last_adoption(()) is None
    assert last_adoption((ALL, second)) == second
    assert last_adoption((ALL, second, BACK)) == ALL
    assert last_adoption((ALL, BACK)) is None
    # the end of a trial undoes no adoption
    assert last_adoption((ALL, SHADOW, BACK)) == ALL
