"""Stage extract: passages to numerals and claims."""

from collections.abc import Mapping

import pyarrow as pa

from assets.stage import stage_asset, whole
from assets.workspace import Workspace
from pipeline import extract

READS = ("sources", "documents", "edits", "passages")


def step(workspace: Workspace) -> Mapping[str, pa.Table]:
    """Read the claims of every document."""
    found = extract.run(*(workspace.read(name) for name in READS))
    workspace.write_part("quarantine", "extract", found["quarantine"])
    return whole(found, "extract")


stage = stage_asset("extract", step, {"claims": READS, "numerals": (*READS, "claims")})
