"""A pair of rows that differ as one change: its kind, the columns, how far the figures lie apart, what it is about."""

from collections.abc import Sequence

from pipeline.contract import BY_NAME
from pipeline.publish.diff.claims import Pair, Row
from pipeline.publish.diff.figure import FIGURE, middle, relative_change
from pipeline.publish.diff.model import Cause, Change, Kind
from pipeline.publish.diff.pairs import DERIVED, Pairs
from pipeline.publish.diff.rows import key_of
from pipeline.publish.diff.side import Side

FIGURES = ("observations", "claims")
SILENT = {
    "claims": {
        *BY_NAME["claims"].key, "claim_id", "passage_id", "reading_start", "reading_end",
        "repeats", "context", "rule", "confidence",
    },
    "observations": {"observation_id", "series_id"},
    "warnings": {"warning_id"},
}  # fmt: skip
"""Columns in which a pair may differ and still say the same: identifiers, offsets, and the way to the reading."""


def differing(name: str, pair: Pair, pairs: Pairs) -> tuple[str, ...]:
    """Columns in which a pair differs, of those both releases have; for a row alone, the columns of its figure or all."""
    old, new = pair
    if old is None or new is None:
        present = old or new or {}
        return tuple(column for column in present if column in FIGURE or name not in FIGURES)
    before = old if name in FIGURES else pairs.renamed(old)
    silent = SILENT.get(name, set())
    return tuple(column for column in old if column in new and column not in silent and before[column] != new[column])


def change(name: str, pair: Pair, pairs: Pairs, cause: Cause) -> Change:
    """The change that a differing pair of a table is."""
    old, new = pair
    columns: Sequence[str] = differing(name, pair, pairs)
    figures = name in FIGURES
    kind: Kind = "lost" if new is None else "added" if old is None else "reading"
    if kind == "reading" and figures and not set(columns).isdisjoint(FIGURE):
        kind = "value"
        # The whole figure, so that a value is never told without its bound and unit.
        whole = [column for column in FIGURE if old and new and column in old and column in new]
        columns = [*whole, *(column for column in columns if column not in FIGURE)]
    units = {row.get("unit") for row in pair if row}
    return Change(
        table=name,
        kind=kind,
        old_key=key_of(name, old) if old else None,
        new_key=key_of(name, new) if new else None,
        about=about(name, new, pairs.new) if new else about(name, old or {}, pairs.old),
        old={column: old.get(column) for column in columns} if old else None,
        new={column: new.get(column) for column in columns} if new else None,
        old_value=middle(old) if old and figures else None,
        new_value=middle(new) if new and figures else None,
        unit=units.pop() if figures and len(units) == 1 else None,
        relative=relative_change(old, new) if old and new and kind == "value" else None,
        cause=cause,
        documents=_documents(name, pair, pairs),
    )


def about(name: str, row: Row, side: Side) -> str:
    """What a row is about, for a person: indicator, place, period and kind of statement, or its key."""
    if name in DERIVED and name != "conflicts":
        asked = side.by("observations", "observation_id").get(
            row.get("target_observation_id") or row.get("observation_id")
        )
        return about("observations", asked, side) if asked else key_of(name, row)
    if name not in FIGURES:
        told = row.get("name_zh") or row.get("title")
        return f"{key_of(name, row)} {told}" if told else key_of(name, row)
    indicator = side.by("indicators", "indicator_id").get(row.get("indicator_id"), {})
    place = side.by("regions", "region_id").get(row.get("region_id"), {})
    said = (
        indicator.get("name_zh") or row.get("indicator_id") or row.get("indicator_text") or row.get("numeral"),
        row.get("population"),
        row.get("measure") if row.get("measure") != "level" else None,
        place.get("name_short") or row.get("region_id"),
        row.get("subject_text") or row.get("organisation_id"),
        row.get("period"),
        row.get("statement"),
    )
    return " · ".join(str(part) for part in said if part)


def _documents(name: str, pair: Pair, pairs: Pairs) -> tuple[str, ...]:
    """Documents that a row rests on, in either release."""
    found = {row["source_id"] for row in pair if row and row.get("source_id")}
    if name == "observations":
        found |= {claim.rpartition(":")[0] for claims in pairs.claims_of(pair) for claim in claims}
    return tuple(sorted(found))
