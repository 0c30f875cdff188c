"""The command line: ``liaoning build | extract | explain | query | review | score | verify | diff | release``.

Errors are one line on standard error that says what is wrong with which file and what to do; the exit code is then not 0.
What a command needs is imported when it runs; Dagster and Great Expectations by ``build`` alone.
"""

import atexit
import gc
import importlib
import sys
from contextlib import nullcontext
from pathlib import Path

import click

from pipeline.contract.collector import resting
from pipeline.terminal import CONTEXT, data_option, fail, progress_bar, say_error

MODULES = {name: f"pipeline.{name}_command" for name in ("build", "review", "verify", "diff", "release")}
"""Commands in modules of their own. These hold what the help tells and import what they need when they run, as all commands do: the help
takes a tenth of what they take together."""

# What is left at the end goes back to the system with the process: to search it for cycles first took a tenth of a short command.
atexit.register(gc.freeze)


class Commands(click.Group):
    """The commands of this module, and those of :data:`MODULES`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the alphabet."""
        return sorted({*super().list_commands(ctx), *MODULES})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None where there is none."""
        if cmd_name in MODULES:
            command: click.Command = getattr(importlib.import_module(MODULES[cmd_name]), cmd_name)
            return command
        return super().get_command(ctx, cmd_name)


@click.group(cls=Commands, context_settings=CONTEXT)
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
@resting()
def extract(paths: tuple[Path, ...], published: str | None, region: str | None) -> None:
    """Print the numeric claims of documents, one JSON object a line.

    The fields are those of the annotation guideline; start and end are code points in the decoded file. A sources.csv
    beside a file gives its date, place and kind.
    """
    from pipeline.single import ProblemError, claims_of

    failed = False
    with progress_bar() if len(paths) > 1 else nullcontext() as progress:
        task = progress.add_task("reading", total=len(paths)) if progress else None
        for path in paths:
            if progress and task is not None:
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
@resting()
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
    from rich.console import Console

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
