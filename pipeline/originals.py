"""Proof that digests say what their originals say, where the originals are at hand: for ``liaoning verify --originals``.

Three questions. Do both texts read at every span as ``original_spans.csv`` tells? Does the pipeline read the same figures
in both? Do the claims tied by a span agree in their other fields (``pipeline.tied``)? Of an original nothing is told but
its figures, offsets and codes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline import clean, extract, ingest
from pipeline.contract import build
from pipeline.ingest.files import document_files, read_bytes, sha256_of
from pipeline.ingest.unreadable import SourcesError, UnreadableError
from pipeline.normalise.evidence import Spans, original_spans
from pipeline.tied import Tied, agreement, figure, place, tie
from pipeline.verify import Finding, NotVerified

Row = Mapping[str, Any]

REGISTERED = (
    "title",
    "publisher",
    "publisher_type",
    "document_type",
    "document_number",
    "published",
    "published_from",
    "published_to",
    "region_id",
)
"""What the registry of the digests says of a source; it holds for the original too, so that only the texts differ."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A text of a source, digest or original: its characters, and its rows of ``claims`` in the order of the text."""

    text: str
    claims: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Source:
    """A document in both editions; ``sha256`` is that of the original's bytes."""

    file: str
    sha256: str
    digest: Edition
    original: Edition


def compare(sources: Path, originals: Path, spans: Spans | None = None) -> list[Finding]:
    """The digests of the folder ``sources`` with their originals, found in the folder ``originals`` by their sha256.

    ``spans``: rows of ``original_spans.csv`` by document; None: those of the table. NotVerified where an original is not
    there or a document cannot be read.
    """
    spans = original_spans() if spans is None else spans
    both = list(read_sources(sources, originals))
    ties = {
        source.file: tie(spans.get(source.file, ()), source.digest.claims, source.original.claims) for source in both
    }
    return [
        *span_findings(both, spans),
        *(figure_finding(source, ties[source.file]) for source in both),
        *agreement(ties),
    ]


def read_sources(sources: Path, originals: Path) -> Iterator[Source]:
    """Every digest of ``sources`` whose registry names an original, and that original, in the registry's order."""
    try:
        read = ingest.run(sources)
        here = dict(_hashed(originals))
    except SourcesError as error:
        raise NotVerified(str(error)) from error
    texts = {row["source_id"]: row for row in read["documents"].to_pylist()}
    digests = [row for row in read["sources"].to_pylist() if row["edition"] == "digest" and row["original_sha256"]]
    if not digests:
        raise NotVerified(f"{sources}: no digest there names an original; give original_sha256 in its sources.csv")
    for digest in digests:
        sha256 = digest["original_sha256"]
        if sha256 not in here:
            raise NotVerified(_missing(digest["file"], sha256, here.values()))
        source, document = _read_original(here[sha256], digest)
        yield Source(digest["file"], sha256, _edition(digest, texts[digest["source_id"]]), _edition(source, document))


def _hashed(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of a folder by their sha256; what cannot be opened is no document."""
    for name in document_files(folder, deep=True):
        path = folder / name
        with suppress(UnreadableError):
            yield sha256_of(read_bytes(folder, path)), path


def _missing(file: str, sha256: str, here: Iterable[Path]) -> str:
    """What to do about an original that is not among the files that are here."""
    named = any(path.name == Path(file).name for path in here)
    found = "the file of that name has another sha256" if named else "no file has this sha256"
    return (
        f"{file}: its original, sha256 {sha256[:12]}…, is not among the originals ({found}); "
        "put it there as it was when the digest was made, byte for byte"
    )


def _read_original(path: Path, digest: Row) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rows of ``sources`` and ``documents`` of an original, under the identity and the metadata of its digest."""
    try:
        read = ingest.run_files([path])
    except ValueError as error:
        raise NotVerified(f"{path.name}: {error}") from error
    _refuse(read["quarantine"])
    identity = {"source_id": digest["source_id"]}
    source = read["sources"].to_pylist()[0] | {name: digest[name] for name in REGISTERED} | identity
    return source, read["documents"].to_pylist()[0] | identity


def _edition(source: dict[str, Any], document: dict[str, Any]) -> Edition:
    sources, documents = build("sources", [source]), build("documents", [document])
    cleaned = clean.run(sources, documents)
    _refuse(cleaned["quarantine"])
    found = extract.run(sources, documents, cleaned["edits"], cleaned["passages"])
    _refuse(found["quarantine"])
    return Edition(document["text"], found["claims"].sort_by("raw_start").to_pylist())


def _refuse(quarantine: pa.Table) -> None:
    for row in quarantine.to_pylist():
        raise NotVerified(f"{row['file']}: {row['detail']} ({row['reason']}); {row['advice']}")


def span_findings(both: Iterable[Source], spans: Spans) -> Iterator[Finding]:
    """Whether the digests, and the originals, read at every span as its row says."""
    known = {source.file: source for source in both}
    rows = [(document, span) for document, found in sorted(spans.items()) for span in found]
    for edition in ("digest", "original"):
        wrong = [told for document, span in rows if (told := _misread(known.get(document), edition, span))]
        yield Finding(f"spans: the {edition}s read so", len(rows) - len(wrong), len(rows), tuple(wrong))


def _misread(source: Source | None, edition: str, span: Row) -> str | None:
    """What is wrong with one side of a span; None where nothing is."""
    start, end, quote = (span[f"{edition}_{part}"] for part in ("start", "end", "quote"))
    where = f"{span['document']}: {edition} {start}–{end}"
    if source is None:
        return f"{where} belongs to no digest whose original is registered"
    if edition == "original" and span["original_sha256"] != source.sha256:
        return f"{where} is of another original than the registry names"
    text = (source.digest if edition == "digest" else source.original).text
    return None if text[start:end] == quote else f"{where} does not read “{quote}”"


def figure_finding(source: Source, ties: Tied) -> Finding:
    """Whether the pipeline reads the same figures in both editions, each as often; what one of them lacks is listed."""
    digest, original = (Counter(map(figure, edition.claims)) for edition in (source.digest, source.original))
    equal = [pair for pair in ties.pairs if figure(pair[0]) == figure(pair[1])]
    ours, theirs = ({pair[side]["claim_id"] for pair in equal} for side in (0, 1))
    listed = [
        *(f"missing: original {_told(claim)}" for claim in _surplus(source.original.claims, original - digest, theirs)),
        *(f"extra: digest {_told(claim)}" for claim in _surplus(source.digest.claims, digest - original, ours)),
    ]
    return Finding(
        f"figures: {Path(source.file).stem}", (digest & original).total(), (digest | original).total(), tuple(listed)
    )


def _surplus(claims: Iterable[Row], more: Counter[tuple[Any, ...]], settled: set[str]) -> list[Row]:
    """Claims whose figure the other edition has less often, in the order of the text: first those a span does not settle."""
    left = more.copy()
    found = []
    for claim in sorted(claims, key=lambda claim: (claim["claim_id"] in settled, claim["raw_start"])):
        if left[figure(claim)] > 0:
            left[figure(claim)] -= 1
            found.append(claim)
    return sorted(found, key=lambda claim: int(claim["raw_start"]))


def _told(claim: Row) -> str:
    value = claim["value"] if claim["value"] is not None else f"{claim['value_low']}–{claim['value_high']}"
    return f"{place(claim)} ({claim['bound']} {value} {claim['unit']})"
