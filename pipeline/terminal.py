"""How the command line speaks to a person: one console on standard error, errors in one line, the option that commands share.

Rich is imported when there is something to show: a command that prints lines alone needs none of it.
"""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from pipeline.contract.paths import DATA

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


@cache
def console() -> "Console":
    """The console on standard error."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def say_error(message: str) -> None:
    """Say in one line what is wrong. File names and SQL may hold square brackets: they are no markup."""
    from rich.text import Text

    console().print(Text.assemble(("error ", "bold red"), " ".join(message.splitlines())), soft_wrap=True)


def fail(message: str) -> NoReturn:
    """Say in one line what is wrong and leave with exit code 1."""
    say_error(message)
    sys.exit(1)


def data_option(meaning: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option ``--data``: the folder of a release, ``data/`` where none is named."""
    return click.option("--data", type=click.Path(path_type=Path), default=DATA, show_default="data/", help=meaning)


def progress_bar() -> "Progress":
    """A bar on standard error while a person looks; nothing in a file or a pipe."""
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    done, name = TextColumn("{task.completed}/{task.total}"), TextColumn("{task.description}", markup=False)
    columns = (SpinnerColumn(), name, BarColumn(), done, TimeElapsedColumn())
    return Progress(*columns, console=console(), transient=True, disable=not console().is_interactive)
