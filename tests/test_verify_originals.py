"""Digests held against their originals: green where they say the same, and red with the name of what they do not."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pipeline import originals
from pipeline.cli import main
from pipeline.contract.paths import SEEDS
from pipeline.normalise.evidence import Spans, original_spans
from pipeline.originals import compare
from pipeline.verify import Finding, NotVerified
from tests.builds.release import ORIGINALS

FILE = "lake.txt"
HEAD = "file,document_type,published,region_id,edition,original_sha256,licence"
ORIGINAL = (
    "2023年，全市建成书屋120家。",
    "2023年，全市步道总长度达到35公里。",
    "2023年，全市果品产量为8.5万吨。",
    "2023年，全市湖边驿站数量超过60座。",
    "2023年，全市公共图书馆藏书量300万册。",
    "2023年，全市林业产值80亿元。",
    "2023年，全市湖水水质优良率为92%。",
    "2023年，全市展馆参观人数15—20万人次。",
    "2023年，全市开通4G基站4000座。",
    "2023年，全市渔业产值增长6.5%。",
)
DIGEST = (
    "2023年，全市渔业产值增长6.5%。",
    "2023年，全市第四代移动通信基站开通4000座。",
    "2023年，全市参观展馆的人数为15—20万人次。",
    "2023年，全市湖水水质的优良率达到92%。",
    "2023年，全市林业产值为80亿元。",
    "2023年，全市公共图书馆的藏书量有300万册。",
    "2023年，全市湖边驿站的数量超过60座。",
    "2023年，全市果品产量达到8.5万吨。",
    "2023年，全市步道总长度为35公里。",
    "2023年，全市书屋建成120家。",
)
QUOTES = ("120家", "35公里", "8.5万吨", "60座", "300万册", "80亿元", "92%", "15—20万人次", "4000座", "6.5%")
INDICATOR, STATEMENT, PERIOD, REGION = (f"tied: {name}" for name in ("indicator", "statement", "period", "region_id"))


@dataclass(frozen=True)
class Pair:
    """A made-up digest and its original, each in a folder, and the spans that tie them."""

    place: Path
    digest: str = "\n".join(DIGEST) + "\n"
    original: str = "\n".join(ORIGINAL) + "\n"
    quotes: tuple[str, ...] = QUOTES

    @property
    def sources(self) -> Path:
        return self.place / "sources"

    @property
    def originals(self) -> Path:
        return self.place / "originals"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.original.encode()).hexdigest()

    def written(self) -> "Pair":
        for folder, text in ((self.sources, self.digest), (self.originals, self.original)):
            folder.mkdir(exist_ok=True)
            (folder / FILE).write_text(text, encoding="utf-8")
        row = f"{FILE},government_work_report,2024-01-20,210100,digest,{self.sha256},CC-BY-4.0"
        (self.sources / "sources.csv").write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
        return self

    def spans(self) -> Spans:
        return {FILE: [self.span(quote, quote) for quote in self.quotes]}

    def span(self, here: str, there: str) -> dict[str, Any]:
        start, other = self.digest.index(here), self.original.index(there)
        return {
            "document": FILE,
            "digest_start": start,
            "digest_end": start + len(here),
            "digest_quote": here,
            "original_sha256": self.sha256,
            "original_start": other,
            "original_end": other + len(there),
            "original_quote": there,
        }

    def said_otherwise(self, *changes: tuple[str, str]) -> "Pair":
        """The pair with other words in its digest."""
        text = self.digest
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        return replace(self, digest=text)

    def reds(self, spans: Spans | None = None) -> dict[str, Finding]:
        """The demanded comparisons that are red, by name."""
        self.written()
        findings = compare(self.sources, self.originals, self.spans() if spans is None else spans)
        return {finding.what: finding for finding in findings if finding.demanded and not finding.green}


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


def test_a_digest_that_says_the_same_in_other_words_is_green(pair: Pair) -> None:
    pair.written()
    findings = {finding.what: finding for finding in compare(pair.sources, pair.originals, pair.spans())}
    assert [what for what, finding in findings.items() if finding.demanded and not finding.green] == []
    assert findings["figures: lake"].of == findings["tied: figure"].of == findings[INDICATOR].of == len(QUOTES)
    assert findings["claims: tied by a span"].of == 2 * len(QUOTES)


@pytest.mark.parametrize(
    ("part", "edition"), [("digest_start", "digest"), ("digest_end", "digest"), ("original_start", "original")]
)
def test_a_span_beside_its_figure_is_red(pair: Pair, part: str, edition: str) -> None:
    spans = pair.spans()
    spans[FILE][0][part] -= 1
    red = pair.reds(spans)
    assert set(red) == {f"spans: the {edition}s read so"}
    (told,) = red[f"spans: the {edition}s read so"].differing
    assert "does not read “120家”" in told


def test_a_span_of_another_original_is_red(pair: Pair) -> None:
    spans = pair.spans()
    spans[FILE][3]["original_sha256"] = "0" * 64
    red = pair.reds(spans)
    assert set(red) == {"spans: the originals read so"}
    assert "of another original" in red["spans: the originals read so"].differing[0]


def test_a_span_of_a_document_without_an_original_is_red(pair: Pair) -> None:
    spans = pair.spans() | {"other.txt": [pair.span("120家", "120家") | {"document": "other.txt"}]}
    assert set(pair.reds(spans)) == {"spans: the digests read so", "spans: the originals read so"}


def test_a_changed_value_is_red_and_both_figures_are_listed(pair: Pair) -> None:
    changed = pair.said_otherwise(("120家", "130家"))
    at, other = changed.digest.index("130家"), changed.original.index("120家")
    spans = {FILE: [changed.span("130家", "120家"), *(changed.span(quote, quote) for quote in QUOTES[1:])]}
    red = changed.reds(spans)
    assert set(red) == {"figures: lake", "tied: figure"}
    assert red["figures: lake"].differing == (
        f"missing: original {other}–{other + 4} “120家” (eq 120.0 count)",
        f"extra: digest {at}–{at + 4} “130家” (eq 130.0 count)",
    )
    assert "value 130.0 / 120.0" in red["tied: figure"].differing[0]


def test_a_changed_bound_is_red(pair: Pair) -> None:
    red = pair.said_otherwise(("数量超过60座", "数量达到60座")).reds()
    assert set(red) == {"figures: lake", "tied: figure"}
    assert [told.rpartition("(")[2] for told in red["figures: lake"].differing] == ["gt 60.0 count)", "eq 60.0 count)"]
    assert "bound eq / gt" in red["tied: figure"].differing[0]


def test_a_changed_unit_is_red(pair: Pair) -> None:
    changed = pair.said_otherwise(("80亿元", "80亿美元"))
    spans = {FILE: [changed.span("80亿美元" if quote == "80亿元" else quote, quote) for quote in QUOTES]}
    red = changed.reds(spans)
    assert set(red) == {"figures: lake", "tied: figure"}
    assert red["tied: figure"].differing[0].endswith("unit USD / CNY")


def test_a_changed_end_of_a_range_is_red(pair: Pair) -> None:
    changed = pair.said_otherwise(("15—20万人次", "15—25万人次"))
    spans = {FILE: [changed.span(quote.replace("—20", "—25"), quote) for quote in QUOTES]}
    assert set(changed.reds(spans)) == {"figures: lake", "tied: figure"}


def test_an_extra_figure_is_red_and_listed(pair: Pair) -> None:
    more = replace(pair, digest=pair.digest + "2023年，全市新开茶馆120家。\n")
    red = more.reds()
    assert set(red) == {"figures: lake", "claims: tied by a span"}
    at = more.digest.rindex("120家")
    assert red["figures: lake"].differing == (f"extra: digest {at}–{at + 4} “120家” (eq 120.0 count)",)
    assert red["claims: tied by a span"].differing == (f"{FILE}: digest {at}–{at + 4} “120家”",)


def test_a_missing_figure_is_red_and_listed(pair: Pair) -> None:
    red = replace(pair, original=pair.original + "2023年，全市新开茶馆45家。\n").reds()
    assert set(red) == {"figures: lake", "claims: tied by a span"}
    assert red["figures: lake"].differing[0].startswith("missing: original ")
    assert "“45家”" in red["figures: lake"].differing[0]


def test_figures_that_changed_places_are_red_though_the_same_are_there(pair: Pair) -> None:
    crossed = [pair.span("120家", "60座"), pair.span("60座", "120家")]
    rest = [pair.span(quote, quote) for quote in QUOTES if quote not in ("120家", "60座")]
    assert "tied: figure" in pair.reds({FILE: [*crossed, *rest]})
    assert "figures: lake" not in pair.reds({FILE: [*crossed, *rest]})


def test_a_figure_without_a_span_is_red(pair: Pair) -> None:
    red = pair.reds({FILE: pair.spans()[FILE][1:]})
    assert set(red) == {"claims: tied by a span"}
    assert len(red["claims: tied by a span"].differing) == 2


OTHERWISE = {
    PERIOD: (("2023年，全市林业", "2022年，全市林业"), ("2023年，全市果品", "2022年，全市果品")),
    REGION: (("全市林业", "大连市林业"), ("全市果品", "大连市果品")),
    STATEMENT: (("林业产值为", "林业产值力争达到"), ("果品产量达到", "果品产量力争达到")),
    INDICATOR: (("林业产值为", "木材加工收入为"), ("果品产量", "苹果和梨共收获")),
}


@pytest.mark.parametrize("field", OTHERWISE)
def test_agreement_of_a_field_below_nine_tenths_is_red_and_each_difference_listed(pair: Pair, field: str) -> None:
    red = pair.said_otherwise(*OTHERWISE[field]).reds()
    assert set(red) == {field}
    assert len(red[field].differing) == 2
    assert all(" / " in told and "digest " in told and "original " in told for told in red[field].differing)


@pytest.mark.parametrize("field", OTHERWISE)
def test_nine_tenths_are_enough(pair: Pair, field: str) -> None:
    once = pair.said_otherwise(OTHERWISE[field][0]).written()
    (finding,) = (finding for finding in compare(once.sources, once.originals, once.spans()) if finding.what == field)
    assert finding.green and (finding.agree, finding.of) == (9, 10)


def test_other_words_for_one_indicator_agree_and_alike_words_for_two_do_not(pair: Pair) -> None:
    pair.written()
    found = {finding.what: finding for finding in compare(pair.sources, pair.originals, pair.spans())}
    assert found["tied: indicator, by words alone"].agree == 9 and found[INDICATOR].agree == 10
    fifth = pair.said_otherwise(("第四代移动通信基站开通", "开通5G基站")).written()
    found = {finding.what: finding for finding in compare(fifth.sources, fifth.originals, fifth.spans())}
    assert found["tied: indicator, by words alone"].agree == 10
    assert found[INDICATOR].differing[0].endswith("base_stations_5g / base_stations_4g")


def test_of_the_originals_words_nothing_is_told(pair: Pair) -> None:
    red = pair.said_otherwise(*OTHERWISE[INDICATOR]).reds()
    for told in red[INDICATOR].differing:
        assert "likeness" in told and "林业产值" not in told and "果品产量" not in told


def command(pair: Pair, monkeypatch: pytest.MonkeyPatch, *more: str) -> Result:
    monkeypatch.setattr(originals, "original_spans", pair.spans)
    arguments = ["verify", "--sources", str(pair.sources), "--originals", str(pair.originals), *more]
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_the_command_shows_the_shares_and_ends_with_code_0(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    result = command(pair.written(), monkeypatch)
    assert result.exit_code == 0, result.output
    assert "verified: the digests say what their originals say" in result.stdout
    assert "10 of 10" in result.stdout and "✗" not in result.stdout


def test_the_command_lists_what_differs_and_ends_with_code_1(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    result = command(pair.said_otherwise(("数量超过60座", "数量达到60座")).written(), monkeypatch)
    assert result.exit_code == 1
    assert "not verified: 2 of " in result.stdout and "figures: lake: missing: original" in result.stdout


def test_the_command_says_what_to_do_without_the_folder(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    pair.written()
    result = command(replace(pair, place=pair.place / "gone"), monkeypatch)
    assert result.exit_code == 1 and "no such folder" in result.stderr
    result = CliRunner().invoke(main, ["verify", "--originals", str(pair.place / "gone")])
    assert result.exit_code == 1 and "no such folder" in result.stderr and "--originals" in result.stderr


def test_the_command_says_what_to_do_without_the_document(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    pair.written()
    (pair.originals / FILE).write_text(pair.original.replace("\n", "\r\n"), encoding="utf-8", newline="")
    result = command(pair, monkeypatch)
    assert result.exit_code == 1 and "the file of that name has another sha256" in result.stderr
    assert "put it there" in result.stderr
    (pair.originals / FILE).unlink()
    result = command(pair, monkeypatch)
    assert result.exit_code == 1 and "no file has this sha256" in result.stderr


def test_an_original_is_found_under_any_name(pair: Pair) -> None:
    pair.written()
    (pair.originals / FILE).rename(pair.originals / "as received.txt")
    assert all(finding.green for finding in compare(pair.sources, pair.originals, pair.spans()) if finding.demanded)


def test_digests_without_an_original_prove_nothing(pair: Pair) -> None:
    pair.written()
    (pair.sources / "sources.csv").write_text(f"{HEAD}\n{FILE},news,2024,210100,digest,,CC-BY-4.0\n", encoding="utf-8")
    with pytest.raises(NotVerified, match="no digest there names an original"):
        compare(pair.sources, pair.originals, pair.spans())


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the original documents are not here: no folder ../shared/seeds")
def test_the_digests_of_this_project_say_what_their_originals_say() -> None:
    findings = compare(SEEDS, ORIGINALS)
    assert [(finding.what, finding.differing) for finding in findings if finding.demanded and not finding.green] == []
    tied = next(finding for finding in findings if finding.what == "tied: figure")
    assert tied.of >= 200 and sum(map(len, original_spans().values())) > tied.of
