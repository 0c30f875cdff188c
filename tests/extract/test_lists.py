"""Numbers of a list share unit, bound and sign as a reader takes them."""

import pytest

from pipeline.extract.quantities import find_quantities


def read(text: str) -> list[tuple[str, float | None, str]]:
    return [(text[q.start : q.end], None if q.value is None else float(q.value), q.unit) for q in find_quantities(text)]


def test_percentage_points_are_shared_backwards() -> None:
    assert read("分别为2.1个、0.9个百分点") == [
        ("2.1个", 2.1, "percentage_point"),
        ("0.9个百分点", 0.9, "percentage_point"),
    ]


def test_a_unit_is_shared_over_three() -> None:
    assert [unit for _, _, unit in read("拉动0.3、1.9和2.6个百分点")] == ["percentage_point"] * 3


def test_a_decline_is_shared_over_the_list() -> None:
    assert [value for _, value, _ in read("分别下降8.2%、5.1%和0.4%")] == [-8.2, -5.1, -0.4]


@pytest.mark.parametrize("text", ["分别下降8.2%，5.1%", "下降8.2%，覆盖率5.1%", "下降8.2%、覆盖率5.1%"])
def test_a_decline_ends_with_the_list(text: str) -> None:
    assert [value for _, value, _ in read(text)] == [-8.2, 5.1]


def test_a_classifier_of_its_own_is_kept() -> None:
    assert read("泵站6座、水闸15处") == [("6座", 6, "count"), ("15处", 15, "count")]


def test_a_shared_unit_lies_in_the_reading() -> None:
    text = "拉动0.3、1.9个百分点"
    first = find_quantities(text)[0]
    assert text[first.reading_start : first.reading_end] == "0.3、1.9个百分点"


def test_pairs_are_two_values() -> None:
    assert read("由6.1%提高到9%") == [("6.1%", 6.1, "percent"), ("9%", 9, "percent")]
