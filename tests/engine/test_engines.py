"""What every engine promises: results in order, a dead worker costs a retry, what kills workers is found and set aside."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import chain
from pathlib import Path

import pytest

from pipeline.engine import Broken, Here, Local
from tests.engine.deeds import Numbers, doubled, given_up, given_up_process, process, raising


def told(engine: Here | Local, tasks: list[Numbers]) -> list[list[int]]:
    """What became of each task, its parts joined."""
    return [list(chain.from_iterable(results)) for _, results in engine.map(doubled, tasks, given_up)]


def batches(count: int) -> list[Numbers]:
    return [Numbers(tuple(range(10 * n, 10 * n + 10))) for n in range(count)]


Staffed = Callable[[int], Local]


@pytest.fixture
def local() -> Iterator[Staffed]:
    """Engines of so many workers, who are sent home after the test."""
    with ExitStack() as held:
        yield lambda workers: held.enter_context(closing(Local(workers)))


def test_results_come_in_the_order_of_the_tasks(local: Staffed) -> None:
    for engine in (Here(), local(1), local(3)):
        assert told(engine, batches(20)) == [[2 * value for value in batch.values] for batch in batches(20)]


def test_no_task_is_no_result(local: Staffed) -> None:
    assert told(local(2), []) == []


def test_a_worker_that_dies_costs_its_batch_a_retry(local: Staffed, tmp_path: Path) -> None:
    tasks = [*batches(3), Numbers((7, 8), once=tmp_path / "died"), *batches(3)]
    assert told(local(2), tasks)[3] == [14, 16]
    assert (tmp_path / "died").exists()


def test_the_document_that_kills_workers_is_found_by_halving_and_the_others_go_on(local: Staffed) -> None:
    tasks = [*batches(2), Numbers(tuple(range(1, 17)), deadly=frozenset({11})), *batches(1)]
    assert told(local(2), tasks)[2] == [2 * value if value != 11 else -11 for value in range(1, 17)]


def test_a_fault_of_the_program_is_told_with_its_traceback(local: Staffed) -> None:
    with pytest.raises(Broken, match=r"ValueError: no good: \(0, 1"):
        list(local(2).map(raising, batches(1), given_up))


def test_tasks_are_asked_for_only_as_far_ahead_as_workers_can_use_them(local: Staffed) -> None:
    asked: list[int] = []

    def tasks() -> Iterator[Numbers]:
        for n in range(100):
            asked.append(n)
            yield Numbers((n,))

    results = local(2).map(doubled, tasks(), given_up)
    next(results)
    assert len(asked) <= 10
    results.close()  # type: ignore[attr-defined]


def test_workers_stay_from_one_piece_of_work_to_the_next_until_they_are_sent_home(local: Staffed) -> None:
    engine = local(2)
    engine.call_in()
    first = set(told_by(engine))
    assert len(first) <= 2
    assert set(told_by(engine)) <= first
    engine.close()
    assert not set(told_by(engine)) & first


def told_by(engine: Local) -> list[int]:
    """The process that answered each of some tasks."""
    return [number for _, (number,) in engine.map(process, batches(6), given_up_process)]


def test_who_is_at_work_when_the_work_is_broken_off_does_not_answer_for_the_next(local: Staffed) -> None:
    engine = local(2)
    results = engine.map(doubled, batches(9), given_up)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert told(engine, [Numbers((1,))]) == [[2]]
