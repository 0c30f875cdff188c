"""The unit or classifier of a number: the longest surface wins, and some need a word near by."""

from decimal import Decimal

import pytest

from pipeline.contract.codes import codes_of
from pipeline.contract.seed import seed_rows
from pipeline.extract.units import Unit, read_unit


def unit_of(before: str, number: str, after: str) -> Unit | None:
    return read_unit(before + number + after, len(before), len(before) + len(number))


@pytest.mark.parametrize(
    ("after", "surface", "code"),
    [
        ("个百分点，", "个百分点", "percentage_point"),
        ("个项目", "个", "count"),
        ("个月", "个月", "month"),
        ("千瓦时", "千瓦时", "kWh"),
        ("平方公里", "平方公里", "km2"),
        ("吨标准煤", "吨标准煤", "tce"),
        ("美元", "美元", "USD"),
        ("人次", "人次", "count"),
        ("人民币", "人民币", "CNY"),
        (" 家企业", "家", "count"),
        ("台（套）设备", "台（套）", "count"),
        ("Tbps", "Tbps", "Tbps"),
    ],
)
def test_the_longest_surface_wins(after: str, surface: str, code: str) -> None:
    unit = unit_of("", "12", after)
    assert unit is not None
    assert (unit.surface, unit.unit) == (surface, code)


@pytest.mark.parametrize("after", ["家庭农场", "条例", "名城", "所有", "次年", "场景", "户籍", "Pa", "成立", "节能"])
def test_a_word_that_only_begins_like_a_unit_is_none(after: str) -> None:
    assert unit_of("", "12", after) is None


@pytest.mark.parametrize(
    ("before", "number", "after", "code"),
    [
        ("智能算力规模达到", "900", "P。", "FLOPS"),
        ("机房里有", "900", "P。", None),
        ("部署", "80万亿", "次计算平台", "operations_per_second"),
        ("举办路演", "80", "次", "count"),
        ("气温升到", "38", "度", "degC"),
        ("累计用电", "38", "度", "kWh"),
        ("算力不在这一句。另有", "900", "P", None),
    ],
)
def test_some_units_need_a_word_in_the_same_sentence(before: str, number: str, after: str, code: str | None) -> None:
    unit = unit_of(before, number, after)
    assert (unit.unit if unit else None) == code


def test_the_deciding_word_belongs_to_the_reading() -> None:
    unit = unit_of("全市算力达到", "900", "P")
    assert unit is not None and unit.near_start == 2


def test_a_rate_sign_stays_in_the_quote() -> None:
    unit = unit_of("", "20亿", "立方米/年的项目")
    assert unit is not None and unit.end == len("20亿立方米/年")


def test_every_unit_of_the_table_is_a_code_and_no_surface_is_given_twice_alike() -> None:
    rows = seed_rows("units")
    assert {row["unit"] for row in rows} <= codes_of("unit")
    keys = [(row["surface"], row["near"]) for row in rows]
    assert len(keys) == len(set(keys))
    assert all(Decimal(row["factor"]) > 0 for row in rows)
