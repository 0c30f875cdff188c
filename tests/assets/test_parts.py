"""Rows of a document are found again in the tables of a part, also where these name it only within an identifier."""

import pyarrow.compute as pc

from assets.batches import made_of
from assets.parts import of_documents
from pipeline.contract import BY_NAME
from pipeline.normalise.read import MEANT, batches, read_batch
from tests.normalise.test_batches import bundled


def test_rows_of_a_document_are_those_it_gives_alone() -> None:
    tables = bundled()
    whole = read_batch(*tables)
    seen = dict.fromkeys((*made_of("normalise"), MEANT), 0)
    for batch in batches(tables, 1):
        documents = batch[1].column("source_id").to_pylist()
        alone = read_batch(*batch)
        for name in seen:
            kept = of_documents(whole[name], documents)
            assert kept.equals(alone[name]), (name, documents)
            seen[name] += kept.num_rows
    assert seen == {name: whole[name].num_rows for name in seen} and all(seen.values())


def test_a_part_holds_the_tables_of_the_stage_that_documents_tell_by_themselves() -> None:
    assert set(made_of("normalise")) < {name for name, table in BY_NAME.items() if table.stage == "normalise"}
    assert pc.all(pc.is_valid(read_batch(*bundled())[MEANT].column("source_id"))).as_py()
