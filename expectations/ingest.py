"""Domain rules of the stage ingest."""

from expectations.rule import Rule

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
        "a date of publication with its ends crossed would move every relative period",
        sql="SELECT source_id FROM sources WHERE published_from > published_to"
        " OR (published IS NULL) <> (published_from IS NULL) OR (published IS NULL) <> (published_to IS NULL)",
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
        "bytes_decoded_whole",
        "sources",
        "warning",
        "a byte that could not be decoded may have been a digit",
        sql="SELECT source_id FROM sources WHERE replaced > 0",
    ),
)
