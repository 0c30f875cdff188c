"""Files of a sources folder: which there are, their bytes within limits, their names, and the content-addressed store."""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pipeline.ingest.unreadable import SourcesError, UnreadableError

REGISTRY = "sources.csv"
DOCUMENTS = "documents"
# Four hundred times the longest plan of the bundled corpus, and still read in a second: above it stands a dump, no document.
LARGEST = 20 * 1024 * 1024

TEXT_ENDINGS = frozenset({"", ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".xml"})
# A dot in a title (1.0版) begins no ending.
ENDING = re.compile(r"(?<=.)\.[A-Za-z][A-Za-z0-9]{0,7}$", re.ASCII)
# Files that people lay beside documents. In capitals alone the last: notice.txt may well be a document.
ABOUT = re.compile(r"(?:(?i:readme|licen[sc]e|copying)|NOTICE)(?:\.\w+)?")
NOT_IN_AN_ID = re.compile(r"[\s/\\\x00-\x1f\x7f\ud800-\udfff]+")


def ending(name: str) -> str:
    """Ending of a file name, lower case, with its dot; empty where there is none.

    >>> ending("a.TXT"), ending("规划(1.0版)")
    ('.txt', '')
    """
    match = ENDING.search(name)
    return match[0].lower() if match else ""


def document_files(folder: Path, *, deep: bool) -> list[str]:
    """Files of a folder that could be documents, as paths in it with ``/``, in order of their names; hidden ones and those about the
    folder are not.

    ``deep``: in all folders below; otherwise in ``documents/`` only. Links to folders are not followed. Raises
    SourcesError where a folder is missing or cannot be listed.
    """
    if not folder.is_dir():
        raise SourcesError(f"{folder.name or folder}: no such folder; name the folder that holds the documents")
    found = []
    for place, folders, names in os.walk(folder, onerror=_not_listed):
        top = Path(place) == folder
        folders[:] = sorted(n for n in folders if not n.startswith(".") and (deep or (top and n == DOCUMENTS)))
        below = "" if top else f"{Path(place).relative_to(folder).as_posix()}/"
        for name in sorted(names):
            if not name.startswith(".") and name != REGISTRY and not ABOUT.fullmatch(name):
                found.append(below + name)
    return found


def _not_listed(error: OSError) -> None:
    raise SourcesError(
        f"{Path(str(error.filename)).name}: the folder cannot be listed ({error.strerror}); check its permissions"
    )


def name_in(place: str) -> str:
    """Name of a file as the tables show it: its path in the folder, without ``documents/``.

    >>> name_in("documents/a.txt"), name_in("other/a.txt")
    ('a.txt', 'other/a.txt')
    """
    return safe_name(place.removeprefix(f"{DOCUMENTS}/"))


def safe_name(name: str) -> str:
    """A file name as valid UTF-8: bytes that are none are written out as escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def refuse_other_endings(name: str) -> None:
    """Raises UnreadableError (binary) for a file whose name says that it is no text."""
    if ending(name) not in TEXT_ENDINGS:
        raise UnreadableError(
            "binary",
            f"a file that ends in {ending(name)} is no text document",
            "save it as .txt, .md or .html in UTF-8",
        )


def read_bytes(folder: Path, path: Path) -> bytes:
    """Bytes of a file. Raises UnreadableError: missing, too_large, unreadable.

    A file above the limit is never read; a link out of the folder, a pipe or a device is never opened.
    """
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(folder.resolve()):
            raise UnreadableError(
                "unreadable", "the file is a link out of the folder of sources", "copy it into the folder"
            )
        if not real.is_file():
            raise UnreadableError("unreadable", "this is not a regular file", "replace it by a text file")
        with real.open("rb") as file:
            data = file.read(LARGEST + 1) if os.fstat(file.fileno()).st_size <= LARGEST else None
    except FileNotFoundError as error:
        raise UnreadableError(
            "missing", "there is no such file", "add the file, or take its row out of the registry"
        ) from error
    except (OSError, RuntimeError, ValueError) as error:
        why = getattr(error, "strerror", None) or "the path is not valid"
        raise UnreadableError(
            "unreadable", f"the file cannot be opened: {why}", "check its name and permissions"
        ) from error
    if data is None or len(data) > LARGEST:
        raise too_large()
    return data


def too_large() -> UnreadableError:
    """Why a file above the limit is not read."""
    return UnreadableError(
        "too_large", f"more than {LARGEST // 1024 // 1024} MB", "split it into its documents, or keep the text only"
    )


def read_span(path: Path, start: int, size: int) -> bytes:
    """So many bytes of a file, from an offset on."""
    with path.open("rb") as file:
        file.seek(start)
        return file.read(size)


def sha256_of(data: bytes) -> str:
    """sha256 of bytes, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def snapshot(data: bytes, store: Path) -> str:
    """Keeps bytes in ``store`` under ``sha256/ab/abcdef…`` and returns their sha256. A file appears whole or not at all."""
    digest = sha256_of(data)
    target = _kept(digest, store)
    if not (target.is_file() and target.stat().st_size == len(data)):
        target.parent.mkdir(parents=True, exist_ok=True)
        # The process id keeps two builds at once from writing into the same half-made file.
        part = target.with_name(f".{digest}.{os.getpid()}")
        part.write_bytes(data)
        part.replace(target)
    return digest


def stored(digest: str, store: Path) -> bytes:
    """The bytes that ``store`` keeps under a sha256. OSError where it keeps none."""
    return _kept(digest, store).read_bytes()


def _kept(digest: str, store: Path) -> Path:
    return store / "sha256" / digest[:2] / digest


def source_ids(files: Iterable[str]) -> dict[str, str]:
    """File name → source_id: the name without its ending; with folder and ending where two would be the same.

    >>> source_ids(["a.txt", "a.html", "某市 计划.md"])
    {'a.html': 'a.html', 'a.txt': 'a.txt', '某市 计划.md': '某市_计划'}
    """
    ordered = sorted(set(files))
    short = {file: _identifier(ENDING.sub("", file.rsplit("/", 1)[-1])) for file in ordered}
    times = Counter(short.values())
    taken = {name for name in short.values() if times[name] == 1}
    given = {}
    for file in ordered:
        name = short[file]
        if times[name] > 1:
            name = _identifier(file)
            while name in taken:
                name += "_"
            taken.add(name)
        given[file] = name
    return given


def _identifier(name: str) -> str:
    return NOT_IN_AN_ID.sub("_", name)
