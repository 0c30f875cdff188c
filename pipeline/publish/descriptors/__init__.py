"""The files that describe a release, each written from the contract and what the manifest says of the Parquet files.

Belongs here: one module a format, and the words they share. Does not belong here: a description of a table or column
(``contract`` has them), a figure that no table holds, a clock, a host or a path.
"""

from pipeline.publish.descriptors.facts import COUNTED, QUOTED
from pipeline.publish.descriptors.write import FILES, write_descriptors

__all__ = ["COUNTED", "FILES", "QUOTED", "write_descriptors"]
