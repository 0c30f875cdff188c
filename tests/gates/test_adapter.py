"""The adapter to Great Expectations: what cannot look is red, what is seen holds no text, and nothing phones home."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from expectations import contract
from expectations.adapter import run_contract, run_rule
from expectations.gates import MOST_CHECKS, RULES, checks, run_gate
from expectations.rule import Rule, as_rows
from expectations.tables import Tables
from pipeline.contract import ALL, BY_NAME, build
from pipeline.contract.paths import ROOT
from tests.gates.builders import DIGEST, RAW, changed, world


def claims_suite(**tables: pa.Table) -> list[Any]:
    """The contract suite of the claims on the valid world with some tables replaced."""
    found = {**world(), **tables}
    return run_contract("claims", {name: found[name] for name in contract.tables_needed(BY_NAME["claims"])})


def of_claims(**changes: Any) -> Rule:
    """A rule about the claims that always holds, unless changed."""
    return replace(Rule("example", "claims", "error", "an example", sql="SELECT 1 FROM claims WHERE false"), **changes)


def test_an_expectation_that_raised_is_red_and_says_so_without_a_text() -> None:
    confidence = world()["claims"].schema.get_field_index("confidence")
    words = pa.array(["no figure at all"] * world()["claims"].num_rows)
    results = claims_suite(
        claims=world()["claims"].set_column(confidence, pa.field("confidence", pa.string(), nullable=False), words)
    )
    raised = [
        result
        for result in results
        if result.expectation == "ExpectColumnValuesToBeBetween" and result.column == "confidence"
    ]
    assert [(result.passed, result.observed) for result in raised] == [(False, '{"error":"the expectation raised"}')]


def test_a_foreign_key_whose_other_table_lacks_the_column_is_red() -> None:
    passages = world()["passages"]
    renamed = passages.rename_columns(["another_name", *passages.column_names[1:]])
    results = [result for result in claims_suite(passages=renamed) if result.expectation == "foreign_key"]
    by_column = {result.column: result for result in results}
    assert not by_column["passage_id"].passed
    assert json.loads(by_column["passage_id"].observed)["error"] == "BinderException"
    assert by_column["source_id"].passed


def test_a_rule_whose_function_raises_is_red_and_keeps_the_message_to_itself() -> None:
    def find(tables: Tables) -> Iterator[Mapping[str, Any]]:
        raise KeyError(RAW[DIGEST])
        yield {}

    (result,) = run_rule(of_claims(sql=None, find=find), world())
    assert not result.passed
    assert json.loads(result.observed) == {"error": "KeyError", "looked_at": world()["claims"].num_rows}


def test_a_rule_whose_sql_does_not_run_is_red() -> None:
    (result,) = run_rule(of_claims(sql="SELECT no_such_column FROM claims"), world())
    assert not result.passed
    assert json.loads(result.observed)["error"] == "BinderException"


def test_a_rule_that_saw_no_row_of_a_table_that_must_have_some_is_red() -> None:
    (blind,) = run_rule(of_claims(), {"claims": world()["claims"].slice(0, 0)})
    (seeing,) = run_rule(of_claims(), {"claims": world()["claims"]})
    assert (blind.passed, seeing.passed) == (False, True)


def test_a_rule_counts_its_violations() -> None:
    (result,) = run_rule(of_claims(sql="SELECT * FROM claims WHERE statement = 'target'"), world())
    assert not result.passed
    assert json.loads(result.observed) == {"looked_at": 6, "violations": 2}


def test_a_rule_has_sql_or_a_function_and_not_both() -> None:
    with pytest.raises(ValueError, match="either sql or a function"):
        of_claims(find=lambda tables: [])
    with pytest.raises(ValueError, match="either sql or a function"):
        of_claims(sql=None)


def strings_in(value: Any) -> Iterator[str]:
    """Every string in a JSON value."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings_in(part)


def test_no_text_of_a_document_gets_into_what_was_seen() -> None:
    secret = "机密之文字"
    names = {column.name for table in ALL for column in table.columns}
    names |= {f"{table.name}.{column.name}" for table in ALL for column in table.columns}
    for table in ALL:
        tables = world()
        strings = {column.name: secret for column in table.columns if column.kind == "string"}
        tables[table.name] = changed(tables[table.name], **strings)
        results = run_gate(table.name, tables.__getitem__)
        assert any(not result.passed for result in results), table.name
        for result in results:
            said = set(strings_in(json.loads(result.observed)))
            assert said - names <= {"the expectation raised", "BinderException", "KeyError"}, result


@pytest.mark.parametrize("table", ["claims", "evidence", "documents"])
def test_results_are_numbered_by_check_and_their_json_is_canonical(table: str) -> None:
    results = run_gate(table, world().__getitem__)
    contract_results = [result for result in results if result.check == "contract"]
    assert [result.ordinal for result in contract_results] == list(range(1, len(contract_results) + 1))
    for result in results:
        seen = json.loads(result.observed)
        assert result.observed == json.dumps(seen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert build("quality", as_rows(results)).num_rows == len(results)


def test_a_gate_says_the_same_twice() -> None:
    assert run_gate("claims", world().__getitem__) == run_gate("claims", world().__getitem__)


def test_there_are_at_most_eighty_checks_and_each_table_has_its_contract() -> None:
    found = checks()
    # The candidate has two more, on rights and on its files.
    assert len(found) + 2 <= MOST_CHECKS == 80
    assert len({(table, check) for table, check, _ in found}) == len(found)
    assert {table for table, check, _ in found if check == "contract"} == {table.name for table in ALL}
    assert len(found) == len(ALL) + len(RULES)


WITHOUT_NETWORK = """
import os, socket, sys

attempts, told = [], []

def refuse(*arguments, **named):
    attempts.append(arguments)
    raise OSError("the network is refused")

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "great_expectations":
            told.append(os.environ.get("GX_ANALYTICS_ENABLED"))

sys.meta_path.insert(0, Watch())
socket.socket.connect = socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = refuse

from expectations.gates import run_gate
from tests.gates.builders import world

assert "great_expectations" not in sys.modules, "imported before the first gate runs"
results = run_gate("evidence", world().__getitem__)
assert results and all(result.passed for result in results)

assert told == ["false"], "telemetry was not off when it was imported"
assert attempts == [], attempts
"""


def test_a_gate_runs_with_the_network_refused_and_telemetry_off() -> None:
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": "/nonexistent"}
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_NETWORK], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
