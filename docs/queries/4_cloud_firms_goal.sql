-- How did the goal for firms in the cloud move? Every goal set and every figure reported, of all firms and of the industrial
-- ones among them, by the time it was said; and how each report stands to the goal of the plan.
SELECT
    i.name_zh AS indicator,
    o.statement,
    o.measure,
    coalesce(o.value, o.value_low) AS value,
    o.bound,
    o.period,
    o.first_published,
    string_agg(DISTINCT s.title, '; ' ORDER BY s.title) AS told_in,
    any_value(c.comparable) AS comparable_with_the_goal_for_2025,
    any_value(c.reason) AS reason
FROM observations AS o
JOIN indicators AS i USING (indicator_id)
JOIN evidence AS e USING (observation_id)
JOIN sources AS s USING (source_id)
LEFT JOIN (
    FROM comparisons JOIN observations AS t ON t.observation_id = target_observation_id
    WHERE t.indicator_id = 'cloud_firms' AND t.period = '/2025'
) AS c ON c.reported_observation_id = o.observation_id
WHERE o.indicator_id IN ('cloud_firms', 'cloud_industrial_firms') AND o.region_id = '210000'
GROUP BY i.name_zh, o.observation_id, o.statement, o.measure, o.value, o.value_low, o.bound, o.period, o.period_end, o.first_published
ORDER BY coalesce(o.first_published, '9'), indicator DESC, o.period_end, o.observation_id;
