"""Domain rules of the stage publish."""

from collections.abc import Iterator, Mapping
from typing import Any

from expectations.rule import Rule, Tables
from pipeline.contract import BY_NAME
from pipeline.publish.policy import SNIPPET

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
    """Text of a document that its evidence policy does not let out, in tables as they would be released."""
    sources = tables["sources"].to_pylist()
    policy = {row["source_id"]: row["evidence_policy"] for row in sources}
    for name, found in tables.items():
        governed = [column.name for column in BY_NAME[name].columns if column.policy]
        if not governed:
            continue
        for row in found.to_pylist():
            allowed = policy.get(row["source_id"], "none")
            if allowed == "full":
                continue
            for column in governed:
                text = row[column]
                if text is not None and (allowed == "none" or len(text) > SNIPPET):
                    yield {"table": name, "column": column, "source_id": row["source_id"]}
