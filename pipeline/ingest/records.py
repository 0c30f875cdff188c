"""Documents in one file instead of a folder, a record a document: JSON lines, plain or packed by zstd, or Parquet.

A record has an ``id``, which names the document as a file's name does, and its ``text``, or its ``bytes`` in Parquet; all other fields
are cells of the registry. A record that is none is told in ``quarantine`` with its line, and the others are read.

The file is read once, from its beginning to its end and never as a whole. The bytes of the documents are laid one after the other into a file
of their own, so that whoever reads a batch reads these bytes and nothing else, whatever the form was.
"""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from pipeline.ingest.files import LARGEST, safe_name, too_large
from pipeline.ingest.registry import ALIASES, CELLS, Registry, described
from pipeline.ingest.unreadable import SourcesError, UnreadableError

IDENTIFIER, TEXT, BYTES = "id", "text", "bytes"
CORRECT = "correct the record"
LONGEST = 4 * LARGEST
"""Bytes of a line that are looked at: the longest document with every character written as an escape."""
ROWS = 256
"""Rows of Parquet that are held at once."""

Record = Mapping[str, Any] | UnreadableError
Records = Iterator[tuple[int, Record]]
"""Line (or row, from 1) and record, or why it is none."""


def is_records(path: Path) -> bool:
    """Whether the name of a file says that it holds records."""
    return path.name.endswith(tuple(FORMS)) and path.is_file()


def read_records(path: Path, texts: Path) -> Registry:
    """The documents of a file of records. ``texts``: the file that their bytes are written to, where each entry's ``span`` finds
    them. Raises SourcesError where the file as a whole cannot be read."""
    found = Registry(True)
    taken, unknown = set[str](), set[str]()
    form = next(form for ending, form in FORMS.items() if path.name.endswith(ending))
    texts.parent.mkdir(parents=True, exist_ok=True)
    with texts.open("wb") as kept:
        for line, record in form(path):
            try:
                file, data, cells = _told(record, unknown)
                if file in taken:
                    raise UnreadableError(
                        "bad_registry_row", f"{file} has a record already", "keep one record a document"
                    )
                entry, passed = described(texts, file, cells, CORRECT, (kept.tell(), len(data)))
            except UnreadableError as error:
                found.quarantine.append(error.row(f"{path.name}:{line}"))
                continue
            kept.write(data)
            taken.add(file)
            found.entries.append(entry)
            found.quarantine += [wrong.row(f"{path.name}:{line}") for wrong in passed]
    if unknown:
        found.remarks.append(f"{path.name}: fields not known and not read: {', '.join(sorted(unknown))}")
    return found


def _told(record: Record, unknown: set[str]) -> tuple[str, bytes, dict[str, str]]:
    """Name, bytes and cells of a record; fields that nobody knows are told to ``unknown``."""
    if isinstance(record, UnreadableError):
        raise record
    name = record.get(IDENTIFIER)
    file = safe_name(str(name).strip()) if isinstance(name, str | int) and not isinstance(name, bool) else ""
    if not file:
        raise UnreadableError("bad_registry_row", "the record has no id", f"{CORRECT}: name each document once")
    cells = {}
    for field, value in record.items():
        column = ALIASES.get(field, field)
        if column in CELLS:
            if value is not None:
                cells[column] = _cell(file, field, value)
        elif field not in (IDENTIFIER, TEXT, BYTES):
            unknown.add(safe_name(field))
    return file, _bytes(file, record), cells


def _bytes(file: str, record: Mapping[str, Any]) -> bytes:
    text = record.get(TEXT)
    found = record.get(BYTES) if text is None else text
    if isinstance(found, str):
        try:
            found = found.encode()
        except UnicodeEncodeError as error:
            raise UnreadableError(
                "bad_registry_row", f"{file}: its text holds half a character", f"{CORRECT}, or fetch the text again"
            ) from error
    if not isinstance(found, bytes):
        said = "the record has no text" if found is None else "its text is no text"
        raise UnreadableError("bad_registry_row", f"{file}: {said}", f"{CORRECT}: give the document's words")
    if len(found) > LARGEST:
        raise too_large()
    return found


def _cell(file: str, field: str, value: object) -> str:
    """A cell as a registry writes it. A year may be a number, a day a date."""
    if isinstance(value, bool) or not isinstance(value, str | int | date):
        raise UnreadableError("bad_registry_row", f"{file}: {field} is no text", f"{CORRECT}: write it as text")
    return str(value)


def _json_lines(path: Path) -> Records:
    with _whole(path), path.open("rb") as lines:
        yield from _of_lines(lines)


def _packed_json_lines(path: Path) -> Records:
    with _whole(path), pa.input_stream(str(path), compression="zstd") as packed, io.BufferedReader(packed) as lines:
        yield from _of_lines(lines)


def _of_lines(lines: IO[bytes]) -> Records:
    number = 0
    while line := lines.readline(LONGEST):
        number += 1
        if len(line) == LONGEST and not line.endswith(b"\n"):
            while (rest := lines.readline(LONGEST)) and not rest.endswith(b"\n"):
                pass
            yield number, too_large()
        elif line.strip():
            yield number, _of_json(line)


def _of_json(line: bytes) -> Record:
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return found
    return UnreadableError("bad_registry_row", "the line is no JSON object", "write one record a line, in UTF-8")


def _parquet(path: Path) -> Records:
    import pyarrow.parquet as pq

    with _whole(path), pq.ParquetFile(path, buffer_size=1 << 20) as file:
        names = file.schema_arrow.names
        if IDENTIFIER not in names or not {TEXT, BYTES}.intersection(names) or len(set(names)) != len(names):
            raise SourcesError(f"{path.name}: name each column once, `id` and `text` or `bytes` among them")
        number = 0
        for batch in file.iter_batches(ROWS):
            for row in _undecoded(batch).to_pylist():
                number += 1
                yield number, row


def _undecoded(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Rows with their texts as the bytes that they are: damaged ones are judged as those of a file."""
    at = batch.schema.get_field_index(TEXT)
    if at < 0 or not (pa.types.is_string(batch.column(at).type) or pa.types.is_large_string(batch.column(at).type)):
        return batch
    return batch.set_column(at, TEXT, batch.column(at).cast(pa.large_binary()))


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    """SourcesError for a file that is not of the form that its name tells."""
    try:
        yield
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise SourcesError(f"{path.name}: the file cannot be read as its name says; write it again") from error


FORMS: dict[str, Callable[[Path], Records]] = {
    ".jsonl": _json_lines,
    ".jsonl.zst": _packed_json_lines,
    ".parquet": _parquet,
}
"""How a file is read, by the end of its name."""
