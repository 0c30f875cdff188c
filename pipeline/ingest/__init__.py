"""Registry of sources → bytes with a sha256 → decoded documents with what is known about them.

Belongs here: finding files, encodings, front matter as metadata, the form and script of a text, dates, copies of documents, and
saying why a file could not be read. Does not belong here: changing a text (``clean``), reading a figure (``extract``), or
judging which source is right (``normalise``). Bytes are kept as they are; text loses its byte-order mark and nothing else.
"""

from pipeline.ingest.files import snapshot
from pipeline.ingest.plan import registered_ids
from pipeline.ingest.run import read_file, rows_of, run, run_files
from pipeline.ingest.unreadable import SourcesError, UnreadableError

__all__ = ["SourcesError", "UnreadableError", "read_file", "registered_ids", "rows_of", "run", "run_files", "snapshot"]
