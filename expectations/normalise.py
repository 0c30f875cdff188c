"""Domain rules of the stage normalise."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import pyarrow as pa

from expectations import again, compared
from expectations.rule import Rule
from expectations.tables import Tables
from pipeline.contract.seed import seed_rows
from pipeline.normalise.master import master_table

RULES = (
    Rule(
        "parents_are_wider",
        "regions",
        "error",
        "a place inside a narrower one would make sums and scopes wrong",
        sql="SELECT c.region_id FROM regions c JOIN regions p ON c.parent_id = p.region_id"
        " WHERE (c.level, p.level) NOT IN (('province', 'nation'), ('city', 'province'), ('county', 'city'), ('county', 'province'),"
        " ('zone', 'province'), ('zone', 'city'), ('group', 'nation'), ('group', 'province'))",
    ),
    Rule(
        "master_data_as_in_the_seeds",
        "regions",
        "error",
        "places, indicators and wordings are those that people wrote down, to the letter",
        find=lambda tables: again.differences(master_data(tables)),
        needs=("indicators", "indicator_synonyms"),
    ),
    Rule(
        "one_meaning_a_wording",
        "indicator_synonyms",
        "error",
        "a wording that names two indicators of one unit would send a claim to either",
        sql="SELECT s.synonym, i.unit, coalesce(s.population, '') AS p FROM indicator_synonyms s JOIN indicators i USING (indicator_id)"
        " GROUP BY ALL HAVING count(DISTINCT s.indicator_id) > 1",
        needs=("indicators",),
    ),
    Rule(
        "named_again",
        "organisations",
        "error",
        "organisations named, parks and programmes are read off a document's structure, and read once more they are the same",
        find=lambda tables: again.differences(again.named(tables)),
        needs=("sources", "documents", "edits", "passages", "claims", "quarantine", *again.STRUCTURED, *again.LINKED),
    ),
    Rule(
        "names_stand_in_their_passages",
        "organisation_mentions",
        "error",
        "the passage that a name is said to stand in must hold it",
        sql="SELECT m.passage_id, m.organisation_id AS name_id FROM organisation_mentions m JOIN passages p USING (passage_id)"
        " WHERE m.source_id <> p.source_id OR m.raw_start < p.raw_start OR m.raw_end > p.raw_end OR NOT contains(p.text, m.mention)"
        " UNION ALL SELECT p.passage_id, k.park_id AS name_id FROM parks k"
        " ASOF JOIN passages p ON k.source_id = p.source_id AND k.raw_start >= p.raw_start"
        " WHERE k.raw_end > p.raw_end OR NOT contains(p.text, k.name)",
        needs=("passages", "parks"),
    ),
    Rule(
        "compared_again",
        "observations",
        "error",
        "what is merged, preferred, compared, followed or doubted comes out the same when the same claims are compared once more",
        find=lambda tables: again.differences(compared.figures(tables)),
        needs=(
            *("sources", "edits", "claims", "organisations", "organisation_mentions", "quarantine"),
            *(name for name in compared.TABLES if name != "observations"),
        ),
    ),
    Rule(
        "first_published_is_the_earliest",
        "observations",
        "error",
        "what was known on a day is asked by this date: it must be that of the first document that says the figure",
        sql="SELECT observation_id FROM observations JOIN (SELECT observation_id, first(s.published ORDER BY"
        " coalesce(s.published_to, DATE '9999-12-31'), s.source_id) AS told FROM evidence JOIN sources s USING (source_id)"
        " GROUP BY observation_id) USING (observation_id) WHERE first_published IS DISTINCT FROM told",
        needs=("evidence", "sources"),
    ),
    Rule(
        "one_preferred",
        "observations",
        "error",
        "exactly one observation a series, period and statement is the one to use",
        sql="SELECT series_id FROM observations GROUP BY series_id, coalesce(period, ''), statement HAVING count(*) FILTER (preferred) <> 1",
    ),
    Rule(
        "values_agree_with_bounds",
        "observations",
        "error",
        "a range has both ends in order and no single value",
        sql="SELECT observation_id FROM observations WHERE (bound = 'range') <> (value_low IS NOT NULL)"
        " OR (value_low IS NULL) <> (value_high IS NULL) OR value_low >= value_high OR (bound = 'range' AND value IS NOT NULL)",
    ),
    Rule(
        "every_observation_has_evidence",
        "evidence",
        "error",
        "a figure nobody says must not be published",
        sql="SELECT observation_id FROM observations WHERE observation_id NOT IN (SELECT observation_id FROM evidence)",
        needs=("observations",),
    ),
    Rule(
        "evidence_says_the_same",
        "evidence",
        "error",
        "the claim must carry the very figure of its observation, in its unit or one that converts to it, its period and place",
        find=lambda tables: said_otherwise(tables),
        needs=("observations", "claims"),
    ),
    Rule(
        "digests_point_to_their_originals",
        "evidence",
        "error",
        "a figure of a digest whose original was at hand is worth nothing without its place there; an original is its own",
        sql="SELECT e.claim_id FROM evidence e JOIN sources s USING (source_id) JOIN claims c USING (claim_id)"
        " WHERE c.source_id <> e.source_id OR (s.edition = 'digest' AND (e.original_sha256 IS DISTINCT FROM s.original_sha256"
        "     OR (s.original_sha256 IS NOT NULL AND e.original_start IS NULL)))"
        " OR (s.edition = 'original' AND (e.original_sha256, e.original_start, e.original_end, e.original_numeral)"
        "     IS DISTINCT FROM (s.sha256, c.raw_start, c.raw_end, c.numeral))",
        needs=("sources", "claims"),
    ),
    Rule(
        "only_alike_is_compared",
        "comparisons",
        "error",
        "a figure of another indicator or another target must not pass for a report on it",
        sql="SELECT c.* FROM comparisons c JOIN observations t ON t.observation_id = c.target_observation_id"
        " JOIN observations r ON r.observation_id = c.reported_observation_id"
        " WHERE t.statement <> 'target' OR (r.statement <> 'actual' AND c.reason <> 'target_itself')"
        " OR (c.comparable <> 'no' AND (t.indicator_id <> r.indicator_id OR r.statement <> 'actual'))"
        " OR (c.comparable = 'yes' AND (t.unit <> r.unit OR t.measure <> r.measure OR t.region_id IS DISTINCT FROM r.region_id))",
        needs=("observations",),
    ),
    Rule(
        "ratios_are_those_of_the_figures",
        "comparisons",
        "error",
        "how far a target is reached must follow from the two figures, and the straight line lead from the one to the other",
        sql="SELECT c.target_observation_id, c.reported_observation_id FROM comparisons c"
        " JOIN observations t ON t.observation_id = c.target_observation_id"
        " JOIN observations r ON r.observation_id = c.reported_observation_id"
        " LEFT JOIN progress p ON p.target_observation_id = c.target_observation_id"
        " LEFT JOIN observations b ON b.observation_id = p.baseline_observation_id AND p.baseline_comparable <> 'no',"
        " LATERAL (SELECT coalesce(r.value, r.value_low) AS told, coalesce(b.value, b.value_low) AS begun,"
        "     coalesce(t.value, t.value_low) AS least, coalesce(t.value, t.value_high) AS most)"
        " WHERE (c.comparable = 'no' AND coalesce(c.ratio, c.expected) IS NOT NULL)"
        " OR (c.comparable <> 'no' AND c.ratio IS NULL AND told IS NOT NULL AND least <> 0 AND most <> 0)"
        " OR (c.ratio IS NOT NULL AND (told IS NULL OR least IS NULL OR least(abs(c.ratio * least - told),"
        "     abs(c.ratio * most - told)) > 1e-9 * abs(told)))"
        " OR (c.expected IS NOT NULL AND (begun IS NULL OR c.expected < least(begun, least) - 1e-9 * abs(least)"
        "     OR c.expected > greatest(begun, most) + 1e-9 * abs(most)))",
        needs=("observations", "progress"),
    ),
    Rule(
        "every_target_is_followed",
        "progress",
        "error",
        "a target that drops out of the progress table would look as if it had never been set",
        sql="SELECT observation_id FROM observations WHERE statement = 'target'"
        " AND observation_id NOT IN (SELECT target_observation_id FROM progress)",
        needs=("observations",),
    ),
    Rule(
        "verdicts_have_reports",
        "progress",
        "error",
        "no target is met or missed without a report that may be compared with it, nor due on another day than it says",
        sql="SELECT p.target_observation_id FROM progress p JOIN observations t ON t.observation_id = p.target_observation_id"
        " LEFT JOIN comparisons c ON c.target_observation_id = p.target_observation_id"
        "     AND c.reported_observation_id = p.latest_observation_id"
        " WHERE (p.status = 'no_report') <> (p.latest_observation_id IS NULL) OR p.deadline IS DISTINCT FROM t.period_end"
        " OR (p.latest_observation_id IS NOT NULL AND (c.comparable IS NULL OR c.comparable = 'no'))"
        " OR p.comparable IS DISTINCT FROM c.comparable",
        needs=("observations", "comparisons"),
    ),
    Rule(
        "conflicts_have_sides",
        "conflicts",
        "error",
        "a conflict needs two claims and one that was chosen, all of its period and nature, and a series of a figure of theirs",
        sql="SELECT conflict_id FROM conflicts WHERE (SELECT count(*) FROM conflict_claims k WHERE k.conflict_id = conflicts.conflict_id) < 2"
        " OR (SELECT count(*) FILTER (chosen) FROM conflict_claims k WHERE k.conflict_id = conflicts.conflict_id) < 1"
        " OR EXISTS (SELECT 1 FROM conflict_claims k JOIN claims c USING (claim_id) WHERE k.conflict_id = conflicts.conflict_id"
        "     AND (c.period, c.statement) IS DISTINCT FROM (conflicts.period, conflicts.statement))"
        " OR NOT EXISTS (SELECT 1 FROM conflict_claims k JOIN evidence USING (claim_id) JOIN observations o"
        "     USING (observation_id) WHERE k.conflict_id = conflicts.conflict_id AND o.series_id = conflicts.series_id)",
        needs=("conflict_claims", "claims", "evidence", "observations"),
    ),
    Rule(
        "parks_lie_in_their_document",
        "parks",
        "error",
        "a park's offsets must lie in the document that names it",
        sql="SELECT park_id FROM parks JOIN sources USING (source_id) WHERE raw_end > characters OR raw_end <= raw_start",
        needs=("sources",),
    ),
)


def master_data(tables: Tables) -> again.Part:
    """The tables of master data that no document adds to, as the seeds give them."""
    names = ("regions", "indicators", "indicator_synonyms")
    return again.Part({name: master_table(name) for name in names}, {name: tables[name] for name in names})


SHARED = (
    *("value", "value_low", "value_high", "bound", "resolution", "unit", "statement", "measure", "basis", "reference"),
    *("period", "period_start", "period_end", "period_kind", "region_id"),
)
SAID_OTHERWISE = """
WITH said AS (
    SELECT e.observation_id, e.claim_id, o, c, CASE WHEN c.unit = o.unit THEN 1.0 ELSE f.factor END AS times
    FROM evidence e
    JOIN (SELECT observation_id, organisation_id, {shared} FROM observations) o USING (observation_id)
    JOIN (SELECT claim_id, subject_text, {shared} FROM claims) c USING (claim_id)
    LEFT JOIN factors f ON f.said = c.unit AND f.given = o.unit AND (c.unit <> 'multiple' OR c.measure = 'growth_rate')
), amounts AS (
    SELECT observation_id, claim_id, unnest([c.value, c.value_low, c.value_high]) * times AS told,
        unnest([o.value, o.value_low, o.value_high]) AS given
    FROM said
)
SELECT claim_id FROM said WHERE times IS NULL
    OR (c.bound, c.statement, c.basis, c.reference, c.period, c.period_start, c.period_end)
    IS DISTINCT FROM (o.bound, o.statement, o.basis, o.reference, o.period, o.period_start, o.period_end)
    OR (c.measure <> o.measure AND NOT (c.measure = 'share' AND o.measure = 'level'))
    OR (c.subject_text IS NULL AND (c.region_id IS DISTINCT FROM o.region_id OR o.organisation_id IS NOT NULL))
UNION ALL
SELECT claim_id FROM amounts
    WHERE (told IS NULL) <> (given IS NULL) OR abs(told - given) > 1e-9 * abs(given)
UNION ALL
SELECT min(claim_id) AS claim_id FROM said GROUP BY observation_id, o.resolution, o.period_kind
    HAVING NOT bool_or(o.period_kind IS NOT DISTINCT FROM c.period_kind AND (o.resolution IS NOT DISTINCT FROM c.resolution * times
        OR abs(o.resolution - c.resolution * times) <= 1e-9 * o.resolution))
""".format(shared=", ".join(SHARED))
"""One figure of several claims has the period's kind and the resolution of one of them."""


def said_otherwise(tables: Tables) -> Iterator[Mapping[str, Any]]:
    """Claims that do not carry the figure of an observation resting on them, once their unit is converted to its."""
    return tables.answers(SAID_OTHERWISE, factors=factors())


def factors() -> pa.Table:
    """What a value in the one unit is multiplied by to be given in the other; growth by once is growth by 100 percent."""
    scale = {row["unit"]: (row["base"], Fraction(row["factor"])) for row in seed_rows("unit_conversions")}
    pairs = [
        {"said": one, "given": other, "factor": float(first / second)}
        for one, (base, first) in scale.items()
        for other, (other_base, second) in scale.items()
        if base == other_base and one != other
    ]
    return pa.Table.from_pylist([*pairs, {"said": "multiple", "given": "percent", "factor": 100.0}])
