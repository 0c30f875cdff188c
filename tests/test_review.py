"""``liaoning review`` lists what is linked to nothing, and shows no more of a document than its policy allows."""

import csv
import io
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.contract import build
from pipeline.publish.candidate import write_candidate
from pipeline.review import example, nearest, review
from tests.gates.builders import world
from tests.normalise.builders import known

UNKNOWN = "水上灯会场次"


def release(folder: Path, **changed: object) -> Path:
    """A release whose claims are told to be about ``changed``, and whose observations rest on none of them."""
    tables: dict[str, pa.Table] = dict(world())
    tables["claims"] = build("claims", [row | changed for row in tables["claims"].to_pylist()])
    tables["evidence"] = tables["evidence"].slice(0, 0)
    write_candidate(tables, folder / "data")
    return folder / "data"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["review", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def unlinked(tmp_path: Path) -> Path:
    return release(tmp_path, indicator_text=UNKNOWN, measure="level", unit="count")


def test_a_wording_nobody_knows_is_listed_once_with_its_count(unlinked: Path) -> None:
    found = review(unlinked)
    (line,) = found.table.to_pylist()
    assert (line["indicator_text"], line["unit"]) == (UNKNOWN, "count")
    assert line["claims"] == found.unlinked > 0
    assert line["claim_id"] and line["documents"] >= 1


def test_a_known_wording_is_not_listed(tmp_path: Path) -> None:
    found = review(release(tmp_path, indicator_text="5G基站", measure="level", unit="count"))
    assert found.table.num_rows == 0 and found.unplaced > 0


def test_a_document_that_may_not_be_quoted_is_only_counted(tmp_path: Path) -> None:
    silent = release(tmp_path, indicator_text=None, quote=None, context=None)
    found = review(silent)
    assert found.table.num_rows == 0 and found.unnamed > 0
    assert f"{found.unnamed:,} show no words" in run("--data", silent).stderr


def test_the_table_is_printed_as_csv_too(unlinked: Path) -> None:
    (line,) = csv.DictReader(io.StringIO(run("--data", unlinked, "--csv", "--top", "5").stdout))
    assert line["indicator_text"] == UNKNOWN
    assert UNKNOWN in run("--data", unlinked).stdout


def test_no_release_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    result = run("--data", tmp_path)
    assert result.exit_code == 1 and "build a release first" in " ".join(result.stderr.split())


def test_the_help_says_where_an_answer_goes() -> None:
    shown = run("--help").stdout
    assert "seeds/tables/indicator_synonyms.csv" in shown and "seeds/corrections.yaml" in shown


def test_the_closest_indicator_is_of_the_unit() -> None:
    assert nearest("海上灯塔", "level", "count", known()) == ("masts", 0.67)
    assert nearest("海上灯塔", "level", "percent", known())[0] != "masts"
    assert nearest("啊", "level", "hour", known()) == (None, None)


def test_an_example_is_the_figure_in_its_sentence_or_what_is_left_of_it() -> None:
    assert example({"quote": "3座", "context": "全市建成灯塔3座。"}) == "全市建成灯塔3座。"
    assert example({"quote": "3座", "context": None}) == "3座"
    assert example({"quote": None, "context": None}) is None
