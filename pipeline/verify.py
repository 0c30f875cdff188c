"""Proof that a release is what its sources give: two builds in surroundings as different as can be, compared with it."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.contract.paths import ROOT
from pipeline.publish.candidate import MANIFEST
from pipeline.publish.origin import documents_of
from pipeline.publish.parquet import file_hash, footer_hash, logical_hash
from pipeline.publish.stored import Stored

NAMED = 4
"""Files that differ and are named, at most."""


class NotVerified(Exception):
    """The proof cannot be made: there is no release to prove, or a build failed. The message says why in one line."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something about a machine that must not matter, and what it is in the first and the second build.

    ``variables`` are set in the environment of the build, ``{place}`` in them being its folder; ``options`` stand on its command line.
    """

    what: str
    first: str
    second: str
    variables: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})
    options: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


CONDITIONS = (
    Condition("seed of hashing", "0", "4711", ({"PYTHONHASHSEED": "0"}, {"PYTHONHASHSEED": "4711"})),
    Condition("time zone", "Asia/Shanghai", "America/St_Johns", ({"TZ": "Asia/Shanghai"}, {"TZ": "America/St_Johns"})),
    Condition(
        "locale",
        "C.UTF-8",
        "C, ASCII by default",
        (
            {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"},
            {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        ),
    ),
    Condition(
        "temporary folder, home",
        "one/t",
        "another place/t",
        ({"TMPDIR": "{place}/t", "HOME": "{place}"}, {"TMPDIR": "{place}/t", "HOME": "{place}"}),
    ),
    Condition("width of the terminal", "200", "40", ({"COLUMNS": "200"}, {"COLUMNS": "40"})),
    Condition("order of files in a folder", "by_name", "backwards"),
    Condition("newlines by default", "lf", "crlf"),
    Condition("processors and threads", "4", "1"),
    Condition(
        "worker processes",
        "3, batches of 8 KiB",
        "1, batches of 4 MiB",
        options=(("--workers", "3", "--batch", "8"), ("--workers", "1", "--batch", "4096")),
    ),
)
PLACES = ("one", "another place")
IN_PYTHON = ("order of files in a folder", "newlines by default", "processors and threads")
"""What no variable changes: the arguments of ``pipeline.perturbed``."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparison: how many of how many agree, and what does not. ``demanded`` False: told, but no reason to refuse.

    ``least`` is the share (0 to 1) that must agree.
    """

    what: str
    agree: int
    of: int
    differing: tuple[str, ...]
    demanded: bool = True
    least: float = 1.0

    @property
    def green(self) -> bool:
        """Whether the share that must agree does, of at least one."""
        return self.of > 0 and self.agree / self.of >= self.least


def start(which: int, place: Path, sources: Path) -> subprocess.Popen[str]:
    """Begin the first (0) or second (1) build, into ``place/out``; its errors go to the process's standard error."""
    (place / "t").mkdir(parents=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    environment.pop("DAGSTER_HOME", None)
    for condition in CONDITIONS:
        for name, value in condition.variables[which].items():
            environment[name] = value.replace("{place}", str(place))
    values = {condition.what: (condition.first, condition.second)[which] for condition in CONDITIONS}
    command = [sys.executable, "-m", "pipeline.perturbed", *(values[what] for what in IN_PYTHON)]
    command += [
        "build",
        *(option for condition in CONDITIONS for option in condition.options[which]),
        "--sources",
        str(sources.resolve()),
        "--out",
        str(place / "out"),
        "--work",
        str(place / "work"),
    ]
    return subprocess.Popen(
        command,
        cwd=place,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    )


def build_twice(sources: Path, place: Path) -> tuple[Path, Path]:
    """Both builds, side by side; their folders. NotVerified where one fails."""
    places = [place / name for name in PLACES]
    started = [start(which, place, sources) for which, place in enumerate(places)]
    said = [process.communicate()[1] for process in started]
    for process, errors, where in zip(started, said, PLACES, strict=True):
        if process.returncode:
            last = " ".join(errors.split("error ")[-1].split()) or f"it ended with code {process.returncode}"
            raise NotVerified(f"the build in {where}/ failed: {last}")
    return places[0] / "out", places[1] / "out"


def compare(data: Path, first: Path, second: Path) -> list[Finding]:
    """The two builds with one another, and the release ``data`` with its manifest and with them.

    NotVerified where ``data`` is no release that states what it was made from.
    """
    manifest = read_manifest(data)
    rebuilt = read_manifest(first)
    logical = {entry["file"]: entry["logical_sha256"] for entry in manifest["tables"]}
    schemas = {entry["file"]: entry["schema_version"] for entry in manifest["tables"]}
    files = {entry["file"]: entry["sha256"] for entry in [*manifest["tables"], *manifest["files"]]}
    tables = [data / name for name in logical]
    return [
        _agree("the two builds: bytes", _bytes(first), _bytes(second)),
        _agree("manifest and files: bytes", files, {k: v for k, v in _bytes(data).items() if k != MANIFEST}),
        _agree("manifest and files: logical hash of the rows", logical, _rows(tables)),
        _agree("manifest and files: logical hash in the footer", logical, _footers(tables)),
        _agree("manifest and rebuild: what it was made from", _origins(manifest, data), _origins(rebuilt, first)),
        _agree("manifest and rebuild: logical hash of the rows", logical, _rows(sorted(first.glob("*.parquet")))),
        _agree(
            "manifest and rebuild: schemas",
            schemas,
            {entry["file"]: entry["schema_version"] for entry in rebuilt["tables"]},
        ),
        _agree("release and rebuild: bytes", _bytes(data), _bytes(first), demanded=bytes_are_promised()),
    ]


def bytes_are_promised() -> bool:
    """Whether equal bytes are promised here: on Linux on x86-64. Elsewhere the logical hashes are."""
    return sys.platform.startswith("linux") and platform.machine().lower() in {"x86_64", "amd64"}


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a release. NotVerified where there is none, or one that does not say what it was made from."""
    try:
        found: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        _ = [found["build"], found["files"], *(entry["schema_version"] for entry in found["tables"])]
    except FileNotFoundError as error:
        raise NotVerified(f"{folder.name}: no {MANIFEST} there; build a release first (`make data`)") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotVerified(f"{folder.name}: its {MANIFEST} is of no release of today; build it again") from error
    return found


def _agree(what: str, one: Mapping[str, str], other: Mapping[str, str], demanded: bool = True) -> Finding:
    names = sorted(one.keys() | other.keys())
    differing = [name for name in names if one.get(name) != other.get(name)]
    return Finding(what, len(names) - len(differing), len(names), tuple(differing), demanded)


def _bytes(folder: Path) -> dict[str, str]:
    return {path.name: file_hash(path) for path in sorted(folder.iterdir())}


def _rows(tables: Sequence[Path]) -> dict[str, str]:
    return {path.name: logical_hash(Stored([path])) for path in tables if path.exists()}


def _footers(tables: Sequence[Path]) -> dict[str, str]:
    return {path.name: footer_hash(path) or "none" for path in tables if path.exists()}


def _origins(manifest: Mapping[str, Any], folder: Path) -> dict[str, str]:
    """Every file a release was made from; many documents are named by its table ``sources`` alone."""
    found = {
        f"{kind} {name}": sha256 for kind, told in manifest["build"].items() for name, sha256 in told["files"].items()
    }
    if "documents" in manifest["build"]["inputs"]:
        sources = pq.read_table(folder / "sources.parquet", columns=["file", "sha256"])
        found |= {f"inputs {name}": sha256 for name, sha256 in documents_of(sources).items()}
    return found
