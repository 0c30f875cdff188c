"""``liaoning verify``: the proof as a command, with a table of what was made different and a table of what agreed."""

import sys
import tempfile
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from pipeline.contract.paths import SEEDS
from pipeline.terminal import CONTEXT, console, data_option, fail
from pipeline.verify import CONDITIONS, NAMED, Finding, NotVerified, build_twice, compare, read_manifest


@click.command(context_settings=CONTEXT)
@data_option("Folder of the release to prove.")
@click.option(
    "--sources", type=click.Path(path_type=Path), default=SEEDS, show_default="seeds/", help="Folder it was built from."
)
def verify(data: Path, sources: Path) -> None:
    """Prove that a release is what its sources give, on any machine.

    Builds twice, side by side, in surroundings made as different as can be, and compares the builds with one another and
    with the release, byte for byte and row for row. The exit code is 0 where everything agrees.
    """
    if not sources.is_dir():
        fail(f"{sources}: no such folder; name the folder the release was built from with --sources")
    try:
        read_manifest(data)
        with tempfile.TemporaryDirectory(prefix="liaoning-") as scratch, console.status("building twice"):
            findings = compare(data, *build_twice(sources, Path(scratch)))
    except NotVerified as problem:
        fail(str(problem))
    shown = Console(highlight=False)
    shown.print(_conditions())
    shown.print(_agreement(findings))
    if red := [finding for finding in findings if finding.demanded and not finding.green]:
        changed = any(finding.what.endswith("made from") for finding in red)
        advice = "build it again with `make data`" if changed else "the same sources gave another release"
        shown.print(f"[red]not verified[/]: {len(red)} of {len(findings)} comparisons differ; {advice}")
        sys.exit(1)
    shown.print(f"[green]verified[/]: two builds and {data.resolve().name}/ agree")


def _conditions() -> Table:
    table = Table("made different", "first build", "second build", title="surroundings", title_justify="left")
    for condition in CONDITIONS:
        table.add_row(condition.what, condition.first, condition.second)
    return table


def _agreement(findings: list[Finding]) -> Table:
    table = Table("", "compared", "agree", "differing", title="verdict", title_justify="left")
    for finding in findings:
        mark = "✓" if finding.green else "✗" if finding.demanded else "–"
        more = f" and {len(finding.differing) - NAMED} more" if len(finding.differing) > NAMED else ""
        table.add_row(
            mark, finding.what, f"{finding.agree} of {finding.of}", ", ".join(finding.differing[:NAMED]) + more
        )
    return table
