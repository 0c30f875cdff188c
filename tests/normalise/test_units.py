"""Units that measure the same can be compared, measure words tell what is counted."""

import pytest

from pipeline.contract.codes import codes_of
from pipeline.contract.seed import seed_rows
from pipeline.normalise.units import convert, convertible, same_things


@pytest.mark.parametrize(
    ("value", "unit", "other", "expected"),
    [(1500.0, "m", "km", 1.5), (3.0, "mu", "m2", 2000.0), (0.3, "hour", "minute", 18.0), (2.5, "Tbps", "Mbps", 2.5e6)],
)
def test_a_value_is_converted_without_float_noise(value: float, unit: str, other: str, expected: float) -> None:
    assert convert(value, unit, other) == expected


def test_no_value_stays_no_value() -> None:
    assert convert(None, "m", "km") is None


def test_yuan_are_no_dollars() -> None:
    assert not convertible("CNY", "USD")
    with pytest.raises(ValueError, match="CNY cannot be converted to USD"):
        convert(1.0, "CNY", "USD")


def test_the_table_names_units_of_the_code_list_and_positive_factors() -> None:
    units = codes_of("unit")
    for row in seed_rows("unit_conversions"):
        assert {row["unit"], row["base"]} <= units
        assert (convert(1.0, row["unit"], row["base"]) or 0) > 0


def test_subscribers_are_no_devices_and_a_plain_word_counts_anything() -> None:
    assert not same_things("户", "套")
    assert same_things("户", "家")
    assert same_things("个", "套")
    assert same_things(None, "套")
