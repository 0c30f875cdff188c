"""What is known about a source: cells of the registry and fields of front matter, checked and brought to the contract's form.

The registry wins over the document's own head: a person wrote it down on purpose. Licence and evidence policy come from a
registry where there is one; a document cannot free itself there. Its standing comes from a registry alone: no text vouches
for itself. So does that it is a copy of another document where their words do not show it (two digests, a retelling).
"""

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from pipeline.contract.codes import codes_of
from pipeline.contract.late import Late
from pipeline.contract.seed import seed_rows
from pipeline.ingest.dates import published

Values = dict[str, Any]

# Names of front matter for columns of ``sources``, best first.
FRONT_MATTER = {
    "title": ("title", "标题", "题名"),
    "publisher": ("publisher", "发布机构", "发文机关", "author", "来源", "作者"),
    "publisher_type": ("publisher_type",),
    "standing": (),
    "document_type": ("document_type",),
    "document_number": ("document_number", "文号"),
    "published": ("published", "date", "发布日期", "发布时间", "日期"),
    "region_id": ("region_id", "region", "地区"),
    "url": ("url", "source_url", "original_url", "link", "网址", "链接"),
    "edition": ("edition",),
    "original_sha256": ("original_sha256",),
    "licence": ("licence", "license"),
    "evidence_policy": ("evidence_policy",),
    "retrieved": ("retrieved",),
    "duplicate_of": (),
}
RIGHTS = frozenset({"licence", "evidence_policy"})
# Cells that describe a document; rights, hashes and editions are not guessed round.
PASSABLE = frozenset({"document_type", "publisher_type", "published", "retrieved", "region_id", "url"})
DEFAULTS: Values = {
    "publisher_type": "unknown",
    "standing": "unrated",
    "document_type": "other",
    "edition": "original",
    "evidence_policy": "none",
}

REGION = re.compile(r"\d{6}|[A-Z]+-[A-Z0-9]+", re.ASCII)
SHA256 = re.compile(r"[0-9a-f]{64}")
SPDX = re.compile(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*", re.ASCII)
# Licences under which a whole text may be passed on.
FREE = Late(r"CC0-\d.*|CC-BY-\d.*|CC-BY-SA-\d.*|CC-PDDC|PDDL-.*|ODC-By-.*|OGL-.*")
CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")


def checked(cells: Mapping[str, str], passed: list[str] | None = None) -> Values:
    """Values of ``sources`` for the cells of a row that are filled in.

    A wrong cell that only describes (``PASSABLE``) is told to ``passed``, where that is given, and left out; raises ValueError
    naming the cell for any other."""
    values: Values = {}
    for name, cell in cells.items():
        try:
            values.update(_value(name, cell))
        except ValueError as error:
            if passed is None or name not in PASSABLE:
                raise ValueError(f"{name}: {error}") from error
            passed.append(f"{name}: {error}")
    if values.get("evidence_policy") == "full" and not values.get("licence") and _reserved(cells):
        raise ValueError("evidence_policy: full, though the rights are reserved and no licence is named")
    return values


def from_front_matter(fields: Mapping[str, str], *, rights: bool) -> Values:
    """Values of ``sources`` that a document's head tells; what it writes wrongly is passed over."""
    values: Values = {}
    for name, keys in FRONT_MATTER.items():
        if name in RIGHTS and not rights:
            continue
        for key in keys:
            if key not in fields:
                continue
            try:
                found = checked({name: fields[key]})
            except ValueError:
                continue
            if found:
                values.update(found)
                break
    return values


def completed(registered: Values, told: Values) -> Values:
    """The registry's values, gaps filled from the document's head and then by defaults, and what follows from them."""
    values = {**told, **registered}
    if "evidence_policy" not in values and FREE.fullmatch(values.get("licence") or ""):
        values["evidence_policy"] = "full"
    if "publisher_type" not in values and "publisher" in values:
        values["publisher_type"] = publisher_type(values["publisher"])
    if "document_type" not in values and (kind := titled_type(values.get("title") or "")):
        values["document_type"] = kind
    return {**DEFAULTS, **values}


def publisher_type(publisher: str) -> str:
    """Kind of publisher by the end of its name (``publisher_types.csv``), the longest ending first; ``unknown`` otherwise.

    >>> publisher_type("某省统计局"), publisher_type("某省人民政府办公厅"), publisher_type("某人")
    ('statistics_office', 'government', 'unknown')
    """
    endings = [row for row in seed_rows("publisher_types") if publisher.endswith(row["ending"])]
    return max(endings, key=lambda row: len(row["ending"]))["publisher_type"] if endings else "unknown"


def titled_type(title: str) -> str | None:
    """Kind of document by the word of ``document_types.csv`` that stands last in its title; a notice that passes on a plan is
    the plan. None where no word stands there.

    >>> titled_type("某市二〇二四年国民经济和社会发展统计公报"), titled_type("关于印发某市数字经济发展规划的通知"), titled_type("见闻")
    ('communique', 'plan', None)
    """
    rows = [row for row in seed_rows("document_types") if row["stands"] == "title" and row["word"] in title]
    rows = [row for row in rows if row["document_type"] != "notice"] or rows
    last = max(rows, key=lambda row: (title.rindex(row["word"]) + len(row["word"]), len(row["word"])), default=None)
    return last["document_type"] if last else None


@lru_cache(1 << 14)
def _value(name: str, cell: str) -> Values:
    """The values of a cell, none where it is empty: not to be changed. Most cells of a registry say what others said before."""
    text = " ".join(CONTROL.sub(" ", cell).split())
    return CHECKS.get(name, _plain)(name, text) if text else {}


def _coded(name: str, text: str) -> Values:
    if text not in codes_of(name):
        raise ValueError(f"{text!r} is none of {', '.join(sorted(codes_of(name)))}")
    return {name: text}


def _document_type(name: str, text: str) -> Values:
    """The code for a kind of document, or for a word by which registries call it (bulletin, 公报, 统计公报)."""
    known = {row["word"]: row["document_type"] for row in seed_rows("document_types") if row["stands"] == "registry"}
    return _coded(name, known.get(text.lower(), text.lower()))


def _plain(name: str, text: str) -> Values:
    return {name: text}


def _published(_name: str, text: str) -> Values:
    known = published(text)
    return {"published": known.text, "published_from": known.first, "published_to": known.last}


def _retrieved(_name: str, text: str) -> Values:
    return {"retrieved": published(text).text}


@cache
def _named_regions() -> dict[str, str]:
    """Places by their full or short name, where one place alone bears it."""
    bearers: dict[str, set[str]] = {}
    for row in seed_rows("regions"):
        for name in {row["name_zh"], row["name_short"]} - {""}:
            bearers.setdefault(name, set()).add(row["region_id"])
    return {name: next(iter(ids)) for name, ids in bearers.items() if len(ids) == 1}


@cache
def _region_ids() -> frozenset[str]:
    return frozenset(row["region_id"] for row in seed_rows("regions"))


def _region(_name: str, text: str) -> Values:
    text = _named_regions().get(text, text)
    if not REGION.fullmatch(text):
        raise ValueError(f"{text!r} is no code of a place: write six digits (210000) or an identifier of regions.csv")
    if text not in _region_ids():
        raise ValueError(f"{text} is not in regions.csv: add the place there")
    return {"region_id": text}


def _sha256(_name: str, text: str) -> Values:
    if not SHA256.fullmatch(text.lower()):
        raise ValueError("a sha256 has 64 hexadecimal digits")
    return {"original_sha256": text.lower()}


def _licence(_name: str, text: str) -> Values:
    if not SPDX.fullmatch(text):
        raise ValueError(
            f"{text!r} is no SPDX identifier, such as CC-BY-4.0; leave it empty where all rights are reserved"
        )
    return {"licence": text}


def _url(_name: str, text: str) -> Values:
    if not text.startswith(("http://", "https://")) or " " in text:
        raise ValueError(f"{text!r} is no web address (http:// or https://)")
    return {"url": text}


def _reserved(cells: Mapping[str, str]) -> bool:
    return "all rights reserved" in cells.get("rights", "").lower()


CHECKS: dict[str, Callable[[str, str], Values]] = {
    "publisher_type": _coded,
    "standing": _coded,
    "document_type": _document_type,
    "edition": _coded,
    "evidence_policy": _coded,
    "published": _published,
    "retrieved": _retrieved,
    "region_id": _region,
    "original_sha256": _sha256,
    "licence": _licence,
    "url": _url,
}
