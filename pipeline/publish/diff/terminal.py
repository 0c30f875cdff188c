"""A diff for a terminal."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.publish.diff.model import KINDS, Difference
from pipeline.publish.diff.wording import TITLES, counts, moved, reason, relative, schema_line, told


def show(difference: Difference, console: Console, rows: int = 20) -> None:
    """Print schema, coverage, causes and the first ``rows`` changes of each kind (0: all)."""
    console.print(Text(f"{difference.old} → {difference.new}", "bold"))
    if difference.empty:
        console.print("no difference")
        return
    for one in difference.schema:
        console.print(Text(f"schema  {schema_line(one)}", "red" if one.breaks else ""))
    coverage = _table("coverage", "", "was", "is", "lost", "changed", "added")
    for count in moved(difference):
        numbers = (count.old, count.new, count.lost, count.changed, count.added)
        coverage.add_row(count.what, *(f"{number:,}" for number in numbers))
    causes = _table("causes", "", *(TITLES[kind].split(",")[0].lower() for kind in KINDS))
    for name, numbers_of in counts(difference):
        causes.add_row(name, *(f"{number:,}" for number in numbers_of))
    for table in (coverage, causes):
        if table.row_count:
            console.print(table)
    for kind in KINDS:
        changes = difference.of(kind)
        if not changes:
            continue
        table = _table(f"{TITLES[kind].lower()} ({len(changes):,})", "table", "what", "was", "is", "by", "cause")
        for change in changes[:rows] if rows else changes:
            cells = (change.table, change.about, *told(change), relative(change), reason(change))
            table.add_row(*(Text(cell) for cell in cells))
        console.print(table)
        if 0 < rows < len(changes):
            console.print(f"and {len(changes) - rows:,} more: see them all with --rows 0, --markdown or --parquet")


def _table(title: str, *columns: str) -> Table:
    return Table(*columns, title=title, title_justify="left")
