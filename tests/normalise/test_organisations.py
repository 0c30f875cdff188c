"""Organisations are found where a document names them, by the longest name that fits."""

from pipeline.contract import build
from pipeline.normalise.organisations import Names, mentions
from tests.normalise.builders import Line, document, organisations


def found_in(*lines: str, faults: dict[str, str] | None = None) -> list[tuple[str, str, str]]:
    read = document([Line(line) for line in lines], faults)
    rows = mentions(read, Names(organisations()))
    build("organisation_mentions", rows)
    return [(row["organisation_id"], row["mention"], read.text.raw[row["raw_start"] : row["raw_end"]]) for row in rows]


def test_the_longest_name_wins() -> None:
    assert found_in("甲乙机床研究院与甲乙机床来了，甲乙没来。") == [
        ("org-alpha-lab", "甲乙机床研究院", "甲乙机床研究院"),
        ("org-alpha", "甲乙机床", "甲乙机床"),
        ("org-alpha", "甲乙", "甲乙"),
    ]


def test_brackets_of_either_width_name_the_same() -> None:
    assert found_in("丙丁云计算（大连）有限公司开业")[0][:2] == ("org-beta", "丙丁云计算（大连）有限公司")


def test_a_name_broken_by_markup_is_found_and_its_offsets_span_the_markup() -> None:
    assert found_in("丙<b>丁</b>云开业", faults={"<b>": "", "</b>": ""}) == [("org-beta", "丙丁云", "丙<b>丁</b>云")]


def test_every_mention_knows_its_passage() -> None:
    read = document([Line("无人"), Line("甲乙机床")])
    (row,) = mentions(read, Names(organisations()))
    assert row["passage_id"] == "plan/p0002"


def test_nobody_named_gives_nothing() -> None:
    assert found_in("无人", "也无人") == []
