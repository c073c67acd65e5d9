"""All steps of a rollout on a company with known truth, by the commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from salus.cli.main import main


def test_from_plan_to_all_and_back(tmp_path: Path) -> None:
    folder, following = tmp_path / "demo", tmp_path / "next.yaml"

    def run_json(*arguments: object) -> Any:
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
    alone = run_json("score")
    plan = run_json("plan", "--model", following, "--as-of", alone["as_of"])
    own, other = plan["from"]["fingerprint"], plan["to"]["fingerprint"]
    by_other = {each["id"]: each["score_to"] for each in plan["entities"]}

    run_json("adopt", following, "--shadow")
    assert run_json("score") == alone
    run_json("adopt", following, "--share", "40%")
    part = run_json("score")
    speaks = {each["id"]: each["fingerprint"] for each in part["entities"]}
    assert set(speaks.values()) == {own, other}
    scores = {each["id"]: each["score"] for each in alone["entities"]}
    for each in part["entities"]:
        expected = (
            by_other.get(each["id"], scores[each["id"]])
            if each["fingerprint"] == other
            else scores[each["id"]]
        )
        assert each["score"] == expected
    tried = next(each for each, fingerprint in speaks.items() if fingerprint == other)
    assert run_json("explain", tried, "--as-of", alone["as_of"])["fingerprint"] == other
    assert [each["fingerprint"] for each in run_json("history", tried)["models"]] == [other]

    assert run_json("adopt", following)["stage"] == "all"
    everybody = run_json("score")
    assert everybody["model"]["fingerprint"] == other and "rollout" not in everybody
    assert {each["id"]: each["score"] for each in everybody["entities"]} == {**scores, **by_other}
    assert (folder / "salus.yaml").read_bytes() == following.read_bytes()
    run_json("rollback")
    assert (folder / "salus.yaml").read_bytes() == official
    assert run_json("score") == alone
