"""The adapter to Great Expectations 1.x: hands it what a gate counted, and returns one result per expectation.

Great Expectations sees a frame with a row for each question of a gate and how much goes against it, of which nothing may be
more than none. One validation takes a few milliseconds, whatever the table; what it would take to look at the rows itself is memory for all of
them. Its telemetry is off before it is imported, and where it could not judge everything is red.
"""

import json
import logging
import os
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd
import pyarrow as pa

from expectations.counts import Counted, of_parts
from expectations.rule import Result, Rule
from expectations.suite import Finding, contract_findings, rule_finding
from expectations.tables import Tables
from pipeline.contract import BY_NAME

log = logging.getLogger("liaoning")


@cache
def _great_expectations() -> tuple[Any, Any]:
    """(the suite of a gate, a batch definition), imported late and once, with nothing phoning home."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.expectations import core as kinds

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("gates").add_dataframe_asset("gate")
    known: Any = kinds
    nothing = known.ExpectColumnValuesToBeBetween(column="violations", min_value=0, max_value=0)
    return gx.ExpectationSuite(name="gate", expectations=[nothing]), asset.add_batch_definition_whole_dataframe("whole")


def load() -> None:
    """Have Great Expectations ready, which takes some seconds the first time."""
    _great_expectations()


def none_of(counts: Sequence[int]) -> list[bool]:
    """Whether each count is none, judged by Great Expectations; RuntimeError where it could not judge."""
    suite, batch_definition = _great_expectations()
    frame = pd.DataFrame({"violations": pd.Series(counts, dtype="int64")})
    (judged,) = batch_definition.get_batch({"dataframe": frame}).validate(suite, result_format="COMPLETE").results
    seen = judged.result
    if _raised(judged) or seen["element_count"] != len(counts) or seen["missing_count"]:
        raise RuntimeError("Great Expectations could not judge what a gate saw")
    more = set(seen["unexpected_index_list"])
    if bool(judged.success) == bool(more):
        raise RuntimeError("Great Expectations does not say what it judged")
    return [place not in more for place in range(len(counts))]


def _raised(result: Any) -> bool:
    info = result.exception_info or {}
    nested = [value for value in info.values() if isinstance(value, dict)]
    return bool(info.get("raised_exception")) or any(value.get("raised_exception") for value in nested)


def judge(findings: Sequence[Finding]) -> list[Result]:
    """One result per finding, numbered within its check."""
    ordinals: dict[tuple[str, str], int] = {}
    results = []
    for finding, passed in zip(findings, none_of([finding.violations for finding in findings]), strict=True):
        check = finding.table, finding.check
        ordinals[check] = ordinals.get(check, 0) + 1
        if finding.named:
            # Keys, never text: enough to find the place, nothing that an evidence policy governs.
            log.warning("%s is violated by %s", finding.check, "; ".join(finding.named))
        results.append(_result(finding, ordinals[check], passed))
    return results


def _result(finding: Finding, ordinal: int, passed: bool) -> Result:
    text = json.dumps(finding.observed, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return Result(
        finding.table,
        finding.check,
        ordinal,
        BY_NAME[finding.table].stage,
        finding.expectation,
        finding.column,
        finding.severity,
        passed,
        text,
    )


def run_contract(
    name: str, tables: Mapping[str, pa.Table], core: bool = False, parts: Sequence[Counted] | None = None
) -> list[Result]:
    """The contract suite of a table alone, see :func:`contract_findings`."""
    counted = None if parts is None else of_parts(BY_NAME[name], parts)
    return judge(contract_findings(name, Tables(tables), core, counted))


def run_rule(rule: Rule, tables: Mapping[str, pa.Table]) -> list[Result]:
    """A domain rule alone, see :func:`rule_finding`."""
    return judge([rule_finding(rule, Tables(tables))])
