"""Domain rules of the stage normalise."""

from expectations.rule import Rule

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
        "one_meaning_a_wording",
        "indicator_synonyms",
        "error",
        "a wording that names two indicators of one unit would send a claim to either",
        sql="SELECT s.synonym, i.unit, coalesce(s.population, '') AS p FROM indicator_synonyms s JOIN indicators i USING (indicator_id)"
        " GROUP BY ALL HAVING count(DISTINCT s.indicator_id) > 1",
        needs=("indicators",),
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
        "the claim must carry the very value, bound and unit of its observation",
        sql="SELECT e.claim_id FROM evidence e JOIN observations o USING (observation_id) JOIN claims c USING (claim_id)"
        " WHERE (c.value, c.value_low, c.value_high, c.bound, c.unit, c.statement) IS DISTINCT FROM"
        " (o.value, o.value_low, o.value_high, o.bound, o.unit, o.statement)",
        needs=("observations", "claims"),
    ),
    Rule(
        "digests_point_to_their_originals",
        "evidence",
        "error",
        "a figure of a digest whose original was at hand is worth nothing without its place there",
        sql="SELECT e.claim_id FROM evidence e JOIN sources s USING (source_id)"
        " WHERE s.edition = 'digest' AND (e.original_sha256 IS DISTINCT FROM s.original_sha256"
        "     OR (s.original_sha256 IS NOT NULL AND e.original_start IS NULL))",
        needs=("sources",),
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
        "no target is met or missed without a report that says so",
        sql="SELECT target_observation_id FROM progress WHERE (status = 'no_report') <> (latest_observation_id IS NULL)",
    ),
    Rule(
        "conflicts_have_sides",
        "conflicts",
        "error",
        "a conflict needs two claims and one that was chosen",
        sql="SELECT conflict_id FROM conflicts WHERE (SELECT count(*) FROM conflict_claims k WHERE k.conflict_id = conflicts.conflict_id) < 2"
        " OR (SELECT count(*) FILTER (chosen) FROM conflict_claims k WHERE k.conflict_id = conflicts.conflict_id) < 1",
        needs=("conflict_claims",),
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
