"""The rows of two releases in pairs, table by table: claims first, observations by them, what follows from both by them."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from pipeline.publish.diff.claims import Pair, Row, pair_claims
from pipeline.publish.diff.observations import pair_observations
from pipeline.publish.diff.origins import Origins
from pipeline.publish.diff.rows import key_of

DERIVED = ("progress", "comparisons", "conflicts", "warnings")
"""Tables that follow from observations."""
MASTER = ("indicators", "indicator_synonyms", "regions", "organisations", "codes")
"""Tables that are copied from a word table of the same name."""
POINTERS = ("observation_id", "claim_id")
"""How names of columns end that point to an observation or a claim."""
NO_KEY = {"warnings": ("kind", "observation_id", "other_observation_id")}
"""Tables whose key is a hash over identifiers of observations, and what the hash is of."""


class Pairs:
    """Pairs of two releases."""

    def __init__(self, origins: Origins) -> None:
        self.origins = origins
        self.old, self.new = origins.old, origins.new

    def of(self, name: str) -> list[Pair]:
        """Every row of a table once, with its partner or alone. A row that follows from an observation is the same row as
        the one that follows from its partner."""
        if name == "claims":
            return self.claims
        if name == "observations":
            return self.observations
        older: dict[str, Row] = {}
        for row in self.old.rows.get(name, ()):
            older[self._key(name, self.renamed(row))] = row
        newer = {self._key(name, row): row for row in self.new.rows.get(name, ())}
        return [(older.get(key), newer.get(key)) for key in sorted(older.keys() | newer.keys())]

    @cached_property
    def claims(self) -> list[Pair]:
        """Claims in pairs."""
        old, new = (side.rows.get("claims", ()) for side in (self.old, self.new))
        return pair_claims(old, new, self.origins.revised)

    @cached_property
    def partners(self) -> dict[str, str]:
        """The newer claim by the older one."""
        return {one["claim_id"]: other["claim_id"] for one, other in self.claims if one and other}

    @cached_property
    def links(self) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
        """Claims by observation, in the older and the newer release."""
        return _linked(self.old.rows.get("evidence", ())), _linked(self.new.rows.get("evidence", ()))

    @cached_property
    def observations(self) -> list[Pair]:
        """Observations in pairs."""
        old, new = (side.rows.get("observations", ()) for side in (self.old, self.new))
        return pair_observations(old, new, *self.links, self.partners)

    @cached_property
    def successors(self) -> dict[str, str]:
        """The newer observation by the older one."""
        return {one["observation_id"]: other["observation_id"] for one, other in self.observations if one and other}

    def renamed(self, row: Row) -> Row:
        """An older row that points to what the newer release calls otherwise, with the newer names."""
        return {
            column: self._names.get(cell, cell) if column.endswith(POINTERS) else cell for column, cell in row.items()
        }

    @cached_property
    def _names(self) -> dict[str, str]:
        return self.partners | self.successors

    def claims_of(self, pair: Pair) -> tuple[set[str], set[str]]:
        """The claims an observation rests on, in the older and the newer release."""
        old, new = (
            set(links.get(row["observation_id"], ())) if row else set()
            for row, links in zip(pair, self.links, strict=True)
        )
        return old, new

    @staticmethod
    def _key(name: str, row: Row) -> str:
        return "|".join(str(row.get(column)) for column in NO_KEY[name]) if name in NO_KEY else key_of(name, row)


def _linked(evidence: Iterable[Row]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in evidence:
        found.setdefault(row["observation_id"], []).append(row["claim_id"])
    return found
