"""The same folder on every engine: equal bytes, and a document that ends its process costs itself alone."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assets import batches, comparing, mapped
from assets.batches import Batch, make
from assets.build import build
from pipeline.contract.paths import SEEDS
from pipeline.engine import Engine, Local
from pipeline.engine.cluster import Cluster


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """About four documents a batch."""
    monkeypatch.setattr(mapped, "CUT", 4)


def released(place: Path, engine: Engine) -> dict[str, bytes]:
    with closing(engine):
        outcome = build(SEEDS, place / "out", place / "work", engine=engine)
    assert outcome.success, outcome.failures
    assert len(list((place / "work" / "parts" / "extract").iterdir())) > 5
    return {path.name: path.read_bytes() for path in sorted((place / "out").iterdir())}


def test_one_process_two_processes_and_a_cluster_that_loses_a_node_give_equal_bytes(
    small_batches: None, tmp_path: Path, cluster: "Nodes", monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = released(tmp_path / "one", Local(1))
    monkeypatch.setattr(comparing, "SMALLEST", 20)
    assert released(tmp_path / "two", Local(2)) == alone
    with cluster.losing_one_when(tmp_path / "cluster" / "work" / "parts" / "ingest"):
        assert released(tmp_path / "cluster", Cluster(cluster.address)) == alone
    assert cluster.lost


class Nodes:
    """Two nodes of a Ray cluster on this machine, of which one can be killed while a build runs."""

    def __init__(self) -> None:
        from ray.cluster_utils import Cluster as Machines

        self._machines = Machines(initialize_head=True, head_node_args={"num_cpus": 1})
        self._second = self._machines.add_node(num_cpus=1)
        self._machines.wait_for_nodes()
        self.address: str = self._machines.address
        self.lost = False

    @contextmanager
    def losing_one_when(self, folder: Path) -> Iterator[None]:
        """Kill the second node as soon as a first part stands in the folder."""
        over = threading.Event()

        def watch() -> None:
            while not over.wait(0.05):
                if folder.is_dir() and any(not path.name.startswith(".") for path in folder.iterdir()):
                    self._machines.remove_node(self._second, allow_graceful=False)
                    self.lost = True
                    return

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()

    def shutdown(self) -> None:
        """End the cluster."""
        self._machines.shutdown()


@pytest.fixture
def cluster() -> Iterator[Nodes]:
    """A cluster of two nodes."""
    pytest.importorskip("ray", reason="the package ray is not installed")
    nodes = Nodes()
    yield nodes
    nodes.shutdown()


DEADLY = "杀死工人的文件"


def make_deadly(batch: Batch) -> Path:
    """What a worker makes of a batch, but a document with these words ends the process, at the stage that a file names."""
    function = batches.FUNCTIONS[batch.stage]

    def deadly(sources: pa.Table, documents: pa.Table, *others: pa.Table) -> dict[str, pa.Table]:
        if any(DEADLY in text for text in documents.column("text").to_pylist()):
            os.kill(os.getpid(), signal.SIGKILL)
        return function(sources, documents, *others)

    if (batch.work / f"deadly_{batch.stage}").exists():
        batches.FUNCTIONS[batch.stage] = deadly
    return make(batch)


@pytest.mark.parametrize("stage", ["clean", "extract", "normalise"])
def test_a_document_that_kills_its_worker_is_found_and_set_aside(
    stage: str, small_batches: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    for number in range(8):
        text = f"{2015 + number}年末，全市建成5G基站{100 + number}个。\n" + DEADLY * (number == 5)
        (tmp_path / "in" / f"d{number}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / f"deadly_{stage}").touch()
    monkeypatch.setattr(mapped, "make", make_deadly)
    with closing(Local(2)) as engine:
        outcome = build(tmp_path / "in", tmp_path / "out", tmp_path / "work", engine=engine)
    assert outcome.success, outcome.failures
    (row,) = pq.read_table(tmp_path / "out" / "quarantine.parquet").to_pylist()
    assert (row["file"], row["stage"], row["reason"]) == ("d5.txt", stage, "failed")
    assert "killed by signal 9" in row["detail"]
    others = [f"d{number}" for number in range(8) if number != 5]
    told = {
        name: sorted(set(pq.read_table(tmp_path / "out" / f"{name}.parquet")["source_id"].to_pylist()))
        for name in ("claims", "evidence")
    }
    assert told == {"claims": others if stage != "normalise" else sorted([*others, "d5"]), "evidence": others}
