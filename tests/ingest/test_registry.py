"""The registry: what a person wrote about each source; a wrong row is set aside with advice and the others go on."""

import csv
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest.registry import read_registry
from pipeline.ingest.unreadable import SourcesError

with (Path(__file__).parents[1] / "cases" / "ingest" / "registry_rows.csv").open(encoding="utf-8", newline="") as lines:
    WRONG_CELLS = list(csv.DictReader(lines))


def folder_with(folder: Path, registry: str | bytes, *files: str) -> Path:
    (folder / "sources.csv").write_bytes(registry if isinstance(registry, bytes) else registry.encode())
    for name in files:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"{name}的正文", "utf-8")
    return folder


def quarantined(folder: Path) -> list[tuple[str, str]]:
    return [(row["file"], row["reason"]) for row in read_registry(folder).quarantine]


def test_a_row_tells_the_facts_of_its_document(tmp_path: Path) -> None:
    folder_with(
        tmp_path,
        "file,title,publisher,publisher_type,document_type,document_number,published,region_id,url,edition,original_sha256,licence,evidence_policy,retrieved\n"
        f"a.txt,甲,某报,media,news,某发〔2021〕1号,2021-11,210100,https://example.org/a,digest,{'AB' * 32},CC-BY-4.0,snippet,2024-01-02\n",
        "a.txt",
    )
    values = read_registry(tmp_path).entries[0].values
    assert values["title"] == "甲"
    assert (values["published"], str(values["published_from"]), str(values["published_to"])) == (
        "2021-11",
        "2021-11-01",
        "2021-11-30",
    )
    assert (values["region_id"], values["edition"], values["original_sha256"]) == ("210100", "digest", "ab" * 32)
    assert (values["licence"], values["evidence_policy"], values["retrieved"]) == ("CC-BY-4.0", "snippet", "2024-01-02")


def test_a_row_may_tell_how_far_its_page_can_be_trusted(tmp_path: Path) -> None:
    folder_with(tmp_path, "file,standing\na.txt,repost\nb.txt,rumour\n", "a.txt", "b.txt")
    found = read_registry(tmp_path)
    assert [(entry.file, entry.values["standing"]) for entry in found.entries] == [("a.txt", "repost")]
    assert "first_hand" in found.quarantine[0]["detail"]


def test_the_older_layout_is_read_and_its_notes_are_no_columns(tmp_path: Path) -> None:
    folder_with(
        tmp_path,
        "file,title,region,part,rights\na.txt,甲,210000,第一部分,official document of a state organ\n",
        "a.txt",
    )
    found = read_registry(tmp_path)
    assert found.entries[0].values == {"title": "甲", "region_id": "210000"}
    assert found.remarks == []


def test_a_column_nobody_knows_is_named_to_the_person_who_builds(tmp_path: Path) -> None:
    folder_with(tmp_path, "file,licience\na.txt,CC-BY-4.0\n", "a.txt")
    found = read_registry(tmp_path)
    assert "licience" in found.remarks[0]
    assert len(found.entries) == 1


@pytest.mark.parametrize("named", ["a.txt", "documents/a.txt"])
def test_a_file_lies_beside_the_registry_or_in_documents(tmp_path: Path, named: str) -> None:
    folder_with(tmp_path, f"file\n{named}\n", "documents/a.txt")
    (entry,) = read_registry(tmp_path).entries
    assert (entry.file, entry.path) == ("a.txt", tmp_path / "documents" / "a.txt")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_registry_as_a_spreadsheet_saves_it_is_read(tmp_path: Path, encoding: str) -> None:
    folder_with(tmp_path, "file,title\r\na.txt,某市数字经济发展规划和全市工业园区名单\r\n".encode(encoding), "a.txt")
    assert read_registry(tmp_path).entries[0].values["title"] == "某市数字经济发展规划和全市工业园区名单"


@pytest.mark.parametrize("case", WRONG_CELLS, ids=lambda case: case["what"])
def test_a_wrong_cell_is_told_with_its_column_and_costs_the_document_only_where_it_must(
    tmp_path: Path, case: dict[str, str]
) -> None:
    folder_with(tmp_path, f"file,title,{case['column']}\na.txt,甲,{case['cell']}\nb.txt,乙,\n", "a.txt", "b.txt")
    found = read_registry(tmp_path)
    (row,) = found.quarantine
    read = case["costs"] == "cell"
    assert [entry.file for entry in found.entries] == (["a.txt", "b.txt"] if read else ["b.txt"])
    assert [entry.values for entry in found.entries if entry.file == "a.txt"] == ([{"title": "甲"}] if read else [])
    assert (row["file"], row["reason"]) == ("sources.csv:2", f"bad_registry_{case['costs']}")
    assert case["says"] in row["detail"]
    assert "a.txt" in row["detail"]
    assert row["advice"]


@pytest.mark.parametrize(("told", "region"), [("辽宁省", "210000"), ("沈阳", "210100"), ("全国", None), ("长安", None)])
def test_a_place_may_be_registered_by_a_name_it_alone_bears(tmp_path: Path, told: str, region: str | None) -> None:
    folder_with(tmp_path, f"file,region\na.txt,{told}\n", "a.txt")
    assert [entry.values.get("region_id") for entry in read_registry(tmp_path).entries] == [region]


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("bulletin", "communique"),
        ("Broadcast", "news"),
        ("统计公报", "communique"),
        ("规划", "plan"),
        ("press release", "press_release"),
    ],
)
def test_kinds_of_documents_are_read_as_people_write_them(tmp_path: Path, told: str, kind: str) -> None:
    folder_with(tmp_path, f"file,document_type\na.txt,{told}\n", "a.txt")
    assert [entry.values for entry in read_registry(tmp_path).entries] == [{"document_type": kind}]


@pytest.mark.parametrize("path", ["../a.txt", "/etc/hostname", "documents/../../a.txt", "x" * 2000, ""])
def test_a_row_that_names_no_file_of_the_folder_is_set_aside(tmp_path: Path, path: str) -> None:
    folder_with(tmp_path, f"file,title\n{path},甲\nb.txt,乙\n", "b.txt")
    assert quarantined(tmp_path) == [("sources.csv:2", "bad_registry_row")]


def test_a_second_row_for_a_file_is_set_aside(tmp_path: Path) -> None:
    folder_with(tmp_path, "file,title\na.txt,甲\ndocuments/a.txt,乙\na.txt,丙\n", "documents/a.txt")
    found = read_registry(tmp_path)
    assert [entry.values["title"] for entry in found.entries] == ["甲"]
    assert [row["file"] for row in found.quarantine] == ["sources.csv:3", "sources.csv:4"]


def test_a_row_with_more_or_fewer_cells_than_the_head_is_set_aside(tmp_path: Path) -> None:
    folder_with(tmp_path, "file,title\na.txt,甲,乙\nb.txt\n\nc.txt,丙\n", "a.txt", "b.txt", "c.txt")
    assert quarantined(tmp_path) == [("sources.csv:2", "bad_registry_row"), ("sources.csv:3", "bad_registry_row")]


def test_a_text_without_a_row_is_not_forgotten_in_silence(tmp_path: Path) -> None:
    folder_with(tmp_path, "file\na.txt\n", "a.txt", "documents/b.txt", "README.md", "photo.png", "inbox/c.txt")
    assert quarantined(tmp_path) == [("b.txt", "unregistered")]


def test_reserved_rights_without_a_licence_cannot_be_published_in_full(tmp_path: Path) -> None:
    folder_with(tmp_path, "file,rights,evidence_policy\na.txt,all rights reserved,full\n", "a.txt")
    assert quarantined(tmp_path) == [("sources.csv:2", "bad_registry_row")]


@pytest.mark.parametrize(
    "registry",
    [b"", b"title\nx\n", b"file,file\na.txt,a.txt\n", b"\x00" * 90, b"%PDF-1.4", b'file\n"' + b"x" * 200_000],
    ids=["empty", "no file column", "a column twice", "zeros", "a PDF", "a cell without end"],
)
def test_a_registry_that_is_none_is_one_clear_error(tmp_path: Path, registry: bytes) -> None:
    with pytest.raises(SourcesError, match=r"sources\.csv"):
        read_registry(folder_with(tmp_path, registry))


def test_without_a_registry_every_file_is_a_source(tmp_path: Path) -> None:
    for name in ("b.txt", "sub/a.md", "photo.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("文", "utf-8")
    found: list[Any] = read_registry(tmp_path).entries
    assert [entry.file for entry in found] == ["b.txt", "photo.png", "sub/a.md"]
