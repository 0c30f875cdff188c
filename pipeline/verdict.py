"""What ``liaoning verify`` found, as tables to show."""

from rich.table import Table

from pipeline.verify import CONDITIONS, NAMED, Finding


def shares(findings: list[Finding]) -> Table:
    """How far digests and originals agree, a row a comparison."""
    table = Table("", "compared", "agree", "share", "demanded", title="digest and original", title_justify="left")
    for finding in findings:
        share = f"{finding.agree / finding.of:.3f}" if finding.of else "-"
        least = f"{finding.least:.2f}" if finding.demanded else "-"
        table.add_row(_mark(finding), finding.what, f"{finding.agree} of {finding.of}", share, least)
    return table


def _mark(finding: Finding) -> str:
    return "✓" if finding.green else "✗" if finding.demanded else "–"


def conditions() -> Table:
    """What the surroundings of the two builds differ in."""
    table = Table("made different", "first build", "second build", title="surroundings", title_justify="left")
    for condition in CONDITIONS:
        table.add_row(condition.what, condition.first, condition.second)
    return table


def agreement(findings: list[Finding]) -> Table:
    """How far the builds and the release agree, and what differs, a row a comparison."""
    table = Table("", "compared", "agree", "differing", title="verdict", title_justify="left")
    for finding in findings:
        more = f" and {len(finding.differing) - NAMED} more" if len(finding.differing) > NAMED else ""
        table.add_row(
            _mark(finding),
            finding.what,
            f"{finding.agree} of {finding.of}",
            ", ".join(finding.differing[:NAMED]) + more,
        )
    return table
