"""The measure of rights on candidates of invented documents: every leak that is planted is seen, and nothing else."""

import doctest
import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from expectations import rights
from expectations.rights import MOST, NAME, NAMES, NAMING, WORDING, Measured, measured
from pipeline.contract import BY_NAME
from pipeline.publish.candidate import write_candidate
from pipeline.publish.parquet import write_table
from tests.gates.builders import DIGEST, ORIGINAL, RAW, World, changed, where, world

SENTENCE = (
    "村口的老槐树下摆着一张方桌几把竹椅傍晚常有人来喝茶说起年轻时修水库的事谁也不肯先回家直到月亮升到屋顶上面才散"
)
"""What the restricted document says beside its figures: 54 words."""
LEAK = SENTENCE[:WORDING]


def with_policy(policy: str | None, known: bool = True) -> World:
    """The valid world in which the digest is restricted and says the sentence; the other document is full."""
    tables = world()
    sources = changed(tables["sources"], where(tables["sources"], source_id=DIGEST), evidence_policy=policy)
    sources = changed(sources, where(sources, source_id=ORIGINAL), evidence_policy="full")
    if not known:
        sources = sources.filter(pa.array([name != DIGEST for name in sources["source_id"].to_pylist()]))
    documents = tables["documents"]
    at = where(documents, source_id=DIGEST)
    return {**tables, "sources": sources, "documents": changed(documents, at, text=f"{RAW[DIGEST]}{SENTENCE}。\n")}


def look(folder: Path, tables: World) -> Measured:
    def batches(name: str, columns: list[str]) -> Iterable[pa.RecordBatch]:
        return tables[name].select(columns).to_batches(max_chunksize=1)

    return measured(folder, batches)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A candidate of the world under each policy."""
    found = {}
    for policy in ("full", *MOST):
        found[policy] = tmp_path_factory.mktemp(policy) / "candidate"
        write_candidate(with_policy(policy), found[policy])
    return found


@pytest.fixture
def candidate(folders: dict[str, Path], tmp_path: Path) -> Callable[[str], Path]:
    """A copy of the candidate under a policy, to plant something in."""

    def copied(policy: str) -> Path:
        shutil.copytree(folders[policy], tmp_path / policy)
        return tmp_path / policy

    return copied


def in_column(table: str, column: str) -> Callable[[Path, str], None]:
    def plant(folder: Path, text: str) -> None:
        path = folder / f"{table}.parquet"
        write_table(changed(pq.read_table(path), **{column: text}), path)

    return plant


def in_file(name: str, written: Callable[[str], str] = lambda text: text) -> Callable[[Path, str], None]:
    def plant(folder: Path, text: str) -> None:
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8") + written(text) + "\n", encoding="utf-8")

    return plant


def in_footer(folder: Path, text: str) -> None:
    path = folder / "codes.parquet"
    table = pq.read_table(path)
    pq.write_table(table.replace_schema_metadata({"note": text}), path)


PLANTED: dict[str, tuple[Callable[[Path, str], None], str, str | None]] = {
    "a column of words": (in_column("corrections", "why"), "corrections.parquet", "why"),
    "a column of codes": (in_column("claims", "rule"), "claims.parquet", "rule"),
    "a detail as JSON": (in_column("warnings", "detail"), "warnings.parquet", "detail"),
    "a sample of failing rows": (
        lambda folder, text: in_column("quality", "observed")(folder, json.dumps({"sample": [text]})),
        "quality.parquet",
        "observed",
    ),
    "what could not be read": (in_column("quarantine", "detail"), "quarantine.parquet", "detail"),
    "the footer of a table": (in_footer, "codes.parquet", None),
    "the card": (in_file("README.md"), "README.md", None),
    "the card, line by line": (in_file("README.md", lambda text: "\n- ".join(text)), "README.md", None),
    "the dictionary": (in_file("dictionary.md"), "dictionary.md", None),
    "the page": (
        in_file("dictionary.html", lambda text: "".join(f"&#{ord(c)};" for c in text)),
        "dictionary.html",
        None,
    ),
    "a descriptor": (in_file("datapackage.json"), "datapackage.json", None),
    "an escaped descriptor": (in_file("croissant.json", json.dumps), "croissant.json", None),
    "linked data": (in_file("dataset.jsonld"), "dataset.jsonld", None),
    "the citation": (in_file("CITATION.cff"), "CITATION.cff", None),
    "the schema": (in_file("schema.sql", lambda text: f"-- {text}"), "schema.sql", None),
    "the manifest": (in_file("manifest.json"), "manifest.json", None),
    "a file of nobody": (
        lambda folder, text: (folder / "notes.txt").write_text(text, encoding="utf-8"),
        "notes.txt",
        None,
    ),
}


def test_the_examples_hold() -> None:
    assert doctest.testmod(rights).failed == 0 and doctest.testmod(rights).attempted > 0


def test_a_build_without_restricted_documents_says_that_it_looked_at_none(folders: dict[str, Path]) -> None:
    found = look(folders["full"], with_policy("full"))
    assert (found.restricted, found.places, found.runs, found.breaches()) == ({"none": 0, "snippet": 0}, 0, (), 0)


@pytest.mark.parametrize("policy", MOST)
def test_an_honest_candidate_is_green_and_every_place_was_looked_at(policy: str, folders: dict[str, Path]) -> None:
    found = look(folders[policy], with_policy(policy))
    assert found.restricted == {**dict.fromkeys(MOST, 0), policy: 1}
    assert (found.breaches(), found.unread) == (0, 0)
    columns = {
        (f"{path.stem}.parquet", name)
        for path in folders[policy].glob("*.parquet")
        for name in pq.read_schema(path).names
    }
    files = {(path.name, None) for path in folders[policy].iterdir()}
    assert {(run.file, run.column) for run in found.runs} == columns | files
    assert found.places == len(columns | files)


@pytest.mark.parametrize("case", PLANTED)
def test_a_wording_is_seen_wherever_it_was_planted(case: str, candidate: Callable[[str], Path]) -> None:
    plant, file, column = PLANTED[case]
    folder = candidate("none")
    plant(folder, LEAK)
    found = look(folder, with_policy("none"))
    assert [(run.file, run.column, run.longest, run.most, run.source_id) for run in found.too_long()] == [
        (file, column, WORDING, WORDING - 1, DIGEST)
    ]
    assert found.breaches() == 1


@pytest.mark.parametrize("case", PLANTED)
def test_what_is_too_short_for_a_wording_is_measured_and_green(case: str, candidate: Callable[[str], Path]) -> None:
    plant, file, column = PLANTED[case]
    folder = candidate("none")
    plant(folder, LEAK[1:])
    found = look(folder, with_policy("none"))
    assert found.breaches() == 0
    assert {run.longest for run in found.runs if (run.file, run.column) == (file, column)} == {WORDING - 1}


def test_a_snippet_may_be_sixty_words_and_no_more(candidate: Callable[[str], Path]) -> None:
    tables = with_policy("snippet")
    documents = tables["documents"]
    said = "".join(chr(0x4E00 + 7 * k) for k in range(80))
    tables["documents"] = changed(documents, where(documents, source_id=DIGEST), text=said)
    folder = candidate("snippet")
    in_column("corrections", "why")(folder, said[:60])
    assert look(folder, tables).breaches() == 0
    in_column("corrections", "why")(folder, said[:61])
    assert [(run.policy, run.longest) for run in look(folder, tables).too_long()] == [("snippet", 61)]


@pytest.mark.parametrize(
    ("policy", "length", "red"),
    [("none", 1, True), ("snippet", 60, False), ("snippet", 61, True), ("full", 300, False)],
)
def test_a_governed_column_is_bounded_by_its_cells_whatever_they_hold(
    policy: str, length: int, red: bool, candidate: Callable[[str], Path]
) -> None:
    folder = candidate(policy)
    claims = pq.read_table(folder / "claims.parquet")
    write_table(changed(claims, where(claims, source_id=DIGEST), context="很" * length), folder / "claims.parquet")
    found = look(folder, with_policy(policy)).too_long()
    assert [(run.file, run.column, run.longest) for run in found] == (
        [("claims.parquet", "context", length)] if red else []
    )


def test_the_text_of_a_free_document_is_its_own_also_where_a_restricted_one_says_the_same(
    candidate: Callable[[str], Path],
) -> None:
    folder = candidate("none")
    claims = pq.read_table(folder / "claims.parquet")
    write_table(changed(claims, where(claims, source_id=ORIGINAL), context=SENTENCE), folder / "claims.parquet")
    assert look(folder, with_policy("none")).breaches() == 0


@pytest.mark.parametrize("policy", [None, "", "public", "Full"])
def test_unknown_rights_are_none(policy: str | None, candidate: Callable[[str], Path]) -> None:
    folder = candidate("none")
    in_file("README.md")(folder, LEAK)
    tables = with_policy("none")
    sources = tables["sources"]
    told = [policy if name == DIGEST else "full" for name in sources["source_id"].to_pylist()]
    at = sources.schema.get_field_index("evidence_policy")
    tables["sources"] = sources.set_column(at, "evidence_policy", pa.array(told, pa.string()))
    found = look(folder, tables)
    assert found.restricted == {"none": 1, "snippet": 0}
    assert [run.policy for run in found.too_long()] == ["none"]


def test_a_document_without_a_row_has_unknown_rights(candidate: Callable[[str], Path]) -> None:
    folder = candidate("none")
    in_file("README.md")(folder, LEAK)
    found = look(folder, with_policy("none", known=False))
    assert found.restricted == {"none": 1, "snippet": 0}
    assert [(run.policy, run.source_id) for run in found.too_long()] == [("none", DIGEST)]


def test_a_restricted_document_whose_text_is_not_there_was_not_looked_at_and_is_red(folders: dict[str, Path]) -> None:
    tables = with_policy("none")
    documents = tables["documents"]
    tables["documents"] = documents.filter(pa.array([name != DIGEST for name in documents["source_id"].to_pylist()]))
    found = look(folders["none"], tables)
    assert (found.unread, found.breaches()) == (1, 1)


def test_a_wording_of_the_clean_text_is_seen_through_the_markup_of_the_raw_one(
    candidate: Callable[[str], Path],
) -> None:
    tables = with_policy("none")
    documents, passages = tables["documents"], tables["passages"]
    marked = "<b>" + "</b><b>".join(SENTENCE) + "</b>"
    tables["documents"] = changed(documents, where(documents, source_id=DIGEST), text=marked)
    at = where(passages, source_id=DIGEST)
    half = len(LEAK) // 2
    tables["passages"] = changed(changed(passages, at, text=LEAK[:half]), at + 1, text=LEAK[half:])
    folder = candidate("none")
    in_file("README.md")(folder, LEAK)
    assert [(run.file, run.longest) for run in look(folder, tables).too_long()] == [("README.md", WORDING)]


def test_a_page_is_looked_at_as_it_is_seen(candidate: Callable[[str], Path]) -> None:
    """What cleaning throws away is the page's text too; its markup is nobody's."""
    tables = with_policy("none")
    sources, documents = tables["sources"], tables["documents"]
    tables["sources"] = changed(sources, where(sources, source_id=DIGEST), media_type="text/html")
    markup = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        "<style>body{font-family:sans-serif;margin:auto;max-width:60em;color:black;background:white;line-height:normal}</style>"
    )
    page = f'<p class="{markup[6:21]}">' + "</i><i>".join(SENTENCE[:30]) + "</p>"
    tables["documents"] = changed(documents, where(documents, source_id=DIGEST), text=page)
    folder = candidate("none")
    in_file("dictionary.html")(folder, '<p class="charset=utf-8">')
    assert look(folder, tables).breaches() == 0
    in_file("dictionary.html")(folder, LEAK)
    assert [run.longest for run in look(folder, tables).too_long()] == [WORDING]


def named(folder: Path, tables: World, **cells: str) -> World:
    """The digest's row with these cells, in the world and in the candidate."""
    sources = pq.read_table(folder / "sources.parquet")
    write_table(changed(sources, where(sources, source_id=DIGEST), **cells), folder / "sources.parquet")
    return tables


@pytest.mark.parametrize("column", sorted(column for _, column in NAMING if column not in ("source_id", "file")))
def test_what_names_a_document_may_stand_anywhere(column: str, candidate: Callable[[str], Path]) -> None:
    folder = candidate("none")
    tables = named(folder, with_policy("none"), **{column: SENTENCE[:30]})
    for name in ("README.md", "dataset.jsonld"):
        in_file(name)(folder, f"- {SENTENCE[:30]} (2021)")
    assert look(folder, tables).breaches() == 0
    in_file("README.md")(folder, SENTENCE[10:45])
    assert [(run.file, run.longest) for run in look(folder, tables).too_long()] == [("README.md", 35)]


def test_a_paragraph_is_no_title(candidate: Callable[[str], Path]) -> None:
    folder, tables = candidate("none"), with_policy("none")
    long = "".join(chr(0x4E00 + 7 * k) for k in range(NAMING["sources", "title"] + 1))
    documents = tables["documents"]
    tables["documents"] = changed(documents, where(documents, source_id=DIGEST), text=long)
    assert look(folder, named(folder, tables, title=long[:-1])).breaches() == 0
    in_file("README.md")(folder, long)
    tables = named(folder, tables, title=long)
    assert {(run.file, run.column) for run in look(folder, tables).too_long()} == {
        ("sources.parquet", "title"),
        ("README.md", None),
    }


@pytest.mark.parametrize(("table", "column"), sorted(NAMES))
def test_a_name_may_be_longer_than_a_wording_and_has_an_end(
    table: str, column: str, candidate: Callable[[str], Path]
) -> None:
    folder, plant = candidate("none"), in_column(table, column)
    plant(folder, SENTENCE[:NAME])
    assert look(folder, with_policy("none")).breaches() == 0
    plant(folder, SENTENCE[: NAME + 1])
    assert [(run.column, run.most) for run in look(folder, with_policy("none")).too_long()] == [(column, NAME)]


def test_columns_of_names_and_facts_are_columns_of_the_contract_that_no_policy_governs() -> None:
    assert [place for place in [*NAMES, *NAMING] if BY_NAME[place[0]].column(place[1]).policy] == []


def test_what_is_told_holds_no_word_of_a_document(candidate: Callable[[str], Path]) -> None:
    folder = candidate("none")
    in_file("README.md")(folder, SENTENCE)
    told = json.dumps(look(folder, with_policy("none")).told(), ensure_ascii=False)
    assert "README.md" in told and SENTENCE[:4] not in told
