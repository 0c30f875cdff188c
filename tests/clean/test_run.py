"""The stage on tables: what comes out, and that one document never stops another."""

import datetime as dt
from typing import Any

import pyarrow as pa
import pytest

from pipeline.clean import clean_fragment, run, sentences, texts_of
from pipeline.clean import run as run_stage
from pipeline.contract import build, schema

SHA = "0" * 64


def source(source_id: str, **changed: Any) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "file": f"{source_id}.txt",
        "title": None,
        "publisher": None,
        "publisher_type": "unknown",
        "standing": "unrated",
        "document_type": "news",
        "published": "2021-05-03",
        "published_from": dt.date(2021, 5, 3),
        "published_to": dt.date(2021, 5, 3),
        "edition": "original",
        "evidence_policy": "full",
        "sha256": SHA,
        "media_type": "text/plain",
        "encoding": "utf-8",
        "script": "Hans",
        "characters": 1,
        "replaced": 0,
        **changed,
    }


def tables(*documents: tuple[dict[str, Any], str, int]) -> tuple[pa.Table, pa.Table]:
    rows = [{"source_id": s["source_id"], "text": text, "body_start": start} for s, text, start in documents]
    return build("sources", [s for s, _, _ in documents]), build("documents", rows)


LEAD = "甲市新建泊位12个，外贸航线增加到26条，增势不减。"
PAGE = f"---\nn: 5\n---\n> {LEAD}（某报）\n\n<p>{LEAD}</p><p>1.成立专班。成员１２人。</p>"


def test_the_stage_gives_its_four_tables_in_the_contract_s_form() -> None:
    made = run(*tables((source("a", media_type="text/html"), PAGE, PAGE.index(">"))))
    assert set(made) == {"edits", "passages", "corrections", "quarantine"}
    for name, table in made.items():
        assert table.schema == schema(name)
    assert made["corrections"].num_rows == made["quarantine"].num_rows == 0


def test_passages_stand_in_order_with_their_places_in_both_texts() -> None:
    made = run(*tables((source("a", media_type="text/html"), PAGE, PAGE.index(">"))))
    rows = made["passages"].to_pylist()
    assert [(row["passage_id"], row["kind"], row["section_path"], row["repeats"]) for row in rows] == [
        ("a/p0001", "lead", "", None),
        ("a/p0002", "paragraph", "", "a/p0001"),
        ("a/p0003", "heading", "", None),
        ("a/p0004", "paragraph", "1.成立专班", None),
    ]
    assert rows[2]["run_in"]
    assert PAGE[rows[3]["raw_start"] : rows[3]["raw_end"]] == "成员１２人。"
    assert rows[3]["text"] == "成员12人。"


def test_the_tables_alone_give_the_clean_text_back() -> None:
    sources, documents = tables((source("a", media_type="text/html"), PAGE, PAGE.index(">")))
    made = run(sources, documents)
    text = texts_of(documents, made["edits"])["a"]
    for row in made["passages"].to_pylist():
        assert text.clean[row["clean_start"] : row["clean_end"]] == row["text"]
        assert text.to_raw(row["clean_start"], row["clean_end"]) == (row["raw_start"], row["raw_end"])


def test_the_rules_say_why_each_stretch_went() -> None:
    made = run(*tables((source("a", media_type="text/html"), PAGE, PAGE.index(">"))))
    rules = [(PAGE[row["raw_start"] : row["raw_end"]], row["rule"]) for row in made["edits"].to_pylist()]
    assert rules[0] == ("---\nn: 5\n---\n", "front_matter")
    assert ("１", "width") in rules
    assert all(rule.split("+")[0] in ("tag:md_quote", "tag", "space") for _, rule in rules[1:] if rule != "width")


def test_a_traditional_title_of_the_registry_is_found_in_the_simplified_text() -> None:
    made = run(*tables((source("a", title="港口擴建", script="Hant"), f"港口擴建\n{LEAD}", 0)))
    assert made["passages"].to_pylist()[0]["kind"] == "title"


def test_a_document_on_which_cleaning_fails_is_set_aside_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    real = run_stage.__globals__["clean_document"]

    def failing(raw: str, **options: Any) -> Any:
        if raw == "坏":
            raise RecursionError("too deep")
        return real(raw, **options)

    monkeypatch.setitem(run_stage.__globals__, "clean_document", failing)
    made = run(*tables((source("bad"), "坏", 0), (source("good"), LEAD, 0)))
    assert [(row["file"], row["stage"], row["reason"]) for row in made["quarantine"].to_pylist()] == [
        ("bad.txt", "clean", "failed")
    ]
    assert {row["source_id"] for row in made["passages"].to_pylist()} == {"good"}


@pytest.mark.parametrize(
    "raw", ["<p x=\"" * 20_000, "<" * 200_000, "<!--" * 50_000, "<table><tr><td>" * 3_000, "（数\n" * 20_000, "[a](" * 50_000]
)  # fmt: skip
def test_hostile_text_is_read_to_its_end(raw: str) -> None:
    made = run(*tables((source("a", media_type="text/html"), raw + f"</p>\n\n{LEAD}", 0)))
    assert made["quarantine"].num_rows == 0
    assert made["passages"].to_pylist()[-1]["text"].endswith(LEAD)


def test_each_sentence_cleaned_again_by_itself_is_what_the_clean_text_says() -> None:
    raw = (
        "<p>隨著「上雲」推進，甲市新建廠房<b>３０</b>餘座&nbsp;。</p>"
        "<table><tr><td>泊位</td><td>１２ 個</td></tr></table><p>航線\n２６條。</p>"
    )
    sources, documents = tables((source("a", media_type="text/html", script="Hant"), raw, 0))
    made = run(sources, documents)
    text = texts_of(documents, made["edits"])["a"]
    stretches = [
        stretch
        for row in made["passages"].to_pylist()
        for stretch in sentences(text.clean, row["clean_start"], row["clean_end"])
    ]
    assert len(stretches) == 3
    for start, end in stretches:
        raw_start, raw_end = text.to_raw(start, end)
        assert clean_fragment(raw[raw_start:raw_end], script="Hant") == text.clean[start:end]


def test_a_stretch_over_a_line_break_and_a_caption_is_one_sentence_again() -> None:
    assert clean_fragment("国际航\n\n  线３条") == "国际航线3条"
    assert clean_fragment("航线达到\n\n\n\n甲市港区的龙门吊\n\n３条") == "航线达到3条"


def test_a_correction_inside_a_stretch_applies_again() -> None:
    assert clean_fragment("达到1。2个", corrections=[(3, 4, "")]) == "达到12个"
