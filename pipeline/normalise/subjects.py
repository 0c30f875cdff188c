"""Whom a claim is about, where that is not a place as a whole: an organisation, or a zone that has no code.

In two steps, for a document alone knows what its short forms mean, and all documents together which organisations there are.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa

from pipeline.normalise.model import Row
from pipeline.normalise.wording import plain


@dataclass(frozen=True, slots=True)
class Asked:
    """What a document tells of a subject: the place it is; else its plain ``name`` and, where the document itself named an
    organisation so, that one, with how many characters of a place stand before its name."""

    region_id: str | None
    name: str | None = None
    told_at: int | None = None
    told_id: str | None = None


class Places:
    """Names of places in their plain form. One that stands before a name that has none (大连华录) says where, not who."""

    def __init__(self, regions: pa.Table) -> None:
        uncoded = regions.filter(pa.compute.is_null(regions.column("gb2260")))
        self.uncoded = _names(uncoded, "region_id", ("name_zh", "name_short"))
        self._known = _names(regions, "region_id", ("name_zh", "name_short"))

    def rests(self, name: str) -> Iterator[tuple[int, str]]:
        """The name, and what is left of it after a place, each with where it begins."""
        yield 0, name
        for at in range(2, len(name) - 1):
            if name[:at] in self._known:
                yield at, name[at:]


class Told:
    """What names mean in their own documents; ``mentions``: rows of ``organisation_mentions``."""

    def __init__(self, places: Places, mentions: Iterable[Row] = ()) -> None:
        self._places = places
        self._told = {(row["source_id"], plain(row["mention"])): row["organisation_id"] for row in mentions}

    def ask(self, subject: str, source_id: str | None = None) -> Asked:
        """What a document alone tells of a subject."""
        name = plain(subject)
        if name in self._places.uncoded:
            return Asked(self._places.uncoded[name])
        for at, rest in self._places.rests(name):
            if (told := self._told.get((source_id or "", rest))) is not None:
                return Asked(None, name, at, told)
        return Asked(None, name)


class Named:
    """The organisations that the table or any document names."""

    def __init__(self, organisations: pa.Table, places: Places) -> None:
        self._places = places
        self._organisations = _names(organisations, "organisation_id", ("name_zh",))

    def organisation(self, name: str, told_at: int | None, told_id: str | None) -> str | None:
        """The organisation of a subject; null where it names none (a project, a platform, a park). Of a name that both the
        table and the document know the longer one counts, then the table's."""
        for at, rest in self._places.rests(name):
            if told_at is not None and at > told_at:
                break
            if (found := self._organisations.get(rest)) is not None:
                return found
        return told_id


class Subjects:
    """Both steps at once. ``mentions``: rows of ``organisation_mentions``. A short form means for a claim what it means in
    its document (华录, 省政府)."""

    def __init__(self, organisations: pa.Table, regions: pa.Table, mentions: Iterable[Row] = ()) -> None:
        places = Places(regions)
        self.told = Told(places, mentions)
        self.named = Named(organisations, places)

    def resolve(self, subject: str, source_id: str | None = None) -> tuple[str | None, str | None]:
        """Region and organisation a subject names; both null where it names neither (a project, a platform, a park)."""
        asked = self.told.ask(subject, source_id)
        if asked.name is None:
            return asked.region_id, None
        return None, self.named.organisation(asked.name, asked.told_at, asked.told_id)


def _names(table: pa.Table, key: str, columns: tuple[str, ...]) -> dict[str, str]:
    """Plain names and aliases to identifiers; a name of two belongs to the first by identifier."""
    found: dict[str, str] = {}
    listed = table.select([key, *columns, "aliases"]).to_pylist()
    for row in sorted(listed, key=lambda row: str(row[key])):
        for name in [*(row[column] for column in columns), *(row["aliases"] or "").split("|")]:
            if name:
                found.setdefault(plain(name), row[key])
    return found
