"""Stage extract: passages to numerals and claims."""

from assets.batches import READS
from assets.mapped import over_batches
from assets.stage import Made, stage_asset
from assets.workspace import GateRefused, Workspace


def step(workspace: Workspace) -> Made:
    """Read the claims of every document. GateRefused where there is not one: later gates could only say they saw nothing."""
    made = over_batches(workspace, "extract")
    if not any(part.rows["claims"] for part in made.parts):
        raise GateRefused(
            "no document of the folder states a figure: there is nothing to publish; add documents that do"
        )
    return made


stage = stage_asset("extract", step, {"claims": READS["extract"], "numerals": (*READS["extract"], "claims")})
