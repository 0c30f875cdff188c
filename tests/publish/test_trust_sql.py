"""The macros of ``schema.sql``: why a figure stands, how to cite it, what was known on a day, how two figures compare."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pipeline.clean.text import Edit, Text
from pipeline.contract import BY_NAME, PUBLISHED, build, empty, schema
from pipeline.contract.paths import DATA, SEEDS
from pipeline.ingest import run as ingest
from pipeline.normalise.master import master_tables
from pipeline.normalise.run import compared
from pipeline.publish.ask import ask
from pipeline.publish.candidate import write_candidate
from pipeline.publish.trust_sql import SERIES, trust_sql
from tests.gates.builders import changed, world
from tests.normalise.builders import claim, source

MASTER = master_tables()
INDICATOR = "5G基站"
OUTLET = {"publisher_type": "media", "document_type": "news"}

Rows = list[dict[str, Any]]


def rows(sql: str, folder: Path = DATA) -> Rows:
    found: Rows = ask(sql, folder).to_pylist()
    return found


@cache
def raw_text(file: str) -> str:
    """The decoded text of a bundled document."""
    read = ingest(SEEDS)
    names = {row["source_id"]: row["file"] for row in read["sources"].to_pylist()}
    return next(row["text"] for row in read["documents"].to_pylist() if names[row["source_id"]] == file)


def reported(value: float | None, source_id: str, **values: Any) -> dict[str, Any]:
    return claim(INDICATOR, value, period="2020", source_id=source_id, **values)


SOURCES = [
    source("plan", "2021-01-10"),
    source("news", "2021-03-05", **OUTLET),
    source("review", "2021-06-30"),
    source("paper", "2021-09-01", **OUTLET),
    source("bureau", "2022-02-01", publisher_type="statistics_office"),
    source("letter", None),
    source("copy", "2022-03-01", standing="repost"),
    source("rumour", "2020-12-01", standing="unsourced"),
    source("survey", "2022-04-01", standing="first_hand"),
]
CLAIMS = [
    reported(500.0, "plan", resolution=100.0),
    reported(480.0, "news", resolution=10.0),
    reported(620.0, "review", resolution=10.0),
    reported(500.0, "paper", resolution=100.0),
    reported(None, "paper", fault=True),
    reported(650.0, "bureau", bound="ge", resolution=10.0),
    reported(91.0, "letter"),
    reported(None, "bureau", value_low=600.0, value_high=700.0, bound="range"),
    claim(INDICATOR, 70.0, period="2020", source_id="review", region_id="210200", bound="approx", resolution=10.0),
    claim(INDICATOR, 76.0, period="2020", source_id="bureau", region_id="210200", resolution=1.0),
    reported(800.0, "copy", resolution=10.0),
    reported(300.0, "rumour", resolution=10.0),
    *(
        claim(INDICATOR, value, period="2020", source_id=name, region_id="210300", resolution=step)
        for value, name, step in (
            (40.0, "rumour", 10.0),
            (50.0, "copy", 10.0),
            (50.0, "survey", 1.0),
            (58.0, "survey", 1.0),
            (90.0, "copy", 10.0),
        )
    ),
    claim(INDICATOR, 20.0, period="2020", source_id="rumour", region_id="210400", bound="ge"),
    claim(INDICATOR, 25.0, period="2020", source_id="review", region_id="210400", fault=True),
    claim(INDICATOR, 30.0, period="2020", source_id="plan", region_id="210500"),
    claim(INDICATOR, 30.0, period="2020", source_id="review", region_id="210500", fault=True),
    claim("进出口总额", 7e10, "CNY", period="2020", source_id="plan"),
    claim("进出口总额", 1e10, "USD", period="2020", source_id="review"),
]
"""A government and a newspaper disagree; a later report revises the figure, a newspaper repeats the old one, as do a copyist
and a page that names no source."""


@pytest.fixture(scope="module")
def disputed() -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables that the normalise stage makes of :data:`CLAIMS`, with the macros."""
    made = at(SOURCES, CLAIMS)
    with duckdb.connect() as connection:
        for table in PUBLISHED:
            connection.register(table.name, made.get(table.name, MASTER.get(table.name, empty(table.name))))
        connection.execute(trust_sql())
        yield connection


def at(
    sources: Rows,
    claims: Rows,
    edits: pa.Table | None = None,
    organisations: pa.Table | None = None,
    mentioned: Sequence[dict[str, Any]] = (),
) -> dict[str, pa.Table]:
    """Tables of the normalise stage for these documents alone, which name the organisations by ``mentioned``."""
    kept = {row["source_id"] for row in sources}
    tables = {"sources": build("sources", sources), "edits": edits if edits is not None else empty("edits")}
    tables["claims"] = pa.Table.from_pylist(
        [row for row in claims if row["source_id"] in kept], schema=schema("claims")
    ).sort_by([(part, "ascending") for part in BY_NAME["claims"].key])
    master = MASTER if organisations is None else MASTER | {"organisations": organisations}
    named = [row for row in mentioned if row["source_id"] in kept]
    made = compared(tables["sources"], tables["edits"], tables["claims"], master, named)
    return tables | {name: build(name, found) for name, found in made.items()}


@pytest.mark.parametrize(
    "day",
    [
        "2020-12-01",
        "2021-01-09",
        "2021-01-10",
        "2021-04-01",
        "2021-06-30",
        "2021-12-31",
        "2022-02-01",
        "2022-03-01",
        "2022-04-01",
    ],
)
def test_the_dataset_as_of_a_day_is_what_the_documents_published_by_then_give(
    day: str, disputed: duckdb.DuckDBPyConnection
) -> None:
    known = [row for row in SOURCES if row["published_to"] and row["published_to"] <= date.fromisoformat(day)]
    expected = at(known, CLAIMS)["observations"]
    found = disputed.sql(f"FROM as_of('{day}')").to_arrow_table()
    assert found.to_pylist() == expected.to_pylist()


def test_what_a_revision_did_shows_between_two_days(disputed: duckdb.DuckDBPyConnection) -> None:
    asked = "SELECT value, status FROM as_of(?) WHERE region_id = '210000' AND unit = 'count' AND preferred"
    assert disputed.execute(asked, ["2021-04-01"]).fetchall() == [(500.0, "normal")]
    assert disputed.execute(asked, ["2021-06-30"]).fetchall() == [(620.0, "normal")]
    old = "SELECT status FROM as_of(?) WHERE value = 500 AND bound = 'eq'"
    assert disputed.execute(old, ["2021-06-30"]).fetchall() == [("superseded",)]
    assert disputed.execute(old, ["2021-09-01"]).fetchall() == [("normal",)], "repeated after the revision"


def test_a_document_without_a_date_was_never_known_by_a_day(disputed: duckdb.DuckDBPyConnection) -> None:
    assert disputed.execute("SELECT count(*) FROM as_of('9999-12-31') WHERE value = 91").fetchall() == [(0,)]


def test_only_what_undated_documents_alone_say_is_missing_on_the_last_day() -> None:
    dated = "SELECT observation_id FROM evidence JOIN sources USING (source_id) WHERE published_to IS NOT NULL"
    assert rows("SELECT observation_id FROM as_of('9999-12-31')") == rows(
        f"SELECT observation_id FROM observations WHERE observation_id IN ({dated}) ORDER BY observation_id"
    )


def test_a_bundled_day_gives_what_its_documents_give() -> None:
    sources, claims = rows("FROM sources"), rows("FROM claims")
    edits, organisations = ask("FROM edits", DATA), ask("FROM organisations", DATA)
    mentioned, doubts = rows("FROM organisation_mentions"), rows("FROM warnings")
    days = sorted({row["published_to"] for row in sources if row["published_to"]})
    assert len(days) > 2
    for day in days:
        known = [row for row in sources if row["published_to"] and row["published_to"] <= day]
        made = at(known, claims, edits, organisations, mentioned)
        found, expected = rows(f"FROM as_of('{day}')"), made["observations"].to_pylist()
        # Which figures are warned of is told as of today.
        warned = {row["observation_id"] for row in [*doubts, *made["warnings"].to_pylist()]}
        assert without_status(found, warned) == without_status(expected, warned)


def without_status(observations: Rows, warned: set[str]) -> Rows:
    return [row | {"status": None} if row["observation_id"] in warned else row for row in observations]


def test_a_figure_warned_of_is_suspect_from_the_day_both_it_and_what_it_does_not_fit_are_known() -> None:
    doubts = rows("FROM warnings WHERE kind NOT IN ('corrected', 'fault')")
    assert doubts
    for day in ("2020-12-02", "2022-12-31", "9999-12-31"):
        status = {row["observation_id"]: row["status"] for row in rows(f"FROM as_of('{day}')")}
        known = [row for row in doubts if {row["observation_id"], row["other_observation_id"]} - {None} <= set(status)]
        assert {status[row["observation_id"]] for row in known} <= {"suspect"}
        damaged = {row["observation_id"] for row in rows("FROM warnings WHERE kind = 'fault'")}
        others = set(status) - {row["observation_id"] for row in known} - damaged
        assert "suspect" not in {status[name] for name in others}


def test_a_corrected_numeral_makes_no_figure_suspect() -> None:
    asked = "SELECT DISTINCT o.status FROM as_of('9999-12-31') AS o JOIN warnings AS w USING (observation_id)"
    assert rows(f"{asked} GROUP BY o.observation_id, o.status HAVING bool_and(w.kind = 'corrected')") == [
        {"status": "normal"}
    ]


def test_why_gives_a_row_for_every_claim_an_observation_rests_on() -> None:
    found = rows("SELECT w.observation_id, w.claim_id FROM observations AS o, why(o.observation_id) AS w ORDER BY ALL")
    assert found == rows("SELECT observation_id, claim_id FROM evidence ORDER BY ALL")


def test_why_names_characters_that_read_as_its_quote() -> None:
    found = rows("SELECT w.* FROM observations AS o, why(o.observation_id) AS w")
    assert found
    for row in found:
        assert raw_text(row["file"])[row["raw_start"] : row["raw_end"]] == row["quote"]


def test_the_edits_that_why_names_lead_from_the_printed_to_the_read_characters() -> None:
    names = {row["file"]: row["source_id"] for row in rows("FROM sources")}
    texts = {
        file: Text(
            raw_text(file),
            tuple(
                Edit(row["raw_start"], row["raw_end"], row["replacement"], row["rule"])
                for row in rows(f"FROM edits WHERE source_id = '{source_id}' ORDER BY raw_start, raw_end")
            ),
        )
        for file, source_id in names.items()
    }
    edited = rows("SELECT w.* FROM observations AS o, why(o.observation_id) AS w WHERE w.edits IS NOT NULL")
    assert edited, "some quotes are in Traditional script"
    for row in edited:
        text = texts[row["file"]]
        start = min(row["raw_start"], row["edits"][0]["raw_start"])
        end = max(row["raw_end"], row["edits"][-1]["raw_end"])
        read = text.raw[start:end]
        for edit in reversed(row["edits"]):
            read = read[: edit["raw_start"] - start] + edit["replacement"] + read[edit["raw_end"] - start :]
        assert read == text.clean[text.to_clean(start) : text.to_clean(end)]


def test_a_citation_names_every_document_its_date_and_its_characters() -> None:
    found = rows("SELECT cite(o.observation_id) AS words, w.* FROM observations AS o, why(o.observation_id) AS w")
    assert found
    for row in found:
        placed = row["original_sha256"] is not None
        parts = [
            row["publisher"] or "publisher unknown",
            row["title"] or row["file"],
            row["published"] or "undated",
            f"sha256:{row['original_sha256']}" if placed else f"digest sha256:{row['sha256']}",
            row["url"] or "",
        ]
        assert all(part in row["words"] for part in parts)
        start, end = (row["original_start"], row["original_end"]) if placed else (row["raw_start"], row["raw_end"])
        assert f"characters {start}–{end}" in row["words"]


def test_an_observation_that_is_not_there_has_no_reason_and_no_citation() -> None:
    assert rows("FROM why('o-0000000000000000')") == []
    assert rows("SELECT cite('o-0000000000000000') AS words") == [{"words": None}]


def test_a_target_compared_with_a_report_tells_what_the_comparison_found() -> None:
    for asked in (
        "target_observation_id, c.reported_observation_id",
        "reported_observation_id, c.target_observation_id",
    ):
        found = rows(f"SELECT c.comparable AS can, c.reason AS why, m.* FROM comparisons AS c, compare(c.{asked}) AS m")
        assert len(found) == len(rows("FROM comparisons")) > 0
        assert all((row["comparable"], row["reason"]) == (row["can"], row["why"]) for row in found)


def test_figures_that_no_comparison_holds_against_each_other_compare_where_series_and_unit_agree() -> None:
    told = "comparisons AS c WHERE a.observation_id IN (c.target_observation_id, c.reported_observation_id)"
    found = rows(
        "SELECT m.differs, m.comparable, m.reason FROM observations AS a JOIN observations AS b USING (indicator_id),"
        " compare(a.observation_id, b.observation_id) AS m"
        f" WHERE NOT EXISTS (FROM {told} AND b.observation_id IN (c.target_observation_id, c.reported_observation_id))"
    )
    assert {row["differs"] == "" for row in found} == {True, False}
    for row in found:
        agreed = row["differs"] == ""
        assert (row["comparable"], row["reason"]) == (("yes", "same_series") if agreed else ("no", None))


def test_two_figures_compared_tell_their_difference_only_in_one_unit_and_measure(
    disputed: duckdb.DuckDBPyConnection,
) -> None:
    asked = "SELECT observation_id FROM observations WHERE value = ?"
    ids = {value: disputed.execute(asked, [value]).fetchall()[0][0] for value in (500.0, 620.0, 70.0)}

    def compare(first: float, second: float) -> dict[str, Any]:
        answer: Rows = disputed.sql(f"FROM compare('{ids[first]}', '{ids[second]}')").to_arrow_table().to_pylist()
        return answer[0]

    same = compare(500.0, 620.0)
    assert (same["difference"], same["ratio"], same["differs"], same["comparable"]) == (120.0, 1.24, "", "yes")
    elsewhere = compare(500.0, 70.0)
    assert (elsewhere["differs"], elsewhere["comparable"]) == ("region_id", "no")


@pytest.mark.parametrize("alias", [*"abcdeiopswk", "evidence", "known", "standing", "settled"])
def test_a_macro_asked_with_a_column_takes_it_from_the_table_of_the_question(alias: str) -> None:
    asked = f"SELECT cite({alias}.observation_id) AS words, {alias}.observation_id AS id FROM observations AS {alias} ORDER BY id"
    assert rows(asked) == rows(
        "SELECT cite(observation_id) AS words, observation_id AS id FROM observations ORDER BY id"
    )
    pairs = rows(f"FROM observations AS {alias}, compare({alias}.observation_id, {alias}.observation_id)")
    assert len(pairs) == len(rows("FROM observations"))
    whys = rows(f"SELECT claim_id FROM observations AS {alias}, why({alias}.observation_id)")
    assert len(whys) == len(rows("FROM evidence"))


def test_what_makes_a_series_is_declared() -> None:
    assert set(SERIES) <= {column.name for column in BY_NAME["observations"].columns}


def test_two_releases_compared_list_what_was_added_is_gone_or_changed(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    write_candidate(world(), old)
    observations = changed(world()["observations"], 0, status="superseded")
    write_candidate({**world(), "observations": observations.slice(0, observations.num_rows - 1)}, new)
    told = rows(
        f"SELECT change, count(*) AS n FROM compare_releases('{old}', '{new}') GROUP BY change ORDER BY change", old
    )
    assert told == [{"change": "changed", "n": 1}, {"change": "gone", "n": 1}]
    assert rows(f"FROM compare_releases('{old}', '{old}')", old) == []


def test_every_macro_says_in_both_languages_what_it_does() -> None:
    told = rows("SELECT DISTINCT function_name, comment FROM duckdb_functions() WHERE NOT internal ORDER BY ALL")
    assert [row["function_name"] for row in told] == ["as_of", "cite", "compare", "compare_releases", "why"]
    assert all(row["comment"] and "。" in row["comment"] for row in told)
