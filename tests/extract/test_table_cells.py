"""A bare number in a table is read in the unit of its head."""

import pytest

from pipeline.extract.table_cells import read_cell


@pytest.mark.parametrize(
    ("cell", "unit", "value", "code"),
    [
        ("512.3", "亿元", 51230000000, "CNY"),
        ("1,204", "万吨", 12040000, "t"),
        ("-3.2", "%", -3.2, "percent"),
        (" 48 ", "家", 48, "count"),
        ("67.5*", "%", 67.5, "percent"),
        ("33〔2〕", "座", 33, "count"),
        ("２０", "个百分点", 20, "percentage_point"),
        ("15万户", "家", 150000, "count"),
    ],
)
def test_a_cell_is_read_in_the_unit_of_its_head(cell: str, unit: str, value: float, code: str) -> None:
    found = read_cell("甲｜" + cell, 2, 2 + len(cell), unit)
    assert found is not None
    assert (float(found.value or 0), found.unit, found.bound) == (value, code, "eq")


@pytest.mark.parametrize(
    ("cell", "unit"), [("—", "%"), ("", "%"), ("12.5", ""), ("约定", "%"), ("12.5", "说明"), ("3.1.2", "%")]
)
def test_what_is_no_number_or_has_no_unit_gives_nothing(cell: str, unit: str) -> None:
    assert read_cell(cell, 0, len(cell), unit) is None


def test_the_quote_is_the_number_alone() -> None:
    text = "产量 | 67.5* | 3"
    found = read_cell(text, 4, 11, "万吨")
    assert found is not None and text[found.start : found.end] == "67.5"
