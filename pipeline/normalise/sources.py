"""What the comparing modules ask of the documents: when they were published, by whom, and which are copies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.normalise.model import Row

# Who counts more where figures disagree: the statistician before the office that plans, both before who retells.
AUTHORITY = ("statistics_office", "government", "media", "company", "unknown")
# What speaks against the page, least first: nothing that is known (a page nobody has rated included), a copyist's hand,
# a date that cannot be right. A page without a source stands behind everything.
STANDING = (frozenset({"first_hand", "unrated"}), frozenset({"repost"}), frozenset({"doubtful_date"}))
DOUBTFUL = len(STANDING) - 1
UNSOURCED = len(STANDING)


# Columns of ``sources`` that are asked for.
COLUMNS = (
    "source_id",
    "file",
    "publisher_type",
    "standing",
    "published",
    "published_to",
    "edition",
    "original_sha256",
    "sha256",
    "duplicate_of",
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is asked of a document: ``original`` is the sha256 of what it stands for, its own bytes or those of the text it
    is a digest of; ``copy`` whether it is declared to repeat another one; the ranks are 0 at the highest."""

    file: str
    digest: bool
    sha256: str
    original: str | None
    copy: bool
    published: date | None
    published_text: str | None
    authority: int
    standing: int


def _known(row: Row) -> Known:
    kind, digest = row["publisher_type"], row["edition"] == "digest"
    return Known(
        file=row["file"],
        digest=digest,
        sha256=row["sha256"],
        original=row["original_sha256"] if digest else row["sha256"],
        copy=row["duplicate_of"] is not None,
        published=row["published_to"],
        published_text=row["published"],
        authority=AUTHORITY.index(kind) if kind in AUTHORITY else len(AUTHORITY),
        standing=next((rank for rank, codes in enumerate(STANDING) if row["standing"] in codes), UNSOURCED),
    )


class Sources:
    """The rows of ``sources`` by identifier, with the questions asked of them. An unknown document answers null."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._known = {row["source_id"]: _known(row) for row in rows}
        self._first: dict[str, str] = {}
        for source_id, known in sorted(self._known.items()):
            self._first.setdefault(known.original or known.sha256, source_id)

    def known(self, source_id: str) -> Known | None:
        """What is known of a document."""
        return self._known.get(source_id)

    def published(self, source_id: str) -> date | None:
        """Last day its date of publication allows."""
        known = self._known.get(source_id)
        return known.published if known else None

    def published_text(self, source_id: str) -> str | None:
        """Its date of publication at the precision known."""
        known = self._known.get(source_id)
        return known.published_text if known else None

    def authority(self, source_id: str) -> int:
        """Rank of its publisher, 0 the highest."""
        known = self._known.get(source_id)
        return known.authority if known else AUTHORITY.index("unknown")

    def standing(self, source_id: str) -> int:
        """Rank of the page it was read from, 0 the highest; ``UNSOURCED`` for a page without a source."""
        known = self._known.get(source_id)
        return known.standing if known else UNSOURCED

    def is_copy(self, source_id: str) -> bool:
        """Whether it repeats another document: declared a duplicate, or a second edition of one original."""
        known = self._known.get(source_id)
        if known is None:
            return False
        return known.copy or self._first[known.original or known.sha256] != source_id
