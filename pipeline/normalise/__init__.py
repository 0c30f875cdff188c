"""From claims to observations that may be compared, and what follows from comparing them.

Belongs here: linking a claim to a canonical indicator, place and organisation; merging claims that say the same; holding
targets against reports; conflicts, warnings; programmes, parks and named organisations, which are read off the passages'
structure. Does not belong here: reading figures out of text (``extract``) or deciding how a table is written (``publish``).
"""

from pipeline.normalise.read import read_batch
from pipeline.normalise.run import run

__all__ = ["read_batch", "run"]
