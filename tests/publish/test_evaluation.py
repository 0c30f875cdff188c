"""Accuracy: its interval, and whether the grammar that was scored is the one that is released."""

import pytest

from pipeline.contract.seed import seed_rows
from pipeline.corpora import OWN, REAL
from pipeline.publish import evaluation as module
from pipeline.publish.evaluation import evaluation, wilson

TODAY = "f" * 64


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [
        (9, 10, 0.5958, 0.9821),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 1, 0.2065, 1.0),
        (950, 1000, 0.9347, 0.9619),
    ],
)
def test_the_interval_is_that_of_wilson(right: int, n: int, low: float, high: float) -> None:
    assert wilson(right, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("n", [1, 2, 7, 100, 100_000])
def test_the_interval_holds_the_share_and_stays_within_none_and_all(n: int) -> None:
    for right in {0, 1, n // 2, n - 1, n}:
        low, high = (round(end, 12) for end in wilson(right, n))
        assert 0 <= low <= right / n <= high <= 1


def test_right_and_wrong_mirror_each_other() -> None:
    low, high = wilson(3, 20)
    assert wilson(17, 20) == pytest.approx((1 - high, 1 - low))


ROWS = (
    {"corpus": "real", "document_kind": "plan", "figure": "value", "n": "10", "right": "9", "extractor_hash": "0" * 64},
    {"corpus": "digest", "document_kind": "all", "figure": "unit", "n": "4", "right": "4", "extractor_hash": TODAY},
)
FLOORS = (
    {"corpus": "digest", "document_kind": "all", "figure": "unit", "floor": "1.000"},
    {"corpus": "real", "document_kind": "plan", "figure": "value", "floor": "0.950"},
)


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[dict[str, str], ...]]:
    """Two figures on record, one of them scored with an earlier grammar and fallen since."""
    found = {"evaluation": ROWS, "evaluation_floors": FLOORS}
    monkeypatch.setattr(module, "seed_rows", lambda name: found[name])
    monkeypatch.setattr(module, "extractor_hash", lambda: TODAY)
    return found


@pytest.mark.usefixtures("tables")
def test_recorded_accuracy_gets_its_interval_and_floor_and_says_whether_it_is_stale() -> None:
    rows = evaluation().to_pylist()
    columns = ("corpus", "document_kind", "figure", "n", "right", "floor", "stale")
    assert [tuple(row[column] for column in columns) for row in rows] == [
        ("digest", "all", "unit", 4, 4, 1.0, False),
        ("real", "plan", "value", 10, 9, 0.95, True),
    ]
    assert (rows[1]["low"], rows[1]["high"]) == pytest.approx((0.5958, 0.9821), abs=5e-5)
    assert rows[1]["low"] == round(rows[1]["low"], 12)


def test_a_figure_with_a_floor_cannot_be_left_out(tables: dict[str, tuple[dict[str, str], ...]]) -> None:
    tables["evaluation"] = ROWS[1:]
    with pytest.raises(ValueError, match="not scored any more: real plan value; record its corpus"):
        evaluation()


def test_a_figure_without_a_floor_has_none_for_the_gate_to_see(tables: dict[str, tuple[dict[str, str], ...]]) -> None:
    tables["evaluation_floors"] = FLOORS[:1]
    assert [row["floor"] for row in evaluation().to_pylist()] == [1.0, None]


def test_a_figure_given_twice_is_refused(tables: dict[str, tuple[dict[str, str], ...]]) -> None:
    tables["evaluation"] = (*ROWS, ROWS[0])
    with pytest.raises(ValueError, match="given twice"):
        evaluation()


def test_what_is_on_record_has_a_headline_and_every_corpus_of_this_repository() -> None:
    keys = {(row["corpus"], row["document_kind"], row["figure"]) for row in seed_rows("evaluation")}
    corpora = {REAL, *(one.name for one in OWN if one.files())}
    assert {(name, "all", figure) for name in corpora for figure in ("found", "precise", "claim")} <= keys
    assert {"real", "invented_held_out", "invented_development"} <= corpora
