"""Domain rules of the stage clean."""

from collections.abc import Iterator, Mapping
from typing import Any

from expectations.rule import Rule, Tables
from pipeline.ingest.script import script_characters

RULES = (
    Rule(
        "edits_do_not_overlap",
        "edits",
        "error",
        "overlapping edits have no defined order, and the map from clean to raw text breaks",
        sql="SELECT * FROM (SELECT source_id, raw_start, raw_end, max(raw_end) OVER (PARTITION BY source_id ORDER BY raw_start, raw_end"
        " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM edits) WHERE raw_start < before OR raw_end < raw_start",
    ),
    Rule(
        "edits_lie_in_the_text",
        "edits",
        "error",
        "an edit beyond the text was made for another text",
        sql="SELECT e.* FROM edits e JOIN documents d USING (source_id) WHERE e.raw_end > length(d.text)",
        needs=("documents",),
    ),
    Rule(
        "every_source_has_passages",
        "passages",
        "error",
        "every source has a gate: one that yields no passage was lost",
        sql="SELECT source_id FROM sources WHERE source_id NOT IN (SELECT source_id FROM passages)",
        needs=("sources",),
    ),
    Rule(
        "passages_in_order",
        "passages",
        "error",
        "passages that overlap would count a figure twice",
        sql="SELECT * FROM (SELECT *, lag(clean_end) OVER (PARTITION BY source_id ORDER BY ordinal) AS before FROM passages)"
        " WHERE clean_start < before OR clean_end <= clean_start OR raw_end <= raw_start OR length(text) <> clean_end - clean_start",
    ),
    Rule(
        "no_markup_left",
        "passages",
        "error",
        "a tag in clean text hides figures from the grammar or makes up new ones",
        sql=r"SELECT passage_id FROM passages WHERE regexp_matches(text, '</?[A-Za-z][^<>]*>|&#?[A-Za-z0-9]{2,8};|<!--')",
    ),
    Rule(
        "no_traditional_left",
        "passages",
        "error",
        "a Traditional document must be read in simplified script throughout, as the word tables are",
        find=lambda tables: traditional_passages(tables, ("Hant",)),
        needs=("sources",),
    ),
    Rule(
        "no_stray_traditional",
        "passages",
        "warning",
        "a Traditional character in a simplified text is a name (昇腾) or a scanning fault (数蘿安全)",
        find=lambda tables: traditional_passages(tables, ("Hans", "mixed", "none")),
        needs=("sources",),
    ),
    Rule(
        "corrections_hit",
        "corrections",
        "error",
        "a correction that no longer finds its fault, or finds more, corrects the wrong thing",
        sql="SELECT correction_id FROM corrections WHERE hits_found <> hits_expected",
    ),
)


def traditional_passages(tables: Tables, scripts: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    """Passages of documents in one of the scripts that hold a character of Traditional script only."""
    judged = zip(
        tables["sources"].column("source_id").to_pylist(), tables["sources"].column("script").to_pylist(), strict=True
    )
    documents = {source for source, script in judged if script in scripts}
    only_traditional = script_characters().hant
    for row in tables["passages"].select(["passage_id", "source_id", "text"]).to_pylist():
        if row["source_id"] in documents and not only_traditional.isdisjoint(row["text"] or ""):
            yield {"passage_id": row["passage_id"]}
