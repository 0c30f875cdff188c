"""Gates: what must hold of each table before the next stage may read it.

Belongs here: what the contract demands of a table (``contract``) and how its rows are counted (``counts``), the domain rules by
stage (``ingest`` ... ``publish``) and what violates them (``violations``), both asked of tables of any size (``tables``), put together as
suites (``suite``) that the adapter has Great Expectations judge (``adapter``), and what is measured on the files of a candidate
(``rights`` with ``runs``). Does not belong here: Dagster, and any figure of the
dataset. Great Expectations is imported when the first gate runs, not before: it takes seconds.
"""
