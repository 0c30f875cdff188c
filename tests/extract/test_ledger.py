"""Every numeral run has exactly one claim or one reason, and the stage accounts for all documents."""

import re
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from pipeline.clean.text import Edit, Text
from pipeline.contract import build, schema
from pipeline.contract.paths import ROOT, TABLES
from pipeline.extract import extractor_hash, run
from pipeline.extract import jsonl as claim_objects
from pipeline.extract import run as stage
from pipeline.extract.ledger import Ledger, Taken, assign
from pipeline.extract.proof import ledger_gaps
from pipeline.extract.readings import Readings
from pipeline.extract.reasons import Reasons
from pipeline.extract.run import WORD_TABLES
from pipeline.extract.scanner import numeral_runs

RAW = "<p>全省书屋达到<b>9</b>00家，步道15—20条，其中三分之一是新建的。</p>"


def source(source_id: str = "doc") -> dict[str, Any]:
    return {
        "source_id": source_id,
        "file": f"{source_id}.txt",
        "title": None,
        "publisher": None,
        "publisher_type": "unknown",
        "standing": "unrated",
        "document_type": "news",
        "document_number": None,
        "published": "2021-07-12",
        "published_from": date(2021, 7, 12),
        "published_to": date(2021, 7, 12),
        "region_id": "210000",
        "url": None,
        "edition": "original",
        "original_sha256": None,
        "licence": None,
        "evidence_policy": "none",
        "sha256": "0" * 64,
        "media_type": "text/html",
        "encoding": "utf-8",
        "script": "Hans",
        "characters": len(RAW),
        "replaced": 0,
        "retrieved": None,
        "duplicate_of": None,
    }


def tables(*ids: str) -> tuple[pa.Table, pa.Table, pa.Table, pa.Table]:
    """Sources, documents, edits and passages of documents that all say ``RAW``, as cleaning would give them."""
    edits, passages = [], []
    for source_id in ids:
        for tag in ("<p>", "<b>", "</b>", "</p>"):
            at = RAW.index(tag)
            edits.append(
                {"source_id": source_id, "raw_start": at, "raw_end": at + len(tag), "replacement": "", "rule": "tag"}
            )
        passages.append(
            {
                "passage_id": f"{source_id}/p0001",
                "source_id": source_id,
                "ordinal": 1,
                "kind": "paragraph",
                "level": None,
                "label": None,
                "run_in": False,
                "section_path": "",
                "raw_start": 0,
                "raw_end": len(RAW),
                "clean_start": 0,
                "clean_end": len(RAW) - len("<p><b></b></p>"),
                "text": None,
                "repeats": None,
            }
        )
    documents = [{"source_id": source_id, "text": RAW, "body_start": 0} for source_id in ids]
    return (
        build("sources", [source(source_id) for source_id in ids]),
        build("documents", documents),
        build("edits", edits),
        build("passages", passages),
    )


def test_a_quote_keeps_the_markup_inside_it() -> None:
    claims = run(*tables("doc"))["claims"].to_pylist()
    assert claims[0]["quote"] == "9</b>00家"
    assert (claims[0]["value"], claims[0]["claim_id"]) == (900.0, f"doc:{RAW.index('9')}-{RAW.index('，')}")


def test_a_claim_may_take_several_runs() -> None:
    made = run(*tables("doc"))
    taken = [
        row["numeral"]
        for row in made["numerals"].to_pylist()
        if row["claim_id"] == made["claims"].to_pylist()[1]["claim_id"]
    ]
    assert taken == ["15", "20"]


def test_every_run_has_one_claim_or_one_reason() -> None:
    sources, documents, edits, passages = tables("doc", "other")
    made = run(sources, documents, edits, passages)
    assert list(ledger_gaps(documents, made["numerals"], made["claims"])) == []
    assert made["numerals"].num_rows == 2 * len(numeral_runs(RAW))


def test_the_tables_have_the_contracts_schema() -> None:
    made = run(*tables("doc"))
    assert {name: table.schema for name, table in made.items()} == {
        name: schema(name) for name in ("numerals", "claims", "quarantine")
    }


def test_a_document_that_fails_is_set_aside_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    read = stage.__globals__["read_document"]

    def breaks(row: dict[str, Any], *rest: Any) -> Any:
        if row["source_id"] == "bad":
            raise ValueError("no sense in it")
        return read(row, *rest)

    monkeypatch.setitem(stage.__globals__, "read_document", breaks)
    made = run(*tables("bad", "good"))
    assert [(row["file"], row["stage"], row["reason"]) for row in made["quarantine"].to_pylist()] == [
        ("bad.txt", "extract", "failed")
    ]
    assert set(made["claims"]["source_id"].to_pylist()) == {"good"}


def test_an_empty_corpus_gives_empty_tables() -> None:
    made = run(*tables())
    assert {name: table.num_rows for name, table in made.items()} == {"numerals": 0, "claims": 0, "quarantine": 0}


def test_a_quote_wins_over_the_reading_of_its_neighbour() -> None:
    first, second = Taken("a", 0, 2, 0, 9), Taken("b", 4, 8, 4, 9)
    runs = np.array([(0, 1), (4, 5), (8, 9), (20, 21)])
    assert assign(runs[:, 0], runs[:, 1], [(0, first), (0, second)]).tolist() == [0, 1, 1, -1]


def test_the_ledger_prints_what_the_text_holds() -> None:
    raw = "𝟙2家\n共３４五，\U00020000六"
    documents = build("documents", [{"source_id": one, "text": raw, "body_start": 0} for one in ("a", "b", "c")])
    ledger = Ledger(documents, schema("edits").empty_table())
    ledger.enter(0, [Taken("a:0-2", 0, 2, 0, 9)], Reasons(Text(raw), [], Readings(raw)))
    ledger.enter(2, [], Reasons(Text(raw), [], Readings(raw)))
    rows = ledger.table().to_pylist()
    assert [(row["source_id"], raw[row["raw_start"] : row["raw_end"]]) for row in rows] == [
        (source_id, numeral) for source_id in "ac" for numeral in ("𝟙2", "３４五", "六")
    ]
    assert [row["numeral"] for row in rows] == ["𝟙2", "３４五", "六"] * 2
    assert [row["claim_id"] for row in rows] == ["a:0-2", "a:0-2", None, None, None, None]
    assert [row["reason"] is None for row in rows] == [row["claim_id"] is not None for row in rows]


def test_what_one_edit_removed_is_told_for_all_documents_as_for_each() -> None:
    """A page has thousands of numerals in its markup: their reasons are read off the table of edits at once."""
    rows = [
        (0, 7, "", "tag"),
        (9, 12, "", "caption"),
        (12, 14, "2", "width"),
        (14, 15, "", "tag"),
        (15, 17, None, "style"),
        (20, 22, "", "spaces"),
    ]
    raw = "<td a3>1图4 图35<6七  八 9 "
    texts = {"a": (raw, rows), "b": (raw + "10", [])}
    edits = [
        dict(zip(("source_id", "raw_start", "raw_end", "replacement", "rule"), (source_id, *row), strict=True))
        for source_id, (_, found) in texts.items()
        for row in found
    ]
    documents = build(
        "documents", [{"source_id": one, "text": text, "body_start": 0} for one, (text, _) in texts.items()]
    )
    ledger = Ledger(documents, build("edits", edits))
    alone: list[str] = []
    for number, (raw, found) in enumerate(texts.values()):
        text = Text(raw, tuple(Edit(start, end, new or "", rule) for start, end, new, rule in found))
        reasons = Reasons(text, [], Readings(text.clean))
        alone += reasons.of(numeral_runs(raw))
        ledger.enter(number, [], reasons)
    assert ledger.table()["reason"].to_pylist() == alone
    assert {"markup", "furniture"} < set(alone)


def test_the_json_of_a_claim_has_the_guidelines_fields() -> None:
    sources, documents, edits, passages = tables("doc")
    claims = run(sources, documents, edits, passages)["claims"]
    first = next(claim_objects.objects("doc.txt", RAW, claims.to_pylist()))
    assert tuple(first) == claim_objects.ORDER
    assert RAW[first["start"] : first["end"]] == first["quote"]
    assert (first["doc"], first["value"], first["region"], first["optional"]) == ("doc.txt", 900, "210000", False)


def test_the_extractors_hash_is_stable() -> None:
    assert extractor_hash() == extractor_hash()
    assert len(extractor_hash()) == 64


def test_the_hash_covers_every_word_table_the_grammar_reads() -> None:
    stages = [ROOT / "pipeline" / "extract", ROOT / "pipeline" / "clean"]
    sources = "".join(
        path.read_text(encoding="utf-8") for stage_folder in stages for path in sorted(stage_folder.glob("*.py"))
    )
    read_here = set(re.findall(r'(?:seed_rows|hits)\("([a-z_]+)"', sources))
    assert read_here
    assert read_here <= set(WORD_TABLES)


def test_every_word_table_exists() -> None:
    assert [name for name in WORD_TABLES if not (TABLES / f"{name}.csv").is_file()] == []
