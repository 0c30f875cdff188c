"""Claims of single documents, for ``liaoning extract``, ``explain`` and ``score``: the stages ingest, clean and extract in memory, nothing gated or kept.

What the stages do with one document is asked of it as rows, without tables: Arrow would take a quarter of the time.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import clean, extract, ingest
from pipeline.clean.corrections import corrections
from pipeline.clean.run import cleaned
from pipeline.clean.run import failure as not_cleaned
from pipeline.contract.collector import resting
from pipeline.extract.jsonl import lines, objects
from pipeline.extract.run import claims_alone
from pipeline.extract.run import failure as not_extracted

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.explain import Step


class ProblemError(Exception):
    """A document cannot be read; the message names it, the reason and what to do."""


class Document(NamedTuple):
    """What was read of one: its row of ``sources``, its raw text, its rows of ``claims``."""

    source: dict[str, Any]
    text: str
    claims: list[dict[str, Any]]

    def objects(self) -> Iterator[dict[str, Any]]:
        """The claims as objects of the annotation guideline."""
        return objects(self.source["file"], self.text, self.claims)


def claims_of(path: Path, published: str | None = None, region: str | None = None) -> Iterator[str]:
    """The claims of one file as JSON lines in document order.

    ``published`` and ``region`` fill in what neither the registry beside the file nor its head tells. Raises ProblemError.
    """
    yield from lines(_read(path, published, region).objects())


def kind_and_claims(path: Path) -> tuple[str, list[dict[str, Any]]]:
    """The kind of a document as its registry tells, and its claims, each with its ``confidence``. Raises ProblemError."""
    read = _read(path, None, None)
    told = [claim | {"confidence": row["confidence"]} for claim, row in zip(read.objects(), read.claims, strict=True)]
    return read.source["document_type"], told


def explained(
    path: Path, at: int | None, quote: str | None, published: str | None = None, region: str | None = None
) -> "Iterator[Step]":
    """Why the numeral at raw offset ``at``, or the first in the first occurrence of ``quote``, became its claim or none.

    Raises ProblemError where the file cannot be read, the quote does not occur or no numeral stands there.
    """
    # With what it needs: a tenth of a second that the other commands do not spend.
    from pipeline.explain import Explained

    tables = _tables(path, published, region)
    try:
        yield from Explained(tables).steps(at, quote)
    except ValueError as error:
        raise ProblemError(f"{path}: {error}") from error


@resting()
def _read(path: Path, published: str | None, region: str | None) -> Document:
    with _told(path):
        read = ingest.read_file(path, published=published, region_id=region)
    if read.document is None:
        raise _problem(path, read.set_aside or {})
    source, document = ingest.rows_of(read.document)
    with _declared():
        corrections()
    try:
        made = cleaned(source, document)
    except Exception as error:
        raise _problem(path, not_cleaned(source, error)) from error
    try:
        claims = claims_alone(source, made.text, made.passages)
    except Exception as error:
        raise _problem(path, not_extracted(source["file"], error)) from error
    return Document(source, document["text"], claims)


def _tables(path: Path, published: str | None, region: str | None) -> "dict[str, pa.Table]":
    """The tables of the three stages; the quarantine is empty."""
    with _told(path):
        read = ingest.run_files([path], published=published, region_id=region)
    _refuse(path, read)
    with _declared():
        cleaned = clean.run(read["sources"], read["documents"])
    _refuse(path, cleaned)
    found = extract.run(read["sources"], read["documents"], cleaned["edits"], cleaned["passages"])
    _refuse(path, found)
    return read | cleaned | found


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """ProblemError for what cannot be opened, is a folder, or of which too little or too much was told."""
    try:
        if path.is_dir():
            raise ProblemError(
                f"{path}: this is a folder; name its files, or build a dataset of it with `liaoning build --sources`"
            )
        yield
    except ValueError as error:
        raise ProblemError(f"{path}: {error}") from error
    except OSError as error:
        raise ProblemError(f"{path}: {error.strerror}; check the name of the file") from error


@contextmanager
def _declared() -> Iterator[None]:
    """ProblemError where the file of corrections is not as it should be."""
    try:
        yield
    except ValueError as error:
        raise ProblemError(f"{error}; mend the file in seeds/") from error


def _refuse(path: Path, part: "dict[str, pa.Table]") -> None:
    for row in part["quarantine"].to_pylist():
        raise _problem(path, row)


def _problem(path: Path, row: Mapping[str, Any]) -> ProblemError:
    return ProblemError(f"{path}: {row['detail']} ({row['reason']}); {row['advice']}")
