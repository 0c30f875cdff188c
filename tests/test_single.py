"""One document read alone gives what the stages give in a batch."""

from pathlib import Path

import pytest

from pipeline import clean, extract, ingest
from pipeline.clean.run import cleaned
from pipeline.contract.paths import ROOT
from pipeline.extract.run import claims_alone

DOCUMENTS = sorted((ROOT / "seeds" / "documents").iterdir())[::6]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_rows_of_a_document_read_alone_are_those_of_the_tables(path: Path) -> None:
    read = ingest.run_files([path], region_id="210100")
    made = clean.run(read["sources"], read["documents"])
    found = extract.run(read["sources"], read["documents"], made["edits"], made["passages"])["claims"]
    alone = ingest.read_file(path, region_id="210100").document
    assert alone is not None
    source, document = ingest.rows_of(alone)
    assert ([source], [document]) == (read["sources"].to_pylist(), read["documents"].to_pylist())
    text = cleaned(source, document)
    assert claims_alone(source, text.text, text.passages) == found.to_pylist()
    assert found.num_rows > 0
