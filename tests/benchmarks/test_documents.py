"""The documents that benchmarks measure with: reproducible, each by its number alone, and as alike as stated. Nothing is timed."""

import json
import random
import statistics
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from benchmarks.corpus import FIELDS, write
from benchmarks.documents import FORMS, KINDS, MIX, NEAR_DUPLICATES, REGISTRY, copied, document, documents, kind_of
from pipeline import clean, extract, ingest
from pipeline.ingest.duplicates import Body, Candidate, duplicates
from pipeline.ingest.sketches import sketch

SEED = 1
COUNT = 1000


def candidates(kind: str) -> list[Candidate]:
    return [
        Candidate(made.file, made.file, date.fromisoformat(made.row["published"]), sketch(made.text))
        for made in documents(COUNT, SEED, kind)
    ]


def bodies(kind: str) -> list[Body]:
    return [Body.of(made.text) for made in documents(COUNT, SEED, kind)]


def overlap(one: Body, other: Body) -> float:
    """Jaccard overlap of the runs of five Chinese characters."""
    common = len(np.intersect1d(one.runs, other.runs, assume_unique=True))
    return common / (len(one.runs) + len(other.runs) - common)


@pytest.mark.parametrize("kind", FORMS)
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(kind: str) -> None:
    again = [made.data for made in documents(20, SEED, kind)]
    assert [made.data for made in documents(20, SEED, kind)] == again
    assert all(made.data not in again for made in documents(20, SEED + 1, kind))


@pytest.mark.parametrize("kind", FORMS)
def test_a_document_alone_is_the_one_of_the_run(kind: str) -> None:
    run = list(documents(60, SEED, kind))
    for number in (59, 0, 31):
        assert document(SEED, number, kind) == run[number]


def test_a_mixed_document_is_the_one_of_its_kind() -> None:
    for number in range(40):
        assert document(SEED, number, "mixed") == document(SEED, number, kind_of(SEED, number))


def test_the_kinds_and_reprints_are_as_many_as_stated() -> None:
    count = 20_000
    reprints = sum(copied(SEED, number) != number for number in range(count)) / count
    assert reprints == pytest.approx(NEAR_DUPLICATES, abs=0.005)
    kinds = [kind_of(SEED, number) for number in range(count)]
    for kind, share in zip(KINDS, MIX, strict=True):
        assert kinds.count(kind) / count == pytest.approx(share / sum(MIX), abs=0.01)


@pytest.mark.parametrize("kind", KINDS)
def test_the_pipeline_finds_every_reprint_and_nothing_else(kind: str) -> None:
    read = candidates(kind)
    reprints = {read[n].source_id: read[copied(SEED, n)].source_id for n in range(COUNT) if copied(SEED, n) != n}
    assert len(reprints) > COUNT * NEAR_DUPLICATES / 2
    texts = {made.file: made.text for made in documents(COUNT, SEED, kind)}
    assert duplicates(read, texts.__getitem__) == reprints


@pytest.mark.parametrize("kind", KINDS)
def test_documents_by_chance_share_few_of_their_runs(kind: str) -> None:
    read, chance = bodies(kind), random.Random(0)
    pairs = [chance.sample(range(COUNT), 2) for _ in range(2000)]
    found = [overlap(read[a], read[b]) for a, b in pairs if copied(SEED, a) != copied(SEED, b)]
    assert statistics.median(found) < 0.1
    assert statistics.quantiles(found, n=100)[-1] < 0.2


def test_figures_stand_as_densely_as_stated(tmp_path: Path) -> None:
    for kind, bytes_to_a_claim in (("policy", 600), ("report", 300)):
        folder = tmp_path / kind
        write(folder, documents(60, SEED, kind))
        read = ingest.run(folder)
        cleaned = clean.run(read["sources"], read["documents"])
        found = extract.run(read["sources"], read["documents"], cleaned["edits"], cleaned["passages"])
        size = sum(len(text.encode()) for text in cleaned["passages"].column("text").to_pylist())
        assert size / found["claims"].num_rows == pytest.approx(bytes_to_a_claim, rel=0.2)


def test_a_page_is_mostly_markup() -> None:
    sizes = [len(made.data) for made in documents(100, SEED, "news")]
    assert all(30_000 < size < 40_000 for size in sizes)


def test_the_three_forms_hold_the_same_documents(tmp_path: Path) -> None:
    made = list(documents(30, SEED))
    sizes = {write(tmp_path / name, made) for name in ("folder", "corpus.jsonl", "corpus.parquet")}
    assert sizes == {sum(len(one.data) for one in made)}
    records = [json.loads(line) for line in (tmp_path / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    assert pq.read_table(tmp_path / "corpus.parquet").to_pylist() == records
    assert {tuple(record) for record in records} == {FIELDS} and FIELDS[2:] == REGISTRY[1:]
    read = ingest.run(tmp_path / "folder")
    texts = dict(zip(*(read["documents"].column(name).to_pylist() for name in ("source_id", "text")), strict=True))
    assert texts == {record["id"]: record["text"] for record in records}
    assert read["quarantine"].num_rows == 0
