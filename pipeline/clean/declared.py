"""``seeds/corrections.yaml`` read and checked: whatever is wrong with a row is said in one line that names the row.

Belongs here: the form of the file. What a correction does to a text stands in ``corrections``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from pipeline.contract.codes import codes_of

GLOBAL = "global"
FACT = "fact"
REQUIRED = {
    *("id", "scope", "before", "wrong", "right", "after", "kind", "why"),
    *("evidence", "reviewer", "date", "expected_hits"),
}
TEXTS = ("id", "before", "wrong", "after", "kind", "why", "reviewer", "date")
MAY_BE_EMPTY = ("before", "after")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Edition:
    """The bytes of a document that corrections were reviewed on: its source_id, its edition (a code), its sha256."""

    source: str
    edition: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One row. ``scope`` names the documents it is for; an empty one is global, for every document.

    ``expected_hits`` counts its places in each document of the scope; of a global one it is the least number in the bundled
    documents together, or None where they may hold none. The right reading is proven by ``fact``, by the place of the document
    (start and end in code points of the raw text, by sha256) that prints it, or by both. ``date`` is the day of the review.
    """

    id: str
    scope: tuple[Edition, ...]
    before: str
    wrong: str
    right: str | None
    after: str
    kind: str
    why: str
    fact: str | None
    places: Mapping[str, tuple[int, int]]
    reviewer: str
    date: date
    expected_hits: int | None

    @property
    def printed(self) -> str:
        """The faulty characters in their context."""
        return self.before + self.wrong + self.after

    def reads(self, sha256: str) -> bool:
        """Whether it is for the document of that sha256."""
        return not self.scope or any(edition.sha256 == sha256 for edition in self.scope)


@dataclass(frozen=True)
class Declared:
    """The file: its documents and its corrections, in file order."""

    documents: tuple[Edition, ...]
    corrections: tuple[Correction, ...]

    def applicable(self, sha256: str) -> tuple[Correction, ...]:
        """The corrections for the document of that sha256, the global ones among them."""
        return self._by_document.get(sha256, self._global)

    @cached_property
    def _global(self) -> tuple[Correction, ...]:
        return tuple(one for one in self.corrections if not one.scope)

    @cached_property
    def _by_document(self) -> dict[str, tuple[Correction, ...]]:
        """By the sha256 of each document that a correction names: every document of a build is asked about, few are named."""
        named = sorted({edition.sha256 for one in self.corrections for edition in one.scope})
        return {sha256: tuple(one for one in self.corrections if one.reads(sha256)) for sha256 in named}


class _Loader(yaml.CSafeLoader):
    """Dates stay text, so that one that is none can be told with its row; of a name given twice none would be seen to win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value]
        for place, (key, _) in enumerate(node.value):
            if key.value in names[:place]:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value} is given twice", key.start_mark)
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
    for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def read(path: Path) -> Declared:
    """The file at ``path``. Raises ValueError, one line with the file's and the row's name, where it is not as declared."""
    try:
        told = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark else ""
        raise ValueError(f"{path.name}{place}: no YAML: {getattr(error, 'problem', None) or error}") from error
    try:
        return checked(told)
    except ValueError as error:
        raise ValueError(f"{path.name}, {error}") from error


def checked(told: Any) -> Declared:
    """What the file says, as documents and corrections. Raises ValueError as ``read``, without the file's name."""
    if not isinstance(told, dict) or not told.keys() <= {"documents", "corrections"}:
        raise ValueError("as a whole: it holds `documents` and `corrections` and nothing else")
    documents = told.get("documents") or {}
    rows = told.get("corrections") or []
    if not isinstance(documents, dict) or not isinstance(rows, list):
        raise ValueError("as a whole: `documents` are names with what they stand for, `corrections` is a list")
    editions = {str(name): _edition(str(name), said) for name, said in documents.items()}
    found: list[Correction] = []
    for place, row in enumerate(rows, 1):
        name = row["id"] if isinstance(row, dict) and isinstance(row.get("id"), str) and row["id"] else f"row {place}"
        try:
            one = _correction(row, editions)
            for other in found:
                _apart(one, other)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error
        found.append(one)
    return Declared(tuple(editions.values()), tuple(found))


def _edition(name: str, said: Any) -> Edition:
    if not isinstance(said, dict) or said.keys() != {"source", "edition", "sha256"}:
        raise ValueError(f"document {name}: it has source, edition and sha256 and nothing else")
    if not all(isinstance(value, str) for value in said.values()) or not SHA256.fullmatch(said["sha256"]):
        raise ValueError(f"document {name}: sha256 must be 64 hexadecimal digits, source and edition text")
    if said["edition"] not in codes_of("edition") or name in (GLOBAL, FACT):
        raise ValueError(f"document {name}: no such edition, or a name that means something else")
    return Edition(**said)


def _correction(row: Any, editions: Mapping[str, Edition]) -> Correction:
    if not isinstance(row, dict):
        raise ValueError("not a row of names and values")
    if odd := row.keys() ^ REQUIRED:
        raise ValueError(f"missing or unknown: {', '.join(sorted(map(str, odd)))}")
    for name in TEXTS:
        if not isinstance(row[name], str) or not (row[name] or name in MAY_BE_EMPTY):
            raise ValueError(
                f"{name} must be text{'' if name in MAY_BE_EMPTY else ' and not empty'} (put it in quotes)"
            )
    if not (row["right"] is None or isinstance(row["right"], str)):
        raise ValueError("right must be text (put it in quotes), or null where nothing decides it")
    if row["wrong"] == row["right"]:
        raise ValueError("it changes nothing")
    if row["kind"] not in codes_of("correction_kind"):
        raise ValueError(f"{row['kind']} is no kind of correction: {', '.join(sorted(codes_of('correction_kind')))}")
    scope = _scope(row["scope"], editions)
    fact, places = _evidence(row["evidence"], scope)
    plain = {name: row[name] for name in REQUIRED - {"scope", "evidence", "date", "expected_hits"}}
    return Correction(
        **plain,
        scope=tuple(scope.values()),
        fact=fact,
        places=places,
        date=_day(row["date"]),
        expected_hits=_expected(row["expected_hits"], bool(scope)),
    )


def _scope(said: Any, editions: Mapping[str, Edition]) -> dict[str, Edition]:
    """The documents of a scope by name; none where it is global."""
    if said == GLOBAL:
        return {}
    if not isinstance(said, list) or not said or not all(isinstance(name, str) for name in said):
        raise ValueError(f"scope must be {GLOBAL} or a list of names of `documents`")
    for name in said:
        if name not in editions or said.count(name) > 1:
            raise ValueError(f"scope: {name} is not among `documents`, or named twice")
    return {name: editions[name] for name in said}


def _evidence(said: Any, scope: Mapping[str, Edition]) -> tuple[str | None, dict[str, tuple[int, int]]]:
    """The fact, and the places by sha256, that prove the right reading in every document of the scope."""
    if not isinstance(said, dict) or not said or said.keys() - scope.keys() - {FACT}:
        raise ValueError("evidence must be a fact, or places [start, end] by documents of the scope, or both")
    fact = said.get(FACT)
    if FACT in said and not (isinstance(fact, str) and fact):
        raise ValueError("evidence: a fact must be text and not empty")
    if fact is None and (bare := sorted(scope.keys() - said.keys())):
        raise ValueError(f"evidence: no fact, and no place in {', '.join(bare)}")
    places = {}
    for name in said.keys() - {FACT}:
        place = said[name]
        if not (isinstance(place, list) and len(place) == 2 and all(type(at) is int for at in place)):
            raise ValueError(f"evidence: the place in {name} must be [start, end]")
        if not 0 <= place[0] < place[1]:
            raise ValueError(f"evidence: the place in {name} ends before it begins")
        places[scope[name].sha256] = (place[0], place[1])
    return fact, places


def _day(said: str) -> date:
    """The day as declared; a day of the calendar, ISO 8601."""
    try:
        if DAY.fullmatch(said):
            return date.fromisoformat(said)
    except ValueError:
        pass
    raise ValueError(f"date: {said} is no day written like 2026-01-31")


def _expected(said: Any, scoped: bool) -> int | None:
    if said is None and not scoped:
        return None
    if type(said) is not int or said < 1:
        raise ValueError(f"expected_hits must be a whole number from 1{'' if scoped else ', or null'}")
    return said


def _apart(one: Correction, other: Correction) -> None:
    """ValueError where two rows have one name, or one of them is met wherever the other is."""
    if one.id == other.id:
        raise ValueError("given twice")
    mine, theirs = ({edition.sha256 for edition in row.scope} for row in (one, other))
    if mine and theirs and not mine & theirs:
        return
    short, long = sorted((one, other), key=lambda row: len(row.printed))
    at = long.printed.find(short.printed)
    while at >= 0:
        start, first = at + len(short.before), len(long.before)
        if start < first + len(long.wrong) and first < start + len(short.wrong):
            raise ValueError(f"corrects the same place as {other.id}")
        at = long.printed.find(short.printed, at + 1)
