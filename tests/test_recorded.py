"""Accuracy is recorded corpus by corpus, its floors only rise, and a fall shows whether it was recorded or not."""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pipeline import corpora, recorded
from pipeline.cli import main
from pipeline.contract.codes import codes_of
from pipeline.contract.paths import ROOT
from pipeline.contract.seed import seed_rows
from pipeline.corpora import OWN, REAL, Corpus, own, score_gold, unnamed
from pipeline.extract import extractor_hash
from pipeline.recorded import below, record
from pipeline.score import Score

HASH = "a" * 64


def counted(**figures: tuple[int, int]) -> Score:
    """A score of so many right of so many, by figure."""
    return Score(
        Counter({name: n for name, (_, n) in figures.items()}),
        Counter({name: right for name, (right, _) in figures.items()}),
    )


def rows_of(place: Path, name: str) -> list[tuple[str, ...]]:
    with (place / name).open(encoding="utf-8", newline="") as lines:
        return [tuple(row) for row in csv.reader(lines)][1:]


# What is written


def test_only_the_corpus_that_was_scored_is_replaced(tmp_path: Path) -> None:
    record("real", {"all": counted(claim=(9, 10), unit=(10, 10)), "plan": counted(claim=(9, 10))}, "0" * 64, tmp_path)
    record("digest", {"all": counted(claim=(3, 4))}, "0" * 64, tmp_path)
    assert (
        record("real", {"all": counted(claim=(19, 20), unit=(20, 20)), "news": counted(claim=(1, 1))}, HASH, tmp_path)[
            0
        ]
        == 3
    )
    assert rows_of(tmp_path, "evaluation.csv") == [
        ("digest", "all", "claim", "4", "3", "0" * 64),
        ("real", "all", "claim", "20", "19", HASH),
        ("real", "all", "unit", "20", "20", HASH),
        ("real", "news", "claim", "1", "1", HASH),
    ]


def test_a_floor_rises_with_the_share_and_never_falls(tmp_path: Path) -> None:
    floors = []
    for right, n in ((880, 1000), (7, 8), (9, 10), (1, 10)):
        record("real", {"all": counted(claim=(right, n))}, HASH, tmp_path)
        floors += rows_of(tmp_path, "evaluation_floors.csv")
    assert floors == [("real", "all", "claim", floor) for floor in ("0.880", "0.880", "0.900", "0.900")]


def test_what_fell_or_is_gone_is_told_and_keeps_its_floor(tmp_path: Path) -> None:
    record("real", {"all": counted(claim=(9, 10)), "plan": counted(claim=(2, 3))}, HASH, tmp_path)
    record("digest", {"all": counted(claim=(1, 1))}, HASH, tmp_path)
    assert record("real", {"all": counted(claim=(8, 10))}, HASH, tmp_path) == (
        1,
        ["real all claim: 8 of 10, its floor is 0.900", "real plan claim: not scored, its floor is 0.666"],
    )
    assert ("real", "plan", "claim", "0.666") in rows_of(tmp_path, "evaluation_floors.csv")


# Which corpus it is


NOTICE = "河湾县通讯\n2021年末，河湾县建成5G基站12座，光缆总长300公里。\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of two invented digests in place of the repository's, and tables to record in."""
    gold, documents, tables = (tmp_path / name for name in ("gold", "documents", "tables"))
    for folder in (gold, documents, tables):
        folder.mkdir()
    for name in ("a", "b"):
        (documents / f"{name}.txt").write_text(NOTICE, encoding="utf-8")
        (gold / f"{name}.jsonl").write_text(
            "".join(json.dumps(line) + "\n" for line in lines_of(f"{name}.txt")), encoding="utf-8"
        )
    monkeypatch.setattr(corpora, "OWN", (Corpus("digest", gold, documents), *OWN[1:]))
    monkeypatch.setattr(recorded, "TABLES", tables)
    return tmp_path


def lines_of(document: str) -> list[dict[str, Any]]:
    common = {
        "doc": document,
        "measure": "level",
        "statement": "actual",
        "bound": "eq",
        "period": "2021",
        "region": None,
    }
    return [
        common
        | {"start": NOTICE.index(quote), "end": NOTICE.index(quote) + len(quote), "quote": quote, "value": value}
        | {"unit": unit, "classifier": classifier, "indicator": indicator}
        for quote, value, unit, classifier, indicator in (
            ("12座", 12, "count", "座", "5G基站"),
            ("300公里", 300, "km", None, "光缆总长"),
        )
    ]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["score", *(str(argument) for argument in arguments)], catch_exceptions=False)


def test_annotations_of_digests_are_recorded_as_such_with_their_documents_found(repository: Path) -> None:
    told = run(*sorted((repository / "gold").iterdir()), "--record")
    assert told.exit_code == 0, told.stderr
    rows = rows_of(repository / "tables", "evaluation.csv")
    assert f"recorded as digest: {len(rows)} rows of seeds/tables/evaluation.csv" in told.stdout
    assert {row[:2] for row in rows} == {("digest", "all"), ("digest", "other")}
    assert ("digest", "all", "value", "4", "4", extractor_hash()) in rows
    assert "below its floor" not in told.stdout


def test_a_fall_is_told_when_it_is_recorded(repository: Path) -> None:
    gold = sorted((repository / "gold").iterdir())
    run(*gold, "--record")
    (repository / "documents" / "a.txt").write_text(NOTICE.replace("12座", "13座"), encoding="utf-8")
    assert "below its floor: digest all value: 3 of 4, its floor is 1.000" in run(*gold, "--record").stdout


def test_a_corpus_of_the_repository_is_recorded_as_a_whole(repository: Path) -> None:
    told = run(repository / "gold" / "a.jsonl", "--record")
    assert told.exit_code == 1
    assert told.stderr.strip() == "error digest: recorded as a whole or not at all; name b.jsonl too"
    assert run(repository / "gold" / "a.jsonl").exit_code == 0
    assert not list((repository / "tables").iterdir())


def test_annotations_from_elsewhere_are_recorded_as_real(repository: Path) -> None:
    gold = repository / "elsewhere.jsonl"
    gold.write_text((repository / "gold" / "a.jsonl").read_text(encoding="utf-8"), encoding="utf-8")
    assert "recorded as real: " in run(gold, "--documents", repository / "documents", "--record").stdout
    assert {row[0] for row in rows_of(repository / "tables", "evaluation.csv")} == {"real"}


def test_corpora_are_not_recorded_together(repository: Path) -> None:
    told = run(repository / "gold" / "a.jsonl", OWN[1].files()[0], "--record")
    assert told.exit_code == 1
    assert "annotations of several corpora (digest, invented_development): score one at a time" in told.stderr


def test_the_corpora_are_the_codes_of_the_contract() -> None:
    assert {REAL, *(one.name for one in OWN)} == codes_of("evaluation_corpus")
    assert codes_of("evaluated_kind") == codes_of("document_type") | {corpora.WHOLE}
    for one in OWN:
        assert own([one.gold / "x.jsonl"]) == one
        assert not unnamed(one, one.files())


# What is on record


SHARED = ROOT.parent / "shared" / "annotation" / "gold"
CORPORA = [pytest.param(one.name, one.files(), [one.documents], id=one.name) for one in OWN]


@pytest.mark.parametrize(
    ("corpus", "gold", "documents"), [*CORPORA, pytest.param(REAL, sorted(SHARED.glob("*.jsonl")), [], id=REAL)]
)
def test_annotated_documents_are_read_as_well_as_on_record(
    corpus: str, gold: list[Path], documents: list[Path]
) -> None:
    """Scored anew: a record of an earlier grammar hides no fall, and one of today's is what that grammar scores."""
    if not gold:
        pytest.skip(f"no annotations of the corpus {corpus} at hand")
    scores = score_gold(gold, documents).with_whole()
    assert scores[corpora.WHOLE].n["found"] >= 300, "the annotations were not read"
    found = {
        (kind, figure): (scored.n[figure], scored.right[figure])
        for kind, scored in scores.items()
        for figure in scored.n
    }
    floors = {
        (row["document_kind"], row["figure"]): row["floor"]
        for row in seed_rows("evaluation_floors")
        if row["corpus"] == corpus
    }
    assert found.keys() == floors.keys(), "record the corpus: liaoning score ... --record"
    fallen = {key: (found[key], floor) for key, floor in floors.items() if below(*found[key], floor)}
    assert not fallen
    rows = [row for row in seed_rows("evaluation") if row["corpus"] == corpus]
    if {row["extractor_hash"] for row in rows} == {extractor_hash()}:
        assert found == {(row["document_kind"], row["figure"]): (int(row["n"]), int(row["right"])) for row in rows}
