"""``README.md`` of the release: the dataset card, with the head that dataset hubs read."""

from collections.abc import Iterator
from typing import Any

import yaml

from pipeline.contract import PUBLISHED
from pipeline.publish.descriptors import words
from pipeline.publish.descriptors.facts import Facts

SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
HEADLINE = {
    "found": "figures found",
    "precise": "found figures that are claims",
    "claim": "claims right in every field",
}
"""Figures of the table ``evaluation`` that the card shows, and what they are called there."""
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
        *(_source(row) for row in facts.sources),
        "\n## Accuracy of the extraction\n\nOn annotated documents, with 95 % intervals; all figures are in the table `evaluation`.\n",
        "| documents | figure | right | of | interval |\n| --- | --- | ---: | ---: | --- |",
        *_accuracy(facts),
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


def _source(row: dict[str, Any]) -> str:
    parts = [row["publisher"], row["published"], row["edition"], row["licence"] or "all rights reserved"]
    return f"- {row['title'] or row['file']} ({', '.join(part for part in parts if part)})"


def _accuracy(facts: Facts) -> Iterator[str]:
    names = {row["code"]: row["name_en"] for row in facts.codes_of("document_type")}
    for row in facts.evaluation:
        if row["figure"] in HEADLINE:
            interval = f"{row['low']:.1%} to {row['high']:.1%}{', of an earlier grammar' if row['stale'] else ''}"
            kind = names.get(row["document_kind"], row["document_kind"])
            yield f"| {kind} | {HEADLINE[row['figure']]} | {row['right']} | {row['n']} | {interval} |"
