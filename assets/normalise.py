"""Stage normalise: claims to observations, and what follows from comparing them."""

from contextlib import ExitStack
from functools import partial

from assets.mapped import over_batches
from assets.stage import Made, stage_asset
from assets.workspace import Workspace
from pipeline.normalise.compare import COMPARED, compare
from pipeline.normalise.passages import EDIT
from pipeline.normalise.read import MEANT, master, organisations
from pipeline.normalise.sources import COLUMNS


def step(workspace: Workspace) -> Made:
    """Read the claims of every document, batch by batch, then compare what they say: tables of the comparison are made as they
    are written."""
    parts = over_batches(workspace, "normalise").parts
    known = master().tables | {"organisations": organisations(part.read(MEANT) for part in parts)}
    with ExitStack() as held:
        readings = (part.read("readings") for part in parts)
        sources, edits = workspace.stream("sources", list(COLUMNS)), workspace.stream("edits", list(EDIT))
        found = held.enter_context(compare(readings, sources, edits, known))
        compared = {name: partial(found.reader, name) for name in COMPARED}
        return Made({**known, **compared}, parts, held.pop_all())


stage = stage_asset(
    "normalise",
    step,
    {
        "indicator_synonyms": ["indicators"],
        "organisations": ["regions"],
        "organisation_mentions": ["organisations", "passages", "documents", "edits"],
        "readings": ["claims", "organisation_mentions", "indicators", "indicator_synonyms"],
        "observations": [
            "readings",
            "claims",
            "sources",
            "indicators",
            "indicator_synonyms",
            "organisations",
            "regions",
        ],
        "evidence": ["observations", "claims", "sources"],
        "comparisons": ["observations"],
        "progress": ["observations", "comparisons"],
        "conflicts": ["observations", "evidence"],
        "conflict_claims": ["conflicts", "claims"],
        "warnings": ["observations", "evidence", "progress"],
        "programmes": ["passages", "sources"],
        "programme_claims": ["programmes", "claims"],
        "parks": ["passages", "regions", "documents", "edits"],
        "park_industries": ["parks"],
    },
)
