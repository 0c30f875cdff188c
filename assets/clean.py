"""Stage clean: documents to edits and passages."""

from collections.abc import Mapping

import pyarrow as pa

from assets.stage import stage_asset, whole
from assets.workspace import Workspace
from pipeline import clean


def step(workspace: Workspace) -> Mapping[str, pa.Table]:
    """Clean every document."""
    found = clean.run(workspace.read("sources"), workspace.read("documents"))
    workspace.write_part("quarantine", "clean", found["quarantine"])
    return whole(found, "clean")


stage = stage_asset("clean", step, {name: ["sources", "documents"] for name in ("edits", "passages", "corrections")})
