"""The grammar as machine code, where ``make fast`` has compiled it: the same modules by mypyc, the same rows, a third faster.

What was compiled lies in a folder named for the very sources that it was made of. Code that has changed since, or another Python,
looks for a folder of another name and finds none: then the sources are read, as on a machine that has no compiler of C. With
``LIAONING_COMPILED=no`` in the environment they are always read.
"""

import hashlib
import importlib.util
import os
import sys
from collections.abc import Callable, Sequence
from functools import cached_property
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[1]
PLACE = ROOT / ".work" / "compiled"
PACKAGES = ("clean", "extract")
"""Stages whose time is that of Python itself."""
SWITCH = "LIAONING_COMPILED"
SUFFIX = EXTENSION_SUFFIXES[0]
GROUP = "grammar"
"""The library that holds the code of all of them."""
_NAMES = (*(f"pipeline.{package}." for package in PACKAGES), GROUP)


def sources() -> list[Path]:
    """Every module of the packages, in a fixed order."""
    return sorted(path for package in PACKAGES for path in (ROOT / "pipeline" / package).glob("*.py"))


def folder() -> Path:
    """Where this code, compiled for this Python, lies if it was compiled."""
    digest = hashlib.sha256(f"{sys.version}\0{SUFFIX}\0".encode())
    for path in [*sources(), ROOT / "pipeline" / "compiling.py"]:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return PLACE / digest.hexdigest()[:32]


class Finder:
    """Finds compiled modules by their names; a hook of ``sys.meta_path``.

    ``held`` tells the folder they lie in. It is asked with the first module of the grammar: the help reads none, and need not read
    all sources to find that folder.
    """

    def __init__(self, held: Callable[[], Path]) -> None:
        self._held = held

    @cached_property
    def files(self) -> dict[str, Path]:
        """The file of each module; none where the folder is not there."""
        return {path.name.removesuffix(SUFFIX): path for path in sorted(self._held().glob(f"*{SUFFIX}"))}

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """How to load a module, None where it was not compiled."""
        file = self.files.get(name) if name.startswith(_NAMES) else None
        return importlib.util.spec_from_file_location(name, file) if file else None


def use() -> bool:
    """Take compiled modules in place of their sources from now on, where there are any. Whether they are looked for."""
    if os.environ.get(SWITCH) == "no" or not PLACE.is_dir():
        return False
    sys.meta_path.insert(0, Finder(folder))
    return True
