"""The pipeline as plain functions on text and Arrow tables.

Belongs here: the five stages (``ingest``, ``clean``, ``extract``, ``normalise``, ``publish``), the ``contract`` they all obey
and the command line. A stage may import the stages before it and the contract, never a later one.
Does not belong here: Dagster and Great Expectations. They live in ``assets/`` and ``expectations/``.
"""

from pipeline.compiled import use

use()
