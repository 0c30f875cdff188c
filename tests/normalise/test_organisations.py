"""Organisations are found where a document names them, by the longest name that fits."""

import csv

import pytest

from pipeline.contract import build
from pipeline.contract.codes import codes_of
from pipeline.contract.paths import ROOT
from pipeline.contract.seed import seed_rows
from pipeline.normalise.master import master_table
from pipeline.normalise.organisations import Names, forms, mentions, with_named
from pipeline.normalise.subjects import Subjects
from tests.normalise.builders import Line, document, organisations, regions

MASTER = master_table("organisations")
NAMES = Names(MASTER, master_table("regions").to_pylist())
CASES = ROOT / "tests" / "cases" / "normalise" / "organisations.csv"


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def found_in(*lines: str, faults: dict[str, str] | None = None) -> list[tuple[str, str, str]]:
    read = document([Line(line) for line in lines], faults)
    rows, _ = mentions(read, Names(organisations()))
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
    (row,), _ = mentions(read, Names(organisations()))
    assert row["passage_id"] == "plan/p0002"


def test_nobody_named_gives_nothing() -> None:
    assert found_in("无人", "也无人") == []


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["text"])
def test_a_name_counts_in_its_context_and_means_the_body_of_its_place(case: dict[str, str]) -> None:
    found = NAMES.find(case["text"], case["scope"] or None)
    told = [f"{case['text'][one.start : one.end]}={one.row['name_zh']}:{one.row['type']}" for one in found]
    assert "|".join(told) == case["found"]


def test_organisations_that_only_documents_name_join_the_table_and_codes_fill_its_gaps() -> None:
    read = document(
        [Line('甲乙机床<b id="quote_sh600123"></b>与沈阳机械大学来了，沈阳海洋大学没来。')],
        {'<b id="quote_sh600123"></b>': ""},
    )
    names = Names(organisations(), regions().to_pylist())
    rows, meant = mentions(read, names)
    table = build("organisations", with_named(organisations().to_pylist(), meant))
    known = {row["organisation_id"]: row for row in table.to_pylist()}
    assert known["org-alpha"]["stock_code"] == "600123.SH"
    (university,) = (row for row in known.values() if row["type"] == "university")
    assert (university["name_zh"], university["region_id"]) == ("沈阳海洋大学", "210100")
    assert {row["organisation_id"] for row in rows} == {"org-alpha", university["organisation_id"]}


def test_a_stretch_set_apart_names_no_organisation() -> None:
    read = document([Line("甲乙来了，甲乙机床也来了。")])
    rows, _ = mentions(read, Names(organisations()), apart=[(5, 9)])
    assert [row["raw_start"] for row in rows] == [0]


def test_a_subject_is_whom_its_document_means_by_it() -> None:
    told = [{"source_id": "plan", "mention": "甲", "organisation_id": "org-alpha"}]
    subjects = Subjects(organisations(), regions(), told)
    assert subjects.resolve("甲", "plan") == (None, "org-alpha")
    assert subjects.resolve("甲", "news") == subjects.resolve("甲") == (None, None)
    assert subjects.resolve("沈阳丙丁云") == (None, "org-beta")
    assert subjects.resolve("沈抚示范区") == ("LN-SHENFU", None)


def test_forms_belong_to_organisations_and_types_are_codes() -> None:
    assert {owner for owner, _ in forms()} <= set(MASTER.column("organisation_id").to_pylist())
    types = {row["type"] for table in ("organisations", "public_bodies", "named_bodies") for row in seed_rows(table)}
    assert types <= codes_of("organisation_type")


def test_bodies_of_a_table_have_one_identifier_a_level() -> None:
    rows = [(row["body_id"], row["levels"]) for row in seed_rows("public_bodies")]
    assert len(set(rows)) == len(rows)
