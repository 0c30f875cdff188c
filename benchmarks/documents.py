"""Documents of any number to measure with, each made by its number alone: the same seed and number give the same bytes.

As measured on 400 documents of each kind (bytes of text: of all passages; claims: as the extractor reads them):

| kind | bytes | bytes of text | claims | bytes of text to a claim |
| --- | ---: | ---: | ---: | ---: |
| ``policy``: plain text, figures in 10 of 100 sentences | 3,510 | 3,440 | 5.6 | 610 |
| ``report``: plain text, figures in 20 of 100 | 3,440 | 3,370 | 11.4 | 295 |
| ``news``: a portal's page of scripts, styles and links, figures in 18 of 100 | 35,550 | 3,310 | 7.2 | 460 |

``mixed`` is 15 of 20 policy, 4 report, 1 news: 5 kB a document. Two documents of 1,000 share 0.02 of their runs of five Chinese
characters at the median, 0.04 at the 99th percentile, two pages of portals 0.11 (Jaccard; pages of one portal share its links).

:data:`NEAR_DUPLICATES` of the documents are reprints of an earlier one: published up to a month later under another title, often by
another publisher, with one sentence in twenty exchanged, and every figure kept. So each lies beyond both bounds of ``pipeline/ingest/duplicates.py``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from benchmarks.portal import page
from benchmarks.sentences import Writer, places, words

KINDS = ("policy", "report", "news")
FORMS = (*KINDS, "mixed")
MIX = (15, 4, 1)
"""Documents of each kind in 20 of ``mixed``."""
FIGURES = {"policy": 0.1, "report": 0.2, "news": 0.18}
"""Share of sentences with figures."""
SENTENCES = {"policy": (22, 40), "report": (22, 40), "news": (14, 30)}
"""Fewest and most sentences."""
NEAR_DUPLICATES = 0.05
EXCHANGED = 20
"""One sentence in so many of a reprint is another than in what it reprints, and always one."""
DOCUMENT_TYPE = {"policy": "policy", "report": "government_work_report", "news": "news"}
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
"""Columns of the registry, as the row of a document has them."""
DIGIT = re.compile(r"\d")
FIRST_DAY, DAYS = date(2019, 1, 1), 2500


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its file name, its text and its row of the registry."""

    file: str
    text: str
    row: dict[str, str]

    @property
    def data(self) -> bytes:
        """The bytes of the file (UTF-8)."""
        return self.text.encode()


def kind_of(seed: int, number: int, kind: str = "mixed") -> str:
    """The kind of a document of a corpus of ``kind``."""
    number = copied(seed, number)
    return kind if kind != "mixed" else Random(f"{seed}/{number}/kind").choices(KINDS, MIX)[0]


def copied(seed: int, number: int) -> int:
    """The number of the document that this one reprints; its own where it reprints none."""
    chance = Random(f"{seed}/{number}/copy")
    if number and chance.random() < NEAR_DUPLICATES:
        return copied(seed, chance.randrange(number))
    return number


def document(seed: int, number: int, kind: str = "mixed") -> Document:
    """The document of this number in the corpus of this seed and kind."""
    source = copied(seed, number)
    kind = kind_of(seed, source, kind)
    chance = Random(f"{seed}/{source}")
    region, place = chance.choice(places())
    writer = Writer(chance, place)
    title = writer.title(kind)
    published = FIRST_DAY + timedelta(chance.randrange(DAYS))
    publisher = chance.choice(words()["publishers"])
    text = [writer.sentence(FIGURES[kind]) for _ in range(chance.randint(*SENTENCES[kind]))]
    if source != number:
        other = Random(f"{seed}/{number}/reprint")
        title = f"转载：{title}"
        published += timedelta(other.randint(1, 30))
        publisher = other.choice(words()["publishers"])
        # Figures stay, as they do where news travels: a policy with three of them would else have lost a third.
        prose = [at for at, sentence in enumerate(text) if not DIGIT.search(sentence)]
        for at in other.sample(prose, max(1, len(text) // EXCHANGED)):
            text[at] = Writer(other, place).sentence(0)
    # The layout and the portal are those of the original: drawn last, after what a reprint leaves as it is.
    body = _laid_out(writer, text)
    html = kind == "news"
    row = {
        "file": f"d{number:07d}.{'html' if html else 'txt'}",
        "title": title,
        "publisher": place + publisher,
        "publisher_type": "government",
        "document_type": DOCUMENT_TYPE[kind],
        "published": published.isoformat(),
        "region_id": region,
        "licence": "CC-BY-4.0",
        "evidence_policy": "full",
    }
    laid = page(chance, title, published.isoformat(), body) if html else "\n".join([title, "", *body, ""])
    return Document(row["file"], laid, row)


def documents(count: int, seed: int = 1, kind: str = "mixed") -> Iterator[Document]:
    """The first ``count`` documents of a corpus."""
    return (document(seed, number, kind) for number in range(count))


def _laid_out(writer: Writer, sentences: list[str]) -> list[str]:
    """Paragraphs of two to five sentences, a numbered heading before every third or so."""
    chance = writer.chance
    lines: list[str] = []
    at = section = 0
    while at < len(sentences):
        if chance.random() < 0.35:
            lines.append(f"{'一二三四五六七八九十'[section % 10]}、{writer.heading()}")
            section += 1
        size = chance.randint(2, 5)
        lines.append("　　" + "".join(sentences[at : at + size]))
        at += size
    return lines
