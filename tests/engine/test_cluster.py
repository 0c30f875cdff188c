"""The engine of a cluster keeps the same promises: a node may go, a document that ends its process is found."""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from pipeline.engine.cluster import Cluster, NoRay
from tests.engine.deeds import Numbers, doubled, given_up, raising

ray = pytest.importorskip("ray", reason="the package ray is not installed")


@pytest.fixture(scope="module")
def nodes() -> Iterator[Any]:
    """Two nodes on this machine, one processor each."""
    from ray.cluster_utils import Cluster as Machines

    machines = Machines(initialize_head=True, head_node_args={"num_cpus": 1})
    machines.add_node(num_cpus=1)
    machines.wait_for_nodes()
    yield machines
    machines.shutdown()


def told(engine: Cluster, tasks: list[Numbers]) -> list[list[int]]:
    return [list(chain.from_iterable(results)) for _, results in engine.map(doubled, tasks, given_up)]


def test_results_come_in_the_order_of_the_tasks_and_the_deadly_one_is_found(nodes: Any) -> None:
    tasks = [Numbers((n, n + 1)) for n in range(6)]
    deadly = Numbers((1, 2, 3, 4), deadly=frozenset({3}))
    with closing(Cluster(nodes.address)) as engine:
        found = told(engine, [*tasks, deadly])
        assert told(engine, tasks) == found[:-1]
    assert found == [[2 * n, 2 * n + 2] for n in range(6)] + [[2, 4, -3, 8]]


@dataclass(frozen=True)
class Slow:
    """A task that takes its time and tells that it has begun."""

    number: int
    folder: Path

    def halves(self) -> None:
        return None


def slowly(task: Slow) -> int:
    (task.folder / f"{task.number}").touch()
    time.sleep(0.3)
    return task.number


def test_a_node_that_is_killed_costs_its_tasks_a_retry(nodes: Any, tmp_path: Path) -> None:
    victim = nodes.add_node(num_cpus=1)
    nodes.wait_for_nodes()
    with closing(Cluster(nodes.address)) as engine:
        results = engine.map(slowly, [Slow(n, tmp_path) for n in range(12)], lambda task, _: -task.number)
        found = [next(results)]
        nodes.remove_node(victim, allow_graceful=False)
        found += list(results)
    assert [value for _, (value,) in found] == list(range(12))


def test_a_fault_of_the_program_is_told(nodes: Any) -> None:
    from pipeline.engine import Broken

    with closing(Cluster(nodes.address)) as engine, pytest.raises(Broken, match="no good"):
        list(engine.map(raising, [Numbers((1,))], given_up))


def test_a_cluster_that_does_not_answer_is_one_line() -> None:
    ray.shutdown()
    with pytest.raises(NoRay, match=r"^no Ray cluster at 127.0.0.1:1: .* check the address"):
        list(Cluster("127.0.0.1:1").map(doubled, [Numbers((1,))], given_up))
