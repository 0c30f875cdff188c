"""Stage ingest: registry of sources to bytes to decoded documents."""

from collections.abc import Mapping

import pyarrow as pa

from assets.operate import INBOX
from assets.stage import stage_asset, whole
from assets.workspace import GateRefused, Workspace
from pipeline import ingest

SHOWN = 3
"""Files that could not be read and are named where none could."""


def step(workspace: Workspace) -> Mapping[str, pa.Table]:
    """Read the sources folder, and the inbox beside it where the build asks for it.

    GateRefused where not one document could be read: the gates could only say that they saw nothing, here stands why.
    """
    found = ingest.run(workspace.sources, store=workspace.work / "store", inbox=INBOX if workspace.inbox else None)
    workspace.write_part("quarantine", "ingest", found["quarantine"])
    if not found["sources"].num_rows:
        raise GateRefused(_nothing_read(found["quarantine"]))
    return whole(found, "ingest")


def _nothing_read(quarantine: pa.Table) -> str:
    """Why there is no document, by the first files that could not be read."""
    rows = quarantine.to_pylist()
    if not rows:
        return "there is no document in the folder of sources; put .txt, .md or .html files there"
    told = "; ".join(f"{row['file']}: {row['detail']}, {row['advice']}" for row in rows[:SHOWN])
    more = f"; and {len(rows) - SHOWN} more" if len(rows) > SHOWN else ""
    return f"not one document could be read: {told}{more}"


stage = stage_asset("ingest", step, {"documents": ["sources"]})
