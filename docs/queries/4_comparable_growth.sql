-- Growth rates that may be compared: the same basis and unit, each with what it is a rate of.
SELECT
    o.basis,
    o.unit,
    i.name_zh AS indicator,
    g.name_zh AS place,
    o.statement,
    o.period,
    o.value,
    o.bound
FROM observations AS o
JOIN indicators AS i USING (indicator_id)
LEFT JOIN regions AS g USING (region_id)
WHERE o.measure = 'growth_rate' AND o.preferred AND o.value IS NOT NULL
ORDER BY o.basis, o.unit, o.value DESC, indicator, place, o.period;
