"""The stage as a whole: a folder in, three tables of the contract out, whatever lies in the folder."""

import hashlib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipeline.contract import schema
from pipeline.contract.codes import codes_of
from pipeline.contract.paths import SEEDS
from pipeline.ingest import run, run_files
from pipeline.ingest.files import LARGEST

ARTICLE = """---
title: '某市的数字产业'
author: 某某日报
date: Sun, 11 Jul 2021 23:15:18 GMT
url: https://example.org/a
region: 210100
license: CC-BY-4.0
---
<p>全市有数字企业318家。</p>
"""


def rows(tables: dict[str, pa.Table], table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tables[table].to_pylist()
    return found


def source(tables: dict[str, pa.Table], source_id: str) -> dict[str, Any]:
    (row,) = [row for row in rows(tables, "sources") if row["source_id"] == source_id]
    return row


def test_a_folder_without_a_registry_is_read_by_its_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(ARTICLE.encode())
    tables = run(tmp_path)
    found = source(tables, "a")
    assert (found["title"], found["publisher"], found["publisher_type"]) == ("某市的数字产业", "某某日报", "media")
    assert (found["published"], str(found["published_from"]), str(found["published_to"])) == ("2021-07-12",) * 3
    assert (found["url"], found["region_id"]) == ("https://example.org/a", "210100")
    assert (found["licence"], found["evidence_policy"], found["edition"]) == ("CC-BY-4.0", "full", "original")
    assert (found["media_type"], found["encoding"], found["script"]) == ("text/html", "utf-8", "Hans")
    (document,) = rows(tables, "documents")
    assert document["text"] == ARTICLE
    assert document["text"][document["body_start"] :] == "<p>全市有数字企业318家。</p>\n"


def test_a_page_that_nobody_rated_is_unrated_and_does_not_vouch_for_itself(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: 甲\nstanding: first_hand\n---\n全市企业3家。", "utf-8")
    assert source(run(tmp_path), "a")["standing"] == "unrated"
    (tmp_path / "sources.csv").write_text("file,title\na.md,甲\n", "utf-8")
    assert source(run(tmp_path), "a")["standing"] == "unrated"
    (tmp_path / "sources.csv").write_text("file,standing\na.md,unsourced\n", "utf-8")
    assert source(run(tmp_path), "a")["standing"] == "unsourced"


def test_a_registry_may_declare_a_copy_that_the_words_do_not_show(tmp_path: Path) -> None:
    for name, words in (
        ("a", "全市企业3家。"),
        ("b", "三家企业，全市仅此。"),
        ("c", "另一件事。"),
        ("d", "又一件事。"),
    ):
        (tmp_path / f"{name}.txt").write_text(words, "utf-8")
    told: list[str] = []
    (tmp_path / "sources.csv").write_text("file,duplicate_of\na.txt,\nb.txt,a.txt\nc.txt,b.txt\nd.txt,e.txt\n", "utf-8")
    found = {row["source_id"]: row["duplicate_of"] for row in rows(run(tmp_path, progress=told.append), "sources")}
    assert found == {"a": None, "b": "a", "c": "a", "d": None}
    assert [line for line in told if "duplicate_of" in line] == ["d.txt: duplicate_of names no document: e.txt"]
    (tmp_path / "sources.csv").write_text("file,duplicate_of\na.txt,b.txt\nb.txt,a.txt\nc.txt,c.txt\nd.txt,\n", "utf-8")
    assert {row["duplicate_of"] for row in rows(run(tmp_path), "sources")} == {None}


def test_front_matter_that_is_wrong_costs_the_field_and_not_the_document(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: 甲\ndate: 明天\nregion: 某市\n---\n全市企业3家。", "utf-8")
    found = source(run(tmp_path), "a")
    assert (found["title"], found["published"], found["region_id"]) == ("甲", None, None)


def test_the_registry_wins_over_the_documents_head_which_fills_its_gaps(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(ARTICLE, "utf-8")
    (tmp_path / "sources.csv").write_text("file,title,url\na.html,登记的标题,\n", "utf-8")
    found = source(run(tmp_path), "a")
    assert (found["title"], found["url"], found["published"]) == ("登记的标题", "https://example.org/a", "2021-07-12")


def test_a_registered_document_cannot_grant_itself_a_licence(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(ARTICLE, "utf-8")
    (tmp_path / "sources.csv").write_text("file,rights\na.html,official document of a state organ\n", "utf-8")
    found = source(run(tmp_path), "a")
    assert (found["licence"], found["evidence_policy"]) == (None, "none")


@pytest.mark.parametrize(
    ("licence", "policy", "expected"),
    [
        ("", "", "none"),
        ("CC-BY-4.0", "", "full"),
        ("CC0-1.0", "", "full"),
        ("CC-BY-NC-4.0", "", "none"),
        ("CC-BY-4.0", "none", "none"),
        ("", "snippet", "snippet"),
    ],
)
def test_the_evidence_policy_is_what_the_registry_or_a_free_licence_says(
    tmp_path: Path, licence: str, policy: str, expected: str
) -> None:
    (tmp_path / "a.txt").write_text("全市企业3家。", "utf-8")
    (tmp_path / "sources.csv").write_text(f"file,licence,evidence_policy\na.txt,{licence},{policy}\n", "utf-8")
    assert source(run(tmp_path), "a")["evidence_policy"] == expected


def test_what_cannot_be_read_is_set_aside_with_its_reason_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("全市企业3家。", "utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b"\xef\xbb\xbf \n")
    (tmp_path / "zeros.txt").write_bytes(bytes(500))
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "latin.txt").write_bytes("Überschüsse für Städte".encode("latin-1"))
    (tmp_path / "tags.html").write_text("<p <div <table><tr<td " * 2000 + "全市企业3家。", "utf-8")
    with (tmp_path / "dump.txt").open("wb") as file:
        file.truncate(50_000_000)
    assert LARGEST < 50_000_000
    heard: list[str] = []
    tables = run(tmp_path, progress=heard.append)
    assert [row["source_id"] for row in rows(tables, "sources")] == ["good", "tags"]
    assert {row["file"]: row["reason"] for row in rows(tables, "quarantine")} == {
        "empty.txt": "empty",
        "blank.txt": "empty",
        "zeros.txt": "binary",
        "paper.pdf": "binary",
        "latin.txt": "undecodable",
        "dump.txt": "too_large",
    }
    assert all(row["advice"] and row["reason"] in codes_of("quarantine_reason") for row in rows(tables, "quarantine"))
    assert len(heard) == 8


def test_a_row_whose_file_is_not_there_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("全市企业3家。", "utf-8")
    (tmp_path / "sources.csv").write_text("file\na.txt\nlost.txt\n", "utf-8")
    tables = run(tmp_path)
    assert [(row["file"], row["reason"]) for row in rows(tables, "quarantine")] == [("lost.txt", "missing")]
    assert tables["sources"].num_rows == 1


def test_a_copy_names_its_original(tmp_path: Path) -> None:
    text = "新的算力中心分三期建设，第一期安排2500个机柜，园区里的中小企业都可以申请使用。"
    (tmp_path / "later.txt").write_text(f"---\ndate: 2021-05-02\n---\n{text}", "utf-8")
    (tmp_path / "first.txt").write_text(f"---\ndate: 2021-05-01\n---\n{text}", "utf-8")
    tables = run(tmp_path)
    assert source(tables, "later")["duplicate_of"] == "first"
    assert source(tables, "first")["duplicate_of"] is None


@pytest.mark.parametrize("registry", [None, "file\na.txt\ndocuments/a.txt\n"], ids=["no registry", "a registry"])
def test_two_files_of_one_name_are_two_sources(tmp_path: Path, registry: str | None) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "a.txt").write_text("全市企业3家。", "utf-8")
    (tmp_path / "documents" / "a.txt").write_text("全省园区5个。", "utf-8")
    if registry:
        (tmp_path / "sources.csv").write_text(registry, "utf-8")
    found = [(row["source_id"], row["file"]) for row in rows(run(tmp_path), "sources")]
    assert found == [("a.txt", "a.txt"), ("documents_a.txt", "documents/a.txt")]


def test_bytes_are_kept_under_their_hash(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes("全市企业3家。\r\n".encode("gb18030"))
    digest = source(run(tmp_path / "in", store=tmp_path / "store"), "a")["sha256"]
    kept = tmp_path / "store" / "sha256" / digest[:2] / digest
    assert kept.read_bytes() == (tmp_path / "in" / "a.txt").read_bytes()


def test_an_empty_folder_gives_empty_tables_of_the_contract(tmp_path: Path) -> None:
    tables = run(tmp_path)
    assert {name: table.num_rows for name, table in tables.items()} == {"sources": 0, "documents": 0, "quarantine": 0}
    assert all(table.schema == schema(name) for name, table in tables.items())


def test_a_name_that_is_no_utf_8_does_not_stop_the_stage(tmp_path: Path) -> None:
    (tmp_path / "a\udcff.txt").write_text("全市企业3家。", "utf-8")
    (row,) = rows(run(tmp_path), "sources")
    assert row["file"] == "a\\udcff.txt"


def test_two_runs_give_equal_tables(tmp_path: Path) -> None:
    for i in range(4):
        (tmp_path / f"{i}.txt").write_text(f"全市企业{i}家，园区{i}个，国家级平台一个。", "utf-8")
    assert run(tmp_path) == run(tmp_path)


def test_single_files_are_read_with_their_rows_of_the_registry_beside_them(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    for name in ("a.txt", "documents/b.txt", "c.txt"):
        (tmp_path / name).write_text("全市企业3家。", "utf-8")
    (tmp_path / "sources.csv").write_text(
        "file,title,region\na.txt,甲,210200\nb.txt,乙,210100\nc.txt,丙,某市\n", "utf-8"
    )
    tables = run_files([tmp_path / "documents" / "b.txt", tmp_path / "c.txt"])
    assert [(row["file"], row["title"], row["region_id"]) for row in rows(tables, "sources")] == [
        ("b.txt", "乙", "210100"),
        ("c.txt", "丙", None),
    ]


def test_a_date_and_a_place_given_by_hand_hold_for_single_files(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(ARTICLE, "utf-8")
    found = source(run_files([tmp_path / "a.html", tmp_path / "a.html"], published="2024-05", region_id="210200"), "a")
    assert (found["published"], found["region_id"], found["title"]) == ("2024-05", "210200", "某市的数字产业")
    with pytest.raises(ValueError, match="published"):
        run_files([tmp_path / "a.html"], published="soon")


def test_a_single_file_that_is_not_there_is_set_aside(tmp_path: Path) -> None:
    (row,) = rows(run_files([tmp_path / "lost.txt"]), "quarantine")
    assert (row["file"], row["reason"]) == ("lost.txt", "missing")


def test_the_bundled_registry_is_read_whole() -> None:
    tables = run(SEEDS)
    assert tables["quarantine"].num_rows == 0
    numbers = [int(row["source_id"][:3]) for row in rows(tables, "sources")]
    assert numbers == [*range(5), *range(101, 140)]
    assert {(row["edition"], row["licence"], row["evidence_policy"]) for row in rows(tables, "sources")} == {
        ("digest", "CC-BY-4.0", "full")
    }
    assert [row["source_id"][:3] for row in rows(tables, "sources") if row["script"] != "Hans"] == ["001"]
    assert [row["source_id"][:3] for row in rows(tables, "sources") if row["media_type"] != "text/plain"] == [
        "000",
        "003",
    ]
    assert {row["standing"] for row in rows(tables, "sources")} == codes_of("standing") - {"unrated"}


def test_a_digest_of_a_page_is_named_by_its_address_or_its_title() -> None:
    for row in rows(run(SEEDS), "sources"):
        if not row["original_sha256"]:
            named = hashlib.sha256((row["url"] or row["title"]).encode()).hexdigest()
            assert row["source_id"].endswith("_" + named[:16]), row["source_id"]
            assert row["published"] or row["standing"] in ("doubtful_date", "unsourced"), row["source_id"]


REFERENCE = SEEDS.parents[1] / "shared"


@pytest.mark.skipif(not (REFERENCE / "seeds").is_dir(), reason="the original documents are not beside this repository")
def test_the_originals_are_read_whole_and_are_what_the_digests_say_they_are() -> None:
    originals = run(REFERENCE / "seeds")
    assert originals["quarantine"].num_rows == 0
    assert {row["evidence_policy"] for row in rows(originals, "sources")} == {"none"}
    digests = rows(run(SEEDS), "sources")
    said = {row["source_id"]: row["original_sha256"] for row in digests if row["original_sha256"]}
    assert {row["source_id"]: row["sha256"] for row in rows(originals, "sources")} == said


@pytest.mark.skipif(not (REFERENCE / "corpus").is_dir(), reason="the work reports are not beside this repository")
def test_the_work_reports_are_read_whole_and_none_is_a_copy() -> None:
    tables = run(REFERENCE / "corpus")
    assert tables["quarantine"].num_rows == 0
    assert tables["sources"].num_rows >= 40
    assert {row["duplicate_of"] for row in rows(tables, "sources")} == {None}
