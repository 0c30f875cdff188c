"""The five stages as Dagster assets and checks, with schedule and sensor.

Belongs here: what Dagster needs to show, order and gate the stages. Does not belong here: anything that reads text or
computes a figure (``pipeline/``), or says what must hold of a table (``expectations/``).
"""

PREPARED = "assets.batches"
"""The module that the workers of a build import before they are asked for anything, while the build loads Dagster."""
