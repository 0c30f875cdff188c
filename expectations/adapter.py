"""The adapter to Great Expectations 1.x: runs a gate on Arrow tables and returns one result per expectation.

Great Expectations sees pandas frames fed by Arrow types; findings that are not values of a column (file, foreign keys,
domain rules) reach it as a frame of violations that must be empty. Its telemetry is off before it is imported, and an
expectation that raised counts as failed: a gate that could not look is red.
"""

import json
import logging
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from expectations import contract
from expectations.rule import Result, Rule, Tables
from pipeline.contract import BY_NAME

log = logging.getLogger("liaoning")

Finding = tuple[str, str | None, bool, Mapping[str, Any]]
"""Type of the expectation, its column, whether it held, and what was seen."""


@cache
def _great_expectations() -> tuple[Any, Any, Any]:
    """(great_expectations, its expectations, a batch definition), imported late and once, with nothing phoning home."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    import great_expectations.expectations as gxe
    from great_expectations.data_context.types.base import ProgressBarsConfig

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("tables").add_dataframe_asset("table")
    return gx, gxe, asset.add_batch_definition_whole_dataframe("whole")


def _judge(frame: pd.DataFrame, expectations: list[tuple[str, dict[str, Any]]]) -> list[tuple[bool, dict[str, Any]]]:
    """(passed, observed counts) for each expectation, in order."""
    gx, gxe, batch_definition = _great_expectations()
    placed = [
        getattr(gxe, kind)(**arguments, meta={"place": place}) for place, (kind, arguments) in enumerate(expectations)
    ]
    suite = gx.ExpectationSuite(name="gate", expectations=placed)
    # The shortest form with counts: the fuller ones take twice the time to gather samples nobody may see.
    outcome = batch_definition.get_batch({"dataframe": frame}).validate(suite, result_format="BASIC")
    judged: list[tuple[bool, dict[str, Any]]] = [(False, {"error": "not judged"})] * len(expectations)
    for result in outcome.results:
        judged[result.expectation_config.meta["place"]] = (_passed(result), _observed(result))
    return judged


def _passed(result: Any) -> bool:
    return bool(result.success) and not _raised(result)


def _raised(result: Any) -> bool:
    info = result.exception_info or {}
    nested = [value for value in info.values() if isinstance(value, dict)]
    return bool(info.get("raised_exception")) or any(value.get("raised_exception") for value in nested)


def _observed(result: Any) -> dict[str, Any]:
    """Counts of a result; never its samples, which may be text of a document."""
    if _raised(result):
        return {"error": "the expectation raised"}
    found = result.result or {}
    kept = ("element_count", "unexpected_count", "missing_count", "observed_value")
    return {key: found[key] for key in kept if isinstance(found.get(key), int | float) and math.isfinite(found[key])}


def _result(
    table: str,
    check: str,
    severity: str,
    ordinal: int,
    kind: str,
    column: str | None,
    passed: bool,
    observed: Mapping[str, Any],
) -> Result:
    text = json.dumps(observed, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return Result(table, check, ordinal, BY_NAME[table].stage, kind, column, severity, passed, text)  # type: ignore[arg-type]


def run_contract(name: str, tables: Tables, core: bool = False) -> list[Result]:
    """The contract suite of table ``name`` on ``tables`` (which holds those that ``contract.tables_needed`` names)."""
    table, found = BY_NAME[name], tables[name]
    of_file = contract.file_findings(table, found, core)
    keys = []
    values: list[Finding] = []
    if found.schema.names == [column.name for column in table.columns]:
        expectations = contract.value_expectations(table)
        values = [
            (kind, arguments.get("column"), passed, seen)
            for (kind, arguments), (passed, seen) in zip(expectations, _judge_values(found, expectations), strict=True)
        ]
        keys = _foreign_keys(name, tables)
    held = _none_of([*(0 if held else 1 for _, held, _ in of_file), *(count for _, count, _ in keys)])
    results: list[Finding] = [
        (kind, None, passed, observed)
        for (kind, _, observed), passed in zip(of_file, held[: len(of_file)], strict=True)
    ]
    results += values
    results += [
        ("foreign_key", column, passed, observed)
        for (column, _, observed), passed in zip(keys, held[len(of_file) :], strict=True)
    ]
    return [_result(name, "contract", "error", n, *result) for n, result in enumerate(results, 1)]


FRAME_CELLS = 4_000_000
"""Cells of a frame that is judged at once; a larger table is judged a few columns at a time, so that memory stays bounded."""


def _judge_values(found: pa.Table, expectations: list[tuple[str, dict[str, Any]]]) -> list[tuple[bool, dict[str, Any]]]:
    """(passed, observed counts) of the expectations on a table's values, in order."""
    if found.num_rows * found.num_columns <= FRAME_CELLS:
        return _judge(found.to_pandas(types_mapper=pd.ArrowDtype), expectations)
    judged: dict[int, tuple[bool, dict[str, Any]]] = {}
    by_columns: dict[tuple[str, ...], list[int]] = {}
    for place, (_, arguments) in enumerate(expectations):
        by_columns.setdefault(tuple(arguments.get("column_list") or [arguments["column"]]), []).append(place)
    for columns, places in by_columns.items():
        frame = found.select(list(columns)).to_pandas(types_mapper=pd.ArrowDtype)
        judged.update(zip(places, _judge(frame, [expectations[place] for place in places]), strict=True))
    return [judged[place] for place in range(len(expectations))]


def _foreign_keys(name: str, tables: Tables) -> list[tuple[str | None, int, Mapping[str, Any]]]:
    """(column, dangling rows, what was seen) of each foreign key; one that cannot be looked up (the other table lacks the column) counts
    as one."""
    connection = contract.view_of(tables)
    found: list[tuple[str | None, int, Mapping[str, Any]]] = []
    for child, column, parent, key in contract.foreign_keys(BY_NAME[name]):
        about: dict[str, Any] = {"column": f"{child}.{column}", "references": f"{parent}.{key}"}
        own = column if child == name else None
        try:
            count = contract.dangling(connection, child, column, parent, key)
            found.append((own, count, {**about, "dangling": count}))
        except duckdb.Error as error:
            found.append((own, 1, {**about, "error": type(error).__name__}))
    return found


SHOWN = 3
"""Violations named in the log."""
KEYS = ("_id", "_start", "_end", "table", "column", "ordinal", "level", "list", "code")


def run_rule(rule: Rule, tables: Tables, found: Sequence[Mapping[str, Any]] | None = None) -> list[Result]:
    """A domain rule: its violations, and that it looked at something where the table must hold rows.

    ``found``: the violations, where the batches were judged as they were made.
    """
    seen = tables[rule.table].num_rows
    violations = violations_of(rule, tables) if found is None else found
    if raised := sorted({str(row[RAISED]) for row in violations if RAISED in row}):
        unseen = {"error": raised[0], "looked_at": seen}
        return [_result(rule.table, rule.name, rule.severity, 1, rule.name, None, False, unseen)]
    observed = {"violations": len(violations), "looked_at": seen}
    if violations:
        # Keys, never text: enough to find the place, nothing that an evidence policy governs.
        log.warning("%s is violated by %s", rule.name, "; ".join(_named(row) for row in violations[:SHOWN]))
    blind = seen == 0 and BY_NAME[rule.table].minimum_rows > 0
    passed = all(_none_of([len(violations), 1 if blind else 0]))
    return [_result(rule.table, rule.name, rule.severity, 1, rule.name, None, passed, observed)]


RAISED = "raised"
"""Stands for the class of the exception in the one row that a rule gives which could not look."""


def violations_of(rule: Rule, tables: Tables) -> list[Mapping[str, Any]]:
    """What violates a rule, as keys; of a rule that looks at documents alone each with its ``source_id``. A rule that raises gives one row that
    says so: it did not look."""
    try:
        rows = _violations_of(rule, tables)
        return [{"source_id": _document(row), **_keys(row)} if rule.alone else _keys(row) for row in rows]
    except Exception as error:  # whatever it was, the rule did not look
        log.debug("%s raised", rule.name, exc_info=True)
        return [{"source_id": "", RAISED: type(error).__name__}]


def _violations_of(rule: Rule, tables: Tables) -> Iterable[Mapping[str, Any]]:
    if rule.sql is not None:
        answer = contract.view_of(tables).execute(rule.sql)
        names = [column[0] for column in answer.description or []]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    assert rule.find is not None
    return list(rule.find(tables))


def _document(row: Mapping[str, Any]) -> str:
    """The document of a violation: an identifier of a claim or a passage begins with it."""
    if row.get("source_id") is not None:
        return str(row["source_id"])
    if row.get("claim_id") is not None:
        return str(row["claim_id"]).rpartition(":")[0]
    return str(row["passage_id"]).rpartition("/")[0]


def _keys(row: Mapping[str, Any]) -> dict[str, Any]:
    """The keys and offsets of a violation, nothing that an evidence policy governs."""
    return {name: value for name, value in row.items() if name.endswith(KEYS) and value is not None}


def _named(row: Mapping[str, Any]) -> str:
    """A violation by its keys."""
    return ", ".join(f"{name} {value}" for name, value in row.items()) or "a row without a key"


def _none_of(counts: Sequence[int]) -> list[bool]:
    """Whether each count is zero, judged by Great Expectations: a frame with one row of counts, none of which may be more."""
    frame = pd.DataFrame({f"finding_{n}": pd.Series([count], dtype="int64") for n, count in enumerate(counts)})
    nothing = {"min_value": 0, "max_value": 0}
    asked = [("ExpectColumnValuesToBeBetween", {"column": column, **nothing}) for column in frame.columns]
    return [passed for passed, _ in _judge(frame, asked)]


def as_rows(results: list[Result]) -> list[dict[str, Any]]:
    """Results as rows of the table ``quality``."""
    names = [column.name for column in BY_NAME["quality"].columns]
    return [{name: getattr(result, name) for name in names} for result in results]
