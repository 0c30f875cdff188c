"""``liaoning diff``: what changed between two releases, and why."""

from dataclasses import replace
from pathlib import Path

import click

from pipeline.terminal import CONTEXT, console, fail


@click.command(context_settings=CONTEXT)
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option(
    "--markdown", "page", type=click.Path(path_type=Path), default=None, help="Write the diff as Markdown to this file."
)
@click.option(
    "--parquet",
    type=click.Path(path_type=Path),
    default=None,
    help="Write the changes as Parquet to this file, a row each.",
)
@click.option(
    "--rows",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="Show so many changes of each kind in the terminal; 0 shows all.",
)
def diff(old: str, new: str, page: Path | None, parquet: Path | None, rows: int) -> None:
    """Tell what changed from release A to release B, and why.

    A and B are folders, frozen releases (2024.3.0) or git revisions (their data/). Schema first, then coverage, what was
    lost, values that changed (the largest change first), what is read otherwise, what was added; each with its cause and the
    evidence for it: a new, revised or withdrawn document, a correction, the registry, a word table, or code.
    """
    from rich.console import Console

    from pipeline.publish.diff import SideUnreadable, difference, open_side
    from pipeline.publish.diff.markdown import markdown
    from pipeline.publish.diff.table import as_table
    from pipeline.publish.diff.terminal import show
    from pipeline.publish.parquet import write_table

    try:
        first, second = open_side(old), open_side(new)
    except SideUnreadable as problem:
        fail(str(problem))
    if first.label == second.label:
        first, second = replace(first, label=f"{first.label} (A)"), replace(second, label=f"{second.label} (B)")
    found = difference(first, second)
    show(found, Console(highlight=False, markup=False, emoji=False), rows)
    try:
        if page:
            page.write_text(markdown(found), encoding="utf-8", newline="\n")
            console().print(f"wrote {page.name}", markup=False)
        if parquet:
            write_table(as_table(found), parquet)
            console().print(f"wrote {parquet.name}: {len(found.changes):,} changes", markup=False)
    except OSError as error:
        fail(f"{Path(str(error.filename)).name}: the file cannot be written ({error.strerror})")
