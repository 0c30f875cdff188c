"""Claims of single documents, for ``liaoning extract``: the stages ingest, clean and extract in memory, nothing gated or kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline import clean, extract, ingest
from pipeline.extract.jsonl import lines, objects


class ProblemError(Exception):
    """A document cannot be read; the message names it, the reason and what to do."""


def claims_of(path: Path, published: str | None = None, region: str | None = None) -> Iterator[str]:
    """The claims of one file as JSON lines in document order.

    ``published`` and ``region`` fill in what neither the registry beside the file nor its head tells. Raises ProblemError.
    """
    read, claims = _read(path, published, region)
    yield from lines(objects(read["sources"], read["documents"], claims))


def kind_and_claims(path: Path) -> tuple[str, list[dict[str, Any]]]:
    """The kind of a document as its registry tells, and its claims. Raises ProblemError."""
    read, claims = _read(path, None, None)
    return read["sources"].column("document_type")[0].as_py(), list(objects(read["sources"], read["documents"], claims))


def _read(path: Path, published: str | None, region: str | None) -> tuple[dict[str, pa.Table], pa.Table]:
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
    cleaned = clean.run(read["sources"], read["documents"])
    _refuse(path, cleaned)
    found = extract.run(read["sources"], read["documents"], cleaned["edits"], cleaned["passages"])
    _refuse(path, found)
    return read, found["claims"]


def _refuse(path: Path, part: dict[str, pa.Table]) -> None:
    for row in part["quarantine"].to_pylist():
        raise ProblemError(f"{path}: {row['detail']} ({row['reason']}); {row['advice']}")
