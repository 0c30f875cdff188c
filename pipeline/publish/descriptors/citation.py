"""``CITATION.cff``: how to cite the release, in the Citation File Format 1.2.0."""

import yaml

from pipeline.publish.descriptors import words
from pipeline.publish.descriptors.facts import Facts, without_empty


def citation(facts: Facts) -> str:
    """The file as text."""
    fields = {
        "cff-version": "1.2.0",
        "message": "Please cite the release you used, and the documents of single figures as the macro cite() gives them.",
        "type": "dataset",
        "title": words.TITLE_EN,
        "authors": [{"name": words.CREATOR}],
        "version": facts.version,
        "date-released": facts.released,
        "license": facts.licence,
        "abstract": words.DESCRIPTION_EN,
        "keywords": list(words.KEYWORDS),
    }
    text: str = yaml.safe_dump(without_empty(fields), allow_unicode=True, sort_keys=False, width=120)
    return text
