"""A list of scores: filters, sorts and pages equal the plain rows handled one by one."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.errors import UsageError
from salus.model.suggest import plain_spellings
from salus.project import Project, open_project
from salus.scores.score_list import ScoreList
from salus.scores.scores import Scores
from tests.project.company import AS_OF

BANDS = {"band": ["good", "poor"]}
LABELS = ["Kjær", "kjaer 2", "Zoë", "Ärger", None, "x"]
rows = st.lists(
    st.fixed_dictionaries(
        {
            "label": st.sampled_from(LABELS),
            "owner": st.sampled_from(["ann", "Bo", None]),
            "value": st.sampled_from([None, 0.0, 1.5, -2.0]),
            "score": st.sampled_from([None, 10.0, 20.0]),
            "band": st.sampled_from(["good", "poor", "unknown"]),
            "segment": st.sampled_from(["eu", None]),
            "value:live": st.sampled_from([True, False, None]),
        }
    ),
    max_size=12,
)
TYPES = {"value": pa.float64(), "score": pa.float64(), "value:live": pa.bool_()}


def listing(data: list[dict[str, object]]) -> ScoreList:
    columns = {"id": pa.array([f"A-{row}" for row in range(len(data))], pa.string())}
    for name in ("label", "owner", "value", "score", "band", "segment", "value:live"):
        kind = TYPES.get(name, pa.string())
        columns[name] = pa.array([row[name] for row in data], kind)
    return ScoreList.of(pa.table(columns), BANDS)


def key(column: str, value: object) -> object:
    if column == "band":
        return BANDS["band"].index(str(value))
    return plain_spellings(value) if isinstance(value, str) else value


@given(
    rows,
    st.sampled_from(["label", "owner", "value", "score", "band", "value:live"]),
    st.booleans(),
    st.sampled_from([None, "ann", "", ("Bo", "")]),
    st.sampled_from([None, "", "KJÆR", "er", "a-1"]),
)
def test_a_list_equals_the_rows_one_by_one(
    data: list[dict[str, object]],
    column: str,
    descending: bool,
    owner: str | tuple[str, ...] | None,
    name: str | None,
) -> None:
    every = [{"id": f"A-{row}", **each} for row, each in enumerate(data)]

    def fits(row: dict[str, object]) -> bool:
        owners = (owner,) if isinstance(owner, str) else owner
        texts = (plain_spellings(str(row["id"])), plain_spellings(str(row["label"] or "")))
        parts = plain_spellings(name or "")
        return (owners is None or (row["owner"] or "") in owners) and any(
            parts[kind] in text[kind] for text in texts for kind in (0, 1)
        )

    wanted = [row for row in every if fits(row)]
    present = [row for row in wanted if row[column] not in (None, "unknown")]
    missing = [row for row in wanted if row[column] in (None, "unknown")]
    # `reverse` keeps the order of equal keys, as a stable sort must
    present.sort(key=lambda row: key(column, row[column]), reverse=descending)  # type: ignore[arg-type,return-value]
    result = listing(data).where(owner=owner, name=name).sort(column, descending=descending)
    assert len(result) == len(wanted)
    ids = [row["id"] for row in (*present, *missing)]
    assert result.page(0, 100).to_pylist() == [every[int(str(each)[2:])] for each in ids]
    assert result.page(2, 3, ["id"])["id"].to_pylist() == ids[2:5]
    turned = listing(data).sort(column, descending=descending).where(owner=owner, name=name)
    assert turned.page(0, 100)["id"].to_pylist() == ids


def test_choices_are_counted_within_the_list() -> None:
    data = [
        {"label": None, "owner": owner, "value": 1.0, "score": 1.0, "band": "good"}
        | {"segment": None, "value:live": None}
        for owner in ("ann", "Bo", "ann", None)
    ]
    assert listing(data).count("owner") == {"ann": 2, None: 1, "Bo": 1}
    assert listing(data).where(owner="Bo").count("owner") == {"Bo": 1}
    assert len(listing(data).where(segment="eu")) == 0


def test_wrong_columns_and_pages_are_refused() -> None:
    some = listing([])
    with pytest.raises(UsageError, match="the list has no column `skore`"):
        some.sort("skore")
    with pytest.raises(UsageError, match="no column"):
        some.page(names=["nothing"])
    for offset, limit in ((-1, 50), (0, 0), (0, 10_001)):
        with pytest.raises(UsageError, match="a page can't start at"):
            some.page(offset, limit)


def test_the_list_of_a_company_has_its_scores(company: Project) -> None:
    project = open_project(company.folder, today=AS_OF)
    scores = project.scores()
    assert isinstance(scores, Scores)
    page = scores.listing.page(0, 100)
    assert [(row["id"], row["score"], row["band"]) for row in page.to_pylist()] == [
        (row.id, row.score, row.band) for row in scores
    ]
    assert [row["label"] for row in scores.listing.where(name="bob").page().to_pylist()] == [
        "Bob & Sons"
    ]
    assert scores.listing.names[:4] == ("id", "label", "owner", "value")
    assert not project.store.all()  # nothing was written


def test_during_a_rollout_each_row_has_its_model(company: Project) -> None:
    text = (company.folder / "salus.yaml").read_text("utf-8")
    (company.folder / "new.yaml").write_text(text.replace("weight: 3", "weight: 2", 1), "utf-8")
    project = open_project(company.folder, today=AS_OF)
    project.adopt("new.yaml", share=0.5)
    both = project.scores()
    assert project.score(keep=False).as_dict() == both.as_dict()
    rows = both.listing.page(0, 100, ["id", "fingerprint"]).to_pylist()
    assert {row["id"]: row["fingerprint"] for row in rows} == {
        row.id: row.fingerprint for row in both
    }
