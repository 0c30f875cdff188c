"""What a diff looks like: on the command line, as Markdown, as Parquet; and what sides it can be of."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.contract import schema
from pipeline.contract.tables.changes import CHANGES
from pipeline.publish.candidate import MANIFEST
from pipeline.publish.diff import Difference, SideUnreadable, difference, open_side
from pipeline.publish.diff.markdown import markdown
from pipeline.publish.diff.model import KINDS, Cause
from pipeline.publish.parquet import file_hash
from tests.diff.workshop import Workshop


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def found(shops: dict[str, Workshop], before: Path) -> Difference:
    shop = shops["table and code"]
    return difference(open_side(str(before)), open_side(str(shop.root / "data")), shop.root)


def test_the_command_shows_coverage_causes_and_changes(
    shops: dict[str, Workshop], before: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    shown = run("diff", before, shops["code"].root / "data")
    assert shown.exit_code == 0
    for words in ("data (A) → data (B)", "coverage", "causes", "156,780 count", "90.0%", "pipeline/extract/run.py"):
        assert words in shown.stdout
    assert run("diff", before, before).stdout.splitlines()[-1] == "no difference"


def test_the_command_says_how_many_changes_it_does_not_show(shops: dict[str, Workshop], before: Path) -> None:
    after = shops["new_document"].root / "data"
    assert "and 3 more: see them all with --rows 0" in run("diff", before, after, "--rows", "1").stdout
    assert "more: see" not in run("diff", before, after, "--rows", "0").stdout


def test_markdown_and_parquet_hold_every_change(shops: dict[str, Workshop], before: Path, tmp_path: Path) -> None:
    after = shops["new_document"].root / "data"
    page, rows = tmp_path / "diff.md", tmp_path / "diff.parquet"
    assert run("diff", before, after, "--markdown", page, "--parquet", rows).exit_code == 0
    table = pq.read_table(rows)
    assert table.schema.remove_metadata() == schema(CHANGES)
    told = table.to_pylist()
    assert [row["ordinal"] for row in told] == list(range(1, len(told) + 1))
    assert {(row["table"], row["kind"], row["cause"]) for row in told} == {
        (name, "added", "new_document") for name in ("observations", "claims", "comparisons", "sources")
    }
    (observation,) = (row for row in told if row["table"] == "observations")
    assert json.loads(observation["new"])["value"] == observation["new_value"] == 7001.0
    assert (observation["unit"], observation["documents"]) == ("count", "city")
    text = page.read_text(encoding="utf-8")
    assert text.count("new document: city.txt") == len(told)
    assert str(tmp_path) not in text and str(before) not in text


def test_a_diff_has_the_same_bytes_every_time(shops: dict[str, Workshop], before: Path, tmp_path: Path) -> None:
    made = []
    for number in range(2):
        files = [tmp_path / f"{number}.{form}" for form in ("md", "parquet")]
        run("diff", before, shops["revised_document"].root / "data", "--markdown", files[0], "--parquet", files[1])
        made.append([path.read_bytes() for path in files])
    assert made[0] == made[1]


def test_losses_come_first_and_the_largest_change_of_a_value_before_smaller_ones(found: Difference) -> None:
    kinds = [KINDS.index(change.kind) for change in found.changes]
    assert kinds == sorted(kinds)
    sizes = [change.relative for change in found.of("value")]
    assert sizes == [0.9, 0.9, 0.0, 0.0]


def test_markdown_lists_no_more_than_it_is_asked_to(found: Difference) -> None:
    assert "… and 3 more." in markdown(found, rows=1)
    assert "more." not in markdown(found)


def test_text_of_a_document_is_no_markup(found: Difference) -> None:
    odd = replace(found.changes[0], about="<b>a</b> | [x](y)\n# head", cause=Cause("code", "`x`"))
    (line,) = (line for line in markdown(replace(found, changes=(odd,))).splitlines() if "head" in line)
    assert line.count(" | ") == 5
    assert r"\<b\>a\</b\> \| \[x\](y) # head" in line and r"\`x\`" in line


def test_a_side_may_be_a_revision_of_git(
    shops: dict[str, Workshop], before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = shops["code"].root
    monkeypatch.chdir(tmp_path)
    committed = open_side("HEAD", tmp_path, root)
    assert committed.rows == open_side(str(before)).rows
    (value, *_) = difference(committed, open_side("data", tmp_path, root), root).of("value")
    assert (value.new_value, value.cause.code) == (156780.0, "code")


def test_a_side_may_be_a_frozen_release(before: Path, tmp_path: Path) -> None:
    shutil.copytree(before, tmp_path / "2023.2.0")
    assert open_side("2023.2.0", tmp_path, tmp_path).label == "2023.2.0"


@pytest.mark.parametrize("name", ["2019.1.0", "no-such-revision", "--exec=x", ""])
def test_a_name_of_nothing_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(SideUnreadable, match="no folder, release or git revision of that name"):
        open_side(name, tmp_path, tmp_path)


def test_a_file_that_was_changed_by_hand_is_told(before: Path, tmp_path: Path) -> None:
    shutil.copytree(before, tmp_path / "data")
    (tmp_path / "data" / "claims.parquet").write_bytes(b"PAR1")
    with pytest.raises(SideUnreadable, match=r"data: claims\.parquet is not the file that its manifest\.json names"):
        open_side(str(tmp_path / "data"))


def test_a_folder_that_is_no_release_is_told(tmp_path: Path) -> None:
    said = run("diff", tmp_path, tmp_path)
    assert said.exit_code == 1 and "no release is there: no manifest.json" in said.stderr


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("claims.parquet", b"PAR1", "claims.parquet is no Parquet file"),
        ("manifest.json", b"[]", "its manifest.json cannot be read"),
        ("manifest.json", b'{"name": "liaoning-data", "tables": [], "build": 3}', "its manifest.json cannot be read"),
        ("manifest.json", b'{"name": "web-app", "tables": []}', "its manifest.json is of something else"),
    ],
)
def test_a_release_that_is_none_is_told_in_a_line(
    file: str, content: bytes, said: str, before: Path, tmp_path: Path
) -> None:
    shutil.copytree(before, tmp_path / "data")
    (tmp_path / "data" / file).write_bytes(content)
    if file != "manifest.json":
        stated(tmp_path / "data")
    told = run("diff", tmp_path / "data", before)
    assert told.exit_code == 1 and told.stderr.splitlines() == [f"error data: {said}"]


def test_a_table_without_what_its_rows_are_paired_by_is_told(before: Path, tmp_path: Path) -> None:
    shutil.copytree(before, tmp_path / "data")
    path = tmp_path / "data" / "claims.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["claim_id"]), path)
    stated(tmp_path / "data")
    with pytest.raises(SideUnreadable, match=r"claims\.parquet has no column claim_id"):
        open_side(str(tmp_path / "data"))


def test_corrections_in_the_form_of_an_older_release_are_read_and_nothing_of_them_changed(
    shops: dict[str, Workshop], tmp_path: Path
) -> None:
    after = shops["correction"].root / "data"
    shutil.copytree(after, tmp_path / "data")
    path = tmp_path / "data" / "corrections.parquet"
    table = pq.read_table(path)
    kept = (
        "correction_id",
        "source_id",
        "before",
        "wrong",
        "right",
        "after",
        "kind",
        "why",
        "expected_hits",
        "found_hits",
    )
    older = {"expected_hits": "hits_expected", "found_hits": "hits_found"}
    pq.write_table(table.select(kept).rename_columns([older.get(name, name) for name in kept]), path)
    stated(tmp_path / "data")
    told = difference(open_side(str(tmp_path / "data")), open_side(str(after)))
    assert told.changes == ()
    assert any("corrections" in said for said in map(str, told.schema))


def stated(folder: Path) -> None:
    """The manifest names the files as they are."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    for entry in manifest["tables"]:
        entry["sha256"] = file_hash(folder / entry["file"])
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def test_a_file_that_cannot_be_written_is_told(before: Path, tmp_path: Path) -> None:
    said = run("diff", before, before, "--markdown", tmp_path / "none" / "diff.md")
    assert said.exit_code == 1 and "diff.md: the file cannot be written" in said.stderr
