"""Domain rules of the stage publish."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from expectations import again
from expectations.rule import Rule
from expectations.suite import questions
from expectations.tables import Tables
from pipeline.contract import ALL, BY_NAME, build
from pipeline.contract.codes import rows as code_rows
from pipeline.publish.evaluation import evaluation
from pipeline.publish.policy import SNIPPET, policies

RULES = (
    Rule(
        "every_table_was_gated",
        "quality",
        "error",
        "a table without a gate, or a gate without one of its questions, was never looked at",
        find=lambda tables: ungated(tables),
    ),
    Rule(
        "lists_as_in_the_seeds",
        "codes",
        "error",
        "code lists and recorded accuracy are those that were written down, to the letter",
        find=lambda tables: again.differences(written_down(tables)),
        needs=("evaluation",),
    ),
    Rule(
        "right_of_scored",
        "evaluation",
        "error",
        "accuracy is a share of what was scored",
        sql='SELECT figure FROM evaluation WHERE "right" > n OR low > "right" / n OR high < "right" / n',
    ),
    Rule(
        "scored_as_released",
        "evaluation",
        "warning",
        "the published accuracy is that of an earlier grammar",
        sql="SELECT figure FROM evaluation WHERE stale",
    ),
    Rule(
        "accuracy_holds",
        "evaluation",
        "error",
        "accuracy fell below the best on record",
        # A floor has three decimals: counts are compared, so that no rounding decides.
        sql="SELECT concat_ws(' ', corpus, document_kind, figure) AS code FROM evaluation"
        ' WHERE floor IS NULL OR "right" * 1000 < round(floor * 1000) * n',
        advice="mend what the change made worse and record again with `liaoning score --record`; a floor that must be lowered is"
        " lowered by hand in seeds/tables/evaluation_floors.csv, with the reason in the changelog",
    ),
)


def written_down(tables: Tables) -> again.Part:
    """The tables that repeat seeds, as the seeds give them."""
    made = {"codes": build("codes", code_rows()), "evaluation": evaluation()}
    return again.Part(made, {name: tables[name] for name in made})


Question = tuple[str, str, int, str, str, str | None, str]
"""Table, check, ordinal, stage, expectation, column, severity."""


def ungated(tables: Tables) -> Iterator[Mapping[str, Any]]:
    """Questions that no row of ``quality`` answers, and rows that answer none; its own gate comes after it is written.

    Builds with and without the bundled documents are asked differently, each as a whole."""
    answered: set[Question] = {
        (row["table"], row["check"], row["ordinal"], row["stage"], row["expectation"], row["column"], row["severity"])
        for row in tables["quality"].to_pylist()
        if row["table"] != "quality"
    }
    odd = min((answered ^ set(_questions(core)) for core in (False, True)), key=len)
    for table, check, ordinal, *_ in sorted(odd, key=str):
        yield {"table": table, "check": check, "ordinal": ordinal}


def _questions(core: bool) -> Iterator[Question]:
    from expectations.gates import rules_of

    for table in ALL:
        if table.name == "quality":
            continue
        for ordinal, (kind, column) in enumerate(questions(table, core), 1):
            yield table.name, "contract", ordinal, table.stage, kind, column, "error"
        for rule in rules_of(table.name):
            yield table.name, rule.name, 1, table.stage, rule.name, None, rule.severity


def policy_breaches(tables: Mapping[str, pa.Table]) -> Iterator[Mapping[str, Any]]:
    """Text of a document that its evidence policy does not let out, in tables as they would be released."""
    policy = policies(tables["sources"])
    for name, found in tables.items():
        yield from withheld(name, found.to_batches(), policy)


def withheld(name: str, batches: Iterable[pa.RecordBatch], policy: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """Cells of a table that hold more of a document than its evidence policy lets out.

    A document without a policy, or with one that nobody knows, has ``none``.
    """
    governed = [column.name for column in BY_NAME[name].columns if column.policy]
    for batch in batches if governed else ():
        documents = {of: policy.get(of) for of in pc.unique(batch.column("source_id")).to_pylist()}
        for snippets in (True, False):
            restricted = [of for of, told in documents.items() if told != "full" and (told == "snippet") == snippets]
            if not restricted:
                continue
            shown = batch.filter(pc.is_in(batch.column("source_id"), value_set=pa.array(restricted, pa.string())))
            for column in governed:
                cells = shown.column(column)
                over = pc.greater(pc.utf8_length(cells), SNIPPET) if snippets else pc.is_valid(cells)
                for document in shown.column("source_id").filter(over).to_pylist():
                    yield {"table": name, "column": column, "source_id": document}
