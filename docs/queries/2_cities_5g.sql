-- What did the province and each city report or promise on 5G?
SELECT
    g.name_zh AS place,
    g.level,
    i.name_zh AS indicator,
    o.statement,
    o.period,
    o.value,
    o.bound,
    o.unit,
    o.first_published,
    s.title AS document
FROM observations AS o
JOIN indicators AS i USING (indicator_id)
JOIN regions AS g USING (region_id)
JOIN evidence AS e USING (observation_id)
JOIN sources AS s USING (source_id)
WHERE i.name_zh LIKE '%5G%' AND o.preferred
ORDER BY g.region_id, indicator, o.statement, o.period, document;
