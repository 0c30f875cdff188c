-- Which companies are named with which figure? The figures about a company, and those in sentences that name it.
SELECT
    g.name_zh AS company,
    g.stock_code,
    c.quote AS figure,
    c.indicator_text AS indicator,
    bool_or(o.organisation_id IS NOT DISTINCT FROM g.organisation_id OR c.subject_text IN (m.mention, g.name_zh)) AS about_the_company,
    c.statement,
    c.period,
    s.title AS document,
    c.context AS sentence
FROM organisations AS g
JOIN organisation_mentions AS m USING (organisation_id)
JOIN claims AS c ON c.source_id = m.source_id
    AND (c.subject_text IN (m.mention, g.name_zh) OR (c.passage_id = m.passage_id AND contains(c.context, m.mention)))
JOIN sources AS s ON s.source_id = c.source_id
LEFT JOIN evidence AS e ON e.claim_id = c.claim_id
LEFT JOIN observations AS o ON o.observation_id = e.observation_id
WHERE g.type = 'company'
GROUP BY company, g.stock_code, c.claim_id, figure, indicator, c.statement, c.period, document, sentence, c.raw_start, c.source_id
ORDER BY about_the_company DESC, company, c.source_id, c.raw_start;
