"""Documents may be read in batches of any size, and figures compared a family at a time: the tables are the same."""

import sys

import pyarrow as pa
import pytest

from pipeline import clean, extract, ingest, normalise
from pipeline.contract import build
from pipeline.contract.paths import SEEDS
from pipeline.normalise.read import MEANT, READ, batches, organisations, read_batch
from tests.normalise.builders import Line, claim, source, tables_of, target

SHARED = "关键工序数控化率、数字化研发设计工具普及率"


def bundled() -> list[pa.Table]:
    read = ingest.run(SEEDS)
    cleaned = clean.run(read["sources"], read["documents"])
    extracted = extract.run(read["sources"], read["documents"], cleaned["edits"], cleaned["passages"])
    return [read["sources"], read["documents"], cleaned["edits"], cleaned["passages"], extracted["claims"]]


def test_the_size_of_batches_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = bundled()
    whole = normalise.run(*tables)
    monkeypatch.setattr(sys.modules["pipeline.normalise.run"], "DOCUMENTS", 3)
    divided = normalise.run(*tables)
    assert [name for name, table in whole.items() if not table.equals(divided[name])] == []
    assert whole["observations"].num_rows > 100 and whole["organisation_mentions"].num_rows > 50


def test_a_batch_holds_the_rows_of_its_documents_alone() -> None:
    tables = bundled()
    seen: list[str] = []
    for batch in batches(tables, 5):
        ids = batch[1].column("source_id").to_pylist()
        assert len(ids) <= 5
        for table in (*batch, read_batch(*batch)["readings"]):
            assert set(table.column("source_id").to_pylist()) <= set(ids)
        seen += ids
    assert seen == sorted(tables[1].column("source_id").to_pylist())


def test_a_batch_of_nothing_is_empty() -> None:
    empty = [
        table.slice(0, 0) for table in (build("sources", [source()]), *tables_of([Line("甲")]), build("claims", []))
    ]
    (batch,) = batches(empty, 10)
    assert [table.num_rows for table in read_batch(*batch).values()] == [0] * (len(READ) + 2)


def test_an_organisation_that_another_document_names_is_known_to_all() -> None:
    one = tables_of([Line("大连某某科技有限公司来了。")], "a")
    told = claim("软件业务收入", 5e8, "CNY", "2020", subject_text="大连某某科技有限公司", source_id="b")
    tables = normalise.run(build("sources", [source("a"), source("b")]), *one, build("claims", [told]))
    (observation,) = tables["observations"].to_pylist()
    named = {row["organisation_id"]: row["name_zh"] for row in tables["organisations"].to_pylist()}
    assert named[observation["organisation_id"]] == "大连某某科技有限公司"
    (reading,) = tables["readings"].to_pylist()
    assert (reading["region_id"], reading["told_id"]) == (None, None)


def test_parts_name_organisations_in_the_order_of_the_documents() -> None:
    name, codes = "大连某某科技有限公司", ("600001.SH", "600002.SH")
    lines = [tables_of([Line(f"{name}({code})来了。")], source_id) for code, source_id in zip(codes, "ab", strict=True)]
    parts = [
        read_batch(build("sources", [source(source_id)]), *made, build("claims", []))[MEANT]
        for made, source_id in zip(lines, "ab", strict=True)
    ]
    found = [row["stock_code"] for row in organisations(parts).to_pylist() if row["name_zh"] == name]
    assert found == [codes[0]]


def test_one_number_for_indicators_of_two_families_is_told_of_both() -> None:
    claims = [target(SHARED, 80.0, "percent"), target("关键工序数控化率", 70.0, "percent", "/2030")]
    tables = normalise.run(build("sources", [source()]), *tables_of([Line("甲")]), build("claims", claims))
    combined = [row for row in tables["warnings"].to_pylist() if row["kind"] == "combined_target"]
    assert len(combined) == 2
    suspect = {row["observation_id"] for row in tables["observations"].to_pylist() if row["status"] == "suspect"}
    assert suspect == {row["observation_id"] for row in combined}
