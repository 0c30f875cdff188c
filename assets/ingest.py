"""Stage ingest: registry of sources to bytes to decoded documents."""

import logging
from functools import partial

import pyarrow as pa

from assets.batches import SKETCHES, STORE, TEXTS
from assets.mapped import over_files, quarantine_of
from assets.operate import INBOX
from assets.stage import Made, stage_asset
from assets.workspace import GateRefused, Workspace, sorted_by_key
from pipeline.contract import build
from pipeline.ingest.plan import plan
from pipeline.ingest.run import settled, stored_body
from pipeline.ingest.sketches import by_document

log = logging.getLogger("liaoning")

SHOWN = 3
"""Files that could not be read and are named where none could."""


def step(workspace: Workspace) -> Made:
    """Read the sources folder, and the inbox beside it where the build asks for it.

    GateRefused where not one document could be read: the gates could only say that they saw nothing, here stands why.
    """
    texts = workspace.work / TEXTS
    planned = plan(workspace.sources, texts, INBOX if workspace.inbox else None)
    parts = over_files(workspace, planned.tasks)
    texts.unlink(missing_ok=True)
    set_aside = build("quarantine", [*planned.set_aside, *quarantine_of(parts).to_pylist()])
    workspace.write_part("quarantine", "ingest", set_aside)
    if not any(part.documents for part in parts):
        raise GateRefused(_nothing_read(set_aside))
    sources = sorted_by_key("sources", pa.concat_tables([part.read("sources") for part in parts]))
    sketches = by_document(part.read(SKETCHES) for part in parts)
    text_of = partial(stored_body, store=workspace.work / STORE)
    return Made({"sources": settled(sources, sketches, text_of, planned.tasks, log.info)}, parts)


def _nothing_read(quarantine: pa.Table) -> str:
    """Why there is no document, by the first files that could not be read."""
    rows = quarantine.to_pylist()
    if not rows:
        return "there is no document in the folder of sources; put .txt, .md or .html files there"
    told = "; ".join(f"{row['file']}: {row['detail']}, {row['advice']}" for row in rows[:SHOWN])
    more = f"; and {len(rows) - SHOWN} more" if len(rows) > SHOWN else ""
    return f"not one document could be read: {told}{more}"


stage = stage_asset("ingest", step, {"documents": ["sources"]})
