-- Growth rates that may be compared: rates of one basis, unit and span stand together, with how many share them.
SELECT
    o.basis,
    o.unit,
    i.name_zh AS indicator,
    g.name_zh AS place,
    o.statement,
    o.period,
    o.value,
    o.bound,
    count(*) OVER (PARTITION BY o.basis, o.unit, o.period) AS comparable_rates
FROM observations AS o
JOIN indicators AS i USING (indicator_id)
LEFT JOIN regions AS g USING (region_id)
WHERE o.measure = 'growth_rate' AND o.preferred AND o.value IS NOT NULL AND o.basis <> 'none'
ORDER BY o.basis, o.unit, o.period, o.value DESC, indicator, place;
