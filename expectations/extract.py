"""Domain rules of the stage extract: the round trip of every claim, and the ledger of every numeral."""

from expectations import again
from expectations.rule import Rule
from pipeline.extract.proof import ledger_gaps, unproven_claims

RULES = (
    Rule(
        "claims_read_again",
        "claims",
        "error",
        "a claim's quote stands at its offsets, and cleaned and parsed again its raw characters give value, resolution, bound and unit",
        find=lambda tables: unproven_claims(tables["documents"], tables["edits"], tables["sources"], tables["claims"]),
        needs=("documents", "edits", "sources"),
        alone=True,
    ),
    Rule(
        "read_alone",
        "claims",
        "error",
        "a document read once more, without the others, gives the very claims and numerals that stand in the tables",
        find=lambda tables: again.differences(again.read(tables)),
        needs=("sources", "documents", "edits", "passages", "numerals", "quarantine"),
    ),
    Rule(
        "one_value_or_two_ends",
        "claims",
        "error",
        "a range runs from its lower to its higher end and has no value; else a value is missing only for a fault that nothing decides",
        sql="SELECT claim_id FROM claims WHERE value_low >= value_high OR (value_low IS NULL) <> (value_high IS NULL)"
        " OR (value IS NULL AND NOT (bound = 'range' OR fault))"
        " OR (value IS NOT NULL AND bound = 'range') OR ((bound = 'range') <> (value_low IS NOT NULL))",
    ),
    Rule(
        "shares_within_the_whole",
        "claims",
        "warning",
        "a share above 100 percent is a misread figure unless the text says so",
        sql="SELECT claim_id FROM claims WHERE unit = 'percent' AND greatest(value, value_high) > 100"
        " AND (measure = 'share' OR (measure = 'level' AND regexp_matches(indicator_text, '率$|占比|比重')))",
    ),
    Rule(
        "deadlines_lie_ahead",
        "claims",
        "warning",
        "a target due before its document was published is a misread period or an old promise",
        sql="SELECT claim_id FROM claims JOIN sources USING (source_id) WHERE statement = 'target' AND period_end < published_from",
        needs=("sources",),
    ),
    Rule(
        "periods_in_order",
        "claims",
        "error",
        "a period that ends before it begins was put together from two that do not belong together",
        sql="SELECT claim_id FROM claims WHERE period_start > period_end OR (period IS NULL AND period_end IS NOT NULL)",
    ),
    Rule(
        "offsets_in_passage",
        "claims",
        "error",
        "a claim must lie in the passage it names, and be named for the place it stands at",
        sql="SELECT claim_id FROM claims c JOIN passages p USING (passage_id)"
        " WHERE c.raw_start < p.raw_start OR c.raw_end > p.raw_end OR c.source_id <> p.source_id"
        " OR c.reading_start > c.raw_start OR c.reading_end < c.raw_end"
        " OR c.claim_id <> concat(c.source_id, ':', c.raw_start, '-', c.raw_end)",
        needs=("passages",),
        alone=True,
    ),
    Rule(
        "ledger_is_complete",
        "numerals",
        "error",
        "every numeral run of the raw text has exactly one claim or one reason",
        find=lambda tables: ledger_gaps(tables["documents"], tables["numerals"], tables["claims"]),
        needs=("documents", "claims"),
        alone=True,
    ),
    Rule(
        "few_unresolved",
        "numerals",
        "warning",
        "a numeral the grammar cannot read is a figure that may be missing",
        sql="SELECT source_id FROM numerals GROUP BY source_id HAVING count(*) FILTER (reason = 'unresolved') > 0.02 * count(*)",
        alone=True,
    ),
)
