"""The measure of rights: the longest run of a restricted document's words in every file of a candidate, column by column.

A document is restricted unless its evidence policy is ``full``; unknown rights count as ``none``. Numerals never count; the
facts that name a document (:data:`NAMING`) may stand anywhere. Columns that a policy governs are bounded by the length of
their cells, whatever they hold; in all other columns and files the words of the documents are looked for (``runs``).
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from expectations.runs import END, SHORTEST, Facts, Index, Words, words_of
from pipeline.contract import BY_NAME
from pipeline.publish.policy import SNIPPET

WORDING = 24
"""Words in a row that are somebody's wording and no longer a fact."""
NAME = 40
"""Words that the name of a body, park or industry has at most."""
MOST = {"none": WORDING - 1, "snippet": SNIPPET}
"""Words of a run that a policy lets out."""
NAMING = {
    ("sources", "source_id"): 100,
    ("sources", "file"): 100,
    ("sources", "title"): 100,
    ("sources", "publisher"): NAME,
    ("sources", "document_number"): NAME,
    ("sources", "url"): 200,
}
"""Columns that name a document, and the words up to which a cell is such a fact: a whole paragraph names nothing."""
NAMES = {
    ("organisations", "name_zh"),
    ("organisations", "aliases"),
    ("organisation_mentions", "mention"),
    ("parks", "name"),
    ("park_industries", "industry"),
}
"""Columns of names that documents tell: a name is a fact, up to :data:`NAME` words."""

Place = tuple[str, str | None]
"""A file, and a column of it."""
Batches = Callable[[str, list[str]], Iterable[pa.RecordBatch]]
"""Gives columns of a table of the work area, batch by batch, rows in the order of its key."""

ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nrtbf])")
TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Run:
    """The longest run of documents of one policy in a place: words (0 for fewer than ``SHORTEST``), and how many may be."""

    policy: str
    file: str
    column: str | None
    longest: int
    most: int
    source_id: str | None


@dataclass(frozen=True, slots=True)
class Measured:
    """What was looked at, and the runs. ``restricted`` counts documents by policy, ``unread`` those whose text was not there."""

    restricted: Mapping[str, int]
    unread: int
    places: int
    runs: tuple[Run, ...]

    def too_long(self) -> list[Run]:
        """Runs that are longer than the policy lets out."""
        return [run for run in self.runs if run.longest > run.most]

    def longest_by_file(self) -> list[Run]:
        """The longest run of each policy and file."""
        best: dict[tuple[str, str], Run] = {}
        for run in self.runs:
            key = run.policy, run.file
            if key not in best or run.longest > best[key].longest:
                best[key] = run
        return [best[key] for key in sorted(best)]

    def breaches(self) -> int:
        """How much is wrong: runs that are too long, and documents whose text could not be looked at."""
        return len(self.too_long()) + self.unread

    def told(self) -> dict[str, object]:
        """The measure as JSON has it: counts, files, columns and names of documents, never a word of one."""
        return {
            "restricted": dict(self.restricted),
            "unread": self.unread,
            "places": self.places,
            "runs": [asdict(run) for run in self.runs],
        }


def measured(folder: Path, batches: Batches) -> Measured:
    """The longest runs in the files of a candidate. ``batches`` gives ``sources``, ``documents`` and ``passages`` of the work area."""
    policies, html_pages = _sources(batches)
    restricted = {policy: {name for name, of in policies.items() if of == policy} for policy in MOST}
    counts = {policy: len(names) for policy, names in restricted.items()}
    if not any(counts.values()):
        return Measured(counts, 0, 0, ())
    published = published_words(folder)
    runs, unread = list(_governed(folder, policies)), 0
    for policy, names in restricted.items():
        index, read = Index(published), set[str]()
        index.look(_documents(batches, names, html_pages, read) if names else ())
        index.look(_passages(batches, names) if names else ())
        unread += len(names - read)
        found = index.longest()
        for place in published if names else ():
            longest, source_id = found.get(place, (0, None))
            runs.append(Run(policy, *place, longest, _most(policy, place), source_id))
    return Measured(counts, unread, len({(run.file, run.column) for run in runs}), tuple(runs))


def _most(policy: str, place: Place) -> int:
    file, column = place
    named = (file.removesuffix(".parquet"), column) in NAMES
    return max(MOST[policy], NAME) if named else MOST[policy]


def _sources(batches: Batches) -> tuple[dict[str, str], set[str]]:
    """Policy of every document there is a text of or a row, unknown ones as ``none``; and which are HTML."""
    policies: dict[str, str] = {}
    pages = set()
    for batch in batches("sources", ["source_id", "evidence_policy", "media_type"]):
        for row in batch.to_pylist():
            told = row["evidence_policy"]
            policies[row["source_id"]] = told if told in ("full", *MOST) else "none"
            if row["media_type"] == "text/html":
                pages.add(row["source_id"])
    for batch in batches("documents", ["source_id"]):
        for name in batch.column("source_id").to_pylist():
            policies.setdefault(name, "none")
    return policies, pages


def _documents(batches: Batches, names: set[str], pages: set[str], read: set[str]) -> Iterator[tuple[str, str]]:
    """Raw texts, those of HTML as they are seen: the markup of one page is that of all pages."""
    for name, text in _texts(batches, "documents", names):
        if text:
            read.add(name)
        yield name, html.unescape(TAG.sub("", text)) if name in pages else text


def _passages(batches: Batches, names: set[str]) -> Iterator[tuple[str, str]]:
    """Clean texts, whose words may stand together where the raw text has markup between them."""
    return _texts(batches, "passages", names)


def _texts(batches: Batches, table: str, names: set[str]) -> Iterator[tuple[str, str]]:
    wanted = pa.array(sorted(names), pa.string())
    for batch in batches(table, ["source_id", "text"]):
        kept = batch.filter(pc.is_in(batch.column("source_id"), value_set=wanted))
        for name, text in zip(*(kept.column(column).to_pylist() for column in ("source_id", "text")), strict=True):
            yield name, text or ""


def _governed(folder: Path, policies: Mapping[str, str]) -> Iterator[Run]:
    """Columns that a policy governs: the longest cell of a restricted document, in characters."""
    for path in sorted(folder.glob("*.parquet")):
        for column in _governed_columns(path):
            table = pq.read_table(path, columns=["source_id", column])
            for policy in MOST:
                if policy not in policies.values():
                    continue
                names = pa.array(sorted(name for name, of in policies.items() if of == policy), pa.string())
                cells = table.filter(pc.is_in(table["source_id"], value_set=names))
                longest = pc.max(pc.utf8_length(cells[column])).as_py() or 0
                most = SNIPPET if policy == "snippet" else 0
                yield Run(policy, path.name, column, longest, most, None)


def _governed_columns(path: Path) -> list[str]:
    declared = BY_NAME.get(path.stem)
    return [column.name for column in declared.columns if column.policy] if declared else []


def published_words(folder: Path) -> dict[Place, Words]:
    """The words of every file and column that is not governed, without the facts that name documents."""
    facts = Facts(naming_facts(folder / "sources.parquet"))
    found: dict[Place, Words] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix == ".parquet":
            governed = _governed_columns(path)
            found[path.name, None] = facts.without(words_of(END.join(_footer(path))))
            for column in pq.read_schema(path).names:
                if column not in governed:
                    found[path.name, column] = facts.without(words_of(_cells(path, column)))
        else:
            found[path.name, None] = facts.without(words_of(plain(path.read_text(encoding="utf-8"))))
    return found


def _footer(path: Path) -> Iterator[str]:
    """What a Parquet file says beside its cells: writer, names, and metadata of the file, the schema and the columns."""
    footer, schema = pq.read_metadata(path), pq.read_schema(path)
    yield from (footer.created_by, *schema.names)
    for metadata in (footer.metadata, schema.metadata, *(column.metadata for column in schema)):
        for entry in (metadata or {}).items():
            yield from (plain(part.decode("utf-8", "replace")) for part in entry)


def naming_facts(sources: Path) -> Iterator[str]:
    """Titles, addresses and the like of all documents, where they are no longer than such a thing is."""
    for (_, column), most in NAMING.items():
        for cell in pc.unique(pq.read_table(sources, columns=[column])[column]).to_pylist():
            if cell and len(words_of(cell)) <= most:
                yield cell


def _cells(path: Path, column: str) -> str:
    """The cells of a column that may hold a run, each once, with an end between any two."""
    cells = pc.unique(pq.read_table(path, columns=[column])[column])
    if not pa.types.is_string(cells.type):
        return ""
    # What holds fewer letters than a run has words holds none; most identifiers and codes go here.
    letters = pc.utf8_length(pc.replace_substring_regex(cells, r"\P{L}+", ""))
    kept = cells.filter(pc.greater_equal(letters, SHORTEST))
    return END.join(plain(cell.replace(END, " ")) for cell in kept.to_pylist())


def plain(text: str) -> str:
    """Published text as a reader sees it: escapes of JSON, SQL and HTML are what they stand for.

    >>> plain(r'{"\\u6570": "甲\\n乙 &amp; 丙"}')
    '{"数": "甲 乙 & 丙"}'
    """
    return html.unescape(ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else " ", text))
