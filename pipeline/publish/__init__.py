"""Formatting and release: deterministic Parquet, descriptors, evidence policy, the atomic step into ``data/``.

Belongs here: how tables are written and handed over. Does not belong here: any computation of a figure.
"""

from pipeline.publish.run import CandidateStale, demand_whole, run

__all__ = ["CandidateStale", "demand_whole", "run"]
