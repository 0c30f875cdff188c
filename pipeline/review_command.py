"""``liaoning review``: what no indicator is linked to, for a person to decide."""

from pathlib import Path

import click

from pipeline.terminal import CONTEXT, data_option, fail

DECISIONS = """
\b
a wording of an indicator   a row in seeds/tables/indicator_synonyms.csv:
                            indicator_id,synonym,population,note  (* in a synonym is a gap)
a new thing to follow       a row in seeds/tables/indicators.csv first, then its wordings
words that change nothing   a row in seeds/tables/indicator_affixes.csv or populations.csv
a misprint in the document  an entry in seeds/corrections.yaml: what is printed, what is right, why
nothing of this dataset     leave it; it stays published as a claim without an observation
"""


@click.command(context_settings=CONTEXT, epilog=DECISIONS)
@data_option("Folder of a release.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV instead of a table.")
@click.option("--top", type=click.IntRange(min=1), default=None, help="Only so many wordings.  [default: all]")
def review(data: Path, as_csv: bool, top: int | None) -> None:
    """List what documents measure and no indicator is linked to, the most frequent first.

    Each line has the indicator whose wording comes closest, the part of both wordings that is the same (linking asks for
    more than that), and an example as far as the document's evidence policy allows. Decide each line as told below,
    then build again.

    \b
    liaoning review --top 20
    liaoning review --csv
    """
    from pipeline.publish.ask import AskFailed, as_text
    from pipeline.review import review as unlinked

    try:
        found = unlinked(data)
    except AskFailed as problem:
        fail(str(problem))
    table = found.table if top is None else found.table.slice(0, top)
    click.echo(as_text(table, "csv" if as_csv else "table"), nl=False)
    counts = (
        f"{found.unlinked:,} claims in {found.table.num_rows:,} wordings are linked to no indicator; "
        f"{found.unplaced:,} more are, but to no known place or organisation; {found.unnamed:,} show no words"
    )
    click.echo(counts, err=True)
