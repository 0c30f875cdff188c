"""The one resource: which folders a build reads from, works in and releases to."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from contextvars import ContextVar
from pathlib import Path

import dagster as dg
from pydantic import PrivateAttr

from assets import PREPARED
from assets.workspace import BATCH, Workspace
from pipeline.contract.paths import DATA, ROOT, SEEDS
from pipeline.engine import Engine, Here, engine

STAFF: ContextVar[Engine | None] = ContextVar("staff", default=None)
"""The engine of whoever began the run, who may have called in its workers before and sends them home."""


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
    _engine: Engine = PrivateAttr(default_factory=Here)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Area"]:
        """Hold the locks of the folders for as long as a run lasts: two runs never work in them at once. The engine lasts as long."""
        with ExitStack() as held:
            held.enter_context(self.workspace().alone())
            own = STAFF.get() or held.enter_context(closing(engine(self.engine, self.workers, self.address, PREPARED)))
            self._engine = own
            yield self

    def workspace(self) -> Workspace:
        """The folders as a work area."""
        return Workspace(
            sources=_from_root(self.sources),
            work=_from_root(self.work),
            out=_from_root(self.out),
            inbox=self.inbox,
            batch=self.batch,
            engine=self._engine,
        )


def _from_root(path: str) -> Path:
    return ROOT / path
