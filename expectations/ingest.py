"""Domain rules of the stage ingest."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from expectations.rule import Rule
from expectations.tables import Tables
from pipeline.ingest.frontmatter import LONGEST
from pipeline.ingest.frontmatter import read as read_front_matter
from pipeline.ingest.metadata import FRONT_MATTER, Values, checked, completed, from_front_matter

RULES = (
    Rule(
        "text_has_its_length",
        "documents",
        "error",
        "offsets mean nothing if the text is not the one that was measured",
        sql="SELECT d.source_id FROM documents d LEFT JOIN sources s USING (source_id)"
        " WHERE s.characters IS DISTINCT FROM length(d.text) OR d.body_start > length(d.text)",
        needs=("sources",),
        alone=True,
    ),
    Rule(
        "every_source_has_text",
        "sources",
        "error",
        "a source without its text would look read and be empty",
        sql="SELECT source_id FROM sources WHERE source_id NOT IN (SELECT source_id FROM documents)",
        needs=("documents",),
    ),
    Rule(
        "dates_in_order",
        "sources",
        "error",
        "a date of publication and the days it allows are one date, or every relative period would move",
        sql="SELECT source_id FROM sources WHERE published_from > published_to"
        " OR (published IS NULL) <> (published_from IS NULL) OR (published IS NULL) <> (published_to IS NULL)"
        " OR strftime(published_from, '%Y-%m-%d') <> left(published || '-01-01', 10)"
        " OR published_to <> CASE length(published) WHEN 4 THEN make_date(year(published_from), 12, 31)"
        "     WHEN 7 THEN last_day(published_from) ELSE published_from END",
    ),
    Rule(
        "rights_are_stated",
        "sources",
        "error",
        "text may be passed on in full only under a licence, and a digest must name its original: by its hash, its address,"
        " or title, publisher and date",
        sql="SELECT source_id FROM sources WHERE (evidence_policy = 'full' AND licence IS NULL)"
        " OR (edition = 'digest' AND coalesce(original_sha256, url) IS NULL"
        "     AND (title IS NULL OR publisher IS NULL OR published IS NULL))",
    ),
    Rule(
        "copies_point_back",
        "sources",
        "error",
        "a copy must point to a document that is no copy itself, or counting independent sources goes wrong",
        sql="SELECT a.source_id FROM sources a JOIN sources b ON a.duplicate_of = b.source_id"
        " WHERE b.duplicate_of IS NOT NULL OR a.source_id = b.source_id",
    ),
    Rule(
        "sources_say_what_was_told",
        "sources",
        "error",
        "who published what, when and where is what the registry or the document's head says, and nothing else",
        find=lambda tables: told_otherwise(tables),
        needs=("documents",),
    ),
    Rule(
        "bytes_decoded_whole",
        "sources",
        "warning",
        "a byte that could not be decoded may have been a digit",
        sql="SELECT source_id FROM sources WHERE replaced > 0",
    ),
)

DERIVED = ("published_from", "published_to")
NOT_TOLD = frozenset({"duplicate_of"})
"""A copy is told by a registry or found by its words: the source it points to need not be the one that was told."""


def told_otherwise(tables: Tables) -> Iterator[Mapping[str, Any]]:
    """Cells of sources that the registry's row, read again, and the document's own head do not give.

    Both tables stand in the order of the documents, and are read side by side.
    """
    compared = [name for name in (*FRONT_MATTER, *DERIVED) if name not in NOT_TOLD]
    sources = tables.records("sources", ["source_id", *compared])
    source = next(sources, None)
    for document in tables.records("documents", ["source_id", "registered", "text"]):
        source_id = document["source_id"]
        while source is not None and source["source_id"] < source_id:
            source = next(sources, None)
        if source is None or source["source_id"] != source_id:
            yield {"source_id": source_id}
            continue
        told = _told(document["text"][:LONGEST], document["registered"])
        for column in compared:
            if source[column] != told.get(column):
                yield {"source_id": source_id, "column": column}


def _told(head: str, registered: str | None) -> Values:
    """What is told of a document, read from the registry's row and its front matter once more."""
    row = {} if registered is None else checked(json.loads(registered), [])
    return completed(row, from_front_matter(read_front_matter(head).fields, rights=registered is None))
