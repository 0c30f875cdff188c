"""Questions to a release: answers as tables, CSV or JSON, and errors on one line."""

import json
from pathlib import Path

import pytest

from pipeline.contract import PUBLISHED
from pipeline.publish.ask import AskFailed, as_text, ask
from pipeline.publish.candidate import write_candidate
from tests.gates.builders import world

TARGETS = "SELECT value, unit FROM claims WHERE statement = 'target' ORDER BY value"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("it's a release") / "data"
    write_candidate(world(), folder)
    return folder


def test_every_published_table_can_be_asked(data: Path) -> None:
    for table in PUBLISHED:
        assert ask(f'FROM "{table.name}"', data).num_rows == world()[table.name].num_rows


def test_tables_can_be_joined(data: Path) -> None:
    answer = ask(
        "SELECT p.status, o.value FROM progress p JOIN observations o ON target_observation_id = observation_id ORDER BY o.value",
        data,
    )
    assert answer.to_pylist() == [{"status": "behind", "value": 300.0}, {"status": "behind", "value": 50000.0}]


@pytest.mark.parametrize(
    "sql",
    [
        "SELEC 1",
        "FROM no_such_table",
        "SELECT error(quote) FROM claims",
        "SELECT no_such_column\nFROM claims",
        "SELECT value / 'a' FROM claims",
        "",
        ";",
    ],
)
def test_a_question_that_does_not_work_is_an_error_on_one_line(sql: str, data: Path) -> None:
    with pytest.raises(AskFailed) as failed:
        ask(sql, data)
    message = str(failed.value)
    assert message.startswith("the query does not work: ") and "\n" not in message


def test_a_variable_of_the_program_is_no_table(data: Path) -> None:
    missing = world()["claims"]
    assert missing.num_rows
    with pytest.raises(AskFailed, match="missing does not exist"):
        ask("FROM missing", data)


def test_a_folder_that_is_no_release_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(AskFailed, match=r"no sources\.parquet there; build a release first"):
        ask("SELECT 1", tmp_path)


def test_a_damaged_file_is_an_error_on_one_line(data: Path, tmp_path: Path) -> None:
    for path in data.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "claims.parquet").write_bytes(b"no Parquet at all")
    with pytest.raises(AskFailed) as failed:
        ask("FROM claims", tmp_path)
    assert "claims.parquet" in str(failed.value) and "\n" not in str(failed.value)


def test_an_answer_as_csv(data: Path) -> None:
    assert as_text(ask(TARGETS, data), "csv") == "value,unit\n300.0,count\n50000.0,km\n"


def test_an_answer_as_json_is_an_object_a_line(data: Path) -> None:
    lines = as_text(ask("SELECT source_id, published_from, title FROM sources ORDER BY ALL", data), "json").splitlines()
    assert json.loads(lines[0]) == {"source_id": "bote", "published_from": "2022-03-01", "title": None}
    assert len(lines) == 2


def test_an_answer_as_a_table_shows_every_cell_and_counts_rows(data: Path) -> None:
    text = as_text(ask(TARGETS, data), "table")
    assert all(cell in text for cell in ("value", "unit", "300.0", "count", "50000.0", "km"))
    assert text.endswith("2 rows\n")
    assert as_text(ask(f"{TARGETS} LIMIT 1", data), "table").endswith("1 row\n")
    assert as_text(ask(f"{TARGETS} LIMIT 0", data), "table").endswith("0 rows\n")


def test_brackets_and_colons_in_a_text_are_shown_as_they_are(data: Path) -> None:
    text = as_text(ask("SELECT '[red]第[1]条[/]' AS \"[b]\", ':smile:' AS b", data), "table")
    assert all(words in text for words in ("[red]第[1]条[/]", "[b]", ":smile:"))


def test_columns_of_one_name_are_all_shown(data: Path) -> None:
    answer = ask("SELECT 1 AS a, 2 AS a", data)
    assert as_text(answer, "csv").splitlines()[1] == "1,2"
