"""What the comparing modules ask of the documents: when they were published, by whom, and which are copies."""

from collections.abc import Iterable
from datetime import date

from pipeline.normalise.model import Row

# Who counts more where figures disagree: the statistician before the office that plans, both before who retells.
AUTHORITY = ("statistics_office", "government", "media", "company", "unknown")
# What speaks against the page, least first: nothing that is known (a page nobody has rated included), a copyist's hand,
# a date that cannot be right. A page without a source stands behind everything.
STANDING = (frozenset({"first_hand", "unrated"}), frozenset({"repost"}), frozenset({"doubtful_date"}))
DOUBTFUL = len(STANDING) - 1
UNSOURCED = len(STANDING)


class Sources:
    """The rows of ``sources`` by identifier, with the questions asked of them. An unknown document answers null."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = {row["source_id"]: row for row in sorted(rows, key=lambda row: str(row["source_id"]))}
        self._first: dict[str, str] = {}
        for source_id, row in self._rows.items():
            self._first.setdefault(self.original(source_id) or row["sha256"], source_id)

    def row(self, source_id: str) -> Row | None:
        """The row of a document."""
        return self._rows.get(source_id)

    def original(self, source_id: str) -> str | None:
        """sha256 of the original a document stands for: its own bytes, or those of the text it is a digest of."""
        row = self._rows.get(source_id)
        if row is None:
            return None
        found: str | None = row["original_sha256"] if row["edition"] == "digest" else row["sha256"]
        return found

    def published(self, source_id: str) -> date | None:
        """Last day its date of publication allows."""
        row = self._rows.get(source_id)
        found: date | None = row["published_to"] if row else None
        return found

    def published_text(self, source_id: str) -> str | None:
        """Its date of publication at the precision known."""
        row = self._rows.get(source_id)
        found: str | None = row["published"] if row else None
        return found

    def authority(self, source_id: str) -> int:
        """Rank of its publisher, 0 the highest."""
        row = self._rows.get(source_id)
        kind = row["publisher_type"] if row else "unknown"
        return AUTHORITY.index(kind) if kind in AUTHORITY else len(AUTHORITY)

    def standing(self, source_id: str) -> int:
        """Rank of the page it was read from, 0 the highest; ``UNSOURCED`` for a page without a source."""
        row = self._rows.get(source_id)
        return next((rank for rank, codes in enumerate(STANDING) if row and row["standing"] in codes), UNSOURCED)

    def is_copy(self, source_id: str) -> bool:
        """Whether it repeats another document: declared a duplicate, or a second edition of one original."""
        row = self._rows.get(source_id)
        if row is None:
            return False
        return row["duplicate_of"] is not None or self._first[self.original(source_id) or row["sha256"]] != source_id
