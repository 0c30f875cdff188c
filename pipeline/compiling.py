"""Compile the grammar: ``python -m pipeline.compiling``, or ``make fast``. See :mod:`pipeline.compiled`."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from setuptools.errors import BaseError, CCompilerError

from pipeline.compiled import GROUP, PLACE, ROOT, SUFFIX, folder, sources

READ = (
    "clean/corrections.py",
    "clean/declared.py",
    "extract/alternation.py",
    "extract/jsonl.py",
)
"""Modules that mypyc does not take as they are (attributes set from outside), none of which the time goes to."""


def compiled_sources() -> list[Path]:
    """The modules that are compiled."""
    read = {ROOT / "pipeline" / name for name in READ}
    return [path for path in sources() if path not in read and path.name != "__init__.py"]


def compile_modules() -> Path:
    """Compile the modules, which takes some minutes; the folder they lie in. ImportError where mypy is not installed, SystemExit where it
    cannot translate a module, an error of ``setuptools.errors`` where there is no compiler of C or it fails."""
    from mypyc.build import mypycify
    from setuptools import Distribution
    from setuptools.command.build_ext import build_ext

    held = folder()
    names = [path.relative_to(ROOT).as_posix() for path in compiled_sources()]
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(ROOT)  # mypyc tells modules by their paths from here
        extensions = mypycify(names, opt_level="2", target_dir=scratch, group_name=GROUP)
        task = build_ext(Distribution({"ext_modules": extensions}))
        task.build_lib, task.build_temp = f"{scratch}/made", f"{scratch}/objects"
        task.ensure_finalized()
        task.run()
        _keep(Path(scratch) / "made", held)
    return held


def _keep(made: Path, held: Path) -> None:
    """Keep what was compiled under the names of its modules, all at once, in place of what older code was compiled to."""
    making = PLACE / f".{held.name}.{os.getpid()}"
    making.mkdir(parents=True)
    for name, path in _modules(made):
        shutil.copy2(path, making / f"{name}{SUFFIX}")
    for old in PLACE.iterdir():
        if old != making:
            shutil.rmtree(old)
    making.replace(held)


def _modules(made: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(made.rglob(f"*{SUFFIX}")):
        yield ".".join(path.relative_to(made).parts).removesuffix(SUFFIX), path


def main() -> None:
    """Compile the grammar, once for each state of its code."""
    if folder().is_dir():
        print("compiled already, and nothing changed since")
        return
    print(f"compiling {len(compiled_sources())} modules (two minutes or three)", flush=True)
    try:
        compile_modules()
    except ImportError as error:
        sys.exit(f"nothing was compiled: {error}; `make fast` installs what is needed")
    except (BaseError, CCompilerError) as error:
        sys.exit(
            f"nothing was compiled: {error}; install a compiler of C and the headers of Python, or go on without: it is slower, not less"
        )
    print("compiled: from now on they run as machine code, until their sources change")


if __name__ == "__main__":
    main()
