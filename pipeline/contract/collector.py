"""The search for cycles of objects, put off while the grammar is loaded and documents are read.

A document makes a hundred thousand small objects, none of them in a cycle and nearly all gone when it is done. Python searches
them for cycles each time some more have been made, and all that is there each time the search is allowed again: a quarter of
the time of cleaning a page.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting() -> Iterator[None]:
    """No search within; afterwards as before, whatever was raised."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
