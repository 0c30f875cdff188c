"""The files that describe a release: each is judged by its own standard's tool, and says everything in both languages."""

import copy
import html
import json
import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mlcroissant
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import rdflib
import yaml
from absl import logging as absl_logging
from frictionless import Package
from rdflib import namespace

from pipeline.contract import BY_NAME, PUBLISHED, Column, Table, build
from pipeline.contract.codes import rows as code_rows
from pipeline.contract.paths import DATA
from pipeline.contract.units import UNITS, unit_en, unit_zh
from pipeline.normalise.master import master_tables
from pipeline.publish.candidate import write_candidate
from pipeline.publish.descriptors import FILES
from pipeline.publish.parquet import file_hash
from tests.gates.builders import changed, world

# mlcroissant logs by absl, whose handler keeps the standard error of its import, here pytest's, and closes it when Dagster
# sets up logging anew. It leaves the real one open.
absl_logging.get_absl_handler().python_handler.setStream(sys.__stderr__)

CHINESE = re.compile(r"[\u3400-\u9fff]")
SPDX = "http://spdx.org/rdf/terms#"
XSD = "http://www.w3.org/2001/XMLSchema#"

pytestmark = [
    # Of the tools, about themselves.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
    pytest.mark.filterwarnings("ignore:The inplace keyword"),
]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled tables, written with the descriptors of today."""
    folder = tmp_path_factory.mktemp("described") / "data"
    write_candidate(
        {name: build(name, pq.read_table(DATA / f"{name}.parquet").to_pylist()) for name in tables()}, folder
    )
    return folder


def tables() -> list[str]:
    return [table.name for table in PUBLISHED]


def read(release: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((release / name).read_text(encoding="utf-8"))
    return found


# In both languages, with units


def test_every_table_and_column_is_described_in_both_languages() -> None:
    for table in PUBLISHED:
        for said in (table, *table.columns):
            assert said.en.strip() and CHINESE.search(said.zh), f"{table.name}: {said}"


@pytest.mark.parametrize(
    ("column", "told"),
    [
        (Column("length", "string", " ", "长度"), "described in English and in Chinese"),
        (Column("length", "string", "Length", ""), "described in English and in Chinese"),
        (Column("length", "float", "Length", "长度"), "must have a unit"),
    ],
)
def test_a_column_without_a_description_or_a_number_without_a_unit_is_no_column(column: Column, told: str) -> None:
    key = Column("bridge_id", "string", "The bridge", "桥")
    with pytest.raises(ValueError, match=told):
        Table("bridges", "publish", "A bridge", "一座桥", (key, column), ("bridge_id",))
    with pytest.raises(ValueError, match="what a row is"):
        Table("bridges", "publish", "A bridge", "", (key,), ("bridge_id",))


def test_every_unit_of_a_column_is_known_and_said_in_both_languages() -> None:
    for table in PUBLISHED:
        for column in table.columns:
            assert column.unit is None or column.unit in UNITS
            assert not (column.unit and column.unit_from), "a unit is fixed or told by a column"
            if column.unit or column.unit_from:
                assert unit_en(column) and CHINESE.search(unit_zh(column) or "")
            if column.unit_from:
                other, _, name = column.unit_from.rpartition(".")
                assert BY_NAME[other or table.name].column(name).codes == "unit"


def test_every_indicator_and_code_is_named_and_defined() -> None:
    units = {row["code"] for row in code_rows() if row["list"] == "unit"}
    for row in master_tables()["indicators"].to_pylist():
        assert row["name_en"].strip() and row["definition_en"].strip() and row["unit"] in units, row
        assert CHINESE.search(row["name_zh"]) and CHINESE.search(row["definition_zh"]), row
    for row in code_rows():
        assert all(row[part].strip() for part in ("name_en", "name_zh", "definition_en", "definition_zh")), row


# Data Package


def test_the_data_package_is_valid_and_tells_of_every_file_as_it_is(release: Path) -> None:
    package = read(release, "datapackage.json")
    assert list(Package.metadata_validate(package)) == []
    assert package["$schema"].endswith("/2.0/datapackage.json")
    for resource, table in zip(package["resources"], PUBLISHED, strict=True):
        path = release / resource["path"]
        assert (resource["bytes"], resource["hash"]) == (path.stat().st_size, f"sha256:{file_hash(path)}")
        assert resource["rows"] == pq.read_metadata(path).num_rows
        schema = resource["schema"]
        assert [field["name"] for field in schema["fields"]] == [column.name for column in table.columns]
        for field, column in zip(schema["fields"], table.columns, strict=True):
            assert (field["description"], field["description_zh"]) == (column.en, column.zh)
            assert ("unit" in field) == bool(column.unit or column.unit_from)
            assert ("categories" in field) == bool(column.codes)


def with_rows(release: Path) -> dict[str, Any]:
    """The package with its rows inside: the tool reads Parquet through a package of its own that we do without."""
    package = read(release, "datapackage.json")
    for resource in package["resources"]:
        rows = pq.read_table(release / resource.pop("path")).to_pylist()
        resource["data"] = rows or [[field["name"] for field in resource["schema"]["fields"]]]
        for name in ("format", "mediatype", "bytes", "hash"):
            del resource[name]
    return package


def test_every_bundled_row_is_valid_by_the_data_package(release: Path) -> None:
    report = Package.from_descriptor(with_rows(release)).validate()
    assert report.flatten(["name", "type", "message"]) == []
    assert (report.valid, report.stats["tasks"]) == (True, len(PUBLISHED))


def test_the_data_package_is_one_by_which_faults_are_found(release: Path) -> None:
    package = with_rows(release)
    rows = {resource["name"]: resource["data"] for resource in package["resources"]}
    package["resources"] = [
        resource for resource in package["resources"] if resource["name"] in ("sources", "progress", "observations")
    ]
    for resource in package["resources"]:
        keys = resource["schema"].get("foreignKeys", [])
        resource["schema"]["foreignKeys"] = [
            key for key in keys if key["reference"]["resource"] in ("", "observations")
        ]
    rows["sources"][0]["characters"] = 0
    rows["sources"][1]["sha256"] = "no hash"
    rows["progress"][0]["target_observation_id"] = "o-0000000000000000"
    rows["observations"].append(rows["observations"][0])
    found = {kind for (kind,) in Package.from_descriptor(package).validate().flatten(["type"])}
    assert {"constraint-error", "foreign-key", "primary-key"} <= found
    broken = read(release, "datapackage.json")
    broken["resources"][0]["schema"]["primaryKey"] = ["nowhere"]
    assert list(Package.metadata_validate(broken))


# Croissant


def croissant(release: Path) -> mlcroissant.Dataset:
    return mlcroissant.Dataset(jsonld=str(release / "croissant.json"))


def test_the_croissant_file_is_valid_and_of_version_1_1(release: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        metadata = croissant(release).metadata
    issues = metadata.ctx.issues
    assert (issues.errors, issues.warnings, caplog.messages) == (set(), set(), [])
    assert metadata.ctx.conforms_to.value == "http://mlcommons.org/croissant/1.1"
    assert [record_set.uuid for record_set in metadata.record_sets] == tables()


@pytest.fixture(scope="module")
def records(release: Path) -> mlcroissant.Dataset:
    """For one reading of each table: mlcroissant gives nothing the second time."""
    return croissant(release)


@pytest.mark.parametrize("name", tables())
def test_every_table_can_be_read_by_the_croissant_file(name: str, release: Path, records: mlcroissant.Dataset) -> None:
    expected = pq.read_table(release / f"{name}.parquet")
    found = list(records.records(name))
    assert len(found) == expected.num_rows
    for column in BY_NAME[name].columns:
        if column.kind == "string" and not column.nullable:
            cells = [row[f"{name}/{column.name}"] for row in found]
            assert [cell.decode() if isinstance(cell, bytes) else cell for cell in cells] == expected[
                column.name
            ].to_pylist()


def test_the_provenance_of_a_value_is_told_by_columns_of_its_row(release: Path) -> None:
    fields = {field["@id"]: field for part in read(release, "croissant.json")["recordSet"] for field in part["field"]}
    told = {
        (identifier, annotation["equivalentProperty"]): [
            part["source"]["extract"]["column"] for part in annotation.get("subField", [annotation])
        ]
        for identifier, field in fields.items()
        for annotation in field.get("annotation", [])
    }
    assert told["claims/value", "prov:wasQuotedFrom"] == ["source_id", "raw_start", "raw_end", "quote"]
    assert told["claims/value", "prov:wasGeneratedBy"] == ["rule", "confidence"]
    assert told["claims/value", "sc:unitText"] == ["unit"]
    assert told["evidence/observation_id", "prov:wasDerivedFrom"] == ["claim_id", "source_id"]
    relations = {relation.removeprefix("prov:") for _, relation in told if relation.startswith("prov:")}
    assert all(relation in namespace.PROV for relation in relations)


def test_a_croissant_file_with_a_column_of_no_file_is_refused(release: Path, tmp_path: Path) -> None:
    broken = copy.deepcopy(read(release, "croissant.json"))
    broken["recordSet"][0]["field"][0]["source"]["fileObject"]["@id"] = "nowhere.parquet"
    path = tmp_path / "croissant.json"
    path.write_text(json.dumps(broken), encoding="utf-8")
    with pytest.raises(mlcroissant.ValidationError):
        mlcroissant.Dataset(jsonld=str(path))


# schema.org and DCAT


@pytest.fixture(scope="module")
def graph(release: Path) -> rdflib.Graph:
    text = (release / "dataset.jsonld").read_text(encoding="utf-8")
    return rdflib.Graph().parse(data=text, format="json-ld", publicID="https://data.example/liaoning/")


def test_every_word_of_the_linked_description_is_one_of_its_vocabulary(graph: rdflib.Graph) -> None:
    assert {
        str(namespace.DCAT.Dataset),
        str(namespace.SDO.Dataset),
        str(namespace.DCAT.Distribution),
        str(namespace.SDO.DataDownload),
    } <= words_of_vocabularies(graph)


def words_of_vocabularies(graph: rdflib.Graph) -> set[str]:
    """Every word that is used, each of which must be one of a vocabulary."""
    used = {str(predicate) for predicate in graph.predicates()} | {
        str(kind) for kind in graph.objects(None, namespace.RDF.type)
    }
    known = (namespace.SDO, namespace.DCAT, namespace.DCTERMS, namespace.PROV, namespace.OWL)
    for word in sorted(used - {str(namespace.RDF.type)}):
        vocabulary = next((one for one in known if word.startswith(str(one))), None)
        assert word.startswith(SPDX) or (vocabulary is not None and word in vocabulary), word
    return used


def test_the_linked_description_has_what_a_catalogue_asks_for_in_both_languages(graph: rdflib.Graph) -> None:
    (dataset,) = graph.subjects(namespace.RDF.type, namespace.DCAT.Dataset)
    for predicate in (
        namespace.DCTERMS.title,
        namespace.DCTERMS.description,
        namespace.SDO.name,
        namespace.SDO.description,
        namespace.DCAT.keyword,
    ):
        assert {said.language for said in graph.objects(dataset, predicate)} == {"en", "zh"}
    for predicate in (
        namespace.DCTERMS.license,
        namespace.DCTERMS.creator,
        namespace.DCTERMS.issued,
        namespace.OWL.versionInfo,
        namespace.SDO.temporalCoverage,
    ):
        assert len(set(graph.objects(dataset, predicate))) == 1
    assert set(graph.objects(dataset, namespace.DCAT.distribution)) == set(
        graph.objects(dataset, namespace.SDO.distribution)
    )
    assert len(set(graph.objects(dataset, namespace.SDO.variableMeasured))) == master_tables()["indicators"].num_rows
    documents = pq.read_table(DATA / "sources.parquet").to_pylist()
    assert {str(found) for found in graph.objects(dataset, namespace.PROV.wasDerivedFrom)} == {
        f"urn:sha256:{row['original_sha256'] or row['sha256']}" for row in documents
    }


def test_every_table_is_a_distribution_with_its_size_and_hash(graph: rdflib.Graph, release: Path) -> None:
    found = {}
    for distribution in graph.subjects(namespace.RDF.type, namespace.DCAT.Distribution):
        (url,), (size,) = (
            graph.objects(distribution, namespace.DCAT.downloadURL),
            graph.objects(distribution, namespace.DCAT.byteSize),
        )
        (checksum,) = graph.objects(distribution, rdflib.URIRef(f"{SPDX}checksum"))
        (value,) = graph.objects(checksum, rdflib.URIRef(f"{SPDX}checksumValue"))
        assert value.datatype == rdflib.URIRef(f"{XSD}hexBinary")
        found[str(url).rpartition("/")[2]] = (int(size), str(graph.value(distribution, namespace.SDO.sha256)))
    assert found == {path.name: (path.stat().st_size, file_hash(path)) for path in release.glob("*.parquet")}


# Citation, card, dictionary


def test_the_citation_has_the_fields_its_format_asks_for(release: Path) -> None:
    fields = yaml.safe_load((release / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= fields.keys()
    assert fields.keys() <= {
        *(
            "cff-version",
            "message",
            "type",
            "title",
            "authors",
            "version",
            "date-released",
            "license",
            "abstract",
            "keywords",
        )
    }
    assert (fields["cff-version"], fields["type"], fields["license"]) == ("1.2.0", "dataset", "CC-BY-4.0")
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", fields["date-released"])
    assert all(author.keys() == {"name"} for author in fields["authors"])
    assert len(set(fields["keywords"])) == len(fields["keywords"])


def test_the_card_has_a_head_and_leads_to_files_that_are_there(release: Path) -> None:
    text = (release / "README.md").read_text(encoding="utf-8")
    head = yaml.safe_load(text.split("---\n")[1])
    assert (head["license"], head["language"]) == ("cc-by-4.0", ["zh", "en"])
    assert [one["config_name"] for one in head["configs"]] == tables()
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert [link for link in links if "://" not in link and not (release / link).exists()] == []
    assert {path.name for path in release.iterdir()} - {"README.md"} <= set(links)
    accuracy = text.split("## Accuracy")[1].split("\n## ")[0]
    corpora = {row["code"]: row["name_en"] for row in pq.read_table(release / "codes.parquet").to_pylist()}
    for row in pq.read_table(release / "evaluation.parquet").to_pylist():
        counts = f"| {row['right']} | {row['n']} | {row['low']:.1%} to {row['high']:.1%}"
        if row["figure"] == "claim" and (row["corpus"] == "real" or row["document_kind"] == "all"):
            assert any(
                line.startswith(f"| {corpora[row['corpus']]}") and counts in line for line in accuracy.splitlines()
            )
        if (row["corpus"], row["document_kind"], row["figure"]) == ("real", "all", "claim"):
            headline = f"{row['right'] / row['n']:.1%} of {row['n']} annotated claims of real documents"
            assert accuracy.split("\n")[2].startswith(headline)
    for row in pq.read_table(release / "sources.parquet").to_pylist():
        assert row["title"] in text


def dictionary_words(release: Path) -> Iterator[tuple[str, str]]:
    """Every name, description, unit and code a reader may look for, in both languages, and what it is of."""
    for table in PUBLISHED:
        for column in table.columns:
            place = f"{table.name}.{column.name}"
            yield from ((place, said) for said in (column.name, column.en, column.zh))
            if column.unit or column.unit_from:
                yield from ((place, said) for said in (unit_en(column) or "", unit_zh(column) or ""))
    for row in pq.read_table(release / "indicators.parquet").to_pylist():
        names = ("indicator_id", "name_en", "name_zh", "definition_en", "definition_zh")
        yield from ((row["indicator_id"], row[name]) for name in names)
    for row in pq.read_table(release / "codes.parquet").to_pylist():
        yield from (
            (f"{row['list']}.{row['code']}", row[name])
            for name in ("code", "name_en", "name_zh", "definition_en", "definition_zh")
        )


def test_the_dictionary_tells_of_everything_in_both_languages_in_both_forms(release: Path) -> None:
    page = html.unescape(re.sub(r"</?code>", "`", (release / "dictionary.html").read_text(encoding="utf-8")))
    text = (release / "dictionary.md").read_text(encoding="utf-8").replace("\\|", "|")
    wanted = list(dictionary_words(release))
    assert len(wanted) > 1_000
    assert [place for place, said in wanted if said not in page] == []
    assert [place for place, said in wanted if said not in text] == []


def test_the_page_needs_nothing_beside_it_and_every_link_in_it_leads_somewhere(release: Path) -> None:
    page = (release / "dictionary.html").read_text(encoding="utf-8")
    assert re.findall(r"(?:src|href)=[\"'](?!#)", page) == [] and "url(" not in page and "@import" not in page
    places = re.findall(r'id="([^"]+)"', page)
    assert len(places) == len(set(places))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(places)
    assert len(re.findall(r"<h3", page)) == len(PUBLISHED) + 1 + len(
        set(pq.read_table(release / "codes.parquet")["list"].to_pylist())
    )


# All of them


def test_a_text_with_marks_of_a_format_is_a_text_in_every_format(tmp_path: Path) -> None:
    odd = 'a <b>"title"</b> | with\\ [marks] & \u2028 signs'
    write_candidate({**world(), "sources": changed(world()["sources"], title=odd)}, tmp_path / "data")
    assert read(tmp_path / "data", "datapackage.json")["sources"][0]["title"] == odd
    assert list(Package.metadata_validate(read(tmp_path / "data", "datapackage.json"))) == []
    assert croissant(tmp_path / "data").metadata.ctx.issues.errors == set()
    rdflib.Graph().parse(data=(tmp_path / "data" / "dataset.jsonld").read_text(encoding="utf-8"), format="json-ld")


def test_a_release_without_dates_has_no_date_in_its_descriptors(tmp_path: Path) -> None:
    undated: pa.Table = world()["sources"]
    for row in range(undated.num_rows):
        undated = changed(undated, row, published=None, published_from=None, published_to=None)
    write_candidate({**world(), "sources": undated}, tmp_path / "data")
    assert "released" not in read(tmp_path / "data", "datapackage.json")
    assert "datePublished" not in read(tmp_path / "data", "croissant.json")
    assert "dct:issued" not in read(tmp_path / "data", "dataset.jsonld")
    assert "date-released" not in yaml.safe_load((tmp_path / "data" / "CITATION.cff").read_text(encoding="utf-8"))


def test_many_documents_are_not_listed_but_pointed_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few, many, sources = tmp_path / "few", tmp_path / "many", world()["sources"]
    write_candidate(world(), few)
    for module in ("origin", "descriptors.facts"):
        monkeypatch.setattr(f"pipeline.publish.{module}.LISTED", sources.num_rows - 1)
    write_candidate(world(), many)
    names = [name for row in sources.to_pylist() for name in (row["file"], row["title"], row["sha256"]) if name]
    for file in ("manifest.json", *FILES):
        text = (many / file).read_text(encoding="utf-8")
        assert [name for name in names if name in text] == [], file
    told = f"{sources.num_rows} documents, a row each in the table sources"
    package = read(many, "datapackage.json")
    assert package["sources"] == [{"title": told, "path": "sources.parquet"}]
    assert list(Package.metadata_validate(package)) == []
    assert croissant(many).metadata.ctx.issues.errors == set()
    graph = rdflib.Graph().parse(data=(many / "dataset.jsonld").read_text(encoding="utf-8"), format="json-ld")
    assert str(namespace.PROV.Collection) in words_of_vocabularies(graph)
    assert f"- {told} ([sources.parquet](sources.parquet))" in (many / "README.md").read_text(encoding="utf-8")
    for one, other in ((read(few, name), read(many, name)) for name in ("croissant.json", "dataset.jsonld")):
        assert {key for key in one if one[key] != other[key]} == {"prov:wasDerivedFrom"}
    listed, pointed = read(few, "manifest.json")["build"]["inputs"], read(many, "manifest.json")["build"]["inputs"]
    assert (pointed["sha256"], pointed["documents"], pointed["files"]) == (listed["sha256"], len(listed["files"]), {})


def test_the_descriptors_are_listed_in_the_manifest_and_name_no_place_of_a_machine(release: Path) -> None:
    assert set(FILES) <= {entry["file"] for entry in read(release, "manifest.json")["files"]}
    for name in FILES:
        text = (release / name).read_text(encoding="utf-8")
        assert str(release.parent) not in text and "\r" not in text and text.endswith("\n"), name
