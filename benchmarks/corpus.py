"""A corpus to measure with, written as a folder of sources with its registry, as one file of JSON lines, or as one Parquet file.

    python -m benchmarks.corpus FOLDER --documents 1000 --kind mixed --seed 1
    python -m benchmarks.corpus corpus.jsonl --documents 1000
    python -m benchmarks.corpus corpus.parquet --documents 1000

A record of the last two has the fields ``id``, ``text`` and the registry's columns but ``file``.
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.documents import FORMS, REGISTRY, Document, documents

FIELDS = ("id", "text", *REGISTRY[1:])
ROWS = 5000
"""Documents in a row group of the Parquet file."""


def record(made: Document) -> dict[str, str]:
    """A document as one record: its identifier, its text and its row of the registry."""
    told = {"id": Path(made.file).stem, "text": made.text, **made.row}
    return {field: told[field] for field in FIELDS}


def write_folder(folder: Path, made: Iterable[Document]) -> int:
    """A folder of sources with its registry; the bytes of all documents."""
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as registry:
        rows = csv.DictWriter(registry, REGISTRY, lineterminator="\n")
        rows.writeheader()
        for document in made:
            size += (folder / document.file).write_bytes(document.data)
            rows.writerow(document.row)
    return size


def write_jsonl(path: Path, made: Iterable[Document]) -> int:
    """One record a line; the bytes of all documents."""
    size = 0
    with path.open("w", encoding="utf-8", newline="\n") as lines:
        for document in made:
            lines.write(json.dumps(record(document), ensure_ascii=False) + "\n")
            size += len(document.data)
    return size


def write_parquet(path: Path, made: Iterable[Document]) -> int:
    """One record a row, columns of strings; the bytes of all documents."""
    size = 0
    schema = pa.schema([pa.field(name, pa.string(), nullable=False) for name in FIELDS])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(made):
            size += sum(len(document.data) for document in group)
            writer.write_table(pa.Table.from_pylist([record(document) for document in group], schema))
    return size


def _groups(made: Iterable[Document]) -> Iterator[list[Document]]:
    left = iter(made)
    while group := list(islice(left, ROWS)):
        yield group


def write(path: Path, made: Iterable[Document]) -> int:
    """The form that the ending of the name tells, a folder where it has none of them; the bytes of all documents."""
    forms = {".jsonl": write_jsonl, ".parquet": write_parquet}
    return forms.get(path.suffix, write_folder)(path, made)


def main() -> None:
    """Write a corpus."""
    options = argparse.ArgumentParser(
        prog="python -m benchmarks.corpus", description=(__doc__ or "").partition("\n")[0]
    )
    options.add_argument("path", type=Path, help="a folder, or a file that ends in .jsonl or .parquet")
    options.add_argument("--documents", type=int, default=1000)
    options.add_argument("--kind", choices=FORMS, default="mixed")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    size = write(given.path, documents(given.documents, given.seed, given.kind))
    print(f"{given.documents:,} documents, {size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
