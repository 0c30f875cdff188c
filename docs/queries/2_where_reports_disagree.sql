-- Where do figures disagree, and why? Those that cannot both hold, those that a later one has replaced, and those that do not
-- fit beside each other, a row a pair: the figure preferred or doubted first.
WITH pairs AS (
    SELECT 'conflict' AS kind, x.cause AS why, k.observation_id AS one, other.observation_id AS other
    FROM conflicts AS x
    JOIN (FROM conflict_claims JOIN evidence USING (claim_id) WHERE chosen) AS k USING (conflict_id)
    JOIN (FROM conflict_claims JOIN evidence USING (claim_id) WHERE NOT chosen) AS other USING (conflict_id)
    UNION
    SELECT 'replaced', 'later figure', best.observation_id, old.observation_id
    FROM observations AS old
    JOIN observations AS best ON (best.series_id, best.statement) = (old.series_id, old.statement)
        AND best.period IS NOT DISTINCT FROM old.period AND best.preferred
    WHERE old.status = 'superseded'
    UNION
    SELECT 'warning', kind, observation_id, other_observation_id
    FROM warnings
    WHERE other_observation_id IS NOT NULL AND kind NOT IN ('combined_target', 'corrected')
)
SELECT
    pairs.kind,
    pairs.why,
    i.name_zh AS indicator,
    g.name_zh AS place,
    a.statement,
    a.period,
    coalesce(a.value, a.value_low) AS value,
    b.statement AS other_statement,
    b.period AS other_period,
    coalesce(b.value, b.value_low) AS other_value,
    a.unit,
    (SELECT string_agg(DISTINCT s.title, '; ' ORDER BY s.title) FROM evidence AS e JOIN sources AS s USING (source_id)
     WHERE e.observation_id = pairs.one) AS told_in,
    (SELECT string_agg(DISTINCT s.title, '; ' ORDER BY s.title) FROM evidence AS e JOIN sources AS s USING (source_id)
     WHERE e.observation_id = pairs.other) AS other_told_in
FROM pairs
JOIN observations AS a ON a.observation_id = pairs.one
JOIN observations AS b ON b.observation_id = pairs.other
JOIN indicators AS i ON i.indicator_id = a.indicator_id
LEFT JOIN regions AS g ON g.region_id = a.region_id
ORDER BY pairs.kind, pairs.why, indicator, place, a.period, a.observation_id, b.observation_id;
