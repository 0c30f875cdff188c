"""Stage ingest: registry of sources to bytes to decoded documents."""

from collections.abc import Mapping

import pyarrow as pa

from assets.operate import INBOX
from assets.stage import stage_asset, whole
from assets.workspace import Workspace
from pipeline import ingest


def step(workspace: Workspace) -> Mapping[str, pa.Table]:
    """Read the sources folder, and the inbox beside it where the build asks for it."""
    found = ingest.run(workspace.sources, store=workspace.work / "store", inbox=INBOX if workspace.inbox else None)
    workspace.write_part("quarantine", "ingest", found["quarantine"])
    return whole(found, "ingest")


stage = stage_asset("ingest", step, {"documents": ["sources"]})
