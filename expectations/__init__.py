"""Gates: what must hold of each table before the next stage may read it.

Belongs here: the suite that the contract implies (``contract``), the domain rules by stage (``ingest`` ... ``publish``),
the adapter that has Great Expectations judge them (``adapter``), and what is measured on the files of a candidate (``rights``
with ``runs``). Does not belong here: Dagster, and any figure of the
dataset. Great Expectations is imported when the first gate runs, not before: it takes seconds.
"""
