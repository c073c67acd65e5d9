"""Invented firms have names of their own, also in a company with 100,000 accounts."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from salus.cli.main import main
from salus.demo.names import MOST, ROUND, invent_firm


def test_no_two_firms_share_a_name_or_a_domain() -> None:
    numbers = range(1, MOST)
    firms = [invent_firm(number, seed=3) for number in numbers]
    assert len({firm.domain for firm in firms}) == len(numbers)
    assert len({(firm.name, firm.country) for firm in firms}) >= len(
        {firm.domain for firm in firms}
    )


def test_only_firms_beyond_the_first_round_name_a_region() -> None:
    first, second = invent_firm(7, seed=1), invent_firm(ROUND + 7, seed=1)
    stem, word = first.name.split()[:2]
    assert second.name.split()[:2] == [stem, word]
    assert second.domain.removesuffix(".example").startswith(first.domain.removesuffix(".example"))
    assert len(second.name.split()) > len(second.name.split()[:2]) + 1


def test_the_command_accepts_a_hundred_thousand_accounts(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("kept", "utf-8")
    result = CliRunner().invoke(main, ["demo", str(tmp_path), "--accounts", "100000"])
    assert result.exit_code == 1
    assert "isn't an empty folder" in result.output + result.stderr
