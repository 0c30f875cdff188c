"""Sentences of the project's own give the quantities a careful reader would note; the whole list is compared."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.model import Quantity
from pipeline.extract.quantities import find_quantities, read, reread, same_reading

CASES = Path(__file__).parents[1] / "cases" / "extract"


def rows(*topics: str) -> list[dict[str, str]]:
    with (CASES / "quantities.csv").open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if not topics or row["topic"] in topics]


ALL = rows()
KNOWN_FAILURES = [row for row in ALL if row["origin"] == "known_failure"]
SENTENCES = [row for row in ALL if row["origin"] != "known_failure"]


def written(text: str, quantity: Quantity) -> str:
    """A quantity as the case file writes it: ``15—20个=15..20 range count 个``, borderline ones after ``~``."""
    number = "?" if quantity.value is None else format(quantity.value.normalize(), "f")
    if quantity.low is not None and quantity.high is not None:
        number = f"{quantity.low.normalize():f}..{quantity.high.normalize():f}"
    head = "~" if quantity.borderline else ""
    tail = f" {quantity.classifier}" if quantity.classifier else ""
    return f"{head}{text[quantity.start : quantity.end]}={number} {quantity.bound} {quantity.unit}{tail}"


def plain(expected: str) -> str:
    """The expected line with its numbers in plain notation."""
    quote, _, rest = expected.rpartition("=")
    number, _, tail = rest.partition(" ")
    parts = [part if part == "?" else format(Decimal(part).normalize(), "f") for part in number.split("..")]
    return f"{quote}={'..'.join(parts)} {tail}"


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: f"{case['topic']}: {case['sentence']}")
def test_a_sentence_gives_its_quantities(case: dict[str, str]) -> None:
    found = [written(case["sentence"], quantity) for quantity in find_quantities(case["sentence"])]
    assert found == [plain(part) for part in case["quantities"].split("; ") if part]


@pytest.mark.parametrize("case", KNOWN_FAILURES, ids=lambda case: case["sentence"])
@pytest.mark.xfail(strict=True, reason="listed in quantities.csv as a known failure")
def test_a_known_failure_is_still_one(case: dict[str, str]) -> None:
    found = [written(case["sentence"], quantity) for quantity in find_quantities(case["sentence"])]
    assert found == [plain(part) for part in case["quantities"].split("; ")]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case["sentence"])
def test_the_reading_of_a_quantity_read_alone_gives_it_again(case: dict[str, str]) -> None:
    text = case["sentence"]
    for quantity in find_quantities(text):
        if quantity.borderline:
            continue
        again = reread(text[quantity.reading_start : quantity.reading_end])
        assert any(
            found.start + quantity.reading_start == quantity.start and same_reading(found, quantity) for found in again
        ), text[quantity.reading_start : quantity.reading_end]


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "前言。产值42亿元，居全省第3位。后记"
    found = find_quantities(text, 3, 17)
    assert [text[quantity.start : quantity.end] for quantity in found] == ["42亿元", "第3位"]


def test_a_scanning_fault_has_no_value_and_says_so() -> None:
    (found,) = find_quantities("入库企业达到2。46家")
    assert found.fault and found.value is None and found.bound == "eq"


def test_the_resolution_is_the_step_of_the_last_printed_digit() -> None:
    steps = {
        quantity.numeral: quantity.resolution for quantity in find_quantities("基站2.9万座，岸线58公里，产值3.20亿元")
    }
    assert steps == {"2.9万": Decimal(1000), "58": Decimal(1), "3.20亿": Decimal(1000000)}


PIECES = st.sampled_from(
    [
        *"0123456789一二三十百千万亿两半第约近超%、，。—-至到个家元年位倍成翻番余多几上数\n （）“”",
        "个百分点",
        "以上",
        "下降",
        "分之",
        "算力",
        "P",
        "5G",
        "增长",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=400, deadline=None)
def test_no_text_breaks_the_grammar_and_quotes_stay_in_order(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert 0 <= quantity.reading_start <= quantity.start and quantity.end <= quantity.reading_end <= len(text)
        end = quantity.end


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_twice_alike(text: str) -> None:
    assert read(text) == read(text)
