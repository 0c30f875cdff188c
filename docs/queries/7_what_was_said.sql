-- What exactly did a document say, and where: quote, sentence and offsets, in the digest and in the original.
SELECT
    c.source_id,
    c.quote,
    c.context,
    c.raw_start,
    c.raw_end,
    e.original_sha256,
    e.original_start,
    e.original_end,
    e.original_numeral
FROM claims AS c
JOIN passages AS p USING (passage_id)
LEFT JOIN evidence AS e USING (claim_id)
WHERE c.source_id = '004_2b1b1cd0c69806c9' AND regexp_matches(p.section_path, '专栏1[^0-9]')
ORDER BY c.raw_start;
