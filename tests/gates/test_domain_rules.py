"""Every domain rule turns red on counterexamples made by hand, and stays green on their neighbours."""

from datetime import date

import pytest

from expectations.adapter import run_rule
from expectations.gates import RULES
from expectations.rule import Rule
from pipeline.contract import BY_NAME
from tests.gates.builders import DIGEST, ORIGINAL, RAW, World, observation_id, place, world
from tests.gates.built import built
from tests.gates.cases import Case, Change, all_lost, breaks, keeps, lost, often, row, twice
from tests.gates.cases_again import AGAIN

BY_RULE = {rule.name: rule for rule in RULES}


def left(text: str, raw: str | None = None) -> tuple[Change, ...]:
    """An HTML document whose first passage reads ``text``, which stands in its raw text as ``raw`` (the same where not given)."""
    source = {"source_id": DIGEST}
    printed = raw or text
    return (
        row("sources", of=source, media_type="text/html"),
        row("documents", of=source, text=printed),
        row("passages", of=source, text=text, raw_start=0, raw_end=len(printed)),
    )


SIMPLE, TRADITIONAL = {"source_id": DIGEST}, {"source_id": ORIGINAL}
TIED = {"source_id": DIGEST, "original_sha256": "a" * 64}
STATIONS = {"source_id": DIGEST, "value": 120.0}
CABLE, OF_CABLE = {"source_id": DIGEST, "value": 35_000.0}, {"value": 35_000.0}
PLANNED = {"source_id": DIGEST, "statement": "target"}
LENGTH = len(RAW[DIGEST])
STATIONS_CLAIM = "{}:{}-{}".format(DIGEST, *place(DIGEST, "120个"))
RANGE = {"bound": "range", "value": None, "value_low": 100.0, "value_high": 140.0}
AT_LEAST = place(DIGEST, "达到300个以上")
LATE, LATER = date(2021, 12, 31), date(2022, 12, 31)
ANOTHER_MARCH = {"published_from": date(2023, 3, 1), "published_to": date(2023, 3, 31)}
YEAR_2022 = {"published_from": date(2022, 1, 1), "published_to": date(2022, 12, 31)}

INGEST = (
    breaks("text_has_its_length", "longer than measured", row("sources", of=SIMPLE, characters=LENGTH - 1)),
    breaks("text_has_its_length", "of no source", lost("sources", source_id=DIGEST)),
    breaks("text_has_its_length", "body beyond the text", row("documents", of=SIMPLE, body_start=LENGTH + 1)),
    keeps("text_has_its_length", "body empty", row("documents", of=SIMPLE, body_start=LENGTH)),
    breaks("every_source_has_text", "one without", lost("documents", source_id=DIGEST)),
    keeps("every_source_has_text", "source and text gone", lost("documents", **SIMPLE), lost("sources", **SIMPLE)),
    breaks("dates_in_order", "ends crossed", row("sources", published_to=date(2022, 2, 28))),
    breaks("dates_in_order", "ends without a date", row("sources", published=None)),
    breaks("dates_in_order", "a date without its end", row("sources", published_to=None)),
    breaks("dates_in_order", "a month of one day", row("sources", published_to=date(2022, 3, 1))),
    breaks("dates_in_order", "days of another year", row("sources", **ANOTHER_MARCH)),
    breaks("dates_in_order", "another year", row("sources", published="2023-03")),
    keeps("dates_in_order", "a single day", row("sources", published="2022-03-01", published_to=date(2022, 3, 1))),
    keeps("dates_in_order", "a year", row("sources", published="2022", **YEAR_2022)),
    keeps("dates_in_order", "no date at all", row("sources", published=None, published_from=None, published_to=None)),
    breaks("rights_are_stated", "in full without a licence", row("sources", licence=None)),
    breaks("rights_are_stated", "a digest of nothing", row("sources", of=SIMPLE, original_sha256=None)),
    keeps("rights_are_stated", "a page", row("sources", of=SIMPLE, original_sha256=None, url="https://example.org/a")),
    keeps("rights_are_stated", "a text", row("sources", of=SIMPLE, original_sha256=None, title="甲", publisher="某报")),
    breaks(
        "rights_are_stated",
        "an undated text",
        row("sources", of=SIMPLE, original_sha256=None, title="甲", publisher="某报", published=None),
    ),
    keeps("rights_are_stated", "all rights reserved", row("sources", licence=None, evidence_policy="none")),
    breaks("copies_point_back", "a copy of itself", row("sources", of=SIMPLE, duplicate_of=DIGEST)),
    breaks(
        "copies_point_back",
        "copies of each other",
        row("sources", of=SIMPLE, duplicate_of=ORIGINAL),
        row("sources", of=TRADITIONAL, duplicate_of=DIGEST),
    ),
    keeps("copies_point_back", "a copy of an original", row("sources", of=SIMPLE, duplicate_of=ORIGINAL)),
    breaks("bytes_decoded_whole", "one byte lost", row("sources", replaced=1)),
    keeps("bytes_decoded_whole", "another encoding", row("sources", encoding="big5")),
)

CLEAN = (
    breaks("edits_do_not_overlap", "one within another", row("edits", of=TRADITIONAL, raw_end=3)),
    breaks("edits_do_not_overlap", "end before start", row("edits", of=TRADITIONAL, raw_end=0)),
    keeps("edits_do_not_overlap", "an insertion", row("edits", of=TRADITIONAL, raw_end=1)),
    breaks("edits_lie_in_the_text", "beyond the end", row("edits", of=SIMPLE, raw_end=LENGTH + 1)),
    keeps("edits_lie_in_the_text", "up to the end", row("edits", of=SIMPLE, raw_end=LENGTH)),
    breaks("every_source_has_passages", "one without", all_lost("passages", source_id=ORIGINAL)),
    keeps("every_source_has_passages", "one with a single passage", lost("passages", source_id=ORIGINAL)),
    breaks("passages_in_order", "overlapping", row("passages", of={"ordinal": 2, **SIMPLE}, clean_start=0, text=None)),
    breaks("passages_in_order", "empty", row("passages", clean_end=0, text=None)),
    breaks("passages_in_order", "of no raw text", row("passages", raw_end=0)),
    breaks("passages_in_order", "text of another length", row("passages", text="河湾")),
    keeps("passages_in_order", "text withheld", row("passages", text=None)),
    *(
        breaks("no_markup_left", note, *left(printed))
        for note, printed in (
            ("a tag", '河湾<span class="x">县</span>'),
            ("an end tag", "河湾</p>"),
            ("an entity", "河湾&nbsp;县"),
            ("a numeric entity", "河湾&#160;县"),
            ("a comment", "河湾<!--县"),
        )
    ),
    keeps("no_markup_left", "signs of comparison", *left("甲<乙，丙>丁，R&D投入，见<附表>，T&D2;")),
    keeps("no_markup_left", "a tag of a plain text", row("passages", text="河湾<b>县</b>")),
    keeps("no_markup_left", "a tag that was written as text", *left("河湾<b>县</b>", raw="河湾&lt;b&gt;县&lt;/b&gt;")),
    breaks("no_traditional_left", "in a Traditional document", row("passages", of=TRADITIONAL, text="河灣县")),
    keeps("no_traditional_left", "in a simplified document", row("passages", of=SIMPLE, text="河灣县")),
    breaks("no_stray_traditional", "in a simplified document", row("passages", of=SIMPLE, text="河灣县")),
    keeps("no_stray_traditional", "in a Traditional document", row("passages", of=TRADITIONAL, text="河灣县")),
    keeps("no_stray_traditional", "text withheld", row("passages", of=SIMPLE, text=None)),
    breaks("corrections_hit", "a place too many", row("corrections", found_hits=2)),
    breaks("corrections_hit", "no place", row("corrections", found_hits=0)),
    breaks("corrections_hit", "failed by its own word", row("corrections", outcome="failed")),
    keeps("corrections_hit", "two of two", row("corrections", found_hits=2, expected_hits=2)),
    keeps("corrections_hit", "a global one twice", row("corrections", found_hits=2, expected_hits=None)),
    breaks("corrections_up_to_date", "not tried", row("corrections", outcome="outdated", found_hits=0)),
    keeps("corrections_up_to_date", "nothing decides", row("corrections", outcome="undecided", right=None)),
    breaks("corrections_are_proven", "another word stands there", row("corrections", evidence_start=0, evidence_end=2)),
    breaks(
        "corrections_are_proven", "beyond the text", row("corrections", evidence_start=LENGTH, evidence_end=LENGTH + 1)
    ),
    breaks("corrections_are_proven", "by nothing", row("corrections", evidence_start=None, evidence_end=None)),
    keeps(
        "corrections_are_proven",
        "by a fact",
        row("corrections", evidence="光缆 is a cable", evidence_start=None, evidence_end=None),
    ),
    keeps(
        "corrections_are_proven",
        "of another text",
        row("corrections", outcome="outdated", evidence_start=0, evidence_end=2),
    ),
)

EXTRACT = (
    breaks("claims_read_again", "another value", row("claims", of=STATIONS, value=121.0)),
    breaks("claims_read_again", "another bound", row("claims", of=STATIONS, bound="ge")),
    breaks("claims_read_again", "another unit", row("claims", of=STATIONS, unit="km")),
    breaks("claims_read_again", "a value for none", row("claims", of=STATIONS, value=None, value_low=1.0)),
    breaks("claims_read_again", "a quote cut short", row("claims", of=STATIONS, raw_start=place(DIGEST, "20个")[0])),
    breaks("claims_read_again", "another resolution", row("claims", of=STATIONS, resolution=10.0)),
    breaks("claims_read_again", "another quote", row("claims", of=STATIONS, quote="120座")),
    breaks("claims_read_again", "too little to read", row("claims", of=PLANNED, reading_end=AT_LEAST[1] - 2)),
    breaks("claims_read_again", "of a text not there", lost("documents", **SIMPLE)),
    keeps("claims_read_again", "more than needed", row("claims", of=PLANNED, reading_start=AT_LEAST[0])),
    keeps("claims_read_again", "another place", row("claims", of=STATIONS, region_id="100000")),
    breaks("one_value_or_two_ends", "ends alike", row("claims", **{**RANGE, "value_high": 100.0})),
    breaks("one_value_or_two_ends", "ends crossed", row("claims", **{**RANGE, "value_high": 99.0})),
    breaks("one_value_or_two_ends", "one end", row("claims", **{**RANGE, "value_high": None})),
    keeps("one_value_or_two_ends", "a range", row("claims", **RANGE)),
    breaks("one_value_or_two_ends", "no reason", row("claims", value=None)),
    breaks("one_value_or_two_ends", "a range with a value", row("claims", **{**RANGE, "value": 120.0})),
    breaks("one_value_or_two_ends", "a range without ends", row("claims", value=None, bound="range")),
    breaks("one_value_or_two_ends", "ends without a range", row("claims", value_low=1.0, value_high=2.0)),
    keeps("one_value_or_two_ends", "a fault", row("claims", value=None, fault=True)),
    keeps("one_value_or_two_ends", "a fault that is decided", row("claims", fault=True)),
    breaks("shares_within_the_whole", "more than all", row("claims", measure="share", unit="percent", value=100.5)),
    breaks(
        "shares_within_the_whole",
        "a rate of more than all",
        row("claims", measure="level", unit="percent", value=140.0, indicator_text="宽带覆盖率"),
    ),
    breaks("shares_within_the_whole", "up to more", row("claims", **{**RANGE, "measure": "share", "unit": "percent"})),
    keeps("shares_within_the_whole", "all", row("claims", measure="share", unit="percent", value=100.0)),
    keeps("shares_within_the_whole", "growth", row("claims", measure="growth_rate", unit="percent", value=120.0)),
    breaks("deadlines_lie_ahead", "due before published", row("claims", of=PLANNED, period_end=LATE)),
    keeps("deadlines_lie_ahead", "due that day", row("claims", of=PLANNED, period_end=date(2022, 3, 1))),
    keeps("deadlines_lie_ahead", "a report", row("claims", of=STATIONS, period_end=LATE)),
    keeps("deadlines_lie_ahead", "of no date", row("claims", of=PLANNED, period_end=None)),
    breaks(
        "periods_in_order",
        "an end before its start",
        row("claims", period="2025/2021", period_start=date(2025, 1, 1), period_end=date(2021, 12, 31)),
    ),
    keeps(
        "periods_in_order",
        "a deadline alone",
        row("claims", period="/2025", period_start=None, period_end=date(2025, 12, 31)),
    ),
    breaks("offsets_in_passage", "named for another place", row("claims", of=STATIONS, claim_id="kreis:1-2")),
    breaks("offsets_in_passage", "another passage", row("claims", of=STATIONS, passage_id=f"{DIGEST}/p0002")),
    breaks("offsets_in_passage", "another document", row("claims", of=STATIONS, source_id=ORIGINAL)),
    breaks("offsets_in_passage", "a reading cut short", row("claims", of=STATIONS, reading_start=AT_LEAST[0])),
    keeps("offsets_in_passage", "a longer reading", row("claims", of=PLANNED, reading_start=AT_LEAST[0])),
    breaks("ledger_is_complete", "a run left out", lost("numerals", numeral="2021")),
    breaks("ledger_is_complete", "a run with both", row("numerals", of={"numeral": "120"}, reason="name")),
    breaks("ledger_is_complete", "a run with neither", row("numerals", of={"numeral": "2021"}, reason=None)),
    breaks("ledger_is_complete", "a run twice", twice("numerals")),
    breaks("ledger_is_complete", "a run that is none", row("numerals", of={"numeral": "120"}, raw_end=LENGTH)),
    breaks("ledger_is_complete", "other digits", row("numerals", of={"numeral": "120"}, numeral="12")),
    breaks(
        "ledger_is_complete", "a claim of no run", row("numerals", of={"numeral": "120"}, claim_id=None, reason="date")
    ),
    breaks(
        "ledger_is_complete",
        "a run elsewhere",
        row("numerals", of={"numeral": "2021", **SIMPLE}, claim_id=STATIONS_CLAIM, reason=None),
    ),
    breaks("ledger_is_complete", "a document left out", all_lost("numerals", source_id=ORIGINAL)),
    keeps("ledger_is_complete", "another reason", row("numerals", of={"numeral": "2021"}, reason="name")),
    breaks("few_unresolved", "one of a dozen", row("numerals", of={"numeral": "2021"}, reason="unresolved")),
    keeps(
        "few_unresolved",
        "one of many",
        often("numerals", 7),
        row("numerals", of={"numeral": "2021", **SIMPLE}, reason="unresolved"),
    ),
)

ADVERTISED = "指标甲1"
FIRST, TARGET = {"observation_id": observation_id(0)}, {"observation_id": observation_id(1)}

NORMALISE = (
    breaks("parents_are_wider", "the nation in a province", row("regions", of={"level": "nation"}, parent_id="210000")),
    breaks("parents_are_wider", "a place in itself", row("regions", of={"level": "province"}, parent_id="210000")),
    breaks("parents_are_wider", "a county of the nation", row("regions", of={"level": "province"}, level="county")),
    keeps("parents_are_wider", "a group of the nation", row("regions", of={"level": "province"}, level="group")),
    keeps(
        "parents_are_wider",
        "a county of a province",
        row("regions", of={"level": "province"}, level="county"),
        row("regions", of={"level": "nation"}, level="province"),
    ),
    breaks(
        "one_meaning_a_wording",
        "two of one unit",
        row("indicator_synonyms", of={"indicator_id": "indicator_02"}, synonym=ADVERTISED),
    ),
    keeps(
        "one_meaning_a_wording",
        "two units",
        row("indicator_synonyms", of={"indicator_id": "indicator_00"}, synonym=ADVERTISED),
    ),
    keeps(
        "one_meaning_a_wording",
        "two populations",
        row("indicator_synonyms", of={"indicator_id": "indicator_02"}, synonym=ADVERTISED, population="企业"),
    ),
    breaks("one_preferred", "none", row("observations", of=FIRST, preferred=False)),
    breaks("one_preferred", "two", row("observations", of={"preferred": False}, preferred=True)),
    keeps(
        "one_preferred", "another period", row("observations", of={"preferred": False}, preferred=True, period="2020")
    ),
    breaks("values_agree_with_bounds", "a range without ends", row("observations", bound="range", value=None)),
    breaks("values_agree_with_bounds", "a range with one end", row("observations", **{**RANGE, "value_high": None})),
    breaks("values_agree_with_bounds", "one end and no range", row("observations", value_high=2.0)),
    breaks("values_agree_with_bounds", "ends alike", row("observations", **{**RANGE, "value_high": 100.0})),
    breaks("values_agree_with_bounds", "a range with a value", row("observations", **{**RANGE, "value": 120.0})),
    keeps("values_agree_with_bounds", "a range", row("observations", **RANGE)),
    breaks("every_observation_has_evidence", "said by nobody", lost("evidence", **FIRST)),
    keeps("every_observation_has_evidence", "said twice", twice("evidence")),
    breaks("evidence_says_the_same", "another value", row("claims", of=STATIONS, value=121.0)),
    breaks("evidence_says_the_same", "another bound", row("claims", of=STATIONS, bound="ge")),
    breaks("evidence_says_the_same", "another unit", row("claims", of=STATIONS, unit="km")),
    breaks("evidence_says_the_same", "another statement", row("claims", of=STATIONS, statement="target")),
    breaks("evidence_says_the_same", "an end more", row("claims", of=STATIONS, value_low=1.0)),
    breaks("evidence_says_the_same", "another period", row("claims", of=STATIONS, period="2022")),
    breaks("evidence_says_the_same", "another end", row("observations", period_end=LATER)),
    breaks("evidence_says_the_same", "another place", row("observations", region_id="100000")),
    breaks("evidence_says_the_same", "another measure", row("observations", measure="increment")),
    breaks("evidence_says_the_same", "another resolution", row("observations", resolution=10.0)),
    breaks("evidence_says_the_same", "another kind of period", row("observations", period_kind="span")),
    breaks("evidence_says_the_same", "in metres, not converted", row("claims", of=CABLE, unit="m")),
    breaks("evidence_says_the_same", "a unit of other things", row("claims", of=CABLE, unit="t")),
    keeps("evidence_says_the_same", "in metres", row("claims", of=CABLE, unit="m", value=35e6, resolution=1e6)),
    keeps(
        "evidence_says_the_same",
        "growth by once",
        row("claims", of=CABLE, unit="multiple", value=1.0, resolution=1.0, measure="growth_rate"),
        row("observations", of=OF_CABLE, unit="percent", value=100.0, resolution=100.0, measure="growth_rate"),
    ),
    breaks(
        "evidence_says_the_same",
        "a level of once",
        row("claims", of=CABLE, unit="multiple", value=1.0, resolution=1.0),
        row("observations", of=OF_CABLE, unit="percent", value=100.0, resolution=100.0),
    ),
    keeps(
        "evidence_says_the_same",
        "the share that a rate is",
        row("claims", of=CABLE, measure="share"),
    ),
    keeps(
        "evidence_says_the_same",
        "about a zone",
        row("claims", of=STATIONS, subject_text="某区"),
        row("observations", region_id="100000"),
    ),
    keeps("evidence_says_the_same", "another confidence", row("claims", of=STATIONS, confidence=0.1)),
    breaks("digests_point_to_their_originals", "no place", row("evidence", of=SIMPLE, original_start=None)),
    breaks("digests_point_to_their_originals", "no document", row("evidence", of=SIMPLE, original_sha256=None)),
    breaks(
        "digests_point_to_their_originals", "another document", row("evidence", of=SIMPLE, original_sha256="e" * 64)
    ),
    keeps(
        "digests_point_to_their_originals",
        "a digest of a page that is not at hand",
        row("sources", of=SIMPLE, original_sha256=None),
        *[row("evidence", of=TIED, original_sha256=None, original_start=None)] * 4,
    ),
    breaks(
        "digests_point_to_their_originals", "an original elsewhere", row("evidence", of=TRADITIONAL, original_start=1)
    ),
    breaks(
        "digests_point_to_their_originals", "another numeral", row("evidence", of=TRADITIONAL, original_numeral="1")
    ),
    breaks("digests_point_to_their_originals", "a claim of another", row("evidence", of=SIMPLE, source_id=ORIGINAL)),
    keeps("digests_point_to_their_originals", "a digest elsewhere", row("evidence", of=SIMPLE, original_start=1)),
    breaks("only_alike_is_compared", "another indicator", row("observations", of=TARGET, indicator_id="indicator_02")),
    breaks("only_alike_is_compared", "no target", row("observations", of=TARGET, statement="forecast")),
    breaks("only_alike_is_compared", "no report", row("observations", of=FIRST, statement="forecast")),
    breaks("only_alike_is_compared", "surely, another place", row("observations", of=TARGET, region_id="100000")),
    breaks("only_alike_is_compared", "surely, no place", row("observations", of=TARGET, region_id=None)),
    breaks("only_alike_is_compared", "surely, another unit", row("observations", of=TARGET, unit="km")),
    breaks("only_alike_is_compared", "surely, another measure", row("observations", of=TARGET, measure="share")),
    keeps(
        "only_alike_is_compared",
        "perhaps, another place",
        row("observations", of=TARGET, region_id="100000"),
        row("comparisons", comparable="likely"),
    ),
    breaks("every_target_is_followed", "one dropped", lost("progress", target_observation_id=observation_id(1))),
    keeps(
        "every_target_is_followed",
        "no target any more",
        lost("progress", target_observation_id=observation_id(1)),
        row("observations", of=TARGET, statement="forecast"),
    ),
    breaks("verdicts_have_reports", "a verdict on nothing", row("progress", latest_observation_id=None)),
    breaks("verdicts_have_reports", "a report unread", row("progress", status="no_report")),
    breaks("verdicts_have_reports", "due on another day", row("progress", deadline=date(2035, 12, 31))),
    breaks("verdicts_have_reports", "a report held against nothing", lost("comparisons")),
    breaks("verdicts_have_reports", "a report that may not be compared", row("comparisons", comparable="no")),
    breaks("verdicts_have_reports", "surely against likely", row("progress", comparable="likely")),
    keeps(
        "verdicts_have_reports",
        "no report",
        row("progress", status="no_report", latest_observation_id=None, comparable=None),
    ),
    breaks("conflicts_have_sides", "one side", lost("conflict_claims", chosen=False)),
    breaks("conflicts_have_sides", "none chosen", row("conflict_claims", of={"chosen": True}, chosen=False)),
    breaks("conflicts_have_sides", "of another period", row("conflicts", period="2031")),
    breaks("conflicts_have_sides", "targets among facts", row("claims", of=STATIONS, statement="target")),
    breaks("conflicts_have_sides", "of another series", row("conflicts", series_id=f"s-{9:016x}")),
    keeps("conflicts_have_sides", "three sides", twice("conflict_claims")),
    keeps("conflicts_have_sides", "another spread", row("conflicts", spread=0.5)),
    breaks("parks_lie_in_their_document", "beyond its end", row("parks", raw_end=LENGTH + 1)),
    breaks("parks_lie_in_their_document", "nowhere", row("parks", raw_end=0)),
    keeps("parks_lie_in_their_document", "at its end", row("parks", raw_end=LENGTH)),
)

PUBLISH = (
    breaks("every_table_was_gated", "one left out", all_lost("quality", table="claims")),
    breaks("every_table_was_gated", "a question left out", lost("quality", check="read_alone")),
    breaks("every_table_was_gated", "a question of a suite left out", lost("quality", ordinal=9)),
    breaks("every_table_was_gated", "a warning for an error", row("quality", severity="warning")),
    breaks("every_table_was_gated", "a question nobody asks", row("quality", check="is_pretty")),
    keeps("every_table_was_gated", "a question that was not answered well", row("quality", passed=False)),
    keeps("every_table_was_gated", "the table itself", all_lost("quality", table="quality")),
    breaks("right_of_scored", "more than all", row("evaluation", right=11)),
    breaks("right_of_scored", "share below its interval", row("evaluation", right=5)),
    breaks("right_of_scored", "share above its interval", row("evaluation", high=0.8)),
    keeps("right_of_scored", "all right", row("evaluation", right=10, high=1.0)),
    breaks("scored_as_released", "by an earlier grammar", row("evaluation", stale=True)),
    keeps("scored_as_released", "by another grammar", row("evaluation", extractor_hash="e" * 64)),
    breaks("accuracy_holds", "one wrong more", row("evaluation", right=8)),
    breaks("accuracy_holds", "under a floor of three decimals", row("evaluation", n=565, right=529, floor=0.938)),
    breaks("accuracy_holds", "without a floor", row("evaluation", floor=None)),
    breaks("accuracy_holds", "stale and fallen", row("evaluation", right=8, stale=True)),
    keeps("accuracy_holds", "above", row("evaluation", right=10)),
    keeps("accuracy_holds", "at a floor that was rounded down", row("evaluation", n=565, right=530, floor=0.938)),
    keeps("accuracy_holds", "more were scored", row("evaluation", n=20, right=18)),
)

CASES = (*INGEST, *CLEAN, *EXTRACT, *NORMALISE, *PUBLISH, *AGAIN)

BUILT = {case.rule for case in AGAIN}
"""Rules that hold what a stage gives once more against its tables: their valid world is one that the stages made."""


def valid(rule: str) -> World:
    """The valid world of a rule."""
    return built() if rule in BUILT else world()


def holds(rule: Rule, tables: World) -> bool:
    """Whether the rule is green on the tables that it may read."""
    (result,) = run_rule(rule, {name: tables[name] for name in sorted({rule.table, *rule.needs})})
    return result.passed


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_holds_in_the_valid_world(rule: Rule) -> None:
    assert holds(rule, valid(rule.name))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_turns_red_on_its_counterexample_and_stays_green_on_its_neighbour(case: Case) -> None:
    tables = valid(case.rule)
    for change in case.changes:
        tables = change(tables)
    assert holds(BY_RULE[case.rule], tables) is case.holds


@pytest.mark.parametrize("holds", [False, True], ids=["counterexample", "neighbour"])
def test_every_rule_has_a_counterexample_and_a_neighbour(holds: bool) -> None:
    assert {rule.name for rule in RULES} == {case.rule for case in CASES if case.holds is holds}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_red_where_it_saw_nothing(rule: Rule) -> None:
    tables = {name: table.slice(0, 0) for name, table in world().items()}
    assert holds(rule, tables) is (BY_NAME[rule.table].minimum_rows == 0)


def test_rules_have_names_of_their_own_and_read_declared_tables() -> None:
    assert len(BY_RULE) == len(RULES)
    assert {name for rule in RULES for name in (rule.table, *rule.needs)} <= BY_NAME.keys()
