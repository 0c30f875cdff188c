"""Stage normalise: claims to observations, and what follows from comparing them."""

from assets.comparing import compared
from assets.mapped import over_batches
from assets.stage import Made, stage_asset
from assets.workspace import Workspace
from pipeline.normalise.read import MEANT, master, organisations


def step(workspace: Workspace) -> Made:
    """Read the claims of every document, batch by batch, then compare what they say."""
    parts = over_batches(workspace, "normalise").parts
    known = master().tables | {"organisations": organisations(part.read(MEANT) for part in parts)}
    return Made(known, parts, compared(workspace, parts, known["organisations"]))


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
