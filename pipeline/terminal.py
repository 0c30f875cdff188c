"""How the command line speaks to a person: one console on standard error, and errors in one line."""

import sys
from typing import NoReturn

from rich.console import Console
from rich.text import Text

console = Console(stderr=True, highlight=False)
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


def say_error(message: str) -> None:
    """Say in one line what is wrong. File names and SQL may hold square brackets: they are no markup."""
    console.print(Text.assemble(("error ", "bold red"), " ".join(message.splitlines())), soft_wrap=True)


def fail(message: str) -> NoReturn:
    """Say in one line what is wrong and leave with exit code 1."""
    say_error(message)
    sys.exit(1)
