"""Another model in the shadow, for a share of accounts, for all, and back: which model scores whom,
and what is kept.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from salus.channels.words import load_words
from salus.cli.main import main
from salus.errors import DataError, ModelError, UsageError
from salus.finding import Finding
from salus.insight.learning.learning import Learned
from salus.insight.validation.question import Question
from salus.model.read import read_text
from salus.project import Project, open_project
from salus.scores.rollout import active_rollout, rollout_position
from salus.scores.rollout_scores import RolloutScores
from salus.verbs.learn.proposal_file import heading
from tests.project.company import AS_OF, MODEL

NEXT = MODEL.replace("weight: 3", "weight: 1")
EARLIER = "2025-11-10"
AT = dt.datetime(2025, 11, 21, 8, tzinfo=dt.UTC)
OWN, OTHER = read_text(MODEL).fingerprint, read_text(NEXT).fingerprint


@pytest.fixture
def following(company: Project) -> Path:
    """The edited model, beside the company's project."""
    path = company.folder.parent / "next.yaml"
    path.write_text(NEXT, encoding="utf-8")
    return path


def again(project: Project) -> Project:
    """The project as another process finds it."""
    return open_project(project.folder)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(
        main, [str(argument) for argument in arguments], catch_exceptions=False
    )


def spoken(project: Project) -> dict[str, str]:
    """The model that scores each account, as `salus score` reports it."""
    told = again(project).score(AS_OF)
    assert isinstance(told, RolloutScores)
    return {one["id"]: one["fingerprint"] for one in told.as_dict()["entities"]}


# stages


def test_a_shadow_is_scored_and_kept_but_not_shown(company: Project, following: Path) -> None:
    alone = company.score(AS_OF).as_dict()
    again(company).adopt(following, AT, shadow=True)
    found = again(company).score(AS_OF)
    assert found.as_dict() == alone
    assert OTHER in " ".join(found.notes)
    files = {kept.fingerprint: kept for kept in company.store.on(dt.date.fromisoformat(AS_OF))}
    assert set(files) == {OWN, OTHER}
    rows = company.store.read(files[OTHER])
    assert (
        rows["score"].to_pylist()
        == open_project(company.folder)
        .with_model(following)
        .score(AS_OF, keep=False)
        .to_arrow()["score"]
        .to_pylist()
    )
    assert not any(rows["shown"].to_pylist())
    assert {point.fingerprint for point in again(company).history("A-01").points} == {OWN}
    assert again(company).explain("A-01", AS_OF).fingerprint == OWN


def test_in_a_part_each_is_spoken_for_by_one_model(company: Project, following: Path) -> None:
    own = {one["id"]: one for one in company.score(AS_OF, keep=False).as_dict()["entities"]}
    other = {
        one["id"]: one
        for one in company.with_model(following).score(AS_OF, keep=False).as_dict()["entities"]
    }
    again(company).adopt(following, AT, share="50%")
    told = again(company).score(AS_OF).as_dict()
    assert told["model"]["fingerprint"] == OWN and told["rollout"]["model"]["fingerprint"] == OTHER
    assert [one["id"] for one in told["entities"] if one["fingerprint"] == OTHER] == [
        one["id"] for one in told["entities"] if rollout_position(1, one["id"]) < 0.5
    ]
    for one in told["entities"]:
        assert one["score"] == (other if one["fingerprint"] == OTHER else own)[one["id"]]["score"]
    assert told["population"] == len(own) == sum(told["bands"].values())
    assert 0 < told["rollout"]["entities"] < len(own)
    scores = [one["score"] for one in told["entities"]]
    assert scores == sorted(scores, key=lambda score: -1 if score is None else score)


def test_history_says_who_spoke_and_when_that_changed(company: Project, following: Path) -> None:
    company.score(EARLIER)
    again(company).adopt(following, AT, share=0.5)
    for one, fingerprint in spoken(company).items():
        line = again(company).history(one)
        assert [(str(point.as_of), point.fingerprint) for point in line.points] == [
            (EARLIER, OWN),
            (AS_OF, fingerprint),
        ]
        assert [period.fingerprint for period in line.models] == list(
            dict.fromkeys([OWN, fingerprint])
        )
        explained = again(company).explain(one, AS_OF)
        assert explained.fingerprint == fingerprint
        assert (explained.previous is not None) == (fingerprint == OTHER)
        if explained.previous is not None:
            assert (explained.previous.fingerprint, str(explained.previous.last)) == (OWN, EARLIER)
            assert f"Until {EARLIER} it was scored by model {OWN}." in str(explained)
            assert f"by {OTHER} from {AS_OF} on" in str(line)


def test_a_growing_share_keeps_its_members(company: Project, following: Path) -> None:
    again(company).adopt(following, AT, shadow=True)
    members = set()
    for share in ("10%", "50%", "80%"):
        again(company).adopt(following, AT, share=share)
        now = {one for one, fingerprint in spoken(company).items() if fingerprint == OTHER}
        assert members <= now
        members = now
    assert [one.rollout for one in company.decisions.all()] == [1, 1, 1, 1]
    again(company).rollback(AT)
    again(company).adopt(following, AT, share="80%")
    assert company.decisions.all()[-1].rollout == 2


def test_a_segment_is_that_of_the_official_model(company: Project, following: Path) -> None:
    following.write_text(
        NEXT.replace("as_of - since < 90", "as_of - since < 9000"), encoding="utf-8"
    )
    again(company).adopt(following, AT, segment="new")
    assert {one for one, fingerprint in spoken(company).items() if fingerprint != OWN} == {"A-02"}


def test_an_empty_part_is_no_trouble(company: Project, following: Path) -> None:
    again(company).adopt(following, AT, share=1e-9)
    assert set(spoken(company).values()) == {OWN}
    told = again(company).score(AS_OF)
    assert "0 of 11" in str(told) and told.to_arrow().num_rows == 11


def test_adoption_replaces_the_text_and_rollback_restores_it_byte_by_byte(
    company: Project, following: Path
) -> None:
    official = company.folder / "salus.yaml"
    company.score(EARLIER)  # keeps the text by its fingerprint
    former = b"\xef\xbb\xbf" + MODEL.replace("\n", "\r\n").encode() + "# été\r\n".encode()
    official.write_bytes(former)  # scores alike, but is another text
    again(company).adopt(following, AT)
    assert official.read_bytes() == following.read_bytes()
    assert active_rollout(again(company)) is None
    assert again(company).score(AS_OF).model.fingerprint == OTHER
    again(company).rollback(AT)
    assert official.read_bytes() == former
    assert [(one.stage, one.fingerprint) for one in company.decisions.all()] == [
        ("all", OTHER),
        ("back", OWN),
    ]


def test_rollback_goes_back_step_by_step_and_loses_no_edit(
    company: Project, following: Path
) -> None:
    official = company.folder / "salus.yaml"
    texts = [MODEL, NEXT, MODEL.replace("weight: 3", "weight: 7")]
    for text in texts[1:]:
        following.write_text(text, encoding="utf-8")
        again(company).adopt(following, AT)
    official.write_text("broken: [", encoding="utf-8")  # a later edit, which isn't even a model
    told = again(company).rollback(AT)
    assert official.read_text(encoding="utf-8") == texts[1]
    assert (company.folder / str(told.replaced)).read_text(encoding="utf-8") == "broken: ["
    again(company).rollback(AT)
    assert official.read_text(encoding="utf-8") == texts[0]
    with pytest.raises(UsageError, match="nothing to undo"):
        again(company).rollback(AT)


def test_rollback_of_a_trial_leaves_the_text_alone(company: Project, following: Path) -> None:
    before = (company.folder / "salus.yaml").stat()
    again(company).adopt(following, AT, share="50%")
    again(company).rollback(AT)
    after = (company.folder / "salus.yaml").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert active_rollout(again(company)) is None
    assert set(again(company).score(AS_OF).as_dict()) == {
        "model",
        "as_of",
        "population",
        "bands",
        "entities",
    }


def test_a_trial_ends_only_when_the_official_model_can_speak(
    company: Project, following: Path
) -> None:
    again(company).adopt(following, AT, share="50%")
    (company.folder / "salus.yaml").write_text("broken: [", encoding="utf-8")
    with pytest.raises(ModelError):
        again(company).rollback(AT)
    assert [one.stage for one in company.decisions.all()] == ["part"]


# changes by the model, apart from changes by data


def test_a_change_of_speaker_is_the_models_part_of_a_change(
    company: Project, following: Path
) -> None:
    shown = {one["id"]: one["score"] for one in company.score(EARLIER).as_dict()["entities"]}
    again(company).adopt(following, AT, share="50%")
    found = again(company).compare(EARLIER, AS_OF)
    fingerprints = spoken(company)
    for move in found.moves:
        if move.change is None:
            continue
        assert move.score_from == shown[move.id]
        parts = move.change
        assert parts.data + parts.missing + parts.model + parts.caps == pytest.approx(
            move.score_to - move.score_from, abs=1e-9
        )
        if fingerprints[move.id] == OWN:
            assert parts.model == pytest.approx(0, abs=1e-9)
    assert any(
        move.change and abs(move.change.model) > 0.5
        for move in found.moves
        if fingerprints[move.id] == OTHER
    )
    explained = again(company).explain(found.moves[0].id, AS_OF, since=EARLIER).change
    assert explained == found.moves[0].change


def test_after_a_shadow_the_change_is_measured_from_what_was_shown(
    company: Project, following: Path
) -> None:
    again(company).adopt(following, AT, shadow=True)
    shown = {one["id"]: one["score"] for one in again(company).score(EARLIER).as_dict()["entities"]}
    again(company).adopt(following, AT)
    again(company).score(AS_OF)
    for move in again(company).compare(EARLIER, AS_OF).moves:
        if move.change is not None:
            assert move.score_from == shown[move.id]


def test_crossings_are_counted_by_cause(company: Project, following: Path) -> None:
    """The same date on both sides: data can't move anybody."""
    before = {one["id"]: one["band"] for one in company.score(AS_OF).as_dict()["entities"]}
    again(company).adopt(following, AT)
    now = {
        one["id"]: one["band"]
        for one in again(company).score(AS_OF, keep=False).as_dict()["entities"]
    }
    found = again(company).compare(AS_OF, AS_OF)
    assert found.band_changes.data == 0
    assert found.band_changes.model == sum(before[one] != now[one] for one in now) > 0
    assert "because the model changed" in str(found)


def test_a_trial_does_not_unsay_what_was_shown(company: Project, following: Path) -> None:
    company.score(EARLIER)
    again(company).adopt(following, AT)
    former = company.folder.parent / "former.yaml"
    former.write_text(MODEL, encoding="utf-8")
    again(company).adopt(former, AT, shadow=True)
    again(company).score(EARLIER)
    assert [point.fingerprint for point in again(company).history("A-01").points] == [OWN, OTHER]


def test_comparison_tells_of_each_once_whoever_speaks(company: Project, following: Path) -> None:
    alone = company.compare("2025-09-20", AS_OF)  # A-02 comes in between
    for asked in ({"share": "50%"}, {"segment": "new"}):
        again(company).adopt(following, AT, **asked)  # type: ignore[arg-type]
        found = again(company).compare("2025-09-20", AS_OF)
        assert sorted(move.id for move in found.moves) == sorted(move.id for move in alone.moves)
        changes = [move.change.score for move in found.moves if move.change]
        assert changes == sorted(changes)
        assert {
            name: sum(bands.values()) for name, bands in found.as_dict()["bands"].items()
        }.keys() == alone.bands.keys()


def test_an_entity_is_found_by_its_label_whoever_speaks(company: Project, following: Path) -> None:
    again(company).adopt(following, AT, share="50%")
    speaks = spoken(company)
    for key, label in (
        ("A-00", "Alice GmbH"),
        ("A-01", "Bob & Sons"),
        ("A-02", "Charlie ApS"),
        ("A-04", "Eva"),
    ):
        found = again(company).explain(label, AS_OF)
        assert (found.id, found.model.fingerprint) == (key, speaks[key])
    with pytest.raises(UsageError, match="did you mean `Alice GmbH`"):
        again(company).explain("Alice Gmbh", AS_OF)


# what is refused


def test_stages_that_make_no_sense_are_refused(company: Project, following: Path) -> None:
    for share in ("0%", "100%", "120%", "1", "-5%", "many", "nan"):
        with pytest.raises(UsageError, match="share"):
            again(company).adopt(following, AT, share=share)
    with pytest.raises(UsageError, match="exclude one another"):
        again(company).adopt(following, AT, share="20%", shadow=True)
    with pytest.raises(UsageError, match="no segment `nwe`") as refused:
        again(company).adopt(following, AT, segment="nwe")
    assert "did you mean `new`" in str(refused.value)
    with pytest.raises(UsageError, match="nothing to try"):
        again(company).adopt(company.folder / "salus.yaml", AT, shadow=True)
    with pytest.raises(UsageError, match="already has this text"):
        again(company).adopt(company.folder / "salus.yaml", AT)
    assert company.decisions.all() == ()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (NEXT.replace("{days_since: use,", "{days_since: usee,"), "did you mean `use`"),
        (NEXT.replace("use.user", "use.usr"), "no column `usr`"),
        ("\x00", "next.yaml"),
    ],
)
def test_a_model_that_does_not_read_or_fit_is_refused(
    company: Project, following: Path, text: str, complaint: str
) -> None:
    following.write_text(text, encoding="utf-8")
    with pytest.raises((ModelError, DataError), match=complaint):
        again(company).adopt(following, AT)
    assert (company.folder / "salus.yaml").read_text(encoding="utf-8") == MODEL
    assert company.decisions.all() == ()


def test_a_model_of_other_things_cannot_speak_for_a_part(company: Project, following: Path) -> None:
    following.write_text(
        NEXT.replace("key: account_id, label: name", "key: name"), encoding="utf-8"
    )
    with pytest.raises(UsageError, match="different entities"):
        again(company).adopt(following, AT, share="20%")


def test_a_mere_proposal_needs_a_person(company: Project, following: Path) -> None:
    found = Learned(
        events=12,
        allowed="proposal",
        reasons=(Finding("adoption.few_outcomes", events=12, least=50),),
        own={},
        weights={},
        trial=None,
    )
    head = heading(
        Question(outcome="churned", horizon=90, score="score", sign=-1.0, capacity=0.1),
        found,
        load_words("en"),
        [],
    )
    following.write_text("".join(f"# {line}\n" for line in head) + NEXT, encoding="utf-8")
    for asked in ({}, {"share": "20%"}):
        with pytest.raises(UsageError, match=r"only a proposal of `salus learn`: .*12"):
            again(company).adopt(following, AT, **asked)  # type: ignore[arg-type]
    again(company).adopt(following, AT, shadow=True)
    again(company).adopt(following, AT, accept_proposal=True)
    assert again(company).model.fingerprint == OTHER


def test_a_record_that_was_tampered_with_is_refused_not_guessed(
    company: Project, following: Path
) -> None:
    again(company).adopt(following, AT, share="50%")
    path = company.decisions.path
    good = json.loads(path.read_text(encoding="utf-8"))
    for bad in (
        {**good, "model": "../../secret"},
        {**good, "share": 2},
        {**good, "stage": "some"},
        {**good, "more": 1},
        {**good, "share": None},
        {**good, "at": "yesterday"},
        [1],
        "x",
    ):
        path.write_text(json.dumps(bad) + "\n", encoding="utf-8")
        with pytest.raises(DataError, match="line 1"):
            again(company).score(AS_OF)


def test_a_kept_text_that_is_gone_stops_no_score(company: Project, following: Path) -> None:
    again(company).adopt(following, AT)
    (company.folder / "models" / f"{OWN}.yaml").unlink()
    assert again(company).score(AS_OF).model.fingerprint == OTHER
    with pytest.raises(DataError, match="restore the file from a backup"):
        again(company).rollback(AT)
    assert (company.folder / "salus.yaml").read_text(encoding="utf-8") == NEXT
    assert [one.stage for one in company.decisions.all()] == ["all"]


def test_a_segment_that_is_gone_is_told(company: Project, following: Path) -> None:
    again(company).adopt(following, AT, segment="new")
    official = company.folder / "salus.yaml"
    official.write_text(MODEL.replace("  new:", "  fresh:"), encoding="utf-8")
    with pytest.raises(UsageError, match="salus rollback"):
        again(company).score(AS_OF)


def test_what_a_trial_cannot_do_is_told_as_its_own(company: Project, following: Path) -> None:
    events = company.folder / "data" / "events.csv"
    lines = events.read_text(encoding="utf-8").splitlines()
    events.write_text(
        "\n".join([lines[0] + ",extra", *(line + ",x" for line in lines[1:])]) + "\n",
        encoding="utf-8",
    )
    following.write_text(NEXT.replace("use.user", "use.extra"), encoding="utf-8")
    again(company).adopt(following, AT, shadow=True)
    events.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(
        (ModelError, DataError), match=r"the candidate model \w+ can't score(?s:.*)extra"
    ):
        again(company).score(AS_OF)
    assert [kept.fingerprint for kept in company.store.all()] == [OWN]  # what is official was kept


# the faces


def test_dry_run_changes_nothing_and_tells_of_the_part(company: Project, following: Path) -> None:
    told = json.loads(
        run(
            "-C",
            company.folder,
            "adopt",
            following,
            "--share",
            "50%",
            "--dry-run",
            "--as-of",
            AS_OF,
            "--json",
        ).stdout
    )
    whole = json.loads(
        run("-C", company.folder, "plan", "--model", following, "--as-of", AS_OF, "--json").stdout
    )
    expected = [one for one in whole["entities"] if rollout_position(1, one["id"]) < 0.5]
    assert told["entities"] == expected and 0 < len(expected) < len(whole["entities"])
    assert told["part"] == "scores about 50% of accounts"
    assert not company.decisions.path.exists() and not (company.folder / "models").exists()


def test_commands_tell_what_they_did(company: Project, following: Path) -> None:
    told = run("-C", company.folder, "adopt", following, "--share", "20%").stdout
    assert (
        f"model {OTHER} scores about 20% of accounts" in told
        and f"Model {OWN} (salus.yaml) scores the other accounts" in told
    )
    assert "scores about 20% of accounts" in run("-C", company.folder, "doctor").stdout
    found = json.loads(run("-C", company.folder, "adopt", following, "--json").stdout)
    assert (found["stage"], found["model"]["fingerprint"], found["official"]["fingerprint"]) == (
        "all",
        OTHER,
        OTHER,
    )
    assert (company.folder / found["replaced"]).read_text(encoding="utf-8") == MODEL
    undone = run("-C", company.folder, "rollback").stdout
    assert f"Model {OTHER} no longer scores all accounts" in undone
    assert f"model {OWN} (salus.yaml) scores all accounts again" in undone
    assert run("-C", company.folder, "adopt", following, "--share", "0").exit_code == 2


def test_files_of_a_part_hold_everybody_with_the_model_that_spoke(
    company: Project, following: Path, tmp_path: Path
) -> None:
    again(company).adopt(following, AT, share="50%")
    found = again(company).score(AS_OF, out=tmp_path / "scores.parquet")
    table = pq.read_table(tmp_path / "scores.parquet")
    assert table["id"].to_pylist() == [one["id"] for one in found.as_dict()["entities"]]
    assert dict(
        zip(table["id"].to_pylist(), table["fingerprint"].to_pylist(), strict=True)
    ) == spoken(company)
    again(company).score(AS_OF, out=tmp_path / "scores.csv")
    assert len((tmp_path / "scores.csv").read_text(encoding="utf-8").splitlines()) == 12
    with pytest.raises(UsageError, match="one model"):
        again(company).score(AS_OF, out=tmp_path / "scores.xlsx")


def test_rows_of_models_that_read_a_measure_differently_are_joined(
    company: Project, following: Path
) -> None:
    following.write_text(
        NEXT.replace(
            "quiet: {days_since: use, bad: 30d, good: 2d}",
            "quiet: {latest: pulse.mood, points: {great: 100}}",
        ).replace("waiting > 30", "waiting > 31"),
        encoding="utf-8",
    )
    again(company).adopt(following, AT, share="50%")
    table = again(company).score(AS_OF).to_arrow()
    assert len(table) == 11 and str(table.schema.field("value:quiet").type) == "string"


# the report


def test_the_report_says_for_whom_another_model_speaks(company: Project, following: Path) -> None:
    company.score(EARLIER)
    again(company).adopt(following, AT, share="50%")
    members = [one for one, fingerprint in spoken(company).items() if fingerprint == OTHER]
    for language, words in (
        ("en", f"{len(members)} of them are scored by model {OTHER}"),
        ("de", f"{len(members)} davon bewertet"),
        ("da", f"{len(members)} af dem får til daglig deres score"),
    ):
        page = (
            again(company).report(as_of=AS_OF, language=language).path.read_text(encoding="utf-8")
        )
        assert words in page
    again(company).rollback(AT)
    assert OTHER not in again(company).report(as_of=AS_OF).path.read_text(encoding="utf-8")


def test_the_report_counts_moves_by_the_model_apart(company: Project, following: Path) -> None:
    from salus.channels.report.header import write_headline
    from salus.channels.words import load_words
    from salus.verbs.report.content import collect_content

    before = dt.date.fromisoformat(AS_OF) - dt.timedelta(days=30)
    then = {one["id"]: one["band"] for one in company.score(before).as_dict()["entities"]}
    following.write_text(NEXT + "bands: {healthy: 95, watch: 80, at_risk: 0}\n", encoding="utf-8")
    again(company).adopt(following, AT)
    project = again(company)
    by_other = {
        one["id"]: one["band"] for one in project.score(before, keep=False).as_dict()["entities"]
    }
    connection = project.connect()
    try:
        found = collect_content(project, connection, dt.date.fromisoformat(AS_OF))
    finally:
        connection.close()
    assert found.moved.by_model == sum(then[one] != by_other[one] for one in then) > 0
    assert "changed band only because another model scores them now" in write_headline(
        found, load_words("en")
    )


def test_adoption_of_a_share_counts_the_entities_that_were_scored_last(
    company: Project, following: Path
) -> None:
    again(company).score(AS_OF)
    adopted = again(company).adopt(following, AT, share="50%")
    count = adopted.share_count
    assert count is not None and count.scored == 11 and 0 < count.entities < 11
    assert f"({count.entities} of the 11 scored last time)" in str(adopted)


def test_rollback_names_the_model_that_it_ended(company: Project, following: Path) -> None:
    again(company).adopt(following, AT, shadow=True)
    text = str(again(company).rollback(AT))
    assert f"Model {OTHER} no longer scores in the background" in text
    assert f"Model {OWN} (salus.yaml) scores all accounts, as before" in text


def test_plan_ends_with_the_next_step(company: Project, following: Path) -> None:
    plan = again(company).plan(following, AS_OF)
    assert "adopt" in str(plan).splitlines()[-3] and "--shadow" in str(plan)
    assert "--shadow" not in plan.markdown()
    dry_run = again(company).preview(following, AS_OF, share="50%")
    assert "run the command without --dry-run" in str(dry_run)
    assert "no score changes" in str(again(company).plan(company.folder / "salus.yaml", AS_OF))
