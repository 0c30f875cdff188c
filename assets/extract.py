"""Stage extract: passages to numerals and claims."""

from collections.abc import Mapping

import pyarrow as pa

from assets.stage import stage_asset, whole
from assets.workspace import GateRefused, Workspace
from pipeline import extract

READS = ("sources", "documents", "edits", "passages")


def step(workspace: Workspace) -> Mapping[str, pa.Table]:
    """Read the claims of every document. GateRefused where there is not one: later gates could only say they saw nothing."""
    found = extract.run(*(workspace.read(name) for name in READS))
    workspace.write_part("quarantine", "extract", found["quarantine"])
    if not found["claims"].num_rows:
        raise GateRefused(
            "no document of the folder states a figure: there is nothing to publish; add documents that do"
        )
    return whole(found, "extract")


stage = stage_asset("extract", step, {"claims": READS, "numerals": (*READS, "claims")})
