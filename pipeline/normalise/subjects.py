"""Whom a claim is about, where that is not a place as a whole: an organisation, or a zone that has no code."""

import pyarrow as pa

from pipeline.normalise.wording import plain


class Subjects:
    """Names of organisations, zones and groups of places, in their plain form."""

    def __init__(self, organisations: pa.Table, regions: pa.Table) -> None:
        self._organisations = _names(organisations, "organisation_id", ("name_zh",))
        uncoded = regions.filter(pa.compute.is_null(regions.column("gb2260")))
        self._regions = _names(uncoded, "region_id", ("name_zh", "name_short"))

    def resolve(self, subject: str) -> tuple[str | None, str | None]:
        """Region and organisation a subject names; both null where it names neither (a project, a platform, a park)."""
        name = plain(subject)
        return self._regions.get(name), self._organisations.get(name)


def _names(table: pa.Table, key: str, columns: tuple[str, ...]) -> dict[str, str]:
    """Plain names and aliases to identifiers; a name of two belongs to the first by identifier."""
    found: dict[str, str] = {}
    for row in sorted(table.to_pylist(), key=lambda row: str(row[key])):
        for name in [*(row[column] for column in columns), *(row["aliases"] or "").split("|")]:
            if name:
                found.setdefault(plain(name), row[key])
    return found
