-- How did each goal move over the years: every value that was set or reported for one indicator and place, by date said.
SELECT
    i.name_zh AS indicator,
    g.name_zh AS place,
    o.statement,
    o.measure,
    o.population,
    o.reference,
    o.period,
    coalesce(o.value, o.value_low) AS value,
    o.value_high,
    o.bound,
    o.unit,
    o.first_published,
    o.status
FROM observations AS o
JOIN indicators AS i USING (indicator_id)
LEFT JOIN regions AS g USING (region_id)
WHERE o.indicator_id IN (
    SELECT indicator_id FROM observations GROUP BY indicator_id HAVING count(DISTINCT (statement, period)) > 1
)
ORDER BY indicator, place, o.period_end NULLS LAST, o.statement, value;
