"""A diff as Markdown."""

from collections.abc import Iterable, Iterator

from pipeline.publish.diff.model import KINDS, Change, Difference
from pipeline.publish.diff.wording import TITLES, counts, moved, reason, relative, schema_line, told

HEAD = ("table", "what", "was", "is", "relative change", "cause")


def markdown(difference: Difference, rows: int = 0, level: int = 1) -> str:
    """The whole page, headings from ``level``. ``rows``: how many of each kind of change are listed, 0 all of them."""
    title = f"{'#' * level} Changes from {difference.old} to {difference.new}"
    return "\n".join([title, "", *sections(difference, rows, level + 1)]).rstrip("\n") + "\n"


def sections(difference: Difference, rows: int, level: int) -> Iterator[str]:
    """The lines below the title, headings from ``level``."""
    heading = "#" * level
    if difference.empty:
        yield "No difference."
        return
    if difference.schema:
        yield from (f"{heading} Schema", "", *(f"- {_safe(schema_line(one))}" for one in difference.schema), "")
    if listed := moved(difference):
        yield from (f"{heading} Coverage", "")
        yield from _table(
            ("what", "was", "is", "lost", "changed", "added"),
            ((one.what, one.old, one.new, one.lost, one.changed, one.added) for one in listed),
        )
    if causes := counts(difference):
        yield from (f"{heading} Causes", "")
        yield from _table(
            ("cause", *(TITLES[kind].split(",")[0] for kind in KINDS)), ((n, *many) for n, many in causes)
        )
    for kind in KINDS:
        if changes := difference.of(kind):
            yield from (f"{heading} {TITLES[kind]} ({len(changes)})", "")
            yield from _table(HEAD, (_cells(change) for change in (changes[:rows] if rows else changes)))
            if 0 < rows < len(changes):
                yield from (f"… and {len(changes) - rows} more.", "")


def _cells(change: Change) -> tuple[object, ...]:
    return change.table, change.about, *told(change), relative(change), reason(change)


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    names = list(head)
    yield f"| {' | '.join(names)} |"
    yield f"|{' --- |' * len(names)}"
    for row in rows:
        yield f"| {' | '.join(_safe(str(cell)) for cell in row)} |"
    yield ""


def _safe(text: str) -> str:
    """Text of a document on one line, so that nothing in it is markup."""
    flat = " ".join(text.split())
    for sign in "\\|<>[]*_`":
        flat = flat.replace(sign, f"\\{sign}")
    return flat
