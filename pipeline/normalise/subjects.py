"""Whom a claim is about, where that is not a place as a whole: an organisation, or a zone that has no code."""

from collections.abc import Iterable

import pyarrow as pa

from pipeline.normalise.model import Row
from pipeline.normalise.wording import plain


class Subjects:
    """Names of organisations, zones and groups of places, in their plain form.

    ``mentions``: rows of ``organisation_mentions``. A short form means for a claim what it means in its document (华录, 省政府).
    """

    def __init__(self, organisations: pa.Table, regions: pa.Table, mentions: Iterable[Row] = ()) -> None:
        self._organisations = _names(organisations, "organisation_id", ("name_zh",))
        uncoded = regions.filter(pa.compute.is_null(regions.column("gb2260")))
        self._regions = _names(uncoded, "region_id", ("name_zh", "name_short"))
        self._places = _names(regions, "region_id", ("name_zh", "name_short"))
        self._told = {(row["source_id"], plain(row["mention"])): row["organisation_id"] for row in mentions}

    def resolve(self, subject: str, source_id: str | None = None) -> tuple[str | None, str | None]:
        """Region and organisation a subject names; both null where it names neither (a project, a platform, a park).

        A place before a name that has none (大连华录) says where, not who.
        """
        name = plain(subject)
        if name in self._regions:
            return self._regions[name], None
        for rest in (name, *(name[at:] for at in range(2, len(name) - 1) if name[:at] in self._places)):
            organisation = self._organisations.get(rest) or self._told.get((source_id or "", rest))
            if organisation is not None:
                return None, organisation
        return None, None


def _names(table: pa.Table, key: str, columns: tuple[str, ...]) -> dict[str, str]:
    """Plain names and aliases to identifiers; a name of two belongs to the first by identifier."""
    found: dict[str, str] = {}
    for row in sorted(table.to_pylist(), key=lambda row: str(row[key])):
        for name in [*(row[column] for column in columns), *(row["aliases"] or "").split("|")]:
            if name:
                found.setdefault(plain(name), row[key])
    return found
