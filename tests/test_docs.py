"""The documentation is true: its commands run, its links lead somewhere, it names what there is."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from assets import picture
from pipeline.cli import main
from pipeline.contract import ALL
from pipeline.contract.paths import DATA, ROOT
from pipeline.publish.ask import ask

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
QUERIES = sorted((ROOT / "docs" / "queries").glob("*.sql"))
LIAONING = ".venv/bin/liaoning"
NOTICE = "关于数字园区的通报\n2023年末，全市5G基站达到730座。\n"

names = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def commands() -> Iterator[str]:
    """Every line of a block of shell that calls the project's command."""
    for page in PAGES:
        for block in blocks(page, "sh"):
            yield from (line for line in block.splitlines() if line.startswith(LIAONING))


def examples() -> Iterator[str]:
    """The commands that the help of a command shows."""
    context = click.Context(main)
    for command in (main.get_command(context, name) for name in main.list_commands(context)):
        for block in re.findall(r"\x08\n((?:.+\n?)+)", (command and command.help) or ""):
            yield from (" ".join(chunk.split()) for chunk in re.split(r"\n(?=\s*liaoning )", block))


def packages(text: str) -> set[str]:
    """Names of packages in a file of requirements."""
    lines = (line.split("#")[0].strip() for line in text.splitlines())
    return {re.split(r"[\[<>=~! ;]", line)[0].lower() for line in lines if line and not line.startswith("-")}


def rows_of(section: str) -> set[str]:
    """Package names in the first column of a table of docs/dependencies.md."""
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    body = text.split(f"\n## {section}\n")[1].split("\n## ")[0]
    cells = [line.split("|")[1].strip() for line in body.splitlines() if line.startswith("|")]
    return {name.strip().lower() for cell in cells[2:] for name in cell.split(",")}


@pytest.fixture(scope="module")
def data() -> Path:
    assert DATA.is_dir(), "there is no data/: run `make data`"
    return DATA


def test_the_documentation_shows_the_commands() -> None:
    shown = {shlex.split(line)[1] for line in commands()}
    assert shown >= {"build", "extract", "query"}
    assert len(list(examples())) >= 3


@pytest.mark.parametrize("line", sorted({*commands(), *examples()}))
def test_a_command_of_documentation_or_help_runs(
    line: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = shlex.split(line, comments=True)[1:]
    assert words[0] != "build" or "--out" in words, "a test must not write to data/"
    (tmp_path / "my-folder").mkdir()
    for place in (tmp_path, tmp_path / "my-folder"):
        (place / "notice.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    printed = result.stdout.splitlines()
    assert len(printed) > (words[0] != "extract") and printed[-1] != "0 rows"


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.stem)
def test_a_question_of_an_analyst_is_one_statement_with_an_answer(query: Path, data: Path) -> None:
    statement = query.read_text(encoding="utf-8")
    assert statement.startswith("-- ") and statement.rstrip().endswith(";")
    answer = ask(statement, data)
    assert answer.num_rows
    assert all(column.null_count < answer.num_rows for column in answer.columns[:4])
    rows = [tuple(row.values()) for row in answer.to_pylist()]
    assert len(set(rows)) == len(rows)


def test_the_question_of_goals_has_a_row_for_every_target_due_in_2025_and_begins_with_those_met(data: Path) -> None:
    goals = ask((ROOT / "docs" / "queries" / "1_goals_met.sql").read_text(encoding="utf-8"), data)
    assert goals.num_rows == ask("FROM progress WHERE year(deadline) = 2025", data).num_rows
    answered = [row for row in goals.to_pylist() if row["status"] != "no_report"]
    assert goals.to_pylist()[: len(answered)] == answered and answered[0]["status"] == "met"
    assert all(row["promised_in"] and row["reported_in"] and row["comparable"] in ("yes", "likely") for row in answered)


def test_the_question_of_disagreements_says_of_each_why_and_who(data: Path) -> None:
    pairs = ask(
        (ROOT / "docs" / "queries" / "2_where_reports_disagree.sql").read_text(encoding="utf-8"), data
    ).to_pylist()
    assert ("物联网基站数", "target_below_baseline", 15000.0, 26000.0) in [
        (row["indicator"], row["why"], row["value"], row["other_value"]) for row in pairs
    ]
    assert all(row["told_in"] and row["other_told_in"] for row in pairs)


def test_the_question_of_5g_knows_the_cities(data: Path) -> None:
    places = ask((ROOT / "docs" / "queries" / "3_cities_5g.sql").read_text(encoding="utf-8"), data)
    assert {"沈阳市", "大连市"} <= set(places.column("place").to_pylist())


def test_the_question_of_cloud_firms_shows_the_goals_in_the_order_they_were_set(data: Path) -> None:
    told = ask((ROOT / "docs" / "queries" / "4_cloud_firms_goal.sql").read_text(encoding="utf-8"), data).to_pylist()
    goals = [row for row in told if row["statement"] == "target" and row["indicator"] == "上云企业数"]
    assert [(row["value"], row["period"]) for row in goals] == [(50000.0, "/2022"), (200000.0, "/2025")]


def test_the_question_of_growth_sets_only_rates_on_one_basis_side_by_side(data: Path) -> None:
    rates = ask((ROOT / "docs" / "queries" / "5_comparable_growth.sql").read_text(encoding="utf-8"), data).to_pylist()
    bases = [row["basis"] for row in rates]
    assert bases == sorted(bases) and "none" not in bases
    assert max(row["comparable_rates"] for row in rates) > 1


def test_the_question_of_companies_names_some_with_figures_of_their_own(data: Path) -> None:
    named = ask(
        (ROOT / "docs" / "queries" / "6_companies_and_figures.sql").read_text(encoding="utf-8"), data
    ).to_pylist()
    assert {row["about_the_company"] for row in named} == {True, False}
    assert len({row["company"] for row in named}) > 5


def test_the_question_of_what_was_said_shows_box_1_and_no_other(data: Path) -> None:
    said = ask((ROOT / "docs" / "queries" / "7_what_was_said.sql").read_text(encoding="utf-8"), data)
    box = ask(
        "SELECT claim_id FROM programme_claims JOIN programmes USING (programme_id) WHERE kind = 'special_action' AND number = '1'",
        data,
    )
    assert said.num_rows == box.num_rows


def test_there_are_seven_questions_and_the_readme_leads_to_them() -> None:
    assert [query.name[:2] for query in QUERIES] == [f"{number}_" for number in range(1, 8)]
    assert "(docs/queries/)" in (ROOT / "README.md").read_text(encoding="utf-8")


@names
def test_sql_shown_on_a_page_has_an_answer(page: Path, data: Path) -> None:
    for statement in blocks(page, "sql"):
        assert ask(statement, data).num_rows


@names
def test_relative_links_lead_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@names
def test_paths_named_on_a_page_exist(page: Path) -> None:
    """Words in backticks that begin with a folder of the repository; patterns and what a build makes aside."""
    folders = "assets|docs|expectations|pipeline|requirements|seeds|tests"
    told = re.findall(rf"`((?:{folders})/[^`\s<*]*)`", page.read_text(encoding="utf-8"))
    assert [path for path in told if not (ROOT / path).exists()] == []


def test_make_targets_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    sources = [*PAGES, ROOT / ".ci" / "run", *sorted((ROOT / "pipeline").rglob("*.py"))]
    for path in sources:
        told = set(re.findall(r"(?:^|`)make ([a-z]+)", path.read_text(encoding="utf-8"), re.MULTILINE))
        assert told <= targets, path.name


def test_every_table_of_the_contract_is_mentioned() -> None:
    text = "".join((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("tables.md", "architecture.md"))
    assert [table.name for table in ALL if not re.search(rf"\b{table.name}\b", text)] == []


def test_the_picture_of_the_graph_is_of_today() -> None:
    drawn = (ROOT / "docs" / "asset_graph.svg").read_text(encoding="utf-8")
    assert drawn == picture.svg(), "run `python -m assets.picture`"


@pytest.mark.parametrize(("file", "section"), [("runtime.in", "To run"), ("development.in", "To develop")])
def test_every_dependency_has_its_reason_and_every_reason_its_dependency(file: str, section: str) -> None:
    assert packages((ROOT / "requirements" / file).read_text(encoding="utf-8")) == rows_of(section)


@pytest.mark.parametrize("name", ["runtime", "development"])
def test_the_lock_pins_what_is_chosen_with_hashes_and_names_no_index(name: str) -> None:
    lock = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pinned = re.findall(r"^([a-z0-9][\w.-]*)(?:\[[\w,-]+\])?==", lock, re.MULTILINE | re.IGNORECASE)
    chosen = packages((ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8"))
    assert chosen <= {package.lower() for package in pinned}
    assert len(pinned) == len(re.findall(r"^\S+==.*\\\n\s+--hash=sha256:", lock, re.MULTILINE))
    assert "://" not in re.sub(r"#.*", "", lock)


def test_every_seed_table_is_described() -> None:
    described = "".join((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("tables.md", "words.md"))
    missing = [path.stem for path in sorted((ROOT / "seeds" / "tables").glob("*.csv")) if path.stem not in described]
    assert not missing
