-- Which goals for 2025 were met, how far are the others, and who says so? A goal without a later report keeps its baseline in
-- sight. `comparable` says what the verdict rests on, `baseline_comparable` whether the baseline is told in the goal's own terms.
SELECT
    i.name_zh AS goal,
    g.name_zh AS place,
    t.measure,
    t.population,
    t.period AS due,
    coalesce(t.value, t.value_low) AS target,
    t.value_high AS target_to,
    t.bound,
    t.unit,
    p.status,
    b.value AS baseline,
    b.measure AS baseline_measure,
    b.unit AS baseline_unit,
    b.period AS baseline_of,
    p.baseline_comparable,
    r.value AS latest,
    r.period AS latest_of,
    p.comparable,
    (SELECT string_agg(DISTINCT s.title, '; ' ORDER BY s.title) FROM evidence AS e JOIN sources AS s USING (source_id)
     WHERE e.observation_id = p.target_observation_id) AS promised_in,
    (SELECT string_agg(DISTINCT s.title, '; ' ORDER BY s.title) FROM evidence AS e JOIN sources AS s USING (source_id)
     WHERE e.observation_id = p.latest_observation_id) AS reported_in
FROM progress AS p
JOIN observations AS t ON t.observation_id = p.target_observation_id
JOIN indicators AS i USING (indicator_id)
LEFT JOIN regions AS g ON g.region_id = t.region_id
LEFT JOIN observations AS b ON b.observation_id = p.baseline_observation_id
LEFT JOIN observations AS r ON r.observation_id = p.latest_observation_id
WHERE p.deadline BETWEEN DATE '2025-01-01' AND DATE '2025-12-31'
ORDER BY p.status = 'no_report', p.status, goal, place, due, t.observation_id;
