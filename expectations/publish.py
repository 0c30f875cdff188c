"""Domain rules of the stage publish."""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from expectations.rule import Rule, Tables
from pipeline.contract import BY_NAME
from pipeline.publish.policy import SNIPPET, policies

RULES = (
    Rule(
        "every_table_was_gated",
        "quality",
        "error",
        "a table without a gate was never looked at",
        find=lambda tables: ungated(tables),
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


def ungated(tables: Tables) -> Iterator[Mapping[str, Any]]:
    """Tables of the contract that no expectation of ``quality`` is about; its own gate comes after it is written."""
    gated = set(tables["quality"].column("table").to_pylist())
    for name in sorted(BY_NAME.keys() - gated - {"quality"}):
        yield {"table": name}


def policy_breaches(tables: Tables) -> Iterator[Mapping[str, Any]]:
    """Text of a document that its evidence policy does not let out, in tables as they would be released.

    A document without a policy, or with one that nobody knows, has ``none``.
    """
    policy = policies(tables["sources"])
    free = pa.array(sorted(name for name, told in policy.items() if told == "full"), pa.string())
    for name, found in tables.items():
        governed = [column.name for column in BY_NAME[name].columns if column.policy]
        if not governed:
            continue
        restricted = found.select(["source_id", *governed]).filter(
            pc.invert(pc.is_in(found["source_id"], value_set=free))
        )
        for batch in restricted.to_batches(max_chunksize=10_000):
            for row in batch.to_pylist():
                most = SNIPPET if policy.get(row["source_id"]) == "snippet" else 0
                for column in governed:
                    if row[column] is not None and (not most or len(row[column]) > most):
                        yield {"table": name, "column": column, "source_id": row["source_id"]}
