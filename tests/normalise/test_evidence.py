"""Evidence says who says so independently, and where the original does."""

from typing import Any

from pipeline.contract import build
from pipeline.normalise.evidence import evidence, original_spans
from pipeline.normalise.sources import Sources
from tests.normalise.builders import claim, observed, source

ORIGINAL = "f" * 64


def rows_of(
    claims: list[dict[str, Any]], documents: list[dict[str, Any]], spans: list[dict[str, str]] | None = None
) -> list[dict[str, Any]]:
    rows = evidence(observed(claims, documents), Sources(documents), original_spans(spans or []))
    build("evidence", rows)
    return rows


def test_saying_it_twice_in_one_document_is_not_independent() -> None:
    claims = [claim("灯塔", 5.0), claim("灯塔", 5.0), claim("灯塔", 5.0, source_id="news")]
    rows = rows_of(claims, [source(), source("news", "2023-05-10")])
    assert [(row["source_id"], row["independent"]) for row in rows] == [("news", True), ("plan", True), ("plan", False)]


def test_a_marked_repeat_is_not_independent() -> None:
    (row,) = rows_of([claim("灯塔", 5.0, repeats="plan:1-2")], [source()])
    assert not row["independent"]


def test_a_copy_of_another_document_is_not_independent() -> None:
    claims = [claim("灯塔", 5.0), claim("灯塔", 5.0, source_id="copy")]
    rows = rows_of(claims, [source(), source("copy", "2021-01-01", duplicate_of="plan")])
    assert {row["source_id"]: row["independent"] for row in rows} == {"plan": True, "copy": False}


def test_a_digest_beside_its_original_is_not_independent() -> None:
    documents = [source("a_original", sha256=ORIGINAL), source("b_digest", edition="digest", original_sha256=ORIGINAL)]
    rows = rows_of([claim("灯塔", 5.0, source_id=d["source_id"]) for d in documents], documents)
    assert {row["source_id"]: row["independent"] for row in rows} == {"a_original": True, "b_digest": False}


def test_an_original_points_at_itself() -> None:
    documents = [source(sha256=ORIGINAL)]
    (row,) = rows_of([claim("灯塔", 5.0, raw_start=70, raw_end=75, numeral="5")], documents)
    assert (row["original_sha256"], row["original_start"], row["original_end"], row["original_numeral"]) == (
        ORIGINAL,
        70,
        75,
        "5",
    )


def span(start: int, end: int, at: int, quote: str, sha256: str = ORIGINAL) -> dict[str, str]:
    return {
        "document": "plan.txt",
        "digest_start": str(start),
        "digest_end": str(end),
        "digest_quote": quote,
        "original_sha256": sha256,
        "original_start": str(at),
        "original_end": str(at + len(quote)),
        "original_quote": quote,
    }


def test_a_digest_points_at_the_span_its_figure_overlaps_most() -> None:
    documents = [source(edition="digest", original_sha256=ORIGINAL)]
    spans = [span(60, 71, 900, "三到5年"), span(69, 76, 300, "14.5万座"), span(80, 90, 400, "9家")]
    (row,) = rows_of([claim("灯塔", 5.0, raw_start=70, raw_end=76)], documents, spans)
    assert (row["original_start"], row["original_end"], row["original_numeral"]) == (300, 306, "14.5万")


def test_a_span_of_another_original_does_not_count() -> None:
    documents = [source(edition="digest", original_sha256=ORIGINAL)]
    (row,) = rows_of([claim("灯塔", 5.0, raw_start=70, raw_end=76)], documents, [span(70, 76, 300, "5座", "e" * 64)])
    assert row.get("original_sha256") is None


def test_every_row_of_the_seed_table_is_a_stretch_of_digest_and_original() -> None:
    rows = [row for rows in original_spans().values() for row in rows]
    assert rows
    for row in rows:
        assert row["digest_end"] - row["digest_start"] == len(row["digest_quote"])
        assert row["original_end"] - row["original_start"] == len(row["original_quote"])


SENTENCE = "据该市有关部门介绍，截至年末全市已经建成并且点亮的灯塔共有五座，其中海港三座，其余两座都在湖边。"


def independent(first: str, second: str) -> dict[str, bool]:
    documents = [
        source(name, day, publisher_type="media") for name, day in (("old", "2022-01-05"), ("new", "2022-02-05"))
    ]
    claims = [
        claim("灯塔", 5.0, source_id="old", context=first),
        claim("灯塔", 5.0, source_id="new", context=second),
    ]
    return {row["source_id"]: row["independent"] for row in rows_of(claims, documents)}


def test_a_sentence_printed_again_is_no_independent_evidence() -> None:
    assert independent(SENTENCE, SENTENCE.replace("该市有关部门", "")) == {"old": True, "new": False}


def test_the_same_figure_in_words_of_its_own_is_independent() -> None:
    other = "记者昨天在全市交通工作会议上得知，灯塔建设又有进展，海港和湖边投入使用的灯塔目前合计达到五座。"
    assert independent(SENTENCE, other) == {"old": True, "new": True}


def test_short_sentences_are_alike_without_being_copied() -> None:
    assert independent("全市灯塔达到五座。", "全市灯塔达到五座。") == {"old": True, "new": True}
