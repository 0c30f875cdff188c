"""All descriptors of a release, written into its folder."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa

from pipeline.publish.descriptors.card import card
from pipeline.publish.descriptors.citation import citation
from pipeline.publish.descriptors.croissant import croissant
from pipeline.publish.descriptors.datapackage import datapackage
from pipeline.publish.descriptors.dictionary import dictionary
from pipeline.publish.descriptors.facts import Facts, Manifest, facts_of
from pipeline.publish.descriptors.licence import licence
from pipeline.publish.descriptors.linked import linked
from pipeline.publish.descriptors.page import page

WRITERS: dict[str, Callable[[Facts], str]] = {
    "CITATION.cff": citation,
    "LICENSE": licence,
    "README.md": card,
    "croissant.json": croissant,
    "datapackage.json": datapackage,
    "dataset.jsonld": linked,
    "dictionary.html": page,
    "dictionary.md": dictionary,
}
FILES = tuple(WRITERS)
"""Names of the descriptors, sorted."""


def write_descriptors(folder: Path, manifest: Manifest, tables: Mapping[str, pa.Table]) -> list[Path]:
    """Write every descriptor into ``folder``; the paths written, by name.

    ``manifest`` tells version, date, licence and the Parquet files; ``tables`` are those that are quoted, by name.
    """
    facts = facts_of(manifest, tables)
    written = []
    for name, text in WRITERS.items():
        path = folder / name
        path.write_text(text(facts), encoding="utf-8", newline="\n")
        written.append(path)
    return written
