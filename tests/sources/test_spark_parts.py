"""What can be tested of Spark without starting it: addresses, threads, Java, and the claim of a
folder.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from salus.errors import DataError
from salus.sources.spark import spark_type
from salus.sources.spark_lock import CLAIM, claim_folder, process_scope
from salus.sources.spark_session import _check_java, cores, first_line, master_of

GONE = 2**22 + 1  # no process has this id


class Files:
    """The file system of Spark, as a dictionary of small files."""

    def __init__(self) -> None:
        self.content: dict[str, str] = {}
        self.folders: list[str] = []

    def make(self, place: str) -> None:
        self.folders.append(place)

    def create(self, place: str, text: str) -> bool:
        if place in self.content:
            return False
        self.content[place] = text
        return True

    def text(self, place: str) -> str | None:
        return self.content.get(place)

    def overwrite(self, place: str, text: str) -> None:
        self.content[place] = text

    def remove(self, place: str) -> None:
        del self.content[place]


def claim(files: Files) -> str:
    """The claim while the folder is held."""
    with claim_folder(files, "f", "these scores"):  # type: ignore[arg-type]
        return files.content[f"f/{CLAIM}"]


OWN = f"{process_scope()} {os.getpid()}"


def test_a_folder_is_held_and_let_go() -> None:
    files = Files()
    assert claim(files) == OWN
    assert files.content == {} and files.folders == ["f"]


def test_a_folder_is_let_go_after_an_error() -> None:
    files = Files()
    with pytest.raises(RuntimeError), claim_folder(files, "f", "x"):  # type: ignore[arg-type]
        raise RuntimeError
    assert files.content == {}


@pytest.mark.parametrize(
    "holder",
    [OWN, "elsewhere/pid:[1] 12", f"{process_scope()} x", ""],
    ids=["this process", "another machine", "no process id", "empty"],
)
def test_a_folder_that_another_run_may_hold_is_refused(holder: str) -> None:
    files = Files()
    files.content[f"f/{CLAIM}"] = holder
    with pytest.raises(DataError, match="another run is writing these scores"):
        claim(files)
    assert files.content == {f"f/{CLAIM}": holder}


def test_the_claim_of_a_run_that_was_killed_is_taken_over() -> None:
    files = Files()
    files.content[f"f/{CLAIM}"] = f"{process_scope()} {GONE}"
    assert claim(files) == OWN
    assert files.content == {}


def test_a_process_of_another_user_still_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", refuse)
    files = Files()
    files.content[f"f/{CLAIM}"] = f"{process_scope()} {GONE}"
    with pytest.raises(DataError, match="another run"):
        claim(files)


@pytest.mark.parametrize(
    ("url", "master"),
    [
        ("spark:local", "local"),
        ("spark:local[*]", "local[*]"),
        ("spark:yarn", "yarn"),
        ("spark://host:7077", "spark://host:7077"),
        ("spark:k8s://https://host", "k8s://https://host"),
    ],
)
def test_an_address_names_a_master(url: str, master: str) -> None:
    assert master_of(url) == master


def test_an_address_of_something_else_is_refused_without_its_password() -> None:
    with pytest.raises(DataError, match="isn't a valid Spark master") as caught:
        master_of("spark:http://me:secret@host")
    assert "secret" not in str(caught.value)


def test_threads_of_a_local_master() -> None:
    assert [cores(master) for master in ("local", "local[3]", "local[4, 2]")] == [1, 3, 4]
    assert cores("local[*]") == os.cpu_count()


def test_java_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(DataError, match=r"there is no .*bin/java"):
        _check_java()
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").touch()
    _check_java()
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DataError, match="none was found"):
        _check_java()


def test_the_first_line_of_a_message_is_shown() -> None:
    assert first_line(ValueError("\n  Table not found\n  at org.apache")) == "Table not found"
    assert first_line(ValueError("")) == "ValueError"


def test_types_as_spark_declares_them() -> None:
    declared = ("string collate UNICODE", "timestamp", "timestamp_ntz", "int", "map<int,int>")
    assert [spark_type(text) for text in declared] == ["text", "instant", "moment", "integer", None]
