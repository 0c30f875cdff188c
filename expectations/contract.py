"""What the contract demands of a table: expectations about its values, the keys it points to, the tables needed to see both."""

from typing import Any

from pipeline.contract import BY_NAME, STAGES, Table
from pipeline.contract.codes import codes_of


def value_expectations(table: Table) -> list[tuple[str, dict[str, Any]]]:
    """Types of expectations, under the names of Great Expectations, with their arguments, in the contract's order of columns."""
    suite: list[tuple[str, dict[str, Any]]] = []
    for column in table.columns:
        if not column.nullable:
            suite.append(("ExpectColumnValuesToNotBeNull", {"column": column.name}))
        if column.codes:
            suite.append(
                ("ExpectColumnValuesToBeInSet", {"column": column.name, "value_set": sorted(codes_of(column.codes))})
            )
        if column.pattern:
            suite.append(("ExpectColumnValuesToMatchRegex", {"column": column.name, "regex": column.pattern}))
        if column.minimum is not None or column.maximum is not None:
            limits = {"min_value": column.minimum, "max_value": column.maximum}
            suite.append(("ExpectColumnValuesToBeBetween", {"column": column.name, **limits}))
    if len(table.key) == 1:
        suite.append(("ExpectColumnValuesToBeUnique", {"column": table.key[0]}))
    else:
        suite.append(("ExpectCompoundColumnsToBeUnique", {"column_list": list(table.key)}))
    return suite


def foreign_keys(table: Table) -> list[tuple[str, str, str, str]]:
    """(child, column, parent, key) checked with this table: its own, and those of earlier stages that point to it.

    A key is checked with whichever of the two tables is made later, the child where both are of one stage.
    """
    pairs = []
    for child in BY_NAME.values():
        for column in child.columns:
            if column.references is None:
                continue
            parent, key = column.references.split(".")
            parent_later = STAGES.index(BY_NAME[parent].stage) > STAGES.index(child.stage)
            if table.name == (parent if parent_later else child.name):
                pairs.append((child.name, column.name, parent, key))
    return pairs


def tables_needed(table: Table) -> set[str]:
    """Every table that the contract suite of this one reads."""
    return {table.name} | {name for child, _, parent, _ in foreign_keys(table) for name in (child, parent)}
