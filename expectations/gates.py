"""All gates: which domain rules guard which table, and a gate run from one place.

At most :data:`MOST_CHECKS` checks in all (one ``contract`` a table, one a rule): more would bury the one that matters.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from expectations import clean, extract, ingest, normalise, publish
from expectations.contract import tables_needed
from expectations.rule import Result, Rule
from pipeline.contract import ALL, BY_NAME

Findings = Mapping[str, Sequence[Mapping[str, Any]]]

MOST_CHECKS = 80

RULES: tuple[Rule, ...] = (*ingest.RULES, *clean.RULES, *extract.RULES, *normalise.RULES, *publish.RULES)


def rules_of(table: str) -> tuple[Rule, ...]:
    """Domain rules that guard a table, in order of declaration."""
    return tuple(rule for rule in RULES if rule.table == table)


def checks() -> list[tuple[str, str, str]]:
    """(table, check, severity) of every check there is."""
    found = [(table.name, "contract", "error") for table in ALL]
    return found + [(rule.table, rule.name, rule.severity) for rule in RULES]


def run_gate(
    name: str, read: Callable[[str], pa.Table], core: bool = False, found: Findings | None = None
) -> list[Result]:
    """Judge one table: its contract suite and its domain rules. ``read`` gives a table by name.

    ``found``: what rules that look at documents alone found in the batches, by rule, where they were judged as they were made.
    """
    from expectations.adapter import run_contract, run_rule

    results = run_contract(name, {needed: read(needed) for needed in sorted(tables_needed(BY_NAME[name]))}, core)
    for rule in rules_of(name):
        judged = found.get(rule.name, ()) if found is not None and rule.alone else None
        needed = {name} if judged is not None else {name, *rule.needs}
        results += run_rule(rule, {one: read(one) for one in sorted(needed)}, judged)
    return results
