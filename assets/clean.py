"""Stage clean: documents to edits and passages."""

from assets.mapped import over_batches
from assets.stage import Made, stage_asset
from assets.workspace import Workspace


def step(workspace: Workspace) -> Made:
    """Clean every document."""
    return over_batches(workspace, "clean")


stage = stage_asset("clean", step, {name: ["sources", "documents"] for name in ("edits", "passages", "corrections")})
