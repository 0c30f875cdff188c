"""``README.md`` of the release: the dataset card, with the head that dataset hubs read."""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from pipeline.contract import PUBLISHED
from pipeline.publish.descriptors import words
from pipeline.publish.descriptors.facts import Facts

SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
HEADLINE = {
    "found": "annotated claims that were found (recall)",
    "precise": "claims found that are annotated (precision)",
    "claim": "annotated claims that were found and are right as a whole",
}
"""Figures of the table ``evaluation`` that the card shows, and what they are called there."""
REAL, HELD_OUT, WHOLE = "real", "invented_held_out", "all"
"""Corpus of the headline, that of documents left out of development, and the kind of document that stands for all kinds."""
FORMS = {
    "schema.sql": "views with comments for DuckDB, and the macros `why`, `cite`, `as_of`, `compare`",
    "dictionary.html": "every column, indicator and code with unit, in Chinese and English ([as Markdown](dictionary.md))",
    "datapackage.json": "Data Package 2",
    "croissant.json": "Croissant 1.1, with provenance down to the value",
    "dataset.jsonld": "schema.org and DCAT",
    "CITATION.cff": "how to cite",
    "LICENSE": "under which licence, with the notices of the gazetteers",
    "manifest.json": "hashes of every file and of what it was made from",
}
USE = """\
```sql
-- cd data && duckdb -init schema.sql
SELECT i.name_zh, o.period, o.value, o.bound, o.unit, cite(o.observation_id) AS source
FROM observations AS o JOIN indicators AS i USING (indicator_id)
WHERE o.statement = 'target' AND o.preferred;
```

A *claim* is what one document says, in its words; an *observation* is a comparable reading of one or more claims, tied to
them in `evidence`. Values are in the base unit (万 and 亿 multiplied out); `unit` tells which. Start with `observations`.
"""


def card(facts: Facts) -> str:
    """The file as text."""
    since = f", released {facts.released}" if facts.released else ""
    parts = [
        f"---\n{_head(facts)}---\n",
        f"# {words.TITLE_EN}\n\n{words.TITLE_ZH}\n\n{words.DESCRIPTION_EN}\n\n{words.DESCRIPTION_ZH}\n",
        f"Version {facts.version}{since}.\n\n## Use\n\n{USE}",
        "## Files\n",
        *(f"- [{name}]({name}): {what}" for name, what in FORMS.items()),
        "\n| table | rows | a row is | 一行为 |\n| --- | ---: | --- | --- |",
        *(
            f"| [{table.name}]({facts.files[table.name]['file']}) | {facts.files[table.name]['rows']:,} | {table.en} | {table.zh} |"
            for table in PUBLISHED
        ),
        f"\n## Sources\n\n{words.COLLECTION}\n",
        *_sources(facts),
        f"\n## Accuracy of the extraction\n\n{_headline(facts)}\n",
        "| annotated documents | figure | right | of | 95 % interval |\n| --- | --- | ---: | ---: | --- |",
        *_accuracy(facts),
        "\nWhat each corpus is:\n",
        *(f"- {row['name_en']}: {row['definition_en']}." for row in facts.codes_of("evaluation_corpus")),
        "\n## Limits\n",
        *(f"- {limit}" for limit in words.LIMITS),
        f"\n## Rights\n\nThe dataset is under [{facts.licence}]({words.LICENCES[facts.licence]}). The licence of each document's text and how much of it",
        "may be shown stand in `sources` (`licence`, `evidence_policy`); no file here holds more of it than that. The table `regions` rests on",
        "gazetteers under the MIT licence and CC BY 4.0, named in [LICENSE](LICENSE).",
    ]
    return "\n".join(parts) + "\n"


def _head(facts: Facts) -> str:
    rows = sum(entry["rows"] for entry in facts.files.values())
    size = next((name for limit, name in SIZES if rows < limit), "n>1M")
    names = [table.name for table in PUBLISHED]
    head: dict[str, Any] = {
        "license": facts.licence.lower(),
        "language": list(words.LANGUAGES),
        "pretty_name": words.TITLE_EN,
        "tags": [word for word in words.KEYWORDS if word.isascii()],
        "size_categories": [size],
        "configs": [{"config_name": name, "data_files": facts.files[name]["file"]} for name in names],
    }
    text: str = yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=120)
    return text


def _sources(facts: Facts) -> Iterator[str]:
    if facts.sources is None:
        yield f"- {facts.elsewhere} ([{facts.files['sources']['file']}]({facts.files['sources']['file']}))"
    yield from map(_source, facts.sources or ())


def _source(row: dict[str, Any]) -> str:
    parts = [row["publisher"], row["published"], row["edition"], row["licence"] or "all rights reserved"]
    return f"- {row['title'] or row['file']} ({', '.join(part for part in parts if part)})"


def _headline(facts: Facts) -> str:
    """Whole claims of real documents in a sentence, beside those of documents that the grammar was not developed with."""
    of = {row["corpus"]: row for row in facts.evaluation if (row["document_kind"], row["figure"]) == (WHOLE, "claim")}
    said = []
    if REAL in of:
        said.append(
            f"{_share(of[REAL])} of {of[REAL]['n']} annotated claims of real documents are found and right in value, bound, unit, "
            f"measure, statement, period, region and indicator (95 % interval {_interval(of[REAL])}). The grammar was developed with "
            "these documents."
        )
    if HELD_OUT in of:
        said.append(
            f"On invented documents that it was not developed with it is {_share(of[HELD_OUT])} ({_interval(of[HELD_OUT])})."
        )
    said.append("Single fields, more kinds of document and the floors that hold them are in the table `evaluation`.")
    return " ".join(said)


def _accuracy(facts: Facts) -> Iterator[str]:
    """The headline's figures: of real documents together and by kind, then of each other corpus together."""
    corpora = {row["code"]: row["name_en"] for row in facts.codes_of("evaluation_corpus")}
    kinds = {row["code"]: row["name_en"] for row in facts.codes_of("evaluated_kind")}
    shown = [row for row in facts.evaluation if row["corpus"] == REAL or row["document_kind"] == WHOLE]
    for row in sorted(shown, key=lambda row: row["corpus"] != REAL):
        if row["figure"] in HEADLINE:
            kind = "" if row["document_kind"] == WHOLE else f": {kinds[row['document_kind']]}"
            name = f"{corpora[row['corpus']]}{kind}"
            yield f"| {name} | {HEADLINE[row['figure']]} | {row['right']} | {row['n']} | {_interval(row)} |"


def _interval(row: Mapping[str, Any]) -> str:
    return f"{row['low']:.1%} to {row['high']:.1%}{', of an earlier grammar' if row['stale'] else ''}"


def _share(row: Mapping[str, Any]) -> str:
    return f"{row['right'] / row['n']:.1%}"
