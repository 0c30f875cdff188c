"""Columns made of Python values: the same arrays as Arrow makes, without the packages it would import."""

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract.columns import ARROW_TYPES, FEW, column

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "string": st.text(st.characters(exclude_categories=["Cs"])),
    "int": st.integers(-(2**63), 2**63 - 1),
    "float": st.floats(allow_nan=False) | st.integers(-(2**53), 2**53),
    "bool": st.booleans(),
    "date": st.dates(),
}


@pytest.mark.parametrize("kind", VALUES)
@settings(deadline=None)  # the first call imports pandas
@given(data=st.data())
def test_a_column_is_what_arrow_makes_of_the_same_values(kind: str, data: st.DataObject) -> None:
    values = data.draw(st.lists(st.none() | VALUES[kind], max_size=20))
    made = column(values, ARROW_TYPES[kind])
    made.validate(full=True)
    assert made.equals(pa.array(values, ARROW_TYPES[kind]))
    assert made.null_count == values.count(None)


@pytest.mark.parametrize("kind", VALUES)
def test_a_long_column_is_the_same_as_its_pieces(kind: str) -> None:
    value = {"string": "文", "int": 7, "float": 0.5, "bool": True, "date": date(2024, 1, 5)}[kind]
    values = [value, None] * FEW
    whole, half = column(values, ARROW_TYPES[kind]), column(values[:FEW], ARROW_TYPES[kind])
    assert whole.equals(pa.concat_arrays([half, half]))


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("string", 1),
        ("string", b"a"),
        ("string", "\ud800"),
        ("int", 1.5),
        ("int", "1"),
        ("int", True),
        ("int", 2**70),
        ("float", "1"),
        ("float", False),
        ("bool", 0),
        ("date", "2024-01-05"),
    ],
)
def test_a_value_of_another_type_is_refused(kind: str, wrong: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        column([None, wrong], ARROW_TYPES[kind])


def test_numbers_of_numpy_are_numbers() -> None:
    assert column([np.int64(3)], pa.int64()).to_pylist() == [3]
    assert column([np.float64(0.5), np.int32(2)], pa.float64()).to_pylist() == [0.5, 2.0]
