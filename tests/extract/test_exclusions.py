"""Numerals in dates, names, headings and words give no quantity; each has the reason a reader would give."""

import csv
from pathlib import Path

import pytest

from pipeline.clean.text import Edit, Text
from pipeline.contract.codes import codes_of
from pipeline.contract.seed import seed_rows
from pipeline.extract.exclusions import MASKED, find_exclusions, mask
from pipeline.extract.numerals import fold
from pipeline.extract.quantities import find_quantities
from pipeline.extract.readings import Readings
from pipeline.extract.reasons import Reasons
from pipeline.extract.scanner import numeral_runs

CASES = Path(__file__).parents[1] / "cases" / "extract"


def rows() -> list[dict[str, str]]:
    with (CASES / "no_quantities.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def told(text: Text, *structural: tuple[int, int]) -> list[str]:
    """The reasons of all numeral runs of a text."""
    return Reasons(text, structural, Readings(text.clean)).of(numeral_runs(text.raw))


@pytest.mark.parametrize("case", rows(), ids=lambda case: case["sentence"])
def test_what_is_no_quantity_gives_none(case: dict[str, str]) -> None:
    assert [quantity for quantity in find_quantities(case["sentence"]) if not quantity.borderline] == []


@pytest.mark.parametrize("case", rows(), ids=lambda case: case["sentence"])
def test_each_of_its_numerals_has_the_reason(case: dict[str, str]) -> None:
    text = Text(case["sentence"])
    runs = numeral_runs(text.raw)
    printed = "|".join(text.raw[start:end] for start, end in runs)
    assert printed == case["numerals"]
    assert set(told(text)) == {case["reason"]}


def test_a_numeral_in_removed_text_has_the_reason_of_the_edit() -> None:
    raw = '<td width="40">产值12亿元</td>图3 港口'
    text = Text(raw, (Edit(0, 15, "", "tag"), Edit(21, 26, "", "tag"), Edit(26, 31, "", "caption")))
    found = dict(zip((raw[start:end] for start, end in numeral_runs(raw)), told(text), strict=True))
    assert found["40"] == "markup" and found["3"] == "furniture"


def test_a_borderline_quantity_of_the_caller_is_structural() -> None:
    text = Text("昆仑640计算节点")
    assert told(text, (2, 7)) == ["structural"]


def test_a_word_does_not_swallow_the_number_before_it() -> None:
    assert [q.value for q in find_quantities("带动3万众包人员增收")] == [30000]


def test_masking_hides_numerals_only_and_keeps_the_length() -> None:
    folded = fold("近三年来新增5家，5G基站2座")
    masked = mask(folded, find_exclusions(folded))
    assert masked == f"近{MASKED}年来新增5家，{MASKED}G基站2座"


def test_every_reason_of_the_tables_is_a_code() -> None:
    given = {row["reason"] for row in (*seed_rows("name_patterns"), *seed_rows("lexical"))}
    assert given <= codes_of("numeral_reason")


def test_every_word_of_the_lexicon_holds_a_numeral() -> None:
    assert [row["word"] for row in seed_rows("lexical") if not numeral_runs(row["word"])] == []
