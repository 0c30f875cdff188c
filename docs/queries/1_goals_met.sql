-- Which goals were met, how far are the others, and who says so?
SELECT
    i.name_zh AS goal,
    t.period AS due,
    coalesce(t.value, t.value_low) AS target,
    t.bound,
    t.unit,
    p.status,
    r.value AS latest,
    r.period AS as_of,
    p.comparable,
    string_agg(DISTINCT s.title, '; ' ORDER BY s.title) AS says_so
FROM progress AS p
JOIN observations AS t ON t.observation_id = p.target_observation_id
JOIN indicators AS i USING (indicator_id)
LEFT JOIN observations AS r ON r.observation_id = p.latest_observation_id
LEFT JOIN evidence AS e ON e.observation_id = coalesce(p.latest_observation_id, p.target_observation_id)
LEFT JOIN sources AS s USING (source_id)
GROUP BY ALL
ORDER BY p.status, goal, due, target;
