"""Files that want to break a build: what can be read is in, what cannot is set aside with its reason, nothing crashes."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from tests.builds import hostile
from tests.builds.release import Release


def run(*arguments: str | Path) -> Result:
    """The command line in this process; what is no orderly exit is raised."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def test_what_can_be_read_is_in(survived: Release) -> None:
    assert {row["file"] for row in survived.rows("sources")} == {*hostile.READ, hostile.TAGS}


def test_what_cannot_is_set_aside_with_reason_and_advice(survived: Release) -> None:
    rows = survived.rows("quarantine")
    assert {row["file"]: row["reason"] for row in rows} == hostile.SET_ASIDE
    assert all(row["stage"] == "ingest" and row["detail"] and row["advice"] for row in rows)


def test_the_figures_of_the_good_documents_are_there(survived: Release) -> None:
    question = "SELECT indicator_text, value, unit, period FROM claims WHERE source_id = 'fuxin_2024_report'"
    assert [tuple(row.values()) for row in survived.sql(question)] == [
        ("5G基站", 4120.0, "count", "/2023"),
        ("光缆线路长度", 36000.0, "km", "/2023"),
        ("5G基站", 6500.0, "count", "/2025"),
        ("上云企业", 900.0, "count", "/2025"),
    ]


def test_text_under_thousands_of_unclosed_tags_is_read(survived: Release) -> None:
    assert survived.sql("SELECT quote, value, region_id FROM claims WHERE source_id = 'tags'") == [
        {"quote": "3座", "value": 3.0, "region_id": "211200"}
    ]


def test_text_under_a_damaged_head_is_read(survived: Release) -> None:
    question = "SELECT value, region_id FROM claims WHERE source_id = 'damaged_head'"
    assert survived.sql(question) == [{"value": 46.0, "region_id": "211400"}]


def test_a_copy_is_marked_and_is_no_second_witness(survived: Release) -> None:
    marked = survived.sql("SELECT source_id, duplicate_of FROM sources WHERE duplicate_of IS NOT NULL")
    assert [set(row.values()) for row in marked] == [{"copied", "fuxin_2024_report"}]
    question = (
        "SELECT source_id FROM evidence JOIN observations USING (observation_id) WHERE independent AND value = 4120"
    )
    assert len(survived.sql(question)) == 1


def test_a_name_with_spaces_and_chinese_is_a_name(survived: Release) -> None:
    question = f"SELECT source_id FROM sources WHERE file = '{hostile.SPACED}'"
    assert survived.sql(question) == [{"source_id": "阜新_数字建设_通报_2024年"}]


def test_two_figures_for_one_thing_at_one_time_are_a_conflict(survived: Release) -> None:
    """The tables of conflicts, which the bundled documents leave empty."""
    (conflict,) = survived.sql("SELECT period, statement, spread FROM conflicts")
    assert conflict == {"period": "/2023", "statement": "actual", "spread": pytest.approx(4760 / 4120 - 1)}
    question = "SELECT DISTINCT value, chosen FROM conflict_claims JOIN claims USING (claim_id) ORDER BY value"
    assert survived.sql(question) == [{"value": 4120.0, "chosen": True}, {"value": 4760.0, "chosen": False}]
    assert len(survived.sql("FROM observations WHERE value IN (4120, 4760) AND preferred")) == 1


@pytest.mark.parametrize("name", sorted({*hostile.READ, hostile.TAGS, *hostile.SET_ASIDE}))
def test_a_single_file_gives_claims_or_one_line_of_error(name: str, hostile_folder: Path) -> None:
    result = run("extract", hostile_folder / name)
    if name in hostile.SET_ASIDE and name != "stray.txt":
        assert (result.exit_code, result.stdout) == (1, "")
        (line,) = result.stderr.splitlines()
        assert line.startswith("error ") and name in line and hostile.SET_ASIDE[name] in line
    else:
        assert (result.exit_code, result.stderr) == (0, "")
        assert bool(result.stdout) == (name != "stray.txt")


def test_good_files_are_printed_though_others_fail(hostile_folder: Path) -> None:
    result = run("extract", hostile_folder / "empty.txt", hostile_folder / hostile.GOOD)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 4


@pytest.mark.parametrize("files", [{}, {"empty.txt": b"", "picture.txt": b"\x89PNG\r\n\x1a\n"}], ids=["none", "unread"])
def test_a_folder_without_a_readable_document_is_one_line_of_error(files: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, content in files.items():
        (tmp_path / "in" / name).write_bytes(content)
    result = run("build", "--sources", tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("error ") and "Nothing was released" in line
    assert all(name in line for name in files)
    assert not (tmp_path / "out").exists()
