"""All gates: which domain rules guard which table, and a gate run from one place.

At most :data:`MOST_CHECKS` checks in all (one ``contract`` a table, one a rule): more would bury the one that matters.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from expectations import clean, extract, ingest, normalise, publish
from expectations.contract import tables_needed
from expectations.counts import Counted
from expectations.rule import Result, Rule
from expectations.tables import Source, Tables
from pipeline.contract import ALL, BY_NAME


@dataclass(frozen=True, slots=True)
class Judged:
    """What was seen of tables that lie in parts, as these were made.

    ``counts``: table → what the contract asks of its rows, part by part; ``found``: rule that looks at documents alone → what violates it.
    """

    counts: Mapping[str, Sequence[Counted]]
    found: Mapping[str, Iterable[Mapping[str, Any]]]


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
    name: str, read: Callable[[str], Source], core: bool = False, judged: Judged | None = None
) -> list[Result]:
    """Judge one table: its contract suite and its domain rules. ``read`` gives a table by name, or the files it lies in.

    ``core``: the bundled documents are in the build. ``judged``: what need not be looked at again.
    """
    from expectations.adapter import judge
    from expectations.suite import contract_findings, rule_finding

    rules = rules_of(name)
    needed = tables_needed(BY_NAME[name]).union(*(rule.needs for rule in rules))
    tables = Tables({one: read(one) for one in sorted(needed)})
    counts = judged.counts.get(name) if judged else None
    findings = contract_findings(name, tables, core, counts)
    for rule in rules:
        seen = judged is not None and counts is not None and rule.alone
        findings.append(rule_finding(rule, tables, judged.found.get(rule.name, ()) if judged and seen else None))
    return judge(findings)
