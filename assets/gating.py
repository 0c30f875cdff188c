"""A gate as work for the engine: each check of a table is a task, and what they all saw is judged together."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from assets.workspace import Workspace
from expectations.gates import Check, look
from expectations.rule import Result
from expectations.suite import Finding
from pipeline.contract import BY_NAME
from pipeline.engine import Engine, Here

JUDGE = ThreadPoolExecutor(1, thread_name_prefix="judge")
"""The one thread that Great Expectations is loaded in, which takes longer than all it has to judge, and in which it judges."""


@dataclass(frozen=True, slots=True)
class Look:
    """A check to look for."""

    workspace: Workspace
    check: Check

    def halves(self) -> None:
        """A check is asked as a whole."""


def get_ready() -> None:
    """Begin to load Great Expectations, for a time when this process waits for its workers."""
    JUDGE.submit(_load)


def _load() -> None:
    from expectations.adapter import load

    load()


def gated(workspace: Workspace, checks: Sequence[Check], engine: Engine) -> list[Result]:
    """The results of the checks of some tables, in their order."""
    asked = replace(workspace, engine=Here())  # an engine stays where it is
    # Those that read documents again or compare figures take longest: where they come first, nobody waits for them at the end.
    ordered = sorted(checks, key=lambda check: not (check.rule and check.rule.find))
    tasks = [Look(asked, check) for check in ordered if check.found is None]
    seen = {(task.check.table, task.check.name): found for task, (found,) in engine.map(see, tasks, not_seen)}
    found = [seen.get((check.table, check.name)) or see(Look(asked, check)) for check in checks]
    return JUDGE.submit(_judge, list(chain.from_iterable(found))).result()


def see(task: Look) -> list[Finding]:
    """What a check sees in the tables that are current."""
    return look(task.check, partial(task.workspace.seen_at, BY_NAME[task.check.table].stage))


def not_seen(task: Look, reason: str) -> list[Finding]:
    """A check that ends every worker did not look."""
    check = task.check
    told = {"error": f"the process that looked was {reason}"}
    return [Finding(check.table, check.name, check.severity, check.name, None, 1, told)]


def _judge(findings: Sequence[Finding]) -> list[Result]:
    from expectations.adapter import judge

    return judge(findings)
