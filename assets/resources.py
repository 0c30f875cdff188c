"""The one resource: which folders a build reads from, works in and releases to."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from assets.workspace import BATCH, Workspace
from pipeline.contract.paths import DATA, ROOT, SEEDS


class Area(dg.ConfigurableResource["Area"]):
    """Folders of a build; a relative path counts from the repository."""

    sources: str = str(SEEDS.relative_to(ROOT))
    work: str = ".work"
    out: str = str(DATA.relative_to(ROOT))
    inbox: bool = False
    workers: int | None = None
    engine: str = "local"
    address: str | None = None
    batch: int = BATCH

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Area"]:
        """Hold the locks of the folders for as long as a run lasts: two runs never work in them at once."""
        with self.workspace().alone():
            yield self

    def workspace(self) -> Workspace:
        """The folders as a work area."""
        return Workspace(
            sources=_from_root(self.sources),
            work=_from_root(self.work),
            out=_from_root(self.out),
            inbox=self.inbox,
            workers=self.workers,
            engine=self.engine,
            address=self.address,
            batch=self.batch,
        )


def _from_root(path: str) -> Path:
    return ROOT / path
