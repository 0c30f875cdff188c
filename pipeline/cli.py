"""The command line: ``liaoning build | extract | explain | query | review | score | verify | diff | release``.

Errors are one line on standard error that says what is wrong with which file and what to do; the exit code is then not 0.
Dagster and Great Expectations are imported by ``build`` alone, when it runs.
"""

import logging
import sys
import tempfile
from pathlib import Path

import click
from rich.console import Console
from rich.logging import RichHandler
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from pipeline.contract import BY_NAME, STAGES
from pipeline.contract.paths import DATA, ROOT, SEEDS
from pipeline.diff_command import diff
from pipeline.release_command import release
from pipeline.review_command import review
from pipeline.terminal import CONTEXT, console, data_option, fail, say_error
from pipeline.verify_command import verify


@click.group(context_settings=CONTEXT)
@click.version_option(package_name="liaoning-data", prog_name="liaoning")
def main() -> None:
    """What Chinese governments promise and report in figures.

    \b
    liaoning build                        rebuild data/ from seeds/
    liaoning build --sources DIR --out X  build a dataset from any folder of documents
    liaoning extract notice.txt           print the claims of a document, one JSON object a line
    liaoning explain notice.txt --at 120  tell why a number became its claim, or none
    liaoning query "FROM progress"        ask the published tables in SQL
    liaoning review                       list what no indicator is linked to, for you to decide
    liaoning score GOLD...                measure the extraction against annotated claims
    liaoning verify                       prove that data/ is what seeds/ give
    liaoning verify --originals DIR       prove that the digests say what their originals say
    liaoning diff A B                     tell what changed between two releases, and why
    liaoning release                      freeze data/ under a version
    """


for command in (review, verify, diff, release):
    main.add_command(command)


@main.command(context_settings=CONTEXT)
@click.option(
    "--sources",
    type=click.Path(path_type=Path),
    default=SEEDS,
    show_default="seeds/",
    help="Folder of documents; with a sources.csv, or each file a source.",
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
@click.option("-v", "--verbose", is_flag=True, help="Print the whole log.")
def build(sources: Path, out: Path | None, work: Path | None, inbox: bool, verbose: bool) -> None:
    """Build the dataset: documents in, gated Parquet out.

    Every stage is gated. When a gate is red nothing is released, and the last release keeps its bytes.
    """
    if not _is_folder(sources):
        fail(f"{sources}: no such folder; name a folder of documents with --sources")
    bundled = sources.resolve() == SEEDS
    if out is None and not bundled:
        fail("--sources needs --out: data/ holds the release of the bundled sources; name another folder with --out")
    target = out or DATA
    from pipeline.publish.release import objection

    if said := objection(target, None if bundled else sources):
        fail(f"{target}: {said}; name another folder with --out")
    with tempfile.TemporaryDirectory(prefix="liaoning-") as scratch:
        _build(sources, target, work or (ROOT / ".work" if bundled else Path(scratch)), inbox, verbose)


def _progress() -> Progress:
    """A bar on standard error while a person looks; nothing in a file or a pipe."""
    done, name = TextColumn("{task.completed}/{task.total}"), TextColumn("{task.description}", markup=False)
    columns = (SpinnerColumn(), name, BarColumn(), done, TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_interactive)


def _is_folder(path: Path) -> bool:
    """Whether there is such a folder; a name that the system refuses (too long) is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _build(sources: Path, out: Path, work: Path, inbox: bool, verbose: bool) -> None:
    log = logging.getLogger("liaoning")
    log.setLevel(logging.DEBUG if verbose else logging.INFO)
    with _progress() as progress:
        task = progress.add_task("loading Dagster", total=len(STAGES) + 2)

        class Advance(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                message = record.getMessage()
                if message.endswith(": running"):
                    progress.update(task, description=message)
                else:
                    progress.advance(task)

        advance, shown = Advance(), RichHandler(console=console, show_path=False, show_level=False, show_time=False)
        shown.addFilter(lambda record: not record.getMessage().endswith(": running"))
        log.handlers = [advance, shown]
        from assets.build import build as run

        outcome = run(sources, out, work, inbox)
    if not outcome.success:
        if len(outcome.failures) == 1:
            fail(f"{outcome.failures[0]}. Nothing was released: mend this and build again")
        for line in outcome.failures:
            console.print(Text.assemble(("✗ ", "red"), line), soft_wrap=True)
        fail("nothing was released, and the last release is as it was: mend the causes named above and build again")
    title = Text(f"released to {out.resolve().name}/")
    table = Table("stage", "table", "rows", "a row is", title=title, title_justify="left")
    table.columns[2].justify = "right"
    for name, rows in outcome.rows.items():
        table.add_row(BY_NAME[name].stage, name, f"{rows:,}", BY_NAME[name].en)
    Console().print(table)


@main.command(context_settings=CONTEXT)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--published",
    metavar="DATE",
    default=None,
    help="Date of publication (2021, 2021-07 or 2021-07-12) where neither registry nor text gives one.",
)
@click.option(
    "--region",
    metavar="CODE",
    default=None,
    help="GB/T 2260 code of the place the documents speak for, such as 210000.",
)
def extract(paths: tuple[Path, ...], published: str | None, region: str | None) -> None:
    """Print the numeric claims of documents, one JSON object a line.

    The fields are those of the annotation guideline; start and end are code points in the decoded file. A sources.csv
    beside a file gives its date, place and kind.
    """
    from pipeline.single import ProblemError, claims_of

    failed = False
    with _progress() as progress:
        task = progress.add_task("reading", total=len(paths))
        for path in paths:
            progress.update(task, description=path.name, advance=1)
            try:
                for line in claims_of(path, published=published, region=region):
                    click.echo(line)
            except ProblemError as problem:
                say_error(str(problem))
                failed = True
    if failed:
        sys.exit(1)


@main.command(context_settings=CONTEXT)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--at", type=int, metavar="OFFSET", default=None, help="Code point of the decoded file a numeral stands at."
)
@click.option("--find", "quote", metavar="TEXT", default=None, help="Explain the first numeral in these printed words.")
@click.option("--published", metavar="DATE", default=None, help="Date of publication, as for extract.")
@click.option("--region", metavar="CODE", default=None, help="Place the document speaks for, as for extract.")
def explain(path: Path, at: int | None, quote: str | None, published: str | None, region: str | None) -> None:
    """Tell why a number became its claim, or none: every step, rule and cue word.

    Name the number by its offset (``start`` of a claim as extract prints it) or by the words it stands in.
    """
    from pipeline.single import ProblemError, explained

    if (at is None) == (quote is None):
        fail("name one number: its offset with --at, or the words it stands in with --find")
    try:
        steps = list(explained(path, at, quote, published=published, region=region))
    except ProblemError as problem:
        fail(str(problem))
    for step in steps:
        click.echo(f"{step.name:<11} {step.found}")


# A statement may begin with a comment (--), which is no option.
@main.command(context_settings={**CONTEXT, "ignore_unknown_options": True})
@click.argument("sql")
@data_option("Folder of a release.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How to print the answer.",
)
def query(sql: str, data: Path, form: str) -> None:
    """Ask the published tables in DuckDB's SQL; each table is a view. SQL may also be the name of a .sql file.

    \b
    liaoning query "SELECT name_zh, progress.status FROM progress
                    JOIN observations ON target_observation_id = observation_id JOIN indicators USING (indicator_id)"
    liaoning query "FROM (SHOW TABLES)"
    liaoning query docs/queries/1_goals_met.sql --format csv
    """
    from pipeline.publish.ask import AskFailed, as_text, ask

    if sql.endswith(".sql"):
        try:
            sql = Path(sql).read_text(encoding="utf-8")
        except FileNotFoundError:
            fail(f"{sql}: no such file; give a file of SQL or a statement")
        except (OSError, UnicodeDecodeError):
            fail(f"{sql}: the file cannot be read; give a file of SQL in UTF-8 or a statement")
    try:
        answer = ask(sql, data)
    except AskFailed as problem:
        fail(str(problem))
    click.echo(as_text(answer, form), nl=False)


@main.command(context_settings=CONTEXT)
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--documents",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder that holds the annotated documents; may be given several times. Without it they are looked for around the gold.",
)
@click.option("--errors", is_flag=True, help="Count and list the errors by document and field, the worst first.")
@click.option(
    "--record",
    is_flag=True,
    help="Keep the score in seeds/tables/evaluation.csv, the accuracy that releases ship, and raise its floors. Annotations of"
    " this repository are recorded as the corpus they are, all others as real documents.",
)
def score(gold: tuple[Path, ...], documents: tuple[Path, ...], errors: bool, record: bool) -> None:
    """Score the extraction against annotated claims (JSON lines), per document and per field."""
    from pipeline.corpora import REAL, own, score_gold, unnamed
    from pipeline.extract import extractor_hash
    from pipeline.recorded import record as keep
    from pipeline.scoreboard import accuracy, error_counts, error_lines
    from pipeline.single import ProblemError

    try:
        corpus = own(gold) if record or not documents else None
        if record and corpus and (left := unnamed(corpus, gold)):
            raise ValueError(f"{corpus.name}: recorded as a whole or not at all; name {', '.join(left)} too")
        scored = score_gold(gold, documents or ((corpus.documents,) if corpus else ()))
    except (ValueError, ProblemError) as problem:
        fail(str(problem))
    shown = Console(width=200)
    shown.print(accuracy(scored.documents))
    if errors:
        shown.print(error_counts(scored.documents))
        for line in error_lines(scored.documents):
            click.echo(line)
    if record:
        name = corpus.name if corpus else REAL
        rows, fallen = keep(name, scored.with_whole(), extractor_hash())
        click.echo(f"recorded as {name}: {rows} rows of seeds/tables/evaluation.csv")
        for line in fallen:
            click.echo(f"below its floor: {line}")


if __name__ == "__main__":
    main()
