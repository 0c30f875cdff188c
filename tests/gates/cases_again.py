"""Cases of the rules that ask a stage once more, on a world that the stages made: faults that nothing else would notice."""

from datetime import date

from tests.gates.cases import all_lost, breaks, keeps, lost, row, twice

BULLETIN, PLAN = {"source_id": "bulletin"}, {"source_id": "plan"}
STATIONS = {"source_id": "bulletin", "value": 12000.0}
RANGE = {"source_id": "plan", "value_low": 18000.0}
TARGET = {"statement": "target", "value": 6000.0}
OF_5G = {"indicator_id": "base_stations_5g", "value": 12000.0}

CLEANED = (
    breaks("cleaned_again", "an edit lost", lost("edits", source_id="plan")),
    breaks("cleaned_again", "an edit of another rule", row("edits", of=PLAN, rule="other")),
    breaks("cleaned_again", "a heading of another level", row("passages", of={"kind": "heading"}, level=3)),
    breaks(
        "cleaned_again",
        "another character",
        row("passages", of={"kind": "title"}, text="某市二〇二三年数字经济统计公报"),
    ),
    breaks("cleaned_again", "a passage lost", lost("passages", **BULLETIN)),
    breaks("cleaned_again", "a passage twice", twice("passages")),
    keeps("cleaned_again", "another place of the document", row("sources", of=PLAN, region_id="210200")),
    keeps(
        "cleaned_again",
        "a document and all of it gone",
        *(all_lost(t, source_id="review") for t in ("sources", "documents", "edits", "passages")),
    ),
)

READ = (
    breaks("read_alone", "another place", row("claims", of=STATIONS, region_id="210200")),
    breaks("read_alone", "another year", row("claims", of=STATIONS, period="/2024", period_end=date(2024, 12, 31))),
    breaks("read_alone", "a target told as a fact", row("claims", of=RANGE, statement="actual")),
    breaks("read_alone", "another measure", row("claims", of=STATIONS, measure="increment")),
    breaks("read_alone", "a context of another encoding", row("claims", of=STATIONS, context="Ã¥Â¸Â")),
    breaks("read_alone", "a document read for another place", row("sources", of=PLAN, region_id="210200")),
    breaks("read_alone", "a numeral with another reason", row("numerals", of={"reason": "date"}, reason="name")),
    breaks("read_alone", "a claim lost", lost("claims", **STATIONS)),
    keeps("read_alone", "another publisher", row("sources", of=PLAN, publisher="某局")),
)

TOLD = (
    breaks("sources_say_what_was_told", "another publisher", row("sources", of=PLAN, publisher="某局")),
    breaks("sources_say_what_was_told", "another place", row("sources", of=PLAN, region_id="210200")),
    breaks("sources_say_what_was_told", "another day", row("sources", of=PLAN, published="2034-05-20")),
    breaks(
        "sources_say_what_was_told", "a day in the ends alone", row("sources", of=PLAN, published_to=date(2034, 5, 20))
    ),
    breaks("sources_say_what_was_told", "a title nobody wrote", row("sources", of=PLAN, title="规划")),
    breaks("sources_say_what_was_told", "a cell that was empty", row("sources", of=PLAN, retrieved="2024-04-02")),
    breaks("sources_say_what_was_told", "a source lost", lost("sources", **PLAN)),
    breaks("sources_say_what_was_told", "no registry", row("documents", of=PLAN, registered=None)),
    keeps(
        "sources_say_what_was_told",
        "blanks and a note",
        row("documents", of=PLAN, registered=None),
        *(
            row(
                "sources",
                of=PLAN,
                title=None,
                publisher=None,
                publisher_type="unknown",
                standing="unrated",
                document_type="other",
                document_number=None,
                published=None,
                published_from=None,
                published_to=None,
                region_id=None,
                licence=None,
                evidence_policy="none",
            ),
        ),
    ),
    keeps("sources_say_what_was_told", "a copy", row("sources", of=PLAN, duplicate_of="bulletin")),
)

SEEDS = (
    breaks(
        "master_data_as_in_the_seeds", "another parent", row("regions", of={"region_id": "210100"}, parent_id="220000")
    ),
    breaks(
        "master_data_as_in_the_seeds", "names exchanged", row("regions", of={"region_id": "210100"}, name_zh="大连市")
    ),
    breaks("master_data_as_in_the_seeds", "another unit", row("indicators", unit="km")),
    breaks("master_data_as_in_the_seeds", "a wording lost", lost("indicator_synonyms", indicator_id="cloud_firms")),
    breaks("master_data_as_in_the_seeds", "a place lost", lost("regions", region_id="210103")),
    keeps(
        "master_data_as_in_the_seeds",
        "an organisation more or less",
        lost("organisations", organisation_id="org-neusoft"),
    ),
    breaks("lists_as_in_the_seeds", "a code lost", lost("codes", list="unit")),
    breaks("lists_as_in_the_seeds", "another name", row("codes", of={"list": "unit"}, name_zh="单位")),
    breaks("lists_as_in_the_seeds", "ten times as many scored", row("evaluation", n=10_000_000)),
    keeps("lists_as_in_the_seeds", "a wording of the gates", row("quality", observed="{}")),
)

NAMED = (
    breaks("named_again", "a mention lost", lost("organisation_mentions", organisation_id="org-neusoft")),
    breaks("named_again", "another organisation", row("organisation_mentions", organisation_id="org-neusoft")),
    breaks(
        "named_again", "another seat", row("organisations", of={"organisation_id": "org-neusoft"}, region_id="210200")
    ),
    breaks(
        "named_again",
        "an organisation nobody names",
        row("organisations", of={"organisation_id": "org-neusoft"}, organisation_id="org-none"),
    ),
    breaks("named_again", "a park elsewhere", row("parks", region_id="210200")),
    breaks("named_again", "an industry lost", lost("park_industries", industry="传感器")),
    breaks("named_again", "a task of another name", row("programmes", title="云行动")),
    breaks("named_again", "a claim of another task", lost("programme_claims")),
    keeps("named_again", "another value", row("claims", of=RANGE, value_low=180_000.0)),
    breaks("names_stand_in_their_passages", "a name that is not there", row("organisation_mentions", mention="某公司")),
    breaks("names_stand_in_their_passages", "before its passage", row("organisation_mentions", raw_start=0)),
    breaks("names_stand_in_their_passages", "in another document", row("organisation_mentions", source_id="review")),
    breaks("names_stand_in_their_passages", "a park that is not there", row("parks", name="东岸产业园")),
    breaks("names_stand_in_their_passages", "a park in the title", row("parks", raw_start=1)),
    keeps(
        "names_stand_in_their_passages",
        "a passage without its text",
        row("organisation_mentions", of={"mention": "中国移动"}, mention="移动"),
    ),
)

COMPARED = (
    breaks("compared_again", "another value", row("observations", of=OF_5G, value=120_000.0)),
    breaks("compared_again", "another indicator", row("observations", of=OF_5G, indicator_id="cloud_firms")),
    breaks("compared_again", "another population", row("observations", of=OF_5G, population="规模以上")),
    breaks("compared_again", "no longer superseded", row("observations", of={"preferred": False}, status="suspect")),
    breaks("compared_again", "a status of progress", row("progress", of={"status": "met"}, status="missed")),
    breaks("compared_again", "a comparison lost", lost("comparisons")),
    breaks("compared_again", "a warning lost", lost("warnings")),
    breaks("compared_again", "a conflict of another spread", row("conflicts", spread=2.5)),
    breaks("compared_again", "the other side chosen", row("conflict_claims", of={"chosen": False}, chosen=True)),
    breaks(
        "compared_again",
        "an observation and all of it lost",
        *(all_lost(table, observation_id="o-c56c55c430c69786") for table in ("observations", "evidence")),
    ),
    keeps("compared_again", "a place of no organisation", row("organisations", region_id="210200")),
    breaks(
        "first_published_is_the_earliest", "years later", row("observations", of=OF_5G, first_published="2034-03-01")
    ),
    breaks("first_published_is_the_earliest", "not known", row("observations", of=OF_5G, first_published=None)),
    breaks(
        "first_published_is_the_earliest",
        "said earlier elsewhere",
        row("evidence", of={"source_id": "review"}, source_id="bulletin"),
    ),
    keeps(
        "first_published_is_the_earliest",
        "an observation nobody says",
        row("observations", of=TARGET, observation_id="o-0000000000000000", first_published=None),
    ),
    breaks(
        "ratios_are_those_of_the_figures", "ten times as far", row("comparisons", of={"comparable": "yes"}, ratio=10.0)
    ),
    breaks("ratios_are_those_of_the_figures", "not told", row("comparisons", of={"comparable": "yes"}, ratio=None)),
    breaks(
        "ratios_are_those_of_the_figures",
        "told of what may not be compared",
        row("comparisons", of={"comparable": "no"}, ratio=0.5),
    ),
    breaks(
        "ratios_are_those_of_the_figures", "off the line", row("comparisons", of={"comparable": "yes"}, expected=1e9)
    ),
    breaks("ratios_are_those_of_the_figures", "another target", row("observations", of=TARGET, value=60_000.0)),
    keeps("ratios_are_those_of_the_figures", "no line", row("comparisons", of={"comparable": "yes"}, expected=None)),
)

AGAIN = (*CLEANED, *READ, *TOLD, *SEEDS, *NAMED, *COMPARED)
