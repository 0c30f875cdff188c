"""How a change is told in words, the same in every form of a diff."""

from collections import Counter
from typing import Any

from pipeline.publish.diff.changes import FIGURES
from pipeline.publish.diff.figure import FIGURE
from pipeline.publish.diff.model import CAUSES, KINDS, Change, Coverage, Difference, Kind, SchemaChange

TITLES: dict[Kind, str] = {
    "lost": "Lost",
    "value": "Changed values, the largest first",
    "reading": "Read otherwise",
    "added": "Added",
}
CAUSE_NAMES = {cause: cause.replace("_", " ") for cause in CAUSES}
SIGNS = {"eq": "", "ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "≈ "}


def told(change: Change) -> tuple[str, str]:
    """What the row said and what it says; empty where it did not, or does not, exist."""
    return _told(change, change.old, change.old_value), _told(change, change.new, change.new_value)


def _told(change: Change, cells: dict[str, Any] | None, value: float | None) -> str:
    if cells is None:
        return ""
    if change.table not in FIGURES:
        return "" if change.kind in ("lost", "added") else _columns(cells)
    others = _columns({name: cell for name, cell in cells.items() if name not in FIGURE})
    figure = _figure(cells, value, change.unit) if not set(FIGURE).isdisjoint(cells) else ""
    return ", ".join(part for part in (figure, others) if part)


def _figure(cells: dict[str, Any], value: float | None, unit: str | None) -> str:
    low, high = cells.get("value_low"), cells.get("value_high")
    shown = f"{_number(low)}–{_number(high)}" if low is not None and high is not None else _number(value)
    return f"{SIGNS.get(cells.get('bound') or 'eq', '')}{shown} {cells.get('unit') or unit or ''}".strip()


def _columns(cells: dict[str, Any]) -> str:
    return ", ".join(f"{name} {'–' if cell is None else cell}" for name, cell in cells.items())


def _number(value: float | None) -> str:
    return "?" if value is None else f"{value:,.12g}"


def relative(change: Change) -> str:
    """The relative change in percent; a dash where figures cannot be held against one another."""
    return "–" if change.relative is None else f"{change.relative:.1%}"


def reason(change: Change) -> str:
    """The cause with its evidence."""
    return f"{CAUSE_NAMES[change.cause.code]}: {change.cause.evidence}"


def schema_line(one: SchemaChange) -> str:
    """A change of the schema in one line."""
    place = f"{one.table}.{one.column}" if one.column else one.table
    return f"{place}: {one.what}{' (breaks)' if one.breaks else ''}"


def moved(difference: Difference) -> list[Coverage]:
    """Coverage that differs in some number."""
    return [one for one in difference.coverage if one.lost or one.added or one.changed]


def counts(difference: Difference) -> list[tuple[str, list[int]]]:
    """How many changes of each kind a cause has, causes in their order."""
    found = Counter((change.cause.code, change.kind) for change in difference.changes)
    rows = [(CAUSE_NAMES[cause], [found[cause, kind] for kind in KINDS]) for cause in CAUSES]
    return [(name, numbers) for name, numbers in rows if any(numbers)]
