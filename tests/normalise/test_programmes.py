"""Boxes and numbered measures are programmes; what stands under them is theirs."""

from dataclasses import replace

from pipeline.contract import build
from pipeline.normalise.programmes import programme_claims, programmes
from tests.normalise.builders import Line, claim, document

PLAN = [
    Line("一、怎么做", 1),
    Line("1.修灯塔", 3),
    Line("专栏1灯塔修缮专项行动", 4),
    Line("修好灯塔9座。"),
    Line("专栏2 屏幕更新专项行动", 4),
    Line("换屏幕7套。"),
    Line("2.别的事", 3),
    Line("专栏3里说过的灯塔不再重复。"),
]
POLICY = [
    Line("第1方面 修缮补助。每座最高3万元。"),
    Line("第二方面 换新补助。"),
    Line("第3次会议 说了什么。"),
]


def test_a_box_runs_to_the_next_heading_of_its_level_or_a_higher_one() -> None:
    read = document(PLAN)
    rows = programmes(read)
    build("programmes", rows)
    assert [(row["kind"], row["number"], row["title"]) for row in rows] == [
        ("special_action", "1", "灯塔修缮专项行动"),
        ("special_action", "2", "屏幕更新专项行动"),
    ]
    assert [read.text.raw[row["raw_start"] : row["raw_end"]].split("\n")[-1] for row in rows] == [
        "修好灯塔9座。",
        "换屏幕7套。",
    ]


def test_a_numbered_measure_may_open_a_paragraph_and_owns_it() -> None:
    read = document(POLICY)
    rows = programmes(read)
    assert [(row["kind"], row["number"], row["title"]) for row in rows] == [
        ("policy_measure", "1", "修缮补助"),
        ("policy_measure", "二", "换新补助"),
    ]
    assert read.text.raw[rows[0]["raw_start"] : rows[0]["raw_end"]] == POLICY[0].text


def test_numbered_headings_of_a_section_of_tasks_are_tasks_and_bear_the_numbers_above_them() -> None:
    lines = [
        Line("一、现状", 1),
        Line("(一)不是任务", 2),
        Line("二、主要任务", 1),
        Line("(一)修灯塔", 2),
        Line("2.换灯", 3),
        Line("换灯9盏。"),
        Line("三、保障措施", 1),
        Line("(二)补助", 2),
    ]
    read = document(lines)
    above = ["", "一、现状", "", "二、主要任务", "二、主要任务 / (一)修灯塔", "", "", "三、保障措施"]
    passages = tuple(dict(passage, section_path=path) for passage, path in zip(read.passages, above, strict=True))
    rows = programmes(replace(read, passages=passages))
    build("programmes", rows)
    assert [(row["kind"], row["number"], row["title"]) for row in rows] == [
        ("task", "一", "修灯塔"),
        ("task", "一.2", "换灯"),
        ("policy_measure", "二", "补助"),
    ]


def test_identifiers_stay_apart_where_a_number_comes_twice() -> None:
    rows = programmes(document([Line("专栏1甲", 4), Line("专栏1乙", 4)]))
    assert [row["programme_id"] for row in rows] == ["plan/special_action-1", "plan/special_action-1.2"]


def test_claims_belong_to_the_programme_they_stand_in() -> None:
    read = document(PLAN)
    rows = programmes(read)
    at = {number: read.text.raw.index(number) for number in ("9座", "7套", "不再")}
    claims = [claim("灯塔", 1.0, raw_start=start, raw_end=start + 2) for start in at.values()]
    claims.append(claim("灯塔", 1.0, source_id="news", raw_start=at["9座"], raw_end=at["9座"] + 2))
    found = programme_claims(rows, claims)
    build("programme_claims", found)
    assert [(row["programme_id"][-1], row["claim_id"]) for row in found] == [
        ("1", claims[0]["claim_id"]),
        ("2", claims[1]["claim_id"]),
    ]
