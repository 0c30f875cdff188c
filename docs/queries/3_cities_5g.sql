-- What did each place report or promise on 5G, a row a figure, with all documents that say it?
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
    string_agg(DISTINCT s.title, '; ' ORDER BY s.title) AS documents
FROM observations AS o
JOIN indicators AS i USING (indicator_id)
JOIN regions AS g USING (region_id)
JOIN evidence AS e USING (observation_id)
JOIN sources AS s USING (source_id)
WHERE i.name_zh LIKE '%5G%' AND o.preferred
GROUP BY ALL
ORDER BY place, indicator, o.statement, o.period;
