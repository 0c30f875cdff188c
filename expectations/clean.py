"""Domain rules of the stage clean."""

import re
from collections.abc import Iterator, Mapping
from html.entities import html5
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from expectations import again
from expectations.rule import Rule
from expectations.tables import Tables, are_among
from pipeline.clean.corrections import corrections
from pipeline.contract.paths import SEEDS
from pipeline.ingest import registered_ids
from pipeline.ingest.script import script_characters

RULES = (
    Rule(
        "edits_do_not_overlap",
        "edits",
        "error",
        "overlapping edits have no defined order, and the map from clean to raw text breaks",
        sql="SELECT * FROM (SELECT source_id, raw_start, raw_end, max(raw_end) OVER (PARTITION BY source_id ORDER BY raw_start, raw_end"
        " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM edits) WHERE raw_start < before OR raw_end < raw_start",
        alone=True,
    ),
    Rule(
        "edits_lie_in_the_text",
        "edits",
        "error",
        "an edit beyond the text was made for another text",
        sql="SELECT e.* FROM edits e JOIN documents d USING (source_id) WHERE e.raw_end > length(d.text)",
        needs=("documents",),
        alone=True,
    ),
    Rule(
        "every_source_has_passages",
        "passages",
        "error",
        "every source has a gate: one that yields no passage was lost",
        sql="SELECT source_id FROM sources WHERE source_id NOT IN (SELECT source_id FROM passages)",
        needs=("sources",),
        alone=True,
    ),
    Rule(
        "passages_in_order",
        "passages",
        "error",
        "passages that overlap would count a figure twice",
        sql="SELECT * FROM (SELECT *, lag(clean_end) OVER (PARTITION BY source_id ORDER BY ordinal) AS before FROM passages)"
        " WHERE clean_start < before OR clean_end <= clean_start OR raw_end <= raw_start OR length(text) <> clean_end - clean_start",
        alone=True,
    ),
    Rule(
        "cleaned_again",
        "passages",
        "error",
        "a document cleaned once more, alone, gives the very edits, passages and hits of corrections that stand in the tables",
        find=lambda tables: again.differences(again.cleaned(tables)),
        needs=("sources", "documents", "edits", "corrections", "quarantine"),
    ),
    Rule(
        "no_markup_left",
        "passages",
        "error",
        "a tag in clean text hides figures from the grammar or makes up new ones",
        find=lambda tables: passages_with_markup(tables),
        needs=("sources", "documents"),
        alone=True,
    ),
    Rule(
        "no_traditional_left",
        "passages",
        "error",
        "a Traditional document must be read in simplified script throughout, as the word tables are",
        find=lambda tables: traditional_passages(tables, ("Hant",)),
        needs=("sources",),
        alone=True,
    ),
    Rule(
        "no_stray_traditional",
        "passages",
        "warning",
        "a Traditional character in a simplified text is a name (昇腾) or a scanning fault (数蘿安全)",
        find=lambda tables: traditional_passages(tables, ("Hans", "mixed", "none")),
        needs=("sources",),
        alone=True,
    ),
    Rule(
        "corrections_hit",
        "corrections",
        "error",
        "a correction that no longer finds its fault, or finds more, corrects the wrong thing",
        find=lambda tables: missed_corrections(tables),
        needs=("sources",),
        advice="look at the places of these corrections and mend the rows in seeds/corrections.yaml, or take them out",
    ),
    Rule(
        "corrections_up_to_date",
        "corrections",
        "error",
        "a document was revised since its corrections were reviewed, and none of them was tried",
        sql="SELECT correction_id, source_id FROM corrections WHERE outcome = 'outdated'",
        advice="the document has other bytes than those its corrections were reviewed on: look at their places and at their"
        " evidence in the new text, then write its sha256 under `documents` in seeds/corrections.yaml",
    ),
    Rule(
        "corrections_are_proven",
        "corrections",
        "error",
        "a correction rests on a place that does not print the right reading",
        sql="SELECT correction_id, source_id FROM corrections JOIN documents USING (source_id) WHERE outcome <> 'outdated'"
        " AND CASE WHEN evidence_start IS NULL THEN coalesce(evidence, '') = '' ELSE NOT contains("
        "substr(text, evidence_start + 1, evidence_end - evidence_start), coalesce(\"right\", '')) END",
        needs=("documents",),
        advice="find the place that prints it rightly, or the fact that proves it, and mend `evidence` in seeds/corrections.yaml",
    ),
)


MARKUP = re.compile(
    r"<(?:/?(?:p|div|span|a|br|hr|table|tr|t[dh]|thead|tbody|ul|ol|li|h[1-6]|img|script|style|b|i|u|em|strong|font|section"
    r"|article|iframe|center|blockquote|form|input)(?=[\s/>])[^<>]*>|!--)|&(?P<entity>#\d+|#x[0-9a-f]+|[a-z0-9]{2,30});",
    re.IGNORECASE,
)


def _is_markup(match: re.Match[str]) -> bool:
    """A tag, a comment, or an entity that HTML knows: R&D2; is text."""
    entity = match["entity"]
    return entity is None or entity.startswith("#") or f"{entity};" in html5


def missed_corrections(tables: Tables) -> Iterator[Mapping[str, Any]]:
    """Corrections with another number of places than they expect: in their document; all documents together for a global one.

    What a global one expects holds for the bundled documents, so it is asked only where all of them are read.
    """
    yield from tables.answers(
        "SELECT correction_id, source_id FROM corrections WHERE outcome = 'failed'"
        " OR (outcome <> 'outdated' AND found_hits <> expected_hits)"
    )
    if are_among(registered_ids(SEEDS), tables.stream("sources", ["source_id"])):
        hits = "SELECT correction_id, CAST(sum(found_hits) AS BIGINT) FROM corrections GROUP BY correction_id"
        found: dict[str, int] = dict(tables.sql(hits).fetchall())
        for one in corrections():
            if not one.scope and found.get(one.id, 0) < (one.expected_hits or 0):
                yield {"correction_id": one.id}


def passages_with_markup(tables: Tables) -> Iterator[Mapping[str, Any]]:
    """Passages of HTML and Markdown documents that hold a tag or entity which stands so in the raw text.

    What a document writes with entities (&lt;b&gt;, &amp;nbsp;) is its text, as is anything in a plain text.
    """
    sources, passages = tables["sources"], tables["passages"]
    marked = sources.filter(pc.not_equal(sources["media_type"], "text/plain"))["source_id"]
    likely = pc.and_(
        pc.is_in(passages["source_id"], marked.combine_chunks()), pc.match_substring_regex(passages["text"], "[<&]")
    )
    told = passages.filter(likely)
    documents = tables["documents"]
    printed_in = documents.filter(pc.is_in(documents["source_id"], told["source_id"].combine_chunks()))
    raw = dict(zip(printed_in["source_id"].to_pylist(), printed_in["text"].to_pylist(), strict=True))
    for row in told.select(["passage_id", "source_id", "raw_start", "raw_end", "text"]).to_pylist():
        printed = raw.get(row["source_id"], "")[row["raw_start"] : row["raw_end"]]
        if any(match[0] in printed for match in MARKUP.finditer(row["text"]) if _is_markup(match)):
            yield {"passage_id": row["passage_id"]}


def traditional_passages(tables: Tables, scripts: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    """Passages of documents in one of the scripts that hold a character of Traditional script only."""
    sources, passages = tables["sources"], tables["passages"]
    judged = sources.filter(pc.is_in(sources["script"], pa.array(scripts)))["source_id"]
    told = passages.filter(pc.is_in(passages["source_id"], judged.combine_chunks()))
    characters = f"[{''.join(sorted(script_characters().hant))}]"
    for passage_id in told.filter(pc.match_substring_regex(told["text"], characters))["passage_id"].to_pylist():
        yield {"passage_id": passage_id}
