"""Parks are read off the list of a section that names parks, by the city that opens each paragraph."""

import pytest

from pipeline.contract import build
from pipeline.normalise.parks import industries_of, parks
from pipeline.normalise.places import Places
from tests.normalise.builders import REGIONS, Line, document, regions

PLACES = Places(regions().to_pylist())
HEADING = Line("专栏9特色园区建设", 4)


def names_of(*lines: str, faults: dict[str, str] | None = None, scope: str | None = "210000") -> list[tuple[str, str]]:
    rows, _ = parks(document([HEADING, *map(Line, lines)], faults), PLACES, scope)
    build("parks", rows)
    return [(row["region_id"], row["name"]) for row in rows]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("沈阳市甲产业园、沈阳乙软件园、丙小镇，重点发展芯片。", ["甲产业园", "沈阳乙软件园", "丙小镇"]),
        ("沈阳甲软件园、乙产业园，重点发展芯片。", ["沈阳甲软件园", "乙产业园"]),
        ("大连市甲开发区和乙新区,重点打造灯塔。", ["甲开发区", "乙新区"]),
        ("大连市甲园及乙产业基地，发展灯塔。", ["甲园", "乙产业基地"]),
        ("大连市甲和乙产业园，发展灯塔。", ["甲和乙产业园"]),
        ("朝阳市甲开发区大力推进灯塔改造，推动乙产业园。", ["甲开发区"]),
        ("朝阳市推进甲基地、乙产业园建设，发展灯塔。", ["甲基地", "乙产业园"]),
        ("沈抚示范区甲产业园，重点推进乙中心、丙产业园等建设。", ["甲产业园"]),
        ("大连市的灯塔很多。", []),
        ("到2025年，建成9个产业园。", []),
        ("甲产业园、乙产业园，重点发展芯片。", []),
    ],
)
def test_names_are_listed_up_to_the_comma_or_the_verb(line: str, names: list[str]) -> None:
    assert [name for _, name in names_of(line)] == names


def test_a_park_lies_in_the_place_that_opens_its_paragraph() -> None:
    found = names_of("沈阳市甲园区，发展芯片。", "沈抚示范区乙园区，发展灯塔。", "朝阳市丙园区，发展屏幕。")
    assert [region for region, _ in found] == ["210100", "LN-SHENFU", "211300"]


def test_a_place_elsewhere_opens_no_list_of_this_province() -> None:
    assert names_of("吉林市甲产业园，发展芯片。") == []
    assert names_of("吉林市甲产业园，发展芯片。", scope=None) == [("220200", "甲产业园")]


def test_a_park_to_be_built_is_no_industry() -> None:
    _, industries = parks(document([HEADING, Line("大连市推进甲产业园、乙产业园建设，发展灯塔。")]), PLACES, "210000")
    assert {row["industry"] for row in industries} == {"灯塔"}


def test_only_sections_that_name_parks_are_read_and_no_repeat() -> None:
    lines = [
        Line("专栏8其他", 4),
        Line("沈阳市甲园区，发展芯片。"),
        HEADING,
        Line("大连市乙园区，发展芯片。"),
        Line("大连市乙园区，发展芯片。", repeats=3),
        Line("4.下一节", 3),
        Line("沈阳市丙园区，发展芯片。"),
    ]
    rows, _ = parks(document(lines), PLACES, "210000")
    assert [row["name"] for row in rows] == ["乙园区"]


def test_a_repaired_place_counts_and_offsets_lead_to_the_printed_name() -> None:
    read = document(
        [HEADING, Line("【一】大速市甲产业园、乙声业园，发展芯片。")],
        {"【一】": "", "大速市": "大连市", "声业": "产业"},
    )
    rows, industries = parks(read, PLACES, "210000")
    assert [(row["region_id"], row["name"]) for row in rows] == [("210200", "甲产业园"), ("210200", "乙产业园")]
    assert [read.text.raw[row["raw_start"] : row["raw_end"]] for row in rows] == ["甲产业园", "乙声业园"]
    assert [row["park_id"] for row in rows] == [f"plan:{row['raw_start']}-{row['raw_end']}" for row in rows]
    build("park_industries", industries)
    assert [(row["park_id"], row["industry"]) for row in industries] == [(row["park_id"], "芯片") for row in rows]


@pytest.mark.parametrize(
    ("text", "industries"),
    [
        ("甲园，重点发展芯片、软件和信息服务等产业。", ["芯片", "软件和信息服务"]),
        ("甲园，重点发展芯片、灯塔和屏幕。", ["芯片", "灯塔", "屏幕"]),
        ("甲园，重点发展芯片及灯塔、屏幕。", ["芯片", "灯塔", "屏幕"]),
        ("甲园，重点发展芯片，灯塔也很多。", ["芯片"]),
        ("甲园，重点发展芯片，灯塔与屏幕跟上。", ["芯片", "灯塔", "屏幕"]),
        ("甲园，重点推进芯片产业，建设数据中心。", ["芯片"]),
        ("甲园，另建灯塔产业基地。", ["灯塔"]),
        ("甲园，重点推进乙丙产业园、丁中心等建设。", []),
        ("甲园大力推进创新，推动灯塔、屏幕等产业数字化转型。", ["灯塔", "屏幕"]),
        ("甲园，重点打造芯片特色产业集群，发展灯塔产品。", ["芯片", "灯塔"]),
        ("甲园，建设一座楼，并重点发展灯塔，发展芯片。", ["灯塔", "芯片"]),
        ("甲园，重点发展由光引领的芯片。", ["芯片"]),
        ("甲园，重点推进乙中心建设。", []),
        ("甲园，重点发展芯片，大力发展芯片。", ["芯片"]),
    ],
)
def test_industries_follow_a_verb_of_developing(text: str, industries: list[str]) -> None:
    assert industries_of(text) == industries


def test_the_longest_place_name_wins_and_ancestors_end() -> None:
    assert PLACES.opening("沈阳市甲园", "210000") == ("沈阳市", "210100")
    assert PLACES.opening("灯塔", None) is None
    loop = Places(
        [
            dict(zip(("region_id", "name_zh", "name_short", "parent_id", "aliases"), row, strict=True))
            for row in [("a", "甲", "甲", "b", None), ("b", "乙", "乙", "a", None)]
        ]
    )
    assert not loop.within("a", "c")
    assert len(REGIONS) == len(regions())
