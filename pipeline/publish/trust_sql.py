"""SQL macros that answer where a figure comes from: part of ``schema.sql``, and there in ``liaoning query``.

``why`` and ``cite`` lead from an observation to the words of a document, ``as_of`` reads the dataset as it was on a day,
``compare`` holds two observations against each other, ``compare_releases`` two releases. Names inside a macro end in an
underscore: DuckDB puts the caller's expression in as it stands, and ``e.observation_id`` must not meet a table of ours.
"""

from pipeline.normalise.intervals import APPROXIMATE, NOISE
from pipeline.normalise.sources import AUTHORITY, STANDING, UNSOURCED

WHY = """\
CREATE OR REPLACE MACRO why(wanted) AS TABLE
SELECT
    link_.observation_id, claim_.claim_id, claim_.quote, claim_.numeral, claim_.context, passage_.section_path,
    source_.title, source_.publisher, source_.published, source_.url, source_.standing, source_.duplicate_of, source_.edition,
    source_.file, source_.sha256, claim_.raw_start, claim_.raw_end,
    link_.original_sha256, link_.original_start, link_.original_end, link_.original_numeral,
    (SELECT list({'raw_start': edit_.raw_start, 'raw_end': edit_.raw_end, 'replacement': edit_.replacement, 'rule': edit_.rule} ORDER BY edit_.raw_start)
     FROM edits AS edit_
     WHERE edit_.source_id = claim_.source_id
         AND edit_.raw_start < greatest(claim_.raw_end, claim_.reading_end) AND edit_.raw_end > least(claim_.raw_start, claim_.reading_start)) AS edits,
    claim_.value, claim_.value_low, claim_.value_high, claim_.bound, claim_.unit, claim_.rule, claim_.confidence, link_.independent
FROM evidence AS link_
JOIN claims AS claim_ USING (claim_id)
JOIN sources AS source_ ON source_.source_id = claim_.source_id
LEFT JOIN passages AS passage_ USING (passage_id)
WHERE link_.observation_id = wanted
ORDER BY source_.published_to NULLS LAST, claim_.source_id, claim_.raw_start;
"""

CITE = """\
CREATE OR REPLACE MACRO cite(wanted) AS (
    SELECT string_agg(
        concat(
            coalesce(source_.publisher, 'publisher unknown'), ', ', coalesce('《' || source_.title || '》', source_.file),
            ', ', coalesce(source_.published, 'undated'),
            CASE WHEN link_.original_sha256 IS NULL AND source_.edition = 'digest' THEN ', digest sha256:' ELSE ', sha256:' END, coalesce(link_.original_sha256, source_.sha256),
            ', characters ', coalesce(link_.original_start, claim_.raw_start), '–', coalesce(link_.original_end, claim_.raw_end),
            coalesce(', ' || source_.url, '')
        ),
        '; ' ORDER BY source_.published_to NULLS LAST, claim_.source_id, claim_.raw_start
    )
    FROM evidence AS link_
    JOIN claims AS claim_ USING (claim_id)
    JOIN sources AS source_ ON source_.source_id = claim_.source_id
    WHERE link_.observation_id = wanted
);
"""

AS_OF = """\
CREATE OR REPLACE MACRO as_of(on_day) AS TABLE
WITH
known AS (
    SELECT
        link_.observation_id, claim_.fault, source_.published, source_.published_to, claim_.source_id, rank_.standing, rank_.authority,
        {'resolution': claim_.resolution, 'unit': claim_.unit} AS printed,
        (rank_.standing = $UNSOURCED, claim_.fault, rank_.standing, rank_.authority, source_.published_to,
         claim_.source_id, claim_.raw_start, claim_.raw_end) AS claim_order
    FROM evidence AS link_
    JOIN claims AS claim_ USING (claim_id)
    JOIN sources AS source_ ON source_.source_id = claim_.source_id
    CROSS JOIN LATERAL (
        SELECT $STANDING AS standing, coalesce(list_position($AUTHORITY, source_.publisher_type), 99) AS authority
    ) AS rank_
    WHERE source_.published_to <= CAST(on_day AS DATE)
),
led AS (
    SELECT
        observation_id, min(claim_order) AS claim_order, arg_min(printed, claim_order) AS printed, min((standing, authority)) AS trust,
        min(published_to) AS first_day, max(published_to) AS last_day,
        arg_min(published, (published_to, source_id)) AS first_published, bool_or(fault) AS fault
    FROM known
    GROUP BY observation_id
),
told AS (
    SELECT
        led_.*, concat_ws('|', seen_.series_id, coalesce(seen_.period, ''), seen_.statement) AS question,
        seen_.value, seen_.value_low, seen_.value_high, seen_.bound, seen_.unit,
        CASE WHEN led_.printed.unit = seen_.unit THEN led_.printed.resolution ELSE seen_.resolution END AS resolution
    FROM led AS led_
    JOIN observations AS seen_ USING (observation_id)
),
standing AS (
    SELECT
        told_.*,
        CASE
            WHEN value_low IS NOT NULL AND value_high IS NOT NULL THEN value_low
            WHEN value IS NULL OR bound IN ('le', 'lt') THEN CAST('-inf' AS DOUBLE)
            ELSE value - $HALF
        END AS lowest,
        CASE
            WHEN value_low IS NOT NULL AND value_high IS NOT NULL THEN value_high
            WHEN value IS NULL OR bound IN ('ge', 'gt') THEN CAST('inf' AS DOUBLE)
            ELSE value + $HALF
        END AS highest
    FROM told AS told_
),
settled AS (
    SELECT
        one_.*,
        CASE
            WHEN one_.fault THEN 'suspect'
            WHEN EXISTS (
                SELECT 1
                FROM standing AS other_
                WHERE other_.question = one_.question AND other_.first_day > one_.last_day AND other_.unit = one_.unit
                    AND other_.trust <= one_.trust
                    AND greatest(one_.lowest, other_.lowest) - least(one_.highest, other_.highest)
                        > $NOISE * greatest(abs(greatest(one_.lowest, other_.lowest)), abs(least(one_.highest, other_.highest)))
            ) THEN 'superseded'
            ELSE 'normal'
        END AS status
    FROM standing AS one_
)
SELECT seen_.* REPLACE (
    settled_.resolution AS resolution,
    settled_.first_published AS first_published,
    row_number() OVER (
        PARTITION BY settled_.question
        ORDER BY settled_.trust[1] = $UNSOURCED, settled_.status <> 'normal', settled_.claim_order, seen_.observation_id
    ) = 1 AS preferred,
    CASE
        WHEN EXISTS (
            SELECT 1
            FROM warnings AS warning_
            WHERE warning_.observation_id = seen_.observation_id AND warning_.kind NOT IN ('corrected', 'fault')
                AND (warning_.other_observation_id IS NULL OR warning_.other_observation_id IN (SELECT observation_id FROM standing))
        ) THEN 'suspect'
        ELSE settled_.status
    END AS status
)
FROM observations AS seen_
JOIN settled AS settled_ USING (observation_id)
ORDER BY seen_.observation_id;
"""

COMPARE = """\
CREATE OR REPLACE MACRO compare(first_id, second_id) AS TABLE
SELECT
    indicator_.name_zh AS indicator,
    one_.statement AS a_statement, one_.period AS a_period, coalesce(one_.value, one_.value_low) AS a_value, one_.bound AS a_bound,
    one_.unit AS a_unit, one_.first_published AS a_published,
    other_.statement AS b_statement, other_.period AS b_period, coalesce(other_.value, other_.value_low) AS b_value, other_.bound AS b_bound,
    other_.unit AS b_unit, other_.first_published AS b_published,
    concat_ws(', ', $DIFFERS) AS differs,
    CASE WHEN one_.unit = other_.unit AND one_.measure = other_.measure THEN other_.value - one_.value END AS difference,
    CASE WHEN one_.unit = other_.unit AND one_.measure = other_.measure THEN other_.value / nullif(one_.value, 0) END AS ratio,
    coalesce(compared_.comparable, turned_.comparable, CASE WHEN differs = '' THEN 'yes' ELSE 'no' END) AS comparable,
    coalesce(compared_.reason, turned_.reason, CASE WHEN differs = '' THEN 'same_series' END) AS reason
FROM observations AS one_
JOIN observations AS other_ ON other_.observation_id = second_id
JOIN indicators AS indicator_ ON indicator_.indicator_id = one_.indicator_id
LEFT JOIN comparisons AS compared_
    ON compared_.target_observation_id = one_.observation_id AND compared_.reported_observation_id = other_.observation_id
LEFT JOIN comparisons AS turned_
    ON turned_.target_observation_id = other_.observation_id AND turned_.reported_observation_id = one_.observation_id
WHERE one_.observation_id = first_id;
"""

COMPARE_RELEASES = """\
CREATE OR REPLACE MACRO compare_releases(old_folder, new_folder) AS TABLE
SELECT
    coalesce(new_.observation_id, old_.observation_id) AS observation_id,
    CASE WHEN old_.observation_id IS NULL THEN 'added' WHEN new_.observation_id IS NULL THEN 'gone' ELSE 'changed' END AS change,
    coalesce(new_.indicator_id, old_.indicator_id) AS indicator_id, coalesce(new_.region_id, old_.region_id) AS region_id,
    coalesce(new_.statement, old_.statement) AS statement, coalesce(new_.period, old_.period) AS period,
    coalesce(old_.value, old_.value_low) AS old_value, coalesce(new_.value, new_.value_low) AS new_value,
    old_.status AS old_status, new_.status AS new_status
FROM read_parquet(old_folder || '/observations.parquet') AS old_
FULL JOIN read_parquet(new_folder || '/observations.parquet') AS new_ USING (observation_id)
WHERE old_ IS DISTINCT FROM new_
ORDER BY change, indicator_id, region_id, statement, period, observation_id;
"""

SERIES = ("indicator_id", "region_id", "organisation_id", "population", "measure", "basis", "reference", "unit")
"""Columns of an observation that must agree for two figures to be of one series, and in one unit."""

MEANINGS = (
    (
        "MACRO TABLE why",
        "Why an observation stands: a row a claim with quote, document, offsets, the edits between raw and read text, and the rule",
        "观测的依据：每条陈述一行，含引文、文件、位置、所经修改与规则",
    ),
    (
        "MACRO cite",
        "What to cite for an observation: publisher, title, date, hash, characters and address of each document, and what of these is not known",
        "观测的引用文字：发布者、标题、日期、哈希、字符位置与网址，不详者注明",
    ),
    (
        "MACRO TABLE as_of",
        "The observations that dated documents published by a day give, with status and preference as of that day; of warnings, those that stand today and whose figures were known",
        "截至某日已发布且有日期的文件所给出的观测；警示以今日所知为准",
    ),
    (
        "MACRO TABLE compare",
        "Two observations held against each other: in what they differ, difference, ratio, whether they may be compared",
        "两条观测的对照：不同之处、差、比及是否可比",
    ),
    (
        "MACRO TABLE compare_releases",
        "Observations that were added, are gone or changed between the folders of two releases",
        "两次发布之间增加、消失或变化的观测",
    ),
)
"""Macro, and its meaning in English and Chinese."""


def trust_sql() -> str:
    """The statements that make the macros and say what they mean; they need the views of the tables."""
    half = (
        f"greatest(coalesce(resolution, 0) / 2, CASE WHEN bound = 'approx' THEN abs(value) * {APPROXIMATE} ELSE 0 END)"
    )
    ranks = " ".join(
        f"WHEN source_.standing IN ({', '.join(repr(code) for code in sorted(codes))}) THEN {rank}"
        for rank, codes in enumerate(STANDING)
    )
    differs = ", ".join(f"CASE WHEN one_.{name} IS DISTINCT FROM other_.{name} THEN '{name}' END" for name in SERIES)
    macros = [
        WHY,
        CITE,
        AS_OF.replace("$AUTHORITY", str(list(AUTHORITY)))
        .replace("$STANDING", f"CASE {ranks} ELSE {UNSOURCED} END")
        .replace("$UNSOURCED", str(UNSOURCED))
        .replace("$HALF", half)
        .replace("$NOISE", str(NOISE)),
        COMPARE.replace("$DIFFERS", differs),
        COMPARE_RELEASES,
    ]
    comments = [f"COMMENT ON {macro} IS '{en}. {zh}。';\n" for macro, en, zh in MEANINGS]
    return "\n".join([*macros, "".join(comments)])
