"""The command line as a person meets it: help, output, and errors on one line."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.contract.paths import ROOT
from pipeline.publish.candidate import write_candidate
from tests.gates.builders import world

ERRORS = yaml.safe_load((Path(__file__).parent / "cases" / "cli" / "errors.yaml").read_text(encoding="utf-8"))

DOCUMENT = "关于数字园区的通报\n2022年，某园区光缆线路长度3.5万公里。到2025年，5G基站超过800座，覆盖率达到90%—95%。\n"

FIELDS = [
    "doc", "start", "end", "quote", "indicator", "measure", "statement", "value", "low", "high", "bound", "unit",
    "classifier", "period", "region", "subject", "optional",
]  # fmt: skip
"""The guideline's fields in its order."""

COMMANDS = main.list_commands(click.Context(main))


def run(*arguments: str | Path) -> Result:
    """The command in this process; what is no orderly exit is raised."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "data"
    write_candidate(world(), folder)
    return folder


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "notice.txt"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


def annotated(text: str, quote: str, doc: str = "notice.txt", **told: Any) -> dict[str, Any]:
    start = text.index(quote)
    plain = {"value": None, "low": None, "high": None, "bound": "eq", "classifier": None, "subject": None}
    place = {"doc": doc, "start": start, "end": start + len(quote), "quote": quote}
    return place | plain | {"measure": "level", "region": "210100", "optional": False} | told


def gold(path: Path, *lines: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


CABLE = annotated(
    DOCUMENT, "3.5万公里", value=35000, unit="km", statement="actual", period="2022", indicator="光缆线路长度"
)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_every_option_with_a_text(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    shown = run(name, "--help").stdout
    assert command.help and command.help.splitlines()[0] in " ".join(shown.split())
    context = click.Context(command, info_name=name, help_option_names=["-h", "--help"])
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name}: {parameter.opts} has no help"
            assert all(option in shown for option in parameter.opts)
            assert " ".join(parameter.help.split()[:2]) in shown
        else:
            assert parameter.make_metavar(context).strip("[].") in shown


def test_help_lists_every_command_and_stands_under_h_too() -> None:
    shown = run("--help").stdout
    assert all(f"  {name}" in shown for name in COMMANDS)
    assert run("-h").stdout == shown


def test_the_version_is_told() -> None:
    assert run("--version").stdout.startswith("liaoning, version ")


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in ERRORS])
def test_an_error_is_one_line_and_another_exit_code(
    case: dict[str, Any], notice: Path, data: Path, tmp_path: Path
) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "latin.sql").write_bytes(b"SELECT '\xe9'")
    (tmp_path / "broken.jsonl").write_text(json.dumps(CABLE) + "\nno json\n", encoding="utf-8")
    gold(tmp_path / "short.jsonl", {"doc": "notice.txt", "start": 3, "quote": "3座"})
    gold(tmp_path / "other.jsonl", CABLE | {"doc": "elsewhere.txt"})
    result = run(*(argument.format(tmp=tmp_path, data=data) for argument in case["command"]))
    assert result.exit_code == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("error ")
    assert [word for word in case["says"] if word.format(tmp=tmp_path) not in line] == []
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("arguments", [("publish",), ("extract",), ("query",), ("build", "--sauce", "x")])
def test_a_command_that_is_none_is_told_with_its_usage(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr and "Error: " in result.stderr


def test_extract_prints_the_guideline_s_fields_in_order(notice: Path) -> None:
    result = run("extract", notice, "--published", "2023-02", "--region", "210100")
    assert result.exit_code == 0
    assert result.stderr == ""
    claims = [json.loads(line) for line in result.stdout.splitlines()]
    assert [list(claim) for claim in claims] == [FIELDS] * 3
    assert all(claim["quote"] == DOCUMENT[claim["start"] : claim["end"]] for claim in claims)
    told = [(claim["value"], claim["low"], claim["high"], claim["bound"], claim["period"]) for claim in claims]
    assert told == [
        (35000, None, None, "eq", "2022"),
        (800, None, None, "gt", "/2025"),
        (None, 90, 95, "range", "/2025"),
    ]
    assert {claim["region"] for claim in claims} == {"210100"}


def test_extract_reads_the_registry_beside_a_file(notice: Path) -> None:
    registry = "file,published,region_id\nnotice.txt,2023-02-01,210300\n"
    (notice.parent / "sources.csv").write_text(registry, encoding="utf-8")
    claims = [json.loads(line) for line in run("extract", notice).stdout.splitlines()]
    assert {claim["region"] for claim in claims} == {"210300"}


def test_query_prints_a_table_csv_or_json(data: Path) -> None:
    question = "SELECT value, unit FROM claims WHERE statement = 'target' ORDER BY value"
    shown, comma, lines = (
        run("query", question, "--data", data, "--format", form) for form in ("table", "csv", "json")
    )
    rows = list(csv.DictReader(io.StringIO(comma.stdout)))
    assert rows
    assert [json.loads(line) for line in lines.stdout.splitlines()] == [
        {"value": float(row["value"]), "unit": row["unit"]} for row in rows
    ]
    assert f"{len(rows)} rows" in shown.stdout
    assert run("query", question, "--data", data).stdout == shown.stdout


@pytest.mark.parametrize("question", ["-- how many?\nSELECT count(*) AS n FROM claims", "--what\nFROM claims LIMIT 1"])
def test_a_question_may_begin_with_a_comment_and_stand_in_a_file(question: str, data: Path, tmp_path: Path) -> None:
    (tmp_path / "question.sql").write_text(question, encoding="utf-8")
    told = run("query", question, "--data", data, "--format", "csv")
    assert told.exit_code == 0 and len(told.stdout.splitlines()) == 2
    assert run("query", tmp_path / "question.sql", "--data", data, "--format", "csv").stdout == told.stdout


def test_score_of_a_tiny_gold_counts_hits_misses_and_wrong_fields(notice: Path, tmp_path: Path) -> None:
    registry = "file,published,region_id,document_type\nnotice.txt,2023-02-01,210100,news\n"
    (tmp_path / "sources.csv").write_text(registry, encoding="utf-8")
    stations = {"unit": "count", "classifier": "座", "statement": "target", "period": "/2025", "indicator": "5G基站"}
    lines = [
        CABLE,
        annotated(DOCUMENT, "800座", value=900, **stations | {"bound": "gt"}),
        annotated(DOCUMENT, "2022", value=2022, unit="year", statement="actual", period=None, indicator="无"),
    ]
    path = gold(tmp_path / "gold.jsonl", *lines)
    result = run("score", path, "--documents", tmp_path, "--errors")
    assert result.exit_code == 0
    row, counts = (line for line in result.stdout.splitlines() if "│ notice.txt" in line)
    cells = [cell.strip() for cell in row.strip("│").split("│")]
    # Two of three are found, two of three printed are annotated; of the two one has another value.
    assert cells[:4] == ["notice.txt", "0.667", "3", "0.500"]
    assert [cell.strip() for cell in counts.strip("│").split("│")][2:5] == ["1", "1", "1"]  # missed, extra, value
    assert "notice.txt: value" in result.stdout and "notice.txt: missed" in result.stdout
    assert "notice.txt: extra" in result.stdout


def test_score_counts_only_the_part_that_was_annotated(notice: Path, tmp_path: Path) -> None:
    end = DOCUMENT.index("到2025年")
    path = gold(tmp_path / "gold.jsonl", {"doc": "notice.txt", "covers": [0, end]}, CABLE | {"region": None})
    result = run("score", path, "--documents", tmp_path)
    (row,) = (line for line in result.stdout.splitlines() if "│ notice.txt" in line)
    assert row.split("│")[2:4] == [" 1.000 ", " 1      "]


def test_score_finds_the_documents_around_their_gold(notice: Path, tmp_path: Path) -> None:
    (tmp_path / "annotation" / "gold").mkdir(parents=True)
    (tmp_path / "corpus").mkdir()
    notice.rename(tmp_path / "corpus" / "notice.txt")
    path = gold(tmp_path / "annotation" / "gold" / "notice.jsonl", CABLE | {"region": None})
    assert "│ notice.txt" in run("score", path).stdout
    lost = gold(tmp_path / "annotation" / "gold" / "lost.jsonl", CABLE | {"doc": "lost.txt"})
    told = run("score", lost)
    assert told.exit_code == 1 and "--documents" in told.output


def test_score_tells_whole_claims_and_how_confidence_held(notice: Path, tmp_path: Path) -> None:
    registry = "file,published,region_id,document_type\nnotice.txt,2023-02-01,210100,news\n"
    (tmp_path / "sources.csv").write_text(registry, encoding="utf-8")
    share = {"low": 90, "high": 95, "bound": "range", "unit": "percent", "statement": "target", "period": "/2025"}
    lines = [CABLE, annotated(DOCUMENT, "90%—95%", indicator="覆盖率", **share | {"low": 80})]
    result = run("score", gold(tmp_path / "gold.jsonl", *lines), "--documents", tmp_path, "--errors")
    (row,) = (line for line in result.stdout.splitlines() if "│ notice.txt" in line and "0." in line)
    # Of two annotated one is whole. Of three extracted, all given 0.9 or more, one is right, one has another end, one is extra.
    assert [cell.strip() for cell in row.strip("│").split("│")][-2:] == ["0.500", "0.333"]
    kinds = [line.split()[1] for line in result.stdout.splitlines() if line.startswith("notice.txt: ")]
    assert kinds == ["confident", "confident", "extra", "value"]


def test_extract_prints_no_confidence_though_the_score_has_it(notice: Path) -> None:
    assert "confidence" not in run("extract", notice).stdout


def test_explain_prints_a_step_a_line(notice: Path) -> None:
    at = DOCUMENT.index("800座")
    shown = run("explain", notice, "--at", str(at), "--published", "2023-02", "--region", "210100")
    assert shown.exit_code == 0 and shown.stderr == ""
    assert (
        shown.stdout == run("explain", notice, "--find", "800座", "--published", "2023-02", "--region", "210100").stdout
    )
    told = dict(line.split(maxsplit=1) for line in shown.stdout.splitlines())
    assert told["bound"] == "gt; read with 超过 before it"
    assert told["period"].startswith("/2025 (deadline), by rule year_end: ")
    assert told["region"] == "210100 沈阳市"


def loaded(program: str, *words: str | Path) -> set[str]:
    """Packages and modules of the project that a program of its own has imported when it ends."""
    asked = f"import sys\n{program}\nprint(*sys.modules)"
    command = [sys.executable, "-c", asked, *map(str, words)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    names = said.stdout.splitlines()[-1].split()
    return {name for name in names if name.startswith("pipeline.")} | {name.partition(".")[0] for name in names}


def test_the_help_reads_no_grammar_and_imports_no_large_package() -> None:
    found = loaded("from pipeline.cli import main\nmain(['--help'], standalone_mode=False)")
    assert {"click", "pipeline.build_command", "pipeline.verify_command"} <= found
    large = {"numpy", "pyarrow", "pandas", "duckdb", "yaml", "rich", "dagster", "great_expectations"}
    assert not found & (
        large | {f"pipeline.{stage}" for stage in ("ingest", "clean", "extract", "normalise", "publish")}
    )


def test_a_document_is_read_without_the_packages_of_builds_tables_and_screens(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("2023年，全市新建公园36处。\n", "utf-8")
    found = loaded(
        "from pathlib import Path; import pipeline.cli, pipeline.single\n"
        "assert len(list(pipeline.single.claims_of(Path(sys.argv[1])))) == 1",
        tmp_path / "a.txt",
    )
    assert not found & {"numpy", "pyarrow", "pandas", "duckdb", "dagster", "great_expectations", "rich", "ray"}
    assert "pipeline.extract" in found
