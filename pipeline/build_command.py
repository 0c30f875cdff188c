"""``liaoning build``: documents in, gated Parquet out, with progress while a person looks and a table at the end.

Dagster and Great Expectations are imported here alone, when there is something to build.
"""

import logging
import tempfile
from contextlib import closing
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from pipeline.contract import BY_NAME, STAGES
from pipeline.contract.collector import resting
from pipeline.contract.paths import DATA, ROOT, SEEDS
from pipeline.terminal import CONTEXT, console, fail, progress_bar

if TYPE_CHECKING:
    from pipeline.engine import Engine


@click.command(context_settings=CONTEXT)
@click.option(
    "--sources",
    type=click.Path(path_type=Path),
    default=SEEDS,
    show_default="seeds/",
    help="Folder of documents; with a sources.csv, or each file a source. Or a file of records (.jsonl, .jsonl.zst, .parquet) with id, text"
    " and the columns of a sources.csv.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    show_default="data/",
    help="Where the release goes; needed with --sources.",
)
@click.option(
    "--work",
    type=click.Path(path_type=Path),
    default=None,
    help="Keep the parts between stages here [default: .work/, or a temporary folder with --sources].",
)
@click.option("--inbox", is_flag=True, help="Read the documents in seeds/inbox/ too.")
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=None,
    show_default="one a processor",
    help="Processes that read documents, compare figures and ask what the gates ask.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="What runs them: processes of this machine, or a Ray cluster (needs the package ray).",
)
@click.option("--address", default=None, metavar="HOST:PORT", help="Ray cluster to join; without it one is begun here.")
@click.option(
    "--batch",
    type=click.IntRange(1),
    default=4096,
    show_default=True,
    metavar="KIB",
    help="Size of a batch of documents: what a worker holds at once.",
)
@click.option("--again", is_flag=True, help="Build also where nothing changed since the last build.")
@click.option("-v", "--verbose", is_flag=True, help="Print the whole log.")
def build(
    sources: Path,
    out: Path | None,
    work: Path | None,
    inbox: bool,
    workers: int | None,
    engine: str,
    address: str | None,
    batch: int,
    again: bool,
    verbose: bool,
) -> None:
    """Build the dataset: documents in, gated Parquet out.

    Every stage is gated. When a gate is red nothing is released, and the last release keeps its bytes.
    """
    if not _is_there(sources):
        fail(
            f"{sources}: no such folder; name a folder of documents, or a .jsonl, .jsonl.zst or .parquet file, with --sources"
        )
    bundled = sources.resolve() == SEEDS
    if out is None and not bundled:
        fail("--sources needs --out: data/ holds the release of the bundled sources; name another folder with --out")
    target = out or DATA
    from assets import PREPARED
    from pipeline import engine as engines
    from pipeline.publish.release import objection
    from pipeline.unchanged import inputs, remember, unchanged

    if address and engine != "ray":
        fail("--address names a Ray cluster: add --engine ray")
    if said := objection(target, None if bundled else sources):
        fail(f"{target}: {said}; name another folder with --out")
    place = work or (ROOT / ".work" if bundled else None)
    beside = SEEDS / "inbox" if inbox else None
    if place and not again and unchanged(sources, beside, place, target):
        from rich.console import Console

        Console().print(
            f"nothing changed: {target.resolve().name}/ is what a build would give (--again builds all the same)"
        )
        return
    with tempfile.TemporaryDirectory(prefix="liaoning-") as scratch:
        before = inputs(sources, beside) if place else ""
        with closing(engines.engine(engine, workers, address, PREPARED)) as staff:
            if isinstance(staff, engines.Local) and _is_larger(sources, batch * 1024):
                staff.call_in()
            _build(Build(sources, target, place or Path(scratch), inbox, batch * 1024, staff), verbose)
        if place:
            remember(sources, beside, place, target, before)


def _is_there(path: Path) -> bool:
    """Whether there is such a folder or file of records; a name that the system refuses (too long) is none."""
    from pipeline.ingest.records import is_records

    try:
        return path.is_dir() or is_records(path)
    except OSError:
        return False


def _is_larger(sources: Path, size: int) -> bool:
    """Whether the files that documents may lie in are more than so many bytes; no more of them are looked at than tell it."""
    files = sources.rglob("*") if sources.is_dir() else [sources]
    return any(so_far > size for so_far in accumulate(file.stat().st_size for file in files if file.is_file()))


class Build(NamedTuple):
    """What ``assets.build.build`` is asked for."""

    sources: Path
    out: Path
    work: Path
    inbox: bool
    batch: int
    engine: "Engine"


def _build(asked: Build, verbose: bool) -> None:
    from rich.console import Console
    from rich.logging import RichHandler
    from rich.table import Table
    from rich.text import Text

    log = logging.getLogger("liaoning")
    log.setLevel(logging.DEBUG if verbose else logging.INFO)
    with progress_bar() as progress:
        task = progress.add_task("loading Dagster", total=len(STAGES) + 2)

        class Advance(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                message = record.getMessage()
                if message.endswith(": running"):
                    progress.update(task, description=message)
                else:
                    progress.advance(task)

        advance, shown = Advance(), RichHandler(console=console(), show_path=False, show_level=False, show_time=False)
        shown.addFilter(lambda record: not record.getMessage().endswith(": running"))
        log.handlers = [advance, shown]
        with resting():
            from assets.build import build as run

        outcome = run(*asked)
    if not outcome.success:
        if len(outcome.failures) == 1:
            fail(f"{outcome.failures[0]}. Nothing was released: mend this and build again")
        for line in outcome.failures:
            console().print(Text.assemble(("✗ ", "red"), line), soft_wrap=True)
        fail("nothing was released, and the last release is as it was: mend the causes named above and build again")
    title = Text(f"released to {asked.out.resolve().name}/")
    table = Table("stage", "table", "rows", "a row is", title=title, title_justify="left")
    table.columns[2].justify = "right"
    for name, rows in outcome.rows.items():
        table.add_row(BY_NAME[name].stage, name, f"{rows:,}", BY_NAME[name].en)
    Console().print(table)
