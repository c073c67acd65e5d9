"""What commands print, where the output can't take everything."""

from __future__ import annotations

import io
import json
import os
import sys

import pytest

from salus.cli.exit_codes import FAILED
from salus.cli.output import drop_buffer, is_terminal, print_json, print_note, print_text
from salus.errors import ResourceError

DOCUMENT = {"name": "Nørdwind – 東京"}


class Failing(io.StringIO):
    """A stream that fails as a full disk or a closed pipe does."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def write(self, text: str) -> int:
        raise self.error


def output(monkeypatch: pytest.MonkeyPatch, encoding: str) -> io.BytesIO:
    """Standard output with an encoding, as bytes."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, write_through=True)
    monkeypatch.setattr(sys, "stdout", stream)
    return raw


@pytest.mark.parametrize(
    ("encoding", "kept"), [("utf-8", "ø–東"), ("cp1252", ""), ("ascii", ""), ("shift-jis", "")]
)
def test_json_is_complete_in_every_encoding(
    monkeypatch: pytest.MonkeyPatch, encoding: str, kept: str
) -> None:
    """One character that the encoding lacks escapes all that are not ASCII."""
    raw = output(monkeypatch, encoding)
    print_json(DOCUMENT)
    text = raw.getvalue().decode(encoding)
    assert json.loads(text) == DOCUMENT
    assert "".join(char for char in "ø–東" if char in text) == kept


def test_control_characters_are_escaped_in_json(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = output(monkeypatch, "utf-8")
    print_json({"name": "a\u202eb\x9b31m"})
    text = raw.getvalue().decode("utf-8")
    assert text.strip().isascii()
    assert json.loads(text) == {"name": "a\u202eb\x9b31m"}


def test_a_full_disk_is_a_message_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Failing(OSError(28, "No space left on device")))
    with pytest.raises(ResourceError, match="No space left on device") as error:
        print_text("scores")
    assert error.value.problems[0].file == "standard output"


def test_a_reader_that_has_gone_ends_the_command_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", Failing(BrokenPipeError(32, "Broken pipe")))
    with pytest.raises(SystemExit) as error:
        print_text("scores")
    assert error.value.code == FAILED
    assert capsys.readouterr().err == ""


def test_a_message_that_cannot_be_printed_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Failing(OSError(5, "Input/output error")))
    print_note("computed again")


def test_what_a_broken_pipe_still_holds_is_dropped() -> None:
    """Otherwise Python writes it again at exit, and fails."""
    reading, writing = os.pipe()
    stream = os.fdopen(writing, "w")
    stream.write("scores")
    os.close(reading)
    drop_buffer(stream)
    stream.close()  # would raise BrokenPipeError


def test_a_process_without_standard_error_shows_no_progress(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert is_terminal() is False
    drop_buffer(None)
