"""Stage normalise: claims to observations, and what follows from comparing them."""

from assets.stage import Made, stage_asset, whole
from assets.workspace import Workspace
from pipeline import normalise

READS = ("sources", "documents", "edits", "passages", "claims")


def step(workspace: Workspace) -> Made:
    """Compare the claims of all documents."""
    found = normalise.run(*(workspace.read(name) for name in READS))
    workspace.write_part("quarantine", "normalise", found["quarantine"])
    return Made(whole(found, "normalise"))


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
