"""``liaoning verify``: the proof as a command, with a table of what was made different and a table of what agreed."""

import sys
import tempfile
from pathlib import Path

import click

from pipeline.contract.paths import SEEDS
from pipeline.terminal import CONTEXT, console, data_option, fail


@click.command(context_settings=CONTEXT)
@data_option("Folder of the release to prove.")
@click.option(
    "--sources", type=click.Path(path_type=Path), default=SEEDS, show_default="seeds/", help="Folder it was built from."
)
@click.option(
    "--originals",
    type=click.Path(path_type=Path),
    default=None,
    metavar="DIR",
    help="Prove the digests instead: compare them with the original documents in this folder.",
)
def verify(data: Path, sources: Path, originals: Path | None) -> None:
    """Prove that a release is what its sources give, on any machine.

    Builds twice, side by side, in surroundings made as different as can be, and compares the builds with one another and
    with the release, byte for byte and row for row. The exit code is 0 where everything agrees.

    With --originals nothing is built: the digests are held against the documents they restate. Every span must read as
    seeds/tables/original_spans.csv tells, both texts must give the same figures, and tied claims must agree in at
    least 0.9 of their indicators, statements, periods and regions.
    """
    if not sources.is_dir():
        fail(f"{sources}: no such folder; name the folder the release was built from with --sources")
    if originals is not None:
        _verify_originals(sources, originals)
        return
    from rich.console import Console

    from pipeline.verdict import agreement, conditions
    from pipeline.verify import NotVerified, build_twice, compare, read_manifest

    try:
        read_manifest(data)
        with tempfile.TemporaryDirectory(prefix="liaoning-") as scratch, console().status("building twice"):
            findings = compare(data, *build_twice(sources, Path(scratch)))
    except NotVerified as problem:
        fail(str(problem))
    shown = Console(highlight=False)
    shown.print(conditions())
    shown.print(agreement(findings))
    if red := [finding for finding in findings if finding.demanded and not finding.green]:
        changed = any(finding.what.endswith("made from") for finding in red)
        advice = "build it again with `make data`" if changed else "the same sources gave another release"
        shown.print(f"[red]not verified[/]: {len(red)} of {len(findings)} comparisons differ; {advice}")
        sys.exit(1)
    shown.print(f"[green]verified[/]: two builds and {data.resolve().name}/ agree")


def _verify_originals(sources: Path, originals: Path) -> None:
    """Show how far digests and originals agree, and each difference on a line; leave with code 1 where one counts."""
    from rich.console import Console
    from rich.text import Text

    from pipeline.originals import compare as compare_originals
    from pipeline.verdict import shares
    from pipeline.verify import NotVerified

    if not originals.is_dir():
        fail(
            f"{originals}: no such folder; name the one that holds the original documents, unchanged, with --originals"
        )
    try:
        with console().status("reading both editions"):
            findings = compare_originals(sources, originals)
    except NotVerified as problem:
        fail(str(problem))
    shown = Console(highlight=False)
    shown.print(shares(findings))
    for finding in findings:
        for line in finding.differing:
            shown.print(Text(f"{finding.what}: {line}"), soft_wrap=True)
    if red := [finding for finding in findings if finding.demanded and not finding.green]:
        shown.print(
            f"[red]not verified[/]: {len(red)} of {len(findings)} comparisons fall short; mend the digest or its span "
            "where it is wrong, else the rule that reads one of the two otherwise"
        )
        sys.exit(1)
    shown.print("[green]verified[/]: the digests say what their originals say")
