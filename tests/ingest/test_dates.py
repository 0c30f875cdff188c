"""Dates of publication keep their precision and fall on the day it was in China."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.dates import published

CASES = Path(__file__).parents[1] / "cases" / "ingest" / "dates.csv"
with CASES.open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))


@pytest.mark.parametrize("row", [row for row in ROWS if row["text"]], ids=lambda row: row["value"])
def test_a_date_is_read_at_its_precision(row: dict[str, str]) -> None:
    found = published(row["value"])
    assert (found.text, found.first.isoformat(), found.last.isoformat()) == (row["text"], row["first"], row["last"])


@pytest.mark.parametrize("row", [row for row in ROWS if not row["text"]], ids=lambda row: row["value"])
def test_what_is_no_date_is_refused(row: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        published(row["value"])


@settings(deadline=None)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_any_day_comes_back(day: date) -> None:
    assert published(str(day)).first == day


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        found = published(text)
    except ValueError:
        return
    assert found.first <= found.last
