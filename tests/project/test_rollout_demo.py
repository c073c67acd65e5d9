"""All steps of a rollout on a company with known truth, by the commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from salus.cli.main import main


def test_from_plan_to_all_and_back(tmp_path: Path) -> None:
    folder, following = tmp_path / "demo", tmp_path / "next.yaml"

    def told(*arguments: object) -> Any:
        result = CliRunner().invoke(
            main, ["-C", str(folder), *map(str, arguments), "--json"], catch_exceptions=False
        )
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    made = CliRunner().invoke(
        main, ["demo", str(folder), "--accounts", "40", "--years", "0.6"], catch_exceptions=False
    )
    assert made.exit_code == 0, made.output
    official = (folder / "salus.yaml").read_bytes()
    text = official.decode("utf-8").replace("    weight: 35\n", "    weight: 60\n", 1)
    assert text.encode() != official
    following.write_text(text, encoding="utf-8")
    alone = told("score")
    plan = told("plan", "--model", following, "--as-of", alone["as_of"])
    own, other = plan["from"]["fingerprint"], plan["to"]["fingerprint"]
    by_other = {one["id"]: one["score_to"] for one in plan["entities"]}

    told("adopt", following, "--shadow")
    assert told("score") == alone
    told("adopt", following, "--share", "40%")
    part = told("score")
    speaks = {one["id"]: one["fingerprint"] for one in part["entities"]}
    assert set(speaks.values()) == {own, other}
    scores = {one["id"]: one["score"] for one in alone["entities"]}
    for one in part["entities"]:
        expected = (
            by_other.get(one["id"], scores[one["id"]])
            if one["fingerprint"] == other
            else scores[one["id"]]
        )
        assert one["score"] == expected
    tried = next(one for one, fingerprint in speaks.items() if fingerprint == other)
    assert told("explain", tried, "--as-of", alone["as_of"])["fingerprint"] == other
    assert [one["fingerprint"] for one in told("history", tried)["models"]] == [other]

    assert told("adopt", following)["stage"] == "all"
    everybody = told("score")
    assert everybody["model"]["fingerprint"] == other and "rollout" not in everybody
    assert {one["id"]: one["score"] for one in everybody["entities"]} == {**scores, **by_other}
    assert (folder / "salus.yaml").read_bytes() == following.read_bytes()
    told("rollback")
    assert (folder / "salus.yaml").read_bytes() == official
    assert told("score") == alone
