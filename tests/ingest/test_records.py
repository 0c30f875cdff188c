"""Records: one file for many documents. It says what a folder would have said, and a bad record costs itself alone."""

import csv
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.ingest import SourcesError, run
from pipeline.ingest.plan import plan
from pipeline.ingest.records import read_records

TEXTS = {
    "港口.txt": "港口年报\n2023年，全港吞吐量达到318万吨，比上年增长9.2%。\n",
    "园区.html": "<p>园区新建厂房36栋。</p>\r\n<p>入驻企业41家。</p>",
    "转载.txt": "来源：某报\n港口年报\n2023年，全港吞吐量达到318万吨，比上年增长9.2%。\n",
}
ROWS: list[dict[str, Any]] = [
    {"title": "港口年报", "published": "2024-01-05", "region_id": "210200", "licence": "CC-BY-4.0", "rights": ""},
    {"title": "园区近况", "published": "2023", "region_id": "沈阳", "licence": "", "rights": "all rights reserved"},
    {"title": "港口年报", "published": "2024-01-06", "region_id": "somewhere", "licence": "", "rights": ""},
]
RECORDS = [{"id": name, "text": text, **row} for (name, text), row in zip(TEXTS.items(), ROWS, strict=True)]


def as_folder(place: Path) -> Path:
    folder = place / "folder"
    folder.mkdir()
    with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as registry:
        rows = csv.DictWriter(registry, ["file", *ROWS[0]])
        rows.writeheader()
        rows.writerows({"file": name, **row} for name, row in zip(TEXTS, ROWS, strict=True))
    for name, text in TEXTS.items():
        (folder / name).write_bytes(text.encode())
    return folder


def as_json_lines(place: Path) -> Path:
    path = place / "corpus.jsonl"
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS), "utf-8")
    return path


def as_packed_json_lines(place: Path) -> Path:
    path = place / "corpus.jsonl.zst"
    with pa.output_stream(str(path), compression="zstd") as packed:
        packed.write("".join(json.dumps(record) + "\n" for record in RECORDS).encode())
    return path


def as_parquet(place: Path) -> Path:
    pq.write_table(pa.Table.from_pylist(RECORDS), place / "corpus.parquet", row_group_size=2)
    return place / "corpus.parquet"


def as_parquet_of_bytes(place: Path) -> Path:
    columns = [{**record, "bytes": record["text"].encode(), "text": None} for record in RECORDS]
    pq.write_table(pa.Table.from_pylist(columns), place / "bytes.parquet")
    return place / "bytes.parquet"


def written(place: Path, *lines: str | bytes | Mapping[str, Any]) -> Path:
    path = place / "corpus.jsonl"
    said = [json.dumps(line) if isinstance(line, Mapping) else line for line in lines]
    path.write_bytes(b"\n".join(line.encode() if isinstance(line, str) else line for line in said) + b"\n")
    return path


def set_aside(place: Path, *lines: str | bytes | Mapping[str, Any]) -> tuple[list[str], list[tuple[str, str, str]]]:
    found = read_records(written(place, *lines), place / "texts")
    assert all(row["advice"] for row in found.quarantine)
    return (
        [entry.file for entry in found.entries],
        [(row["file"], row["reason"], row["detail"]) for row in found.quarantine],
    )


@pytest.mark.parametrize("form", [as_json_lines, as_packed_json_lines, as_parquet, as_parquet_of_bytes])
def test_a_file_of_records_says_what_the_folder_says(tmp_path: Path, form: Callable[[Path], Path]) -> None:
    folder, records = run(as_folder(tmp_path)), run(form(tmp_path))
    for name in ("sources", "documents"):
        assert records[name].sort_by("source_id").equals(folder[name].sort_by("source_id"))
    assert records["sources"].num_rows == len(TEXTS)
    assert records["sources"].column("duplicate_of").drop_null().to_pylist() == ["港口"]
    (told,), (written_of_it,) = folder["quarantine"].to_pylist(), records["quarantine"].to_pylist()
    assert (told["file"], told["reason"]) == ("sources.csv:4", "bad_registry_cell")
    assert written_of_it["file"].endswith(":3")
    assert written_of_it["detail"] == told["detail"]


def test_what_is_no_record_is_told_with_its_line_and_the_others_are_read(tmp_path: Path) -> None:
    read, told = set_aside(
        tmp_path,
        {"id": "a", "text": "正文"},
        "{'id': 'b'}",
        "",
        '["c"]',
        b'{"id": "d", "text": "\xff"}',
        {"text": "无名"},
        {"id": True, "text": "无名"},
        {"id": "a", "text": "又一篇"},
        {"id": "e"},
        {"id": "f", "text": 318},
        {"id": "g", "text": "\ud800"},
        {"id": "h", "text": "正文", "title": ["甲"]},
        {"id": "i", "text": "正文", "evidence_policy": "some"},
        {"id": "j", "text": "正文"},
    )
    assert read == ["a", "j"]
    lines = [int(file.removeprefix("corpus.jsonl:")) for file, _, _ in told]
    assert lines == [2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    assert {reason for _, reason, _ in told} == {"bad_registry_row"}
    assert told[5][2] == "a has a record already"
    assert "no text" in told[6][2]
    assert "evidence_policy" in told[-1][2]


def test_a_wrong_cell_that_only_describes_costs_itself(tmp_path: Path) -> None:
    read, told = set_aside(tmp_path, {"id": "a", "text": "正文", "published": "someday", "title": "甲"})
    assert read == ["a"]
    assert [(file, reason) for file, reason, _ in told] == [("corpus.jsonl:1", "bad_registry_cell")]


def test_a_text_above_the_limit_is_set_aside_however_long_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.ingest.records.LARGEST", 60)
    monkeypatch.setattr("pipeline.ingest.records.LONGEST", 240)
    big = [{"id": "a", "text": "文" * 21}, {"id": "b", "text": "文" * 200}]
    read, told = set_aside(tmp_path, *big, {"id": "c", "text": "文" * 20})
    assert read == ["c"]
    assert [(file, reason) for file, reason, _ in told] == [
        ("corpus.jsonl:1", "too_large"),
        ("corpus.jsonl:2", "too_large"),
    ]


def test_an_empty_text_is_judged_as_an_empty_file_is(tmp_path: Path) -> None:
    tables = run(written(tmp_path, {"id": "a", "text": ""}, {"id": "b", "text": "正文"}))
    assert [(row["file"], row["reason"]) for row in tables["quarantine"].to_pylist()] == [("a", "empty")]


def test_numbers_and_days_are_cells_as_a_person_would_write_them(tmp_path: Path) -> None:
    rows = [{"id": 7, "text": "正文", "region": 210100, "published": date(2024, 1, 5), "colour": "red"}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "corpus.parquet")
    found = read_records(tmp_path / "corpus.parquet", tmp_path / "texts")
    (entry,) = found.entries
    assert (entry.file, entry.cells) == ("7", {"region_id": "210100", "published": "2024-01-05"})
    assert found.remarks == ["corpus.parquet: fields not known and not read: colour"]


def test_damaged_text_in_parquet_is_read_as_that_of_a_damaged_file(tmp_path: Path) -> None:
    damaged = "全市新建公园三处，都在河边，都已开放。".encode() * 20 + b"\xff"
    column = pa.array([damaged]).cast(pa.large_binary()).view(pa.large_string())
    pq.write_table(pa.table({"id": ["a"], "text": column}), tmp_path / "corpus.parquet")
    (row,) = run(tmp_path / "corpus.parquet")["sources"].to_pylist()
    assert (row["encoding"], row["replaced"]) == ("utf-8", 1)


@pytest.mark.parametrize("name", ["corpus.parquet", "corpus.jsonl.zst"])
def test_a_file_that_is_not_what_its_name_says_is_a_clear_error(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b'{"id": "a", "text": "..."}')
    with pytest.raises(SourcesError, match="cannot be read as its name says"):
        run(tmp_path / name)


def test_parquet_without_the_columns_that_make_a_record_is_a_clear_error(tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": ["a"], "body": ["正文"]}), tmp_path / "corpus.parquet")
    with pytest.raises(SourcesError, match="`text` or `bytes`"):
        run(tmp_path / "corpus.parquet")


def test_a_batch_is_told_where_its_documents_begin_and_end(tmp_path: Path) -> None:
    planned = plan(as_packed_json_lines(tmp_path), tmp_path / "work" / "texts")
    data = (tmp_path / "work" / "texts").read_bytes()
    spans = [task.entry.span for task in planned.tasks]
    assert [data[start : start + size].decode() for start, size in filter(None, spans)] == list(TEXTS.values())
    assert [task.size for task in planned.tasks] == [len(text.encode()) for text in TEXTS.values()]
