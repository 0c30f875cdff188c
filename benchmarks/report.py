"""The table in ``README.md`` and ``chart.svg``, from ``results.json`` alone: ``python -m benchmarks.report``."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.chart import Panel, Series, svg
from benchmarks.stages import READING, STAGES

HERE = Path(__file__).parent
MILLION = HERE / "million.json"
BEGIN, END = "<!-- results: written by benchmarks/report.py -->", "<!-- end of results -->"
SHOWN = (*STAGES, "end_to_end")
NAMES = {
    "end_to_end": "clean + extract",
    "regex": "bare pattern",
    "recognizers": "recognizers-text",
    "jionlp": "jionlp",
    "help": "`liaoning --help`",
    "extract_one": "`liaoning extract`, one document of 4 kB",
    "first": "first build",
    "nothing_changed": "nothing changed",
    "again": "nothing changed, `--again`",
    "1_percent": "1 % changed",
    "10_percent": "10 % changed",
    "default": "as `liaoning build` comes",
    "local_1": "local, 1 worker",
    "local_2": "local, 2 workers",
    "ray_2": "ray, 2 workers",
}

Told = Mapping[str, Any]


def number(value: float | None) -> str:
    """Three digits that count.

    >>> [number(value) for value in (0.06123, 1.5, 48.26, 12345.6, None)]
    ['0.0612', '1.50', '48.3', '12,300', '–']
    """
    if value is None:
        return "–"
    if value >= 100:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:#.3g}".rstrip(".") if value else "0"


def megabytes(value: float | None) -> str:
    """Bytes in MB.

    >>> megabytes(385429504)
    '385'
    """
    return number(value / 1e6 if value is not None else None)


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """A Markdown table, all columns but the first to the right."""
    heads = list(heads)
    lines = [" | ".join(heads), " | ".join(["---", *["---:"] * (len(heads) - 1)])]
    return [f"| {line} |" for line in [*lines, *(" | ".join(row) for row in rows)]] + [""]


def run_row(name: str, told: Told, *more: str) -> list[str]:
    """A row of a command that was watched: name, seconds, memory; or why there are none."""
    if "missing" in told:
        return [name, *more, told["missing"], "", ""]
    return [name, *more, number(told["wall"]), number(told["cpu"]), megabytes(told["peak_memory"])]


def sections(found: Told) -> Iterator[str]:
    """All lines of the report."""
    yield from _head(found)
    yield from _stages(found["stages"])
    yield from _peers(found["peers"])
    yield from _growth(found["growth"])
    yield "### Start-up"
    yield ""
    yield from table(WATCHED, [run_row(NAMES[name], told) for name, told in found["start_up"].items()])
    rebuilds = found["rebuilds"]
    yield f"### Building again ({rebuilds['documents']:,} documents, mixed)"
    yield ""
    rows = [(name, told) for name, told in rebuilds.items() if name != "documents"]
    yield from table(
        ["", "documents changed", *WATCHED[1:]],
        [run_row(NAMES[name], told, str(told["changed"])) for name, told in rows],
    )
    engines = found["engines"]
    yield f"### Engines (first build of {engines['documents']:,} documents, mixed)"
    yield ""
    rows = [(name, told) for name, told in engines.items() if name != "documents"]
    yield from table(WATCHED, [run_row(NAMES[name], told) for name, told in rows])
    one, two = engines["local_1"], engines["local_2"]
    if "missing" not in one and "missing" not in two:
        yield f"Two workers: {number(one['wall'] / two['wall'])} times as fast as one, by the clock, start-up and release with it."
        yield ""
    if MILLION.exists():
        yield from _million(json.loads(MILLION.read_text(encoding="utf-8")))


def _million(found: Told) -> Iterator[str]:
    yield f"### {found['documents']:,} documents ({megabytes(found['bytes'])} MB in one Parquet file), built once"
    yield ""
    yield from table(WATCHED, [run_row(NAMES["first"], found["build"])])


WATCHED = ("", "seconds", "CPU seconds", "peak memory of all processes, MB")


def _head(found: Told) -> Iterator[str]:
    machine = found["machine"]
    if found["quick"]:
        yield "**A quick run, to prove that it works: small corpora, few runs. Do not quote its figures.**"
        yield ""
    if found["note"]:
        yield found["note"]
        yield ""
    yield (
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB; {machine['system']}; "
        f"Python {machine['python']}; clean and extract {'compiled (`make fast`)' if machine.get('compiled') else 'not compiled'}; "
        f"load of the machine when the run began: {machine['load']}."
    )
    yield ""
    yield "![Speed of stages and peers, and cost of a document as the corpus grows; logarithmic axes](chart.svg)"
    yield ""


def _stages(found: Told) -> Iterator[str]:
    yield "### Stages, on one core"
    yield ""
    for kind, told in found.items():
        if "missing" in told:
            yield f"{kind}: {told['missing']}."
            yield ""
            continue
        size, cells = told["bytes"] / told["documents"] / 1e3, told["stages"]
        yield (
            f"{kind}: {told['documents']:,} documents of {number(size)} kB, {told['claims']:,} claims; "
            f"peak memory {megabytes(told['peak_memory'])} MB; {max(cell['runs'] for cell in cells.values())} runs, whose CPU seconds "
            f"lie {max(cell['spread'] for cell in cells.values()):.0%} apart at most"
        )
        yield ""
        figures = ("mb_per_s", "documents_per_s", "wall", "cpu")
        rows = [[NAMES.get(stage, stage), *(number(cells[stage][name]) for name in figures)] for stage in SHOWN]
        source = told.get("sources", {}).get("stages", {})
        rows += [
            [f"{NAMES.get(stage, stage)}, not compiled", *(number(source[stage][name]) for name in figures)]
            for stage in READING
            if stage in source and stage != "ingest"
        ]
        yield from table(["stage", "MB/s", "documents/s", "seconds", "CPU seconds"], rows)


def _peers(found: Told) -> Iterator[str]:
    yield "### Beside peers, on one core"
    yield ""
    for kind, told in found.items():
        ours, rows = told["ours"], []
        yield f"{told['documents']:,} documents, {kind}, {number(told['bytes'] / 1e3)} kB of text:"
        yield ""
        if "missing" in ours:
            rows.append(["this pipeline", ours["missing"], "", "", "", ""])
        else:
            rows.append(["this pipeline (clean + extract)", *_speed(ours), "1"])
        for name, peer in told["peers"].items():
            version = f" {peer['version']}" if peer.get("version") else ""
            if "missing" in peer:
                rows.append([NAMES[name], peer["missing"], "", "", "", ""])
            else:
                rows.append([NAMES[name] + version, *_speed(peer), number(peer["ours_times_as_fast"])])
        yield from table(["", "MB/s", "CPU seconds", "finds", "peak memory, MB", "ours / peer"], rows)


def _speed(told: Told) -> list[str]:
    return [number(told["mb_per_s"]), number(told["cpu"]), f"{told['found']:,}", megabytes(told["peak_memory"])]


def _growth(found: list[Told]) -> Iterator[str]:
    yield "### Growth (mixed)"
    yield ""
    yield "CPU milliseconds a document:"
    yield ""
    heads = ["stage", *(f"{told['documents']:,} documents, {megabytes(told['bytes'])} MB" for told in found)]
    rows = [[NAMES.get(stage, stage), *(_cost(told, stage) for told in found)] for stage in SHOWN]
    rows.append(["whole build, all processes", *(_build_cost(told, "cpu") for told in found)])
    rows.append(["whole build, by the clock", *(_build_cost(told, "wall") for told in found)])
    rows.append(["peak memory of the build, MB in all", *(_peak(told["build"]) for told in found)])
    yield from table(heads, rows)


def _cost(told: Told, stage: str) -> str:
    staged = told["stages"]
    return staged["missing"] if "missing" in staged else number(staged[stage]["cpu"] / told["documents"] * 1e3)


def _build_cost(told: Told, name: str) -> str:
    built = told["build"]
    return built["missing"] if "missing" in built else number(built[name] / told["documents"] * 1e3)


def _peak(built: Told) -> str:
    return "" if "missing" in built else megabytes(built["peak_memory"])


def panels(found: Told) -> Iterator[Panel]:
    """What the chart shows; what was not measured is left out."""
    kinds = {kind: told["stages"] for kind, told in found["stages"].items() if "missing" not in told}
    yield Panel(
        "Stages: MB of raw bytes in a CPU second (more is better)",
        [NAMES.get(stage, stage) for stage in SHOWN],
        [Series(kind, [told[stage]["mb_per_s"] for stage in SHOWN]) for kind, told in kinds.items()],
    )
    names = ["this pipeline", *(NAMES[name] for name in next(iter(found["peers"].values()))["peers"])]
    yield Panel(
        "Beside peers: MB of text in a CPU second (more is better)",
        names,
        [
            Series(
                kind,
                [told[name].get("mb_per_s") for told in [{"ours": told["ours"], **told["peers"]}] for name in told],
            )
            for kind, told in found["peers"].items()
        ],
    )
    costs = [
        Series(
            f"{told['documents']:,} documents",
            [
                told["stages"][stage]["cpu"] / told["documents"] * 1e3 if stage in told["stages"] else None
                for stage in SHOWN
            ]
            + [told["build"]["cpu"] / told["documents"] * 1e3 if "missing" not in told["build"] else None],
        )
        for told in found["growth"]
    ]
    yield Panel(
        "Growth: CPU milliseconds a document (less is better)",
        [NAMES.get(stage, stage) for stage in SHOWN] + ["whole build"],
        costs,
    )


def write() -> None:
    """Write chart and table of the last run."""
    found = json.loads((HERE / "results.json").read_text(encoding="utf-8"))
    (HERE / "chart.svg").write_text(svg(list(panels(found))), encoding="utf-8", newline="\n")
    page = HERE / "README.md"
    text = page.read_text(encoding="utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    body = "\n".join(sections(found)).rstrip()
    page.write_text(f"{before}{BEGIN}\n\n{body}\n\n{END}{after}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
