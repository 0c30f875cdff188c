"""Claims of single documents, for ``liaoning extract``, ``explain`` and ``score``: the stages ingest, clean and extract in memory, nothing gated or kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipeline import clean, extract, ingest
from pipeline.extract.jsonl import lines, objects

if TYPE_CHECKING:
    from pipeline.explain import Step


class ProblemError(Exception):
    """A document cannot be read; the message names it, the reason and what to do."""


def claims_of(path: Path, published: str | None = None, region: str | None = None) -> Iterator[str]:
    """The claims of one file as JSON lines in document order.

    ``published`` and ``region`` fill in what neither the registry beside the file nor its head tells. Raises ProblemError.
    """
    read = _read(path, published, region)
    yield from lines(objects(read["sources"], read["documents"], read["claims"]))


def kind_and_claims(path: Path) -> tuple[str, list[dict[str, Any]]]:
    """The kind of a document as its registry tells, and its claims, each with its ``confidence``. Raises ProblemError."""
    read = _read(path, None, None)
    found = objects(read["sources"], read["documents"], read["claims"])
    sure = read["claims"].column("confidence").to_pylist()
    told = [claim | {"confidence": score} for claim, score in zip(found, sure, strict=True)]
    return read["sources"].column("document_type")[0].as_py(), told


def explained(
    path: Path, at: int | None, quote: str | None, published: str | None = None, region: str | None = None
) -> "Iterator[Step]":
    """Why the numeral at raw offset ``at``, or the first in the first occurrence of ``quote``, became its claim or none.

    Raises ProblemError where the file cannot be read, the quote does not occur or no numeral stands there.
    """
    # With what it needs: a tenth of a second that the other commands do not spend.
    from pipeline.explain import Explained

    read = _read(path, published, region)
    try:
        yield from Explained(read).steps(at, quote)
    except ValueError as error:
        raise ProblemError(f"{path}: {error}") from error


def _read(path: Path, published: str | None, region: str | None) -> dict[str, pa.Table]:
    """The tables of the three stages; the quarantine is empty."""
    try:
        if path.is_dir():
            raise ProblemError(
                f"{path}: this is a folder; name its files, or build a dataset of it with `liaoning build --sources`"
            )
        read = ingest.run_files([path], published=published, region_id=region)
    except ValueError as error:
        raise ProblemError(f"{path}: {error}") from error
    except OSError as error:
        raise ProblemError(f"{path}: {error.strerror}; check the name of the file") from error
    _refuse(path, read)
    try:
        cleaned = clean.run(read["sources"], read["documents"])
    except ValueError as error:
        raise ProblemError(f"{error}; mend the file in seeds/") from error
    _refuse(path, cleaned)
    found = extract.run(read["sources"], read["documents"], cleaned["edits"], cleaned["passages"])
    _refuse(path, found)
    return read | cleaned | found


def _refuse(path: Path, part: dict[str, pa.Table]) -> None:
    for row in part["quarantine"].to_pylist():
        raise ProblemError(f"{path}: {row['detail']} ({row['reason']}); {row['advice']}")
