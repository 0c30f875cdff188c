"""``liaoning release``: freeze ``data/`` under a version."""

from pathlib import Path

import click

from pipeline.contract.paths import RELEASES
from pipeline.terminal import CONTEXT, data_option, fail


@click.command(context_settings=CONTEXT)
@data_option("Folder of the release to freeze.")
@click.option(
    "--releases",
    type=click.Path(path_type=Path),
    default=RELEASES,
    show_default="releases/",
    help="Folder of the frozen releases.",
)
@click.option("--dry-run", is_flag=True, help="Tell the version and what changed, and write nothing.")
def release(data: Path, releases: Path, dry_run: bool) -> None:
    """Freeze data/ as a release that never changes again, and write what changed since the one before.

    The version is YEAR.MONTH.COUNT: year and month of the release date (the latest day a source was published on), and how
    many releases that month had before. Whether the step is major, minor or patch is computed from the diff and told in
    CHANGES.md. Nothing is written where the last release is of the same files.
    """
    from pipeline.publish.frozen import FreezeRefused, freeze, next_release

    try:
        if dry_run:
            frozen, new, text = next_release(data, releases)
        else:
            (frozen, new), text = freeze(data, releases), ""
    except FreezeRefused as refused:
        fail(str(refused))
    name = data.resolve().name
    if not new:
        click.echo(f"{name}/ is the release {frozen.version} already")
        return
    since = f" since {frozen.previous}" if frozen.previous else ""
    click.echo(f"{name}/ {'would be' if dry_run else 'is'} the release {frozen.version}, {frozen.level}{since}")
    click.echo(
        text or f"frozen in {releases.resolve().name}/{frozen.version}/, told in {releases.resolve().name}/CHANGES.md"
    )
