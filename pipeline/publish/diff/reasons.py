"""The cause of every change: of a claim by itself, of all else by the claims, observations and documents it rests on."""

from pipeline.publish.diff.causes import Causes, first
from pipeline.publish.diff.claims import Pair, Row
from pipeline.publish.diff.model import Cause
from pipeline.publish.diff.observations import ASKED
from pipeline.publish.diff.pairs import MASTER, POINTERS, Pairs
from pipeline.publish.diff.rows import key_of

IDENTIFIERS = ("indicator_id", "region_id", "organisation_id", "unit")
PIPELINE = ("table", "code", "undecided")
"""Causes that are left when the documents say nothing."""


class Reasons:
    """Causes by table. Claims are to be asked before observations, and observations before the tables that follow from them."""

    def __init__(self, pairs: Pairs, causes: Causes) -> None:
        self.pairs, self.causes = pairs, causes
        self._told: dict[str, Cause] = {}
        """By identifier, for the claims and observations of either release that differ."""

    def of(self, name: str, differing: list[Pair]) -> list[Cause]:
        """The cause of each differing pair of a table."""
        if name == "claims":
            return [self._keep(pair, "claim_id", self.causes.of_claim(*pair)) for pair in differing]
        if name == "observations":
            found = [self._keep(pair, "observation_id", self._of_observation(pair)) for pair in differing]
            return [self._of_neighbour(pair, cause) for pair, cause in zip(differing, found, strict=True)]
        return [self._of_row(name, pair) for pair in differing]

    def _keep(self, pair: Pair, identifier: str, cause: Cause) -> Cause:
        self._told |= {row[identifier]: cause for row in pair if row}
        return cause

    def _of_observation(self, pair: Pair) -> Cause:
        """The surest cause among the claims it rests on that came, went or changed; else the registry; else the pipeline."""
        old, new = self.pairs.claims_of(pair)
        partners = self.pairs.partners
        kept = {claim for claim in old if partners.get(claim) in new}
        moved = (old - kept) | (new - {partners[claim] for claim in kept})
        causes = [self._told[claim] for claim in sorted(old | new) if claim in self._told]
        causes += [found for name in sorted(map(_document, moved)) if (found := self.causes.of_document(name))]
        if not causes:
            documents = sorted({_document(claim) for claim in old | new})
            causes = [found for name in documents if (found := self.causes.of_registry(name))]
        names = {str(row[column]) for row in pair if row for column in IDENTIFIERS if row.get(column)}
        return first(causes) or self.causes.of_pipeline("observations", self._words(old | new), names)

    def _of_neighbour(self, pair: Pair, cause: Cause) -> Cause:
        """A figure that only stands otherwise (superseded, preferred) does so for another answer to its question."""
        old, new = pair
        if not (old and new) or old["observation_id"] != new["observation_id"] or cause.code not in PIPELINE:
            return cause
        others = sorted(self._answers(old) - {old["observation_id"]})
        causes = [self._told[name] for name in others if name in self._told]
        return first(found for found in causes if found.code not in PIPELINE) or cause

    def _of_row(self, name: str, pair: Pair) -> Cause:
        rows = [row for row in pair if row]
        if name in MASTER and (seed := self.causes.of_seed(name, key_of(name, rows[0]))):
            return seed
        if name == "corrections":
            return self.causes.of_document(rows[0]["source_id"]) or Cause("correction", rows[0]["correction_id"])
        if name == "sources":
            source_id = rows[0]["source_id"]
            found = self.causes.of_document(source_id) or self.causes.of_registry(source_id)
            return found or self.causes.of_pipeline(name, "", ())
        referred = {str(cell) for row in rows for column, cell in row.items() if column.endswith(POINTERS)}
        referred |= self._answers(rows[0]) if name == "conflicts" else set()
        cause = first(self._told[one] for one in sorted(referred) if one in self._told)
        words = "\n".join(str(cell) for row in rows for cell in row.values())
        return cause or self.causes.of_pipeline(name, words, {key_of(name, row).split("|")[0] for row in rows})

    def _answers(self, asked: Row) -> set[str]:
        """Observations of either release that answer the question of a row."""
        question = [asked.get(column) for column in ASKED]
        sides = (self.pairs.old, self.pairs.new)
        rows = (row for side in sides for row in side.rows.get("observations", ()))
        return {row["observation_id"] for row in rows if [row.get(column) for column in ASKED] == question}

    def _words(self, claims: set[str]) -> str:
        """The words of claims, as either release has them."""
        mine = [pair for pair in self.pairs.claims if any(row and row["claim_id"] in claims for row in pair)]
        return "\n".join(self.causes.text(*pair) for pair in mine)


def _document(claim_id: str) -> str:
    return claim_id.rpartition(":")[0]
