"""Documents of any number for measuring: composed from sentence templates, seeded, each by its number alone.

Kinds: ``policy`` (plain text, a figure in 15 of 100 sentences, about one in 600 bytes as in plans and notices), ``report``
(plain text, 45 of 100) and ``news`` (a portal's page: scripts, styles, navigation, 30 of 100 sentences of its text). ``mixed`` is 15 of
20 policy, 4 report, 1 news, about 5 kB a document. :data:`NEAR_DUPLICATES` of the documents are reprints of an earlier one: another
title and publisher, a few sentences exchanged. Words stand in ``phrases.yaml``, places and indicators in ``seeds/tables``.

    python -m benchmarks.corpus FOLDER --documents 1000 --kind mixed --seed 1
"""

import argparse
import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
KINDS = ("policy", "report", "news")
FIGURES = {"policy": 0.15, "report": 0.45, "news": 0.30}
"""Share of sentences with a figure."""
SENTENCES = {"policy": (26, 46), "report": (26, 46), "news": (12, 26)}
NEAR_DUPLICATES = 0.05
EXCHANGED = 0.04
"""Share of the sentences of a reprint that differ from those of what it reprints."""
REGISTRY = (
    "file",
    "title",
    "publisher",
    "publisher_type",
    "document_type",
    "published",
    "region_id",
    "licence",
    "evidence_policy",
)
DOCUMENT_TYPE = {"policy": "policy", "report": "government_work_report", "news": "news"}
UNITS = {"count": 1, "percent": 0, "CNY": 0, "index": 0}


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its file name, its bytes (UTF-8) and its row of the registry."""

    file: str
    data: bytes
    row: dict[str, str]


@cache
def words() -> dict[str, Any]:
    """The vocabulary."""
    return dict(yaml.safe_load((Path(__file__).parent / "phrases.yaml").read_text(encoding="utf-8")))


def _seeds(table: str) -> list[dict[str, str]]:
    with (ROOT / "seeds" / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def places() -> tuple[tuple[str, str], ...]:
    """(region_id, name) of provinces and cities that are there today."""
    return tuple(
        (row["region_id"], row["name_zh"])
        for row in _seeds("regions")
        if row["level"] in ("province", "city") and row["gb2260"] and not row["valid_to"]
    )


@cache
def indicators() -> tuple[dict[str, str], ...]:
    """Indicators of the catalogue in units that a template can say."""
    return tuple(row for row in _seeds("indicators") if row["unit"] in UNITS)


def kind_of(seed: int, number: int, kind: str) -> str:
    """The kind of a document of a corpus of ``kind``."""
    return kind if kind != "mixed" else Random(f"{seed}/{number}/kind").choices(KINDS, (15, 4, 1))[0]


def copied(seed: int, number: int) -> int:
    """The number of the document that this one reprints; its own where it reprints none."""
    chance = Random(f"{seed}/{number}/copy")
    if number and chance.random() < NEAR_DUPLICATES:
        return copied(seed, chance.randrange(number))
    return number


class Writer:
    """Sentences of one document."""

    def __init__(self, chance: Random, place: str) -> None:
        self.chance, self.place = chance, place

    def sentence(self, figures: float) -> str:
        """One sentence, with a figure in ``figures`` of all cases."""
        pick, told = self.chance.choice, words()
        template: str = pick(told["figures"] if self.chance.random() < figures else told["prose"])
        return template.format_map(_Filling(self))

    def title(self, kind: str) -> str:
        """A title."""
        told = words()
        template: str = self.chance.choice(told["titles"])
        return template.replace("{kind}", self.chance.choice(told["kinds"][kind])).format_map(_Filling(self))

    def fill(self, name: str) -> str:
        """What stands for a blank of a template."""
        chance, told = self.chance, words()
        plain = name.rstrip("2")
        if f"{plain}s" in told and plain != "figure":
            return str(chance.choice(told[f"{plain}s"]))
        return str(getattr(self, f"_{plain}")())

    def _place(self) -> str:
        return self.place if self.chance.random() < 0.6 else self.chance.choice(places())[1]

    def _indicator(self) -> str:
        self.measured = self.chance.choice(indicators())
        return self.measured["name_zh"].removesuffix("数")

    def _level(self) -> str:
        unit, chance = self.measured["unit"], self.chance
        if unit == "percent":
            return f"{chance.randint(120, 989) / 10}%"
        if unit == "CNY":
            return f"{chance.randint(100, 99999) / 10}亿元"
        if unit == "index":
            return f"{chance.randint(400, 990) / 10}"
        counted = chance.randint(3, 9999)
        scaled = f"{counted / 100}万" if chance.random() < 0.2 else f"{counted}"
        return scaled + (self.measured["classifier"] or "个")

    def _object_name(self) -> str:
        return str(self.chance.choice(words()["named"]))

    def _classifier(self) -> str:
        return "个"

    def _count(self) -> int:
        return self.chance.randint(20, 900)

    def _part(self) -> int:
        return self.chance.randint(1, 19)

    def _money(self) -> int:
        return self.chance.randint(1, 90) * 50

    def _rate(self) -> float:
        return self.chance.randint(11, 290) / 10

    def _share(self) -> float:
        return self.chance.randint(21, 490) / 10

    def _rank(self) -> int:
        return self.chance.randint(1, 14)

    def _year(self) -> int:
        return self.chance.randint(2016, 2024)

    def _goal(self) -> int:
        return self.chance.randint(2025, 2030)


class _Filling(dict[str, str]):
    """The blanks of a template, filled as they are asked for, from left to right."""

    def __init__(self, writer: Writer) -> None:
        super().__init__()
        self._writer = writer

    def __missing__(self, name: str) -> str:
        return self._writer.fill(name)


def document(seed: int, number: int, kind: str = "mixed") -> Document:
    """The document of this number."""
    source = copied(seed, number)
    kind = kind_of(seed, source, kind)
    chance = Random(f"{seed}/{source}")
    region, place = chance.choice(places())
    writer = Writer(chance, place)
    title = writer.title(kind)
    text = [writer.sentence(FIGURES[kind]) for _ in range(chance.randint(*SENTENCES[kind]))]
    chance = Random(f"{seed}/{number}/print")
    if source != number:
        other = Writer(chance, place)
        text = [other.sentence(FIGURES[kind]) if chance.random() < EXCHANGED else sentence for sentence in text]
        title = f"转载：{title}"
    published = f"{chance.randint(2019, 2025)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    body = _laid_out(Random(f"{seed}/{source}/layout"), text)
    if kind == "news":
        file, data = f"d{number:07d}.html", page(Random(f"{seed}/{source}/page"), title, published, body)
    else:
        file, data = f"d{number:07d}.txt", "\n".join([title, "", *body, ""])
    row = {
        "file": file,
        "title": title,
        "publisher": place + chance.choice(words()["publishers"]),
        "publisher_type": "government",
        "document_type": DOCUMENT_TYPE[kind],
        "published": published,
        "region_id": region,
        "licence": "CC-BY-4.0",
        "evidence_policy": "full",
    }
    return Document(file, data.encode(), row)


def _laid_out(chance: Random, sentences: list[str]) -> list[str]:
    """Paragraphs of two to five sentences, a numbered heading before every third or so."""
    lines: list[str] = []
    at = section = 0
    while at < len(sentences):
        if chance.random() < 0.35:
            lines.append(f"{'一二三四五六七八九十'[section % 10]}、{chance.choice(words()['headings'])}")
            section += 1
        size = chance.randint(2, 5)
        lines.append("　　" + "".join(sentences[at : at + size]))
        at += size
    return lines


def page(chance: Random, title: str, published: str, body: list[str]) -> str:
    """A portal's page around a text: about ten bytes of markup to one of text."""
    links = "".join(
        f'<li class="nav-item n{n}"><a href="/channel/{chance.randrange(10**6)}.html" target="_blank" title="栏目">'
        f"<span>{chance.choice(words()['fields'])}</span></a></li>\n"
        for n in range(90)
    )
    script = "".join(
        f"window._q{n}=window._q{n}||[];_q{n}.push(['track',{chance.randrange(10**9)}]);\n" for n in range(120)
    )
    style = "".join(
        f".c{n}{{margin:{chance.randrange(40)}px;color:#{chance.randrange(16**6):06x}}}\n" for n in range(160)
    )
    text = "".join(
        f'<p style="text-indent:2em;" data-id="{chance.randrange(10**6)}"><span class="t">{line}</span></p>\n'
        for line in body
    )
    return (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>{title}</title>\n<style>{style}</style>\n'
        f"<script>{script}</script></head>\n<body><div class='nav'><ul>{links}</ul></div>\n"
        f'<div class="article"><h1>{title}</h1>\n<div class="meta">{published}&nbsp;&nbsp;来源：本站</div>\n{text}</div>\n'
        f'<div class="foot"><ul>{links}</ul></div></body></html>\n'
    )


def documents(count: int, seed: int = 1, kind: str = "mixed") -> Iterator[Document]:
    """The first ``count`` documents."""
    return (document(seed, number, kind) for number in range(count))


def write(folder: Path, count: int, seed: int = 1, kind: str = "mixed") -> int:
    """A folder of sources with its registry; the bytes of all documents."""
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as registry:
        rows = csv.DictWriter(registry, REGISTRY, lineterminator="\n")
        rows.writeheader()
        for made in documents(count, seed, kind):
            (folder / made.file).write_bytes(made.data)
            rows.writerow(made.row)
            size += len(made.data)
    return size


def main() -> None:
    """Write a corpus into a folder."""
    options = argparse.ArgumentParser(
        prog="python -m benchmarks.corpus", description=(__doc__ or "").partition("\n")[0]
    )
    options.add_argument("folder", type=Path)
    options.add_argument("--documents", type=int, default=1000)
    options.add_argument("--kind", choices=(*KINDS, "mixed"), default="mixed")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    size = write(given.folder, given.documents, given.seed, given.kind)
    print(f"{given.documents:,} documents, {size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
