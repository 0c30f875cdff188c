"""The originals, where they are at hand beside the repository: headings, joined sentences, nothing left of the page."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline import clean, ingest
from pipeline.clean import Text, clauses, clean_fragment, heading_list, sentences, texts_of
from pipeline.contract.paths import ROOT
from pipeline.ingest.script import script_characters

SHARED = ROOT.parent / "shared"
DIGESTS = ROOT / "seeds"
needs_originals = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason="the originals (../shared) are not at hand"
)
FOLDERS = [
    pytest.param(DIGESTS, id="digests"),
    pytest.param(SHARED / "seeds", id="originals", marks=needs_originals),
]


@cache
def stage(folder: Path) -> tuple[dict[str, Any], dict[str, Any], dict[str, Text]]:
    read = ingest.run(folder)
    made = clean.run(read["sources"], read["documents"])
    return read, made, texts_of(read["documents"], made["edits"])


def text_of(folder: Path, number: str) -> Text:
    return next(text for source_id, text in stage(folder)[2].items() if source_id.startswith(number))


def passages_of(folder: Path, number: str) -> list[dict[str, Any]]:
    return [row for row in stage(folder)[1]["passages"].to_pylist() if row["source_id"].startswith(number)]


@needs_originals
def test_the_headings_of_the_plan_are_those_that_a_reader_marked() -> None:
    marked = json.loads((SHARED / "annotation" / "headings_004.json").read_text(encoding="utf-8"))["headings"]
    text = text_of(SHARED / "seeds", "004")
    found = [
        {
            "level": heading.level,
            "label": heading.label,
            "title": heading.title,
            "start": text.to_raw(heading.start, heading.end)[0],
            "run_in": heading.run_in,
        }
        for heading in heading_list(text, "数字辽宁发展规划(1.0版)")
    ]
    assert found == marked


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_is_set_aside_and_every_correction_finds_its_fault(folder: Path) -> None:
    made = stage(folder)[1]
    assert made["quarantine"].num_rows == 0
    rows = made["corrections"].to_pylist()
    assert rows
    assert [row["correction_id"] for row in rows if row["outcome"] not in ("applied", "undecided")] == []


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_no_markup_furniture_or_notice_is_left(folder: Path, number: str) -> None:
    clean_text = text_of(folder, number).clean
    assert not re.search(r"<|>|&#|&[a-z]+;|\{|\}|https?:|\]\(|image\.png", clean_text)
    assert not re.search(r"责任编辑|文章来源|二维码|返回首页|授权|转载|\.pdf", clean_text)


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_traditional_character_is_left_in_the_traditional_document(folder: Path) -> None:
    text = text_of(folder, "001")
    assert not set(text.clean) & script_characters().hant
    assert not re.search("[「」『』]", text.clean)


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_sentences_that_captions_and_breaks_cut_are_whole(folder: Path) -> None:
    paragraphs = [
        row["text"] for number in ("001", "004") for row in passages_of(folder, number) if row["kind"] == "paragraph"
    ]
    long = [text for text in paragraphs if len(text) > 45]
    assert len(long) > 100
    assert [text[-10:] for text in long if text[-1] not in "。：:”；;"] == []
    assert any("国家互联网骨干直联点" in text for text in paragraphs)
    assert sum("caption" in row["rule"] for row in stage(folder)[1]["edits"].to_pylist()) == 4


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_lead_printed_twice_is_kept_and_marked(folder: Path) -> None:
    lead, first = passages_of(folder, "003")[:2]
    assert lead["kind"] == "lead"
    assert first["repeats"] == lead["passage_id"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_words_that_links_cut_are_whole(folder: Path) -> None:
    words = "".join(row["text"] for row in passages_of(folder, "003"))
    for word in ("智慧农业应用基地", "数字经济", "工业互联网", "政务大数据中心", "信息技术创新产业"):
        assert word in words


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_boxes_of_the_plan_are_headings_below_those_of_the_third_level(folder: Path) -> None:
    boxes = [row for row in passages_of(folder, "004") if row["kind"] == "heading" and row["label"].startswith("专栏")]
    assert [row["label"] for row in boxes] == [f"专栏{number}" for number in range(1, 19)]
    assert {row["level"] for row in boxes} == {4}


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_title_and_the_date_lines_are_told_apart(folder: Path) -> None:
    kinds = {row["kind"]: row["text"] for row in passages_of(folder, "004")}
    assert kinds["title"] == "数字辽宁发展规划(1.0版)"
    assert kinds["byline"] == "2020年12月2日"
    assert passages_of(folder, "002")[1]["kind"] == "byline"


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_sentence_and_clause_cleaned_again_by_itself_is_the_same(folder: Path) -> None:
    read, made, texts = stage(folder)
    scripts = {row["source_id"]: row["script"] for row in read["sources"].to_pylist()}
    for row in made["passages"].to_pylist():
        text = texts[row["source_id"]]
        for cut in (sentences, clauses):
            for start, end in cut(text.clean, row["clean_start"], row["clean_end"]):
                raw_start, raw_end = text.to_raw(start, end)
                inside = [
                    (edit.start - raw_start, edit.end - raw_start, edit.replacement)
                    for edit in text.edits_over(raw_start, raw_end)
                    if "correction:" in edit.rule
                ]
                again = clean_fragment(
                    text.raw[raw_start:raw_end], script=scripts[row["source_id"]], corrections=inside
                )
                assert again == text.clean[start:end]
