"""All gates: which domain rules guard which table, what a gate asks, and a gate run from one place.

At most :data:`MOST_CHECKS` checks in all (one ``contract`` a table, one a rule): more would bury the one that matters.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from expectations import clean, extract, ingest, normalise, publish
from expectations.contract import tables_needed
from expectations.counts import Counted, of_parts
from expectations.rule import Result, Rule, Severity
from expectations.suite import Finding, contract_findings, finding_of, rule_finding
from expectations.tables import Source, Tables
from pipeline.contract import ALL, BY_NAME


@dataclass(frozen=True, slots=True)
class Judged:
    """What was seen of tables that lie in parts, as these were made.

    ``counts``: table → what the contract asks of its rows, part by part; ``found``: rule that looks at documents alone → what violates it.
    """

    counts: Mapping[str, Sequence[Counted]]
    found: Mapping[str, Iterable[Mapping[str, Any]]]


CONTRACT = "contract"
"""Name of the check that asks for everything that the contract declares of a table."""
MOST_CHECKS = 80

RULES: tuple[Rule, ...] = (*ingest.RULES, *clean.RULES, *extract.RULES, *normalise.RULES, *publish.RULES)


def rules_of(table: str) -> tuple[Rule, ...]:
    """Domain rules that guard a table, in order of declaration."""
    return tuple(rule for rule in RULES if rule.table == table)


def checks() -> list[tuple[str, str, str]]:
    """(table, check, severity) of every check there is."""
    found = [(table.name, CONTRACT, "error") for table in ALL]
    return found + [(rule.table, rule.name, rule.severity) for rule in RULES]


@dataclass(frozen=True, slots=True)
class Check:
    """What is asked of a table at once: all of its contract (``name``: CONTRACT), or the domain rule of that name.

    ``core``: the bundled documents are in the build. ``counted``: the table as it was counted in parts. ``found``: what violates the
    rule, where that was told with the parts; then nothing need be looked at.
    """

    table: str
    name: str = CONTRACT
    core: bool = False
    counted: Counted | None = None
    found: Sequence[Mapping[str, Any]] | None = None

    @property
    def rule(self) -> Rule | None:
        """The domain rule; None for the contract."""
        return next((rule for rule in rules_of(self.table) if rule.name == self.name), None)

    @property
    def severity(self) -> Severity:
        """What becomes of the build where it is not green."""
        return self.rule.severity if self.rule else "error"


def checks_of(name: str, core: bool = False, judged: Judged | None = None) -> list[Check]:
    """Everything that the gate of a table asks, in order. ``judged``: what need not be looked at again."""
    counts = judged.counts.get(name) if judged else None
    counted = of_parts(BY_NAME[name], counts) if counts is not None else None
    checks = [Check(name, CONTRACT, core, counted)]
    for rule in rules_of(name):
        told = judged is not None and counted is not None and rule.alone
        found = list(judged.found.get(rule.name, ())) if judged and told else None
        checks.append(Check(name, rule.name, core, counted, found))
    return checks


def look(check: Check, read: Callable[[str], Source]) -> list[Finding]:
    """What a check sees. ``read`` gives a table by name, or the files it lies in; nothing is held of them afterwards."""
    rule = check.rule
    if rule is None:
        tables = Tables({name: read(name) for name in sorted(tables_needed(BY_NAME[check.table]))})
        return contract_findings(check.table, tables, check.core, check.counted)
    if check.found is not None and check.counted is not None:
        return [finding_of(rule, check.found, check.counted.rows)]
    return [rule_finding(rule, Tables({name: read(name) for name in sorted({rule.table, *rule.needs})}))]


def run_gate(
    name: str, read: Callable[[str], Source], core: bool = False, judged: Judged | None = None
) -> list[Result]:
    """Judge one table: its contract suite and its domain rules, see :func:`checks_of` and :func:`look`."""
    from expectations.adapter import judge

    return judge([finding for check in checks_of(name, core, judged) for finding in look(check, read)])
