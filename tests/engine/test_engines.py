"""What every engine promises: results in order, a dead worker costs a retry, what kills workers is found and set aside."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from pipeline.engine import Broken, Here, Local
from tests.engine.deeds import Numbers, doubled, given_up, raising


def told(engine: Here | Local, tasks: list[Numbers]) -> list[list[int]]:
    """What became of each task, its parts joined."""
    return [list(chain.from_iterable(results)) for _, results in engine.map(doubled, tasks, given_up)]


def batches(count: int) -> list[Numbers]:
    return [Numbers(tuple(range(10 * n, 10 * n + 10))) for n in range(count)]


@pytest.mark.parametrize("engine", [Here(), Local(1), Local(3)], ids=["here", "one worker", "three workers"])
def test_results_come_in_the_order_of_the_tasks(engine: Here | Local) -> None:
    assert told(engine, batches(20)) == [[2 * value for value in batch.values] for batch in batches(20)]


def test_no_task_is_no_result() -> None:
    assert told(Local(2), []) == []


def test_a_worker_that_dies_costs_its_batch_a_retry(tmp_path: Path) -> None:
    tasks = [*batches(3), Numbers((7, 8), once=tmp_path / "died"), *batches(3)]
    assert told(Local(2), tasks)[3] == [14, 16]
    assert (tmp_path / "died").exists()


def test_the_document_that_kills_workers_is_found_by_halving_and_the_others_go_on() -> None:
    tasks = [*batches(2), Numbers(tuple(range(1, 17)), deadly=frozenset({11})), *batches(1)]
    assert told(Local(2), tasks)[2] == [2 * value if value != 11 else -11 for value in range(1, 17)]


def test_a_fault_of_the_program_is_told_with_its_traceback() -> None:
    with pytest.raises(Broken, match=r"ValueError: no good: \(0, 1"):
        list(Local(2).map(raising, batches(1), given_up))


def test_tasks_are_asked_for_only_as_far_ahead_as_workers_can_use_them() -> None:
    asked: list[int] = []

    def tasks() -> Iterator[Numbers]:
        for n in range(100):
            asked.append(n)
            yield Numbers((n,))

    results = Local(2).map(doubled, tasks(), given_up)
    next(results)
    assert len(asked) <= 10
    results.close()  # type: ignore[attr-defined]
