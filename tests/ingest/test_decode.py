"""Bytes become text: every encoding that Chinese documents come in, and nothing that is not text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract.codes import codes_of
from pipeline.contract.seed import seed_rows
from pipeline.ingest.decode import decode, likeness
from pipeline.ingest.unreadable import UnreadableError

HANS = "今年以来，全市工业企业新增3家，园区总数达到12个，其中国家级园区2个。\r\n“下一步，我们还要继续努力。”"
HANT = "今年以來，全市工業企業新增3家，園區總數達到12個，其中國家級園區2個。\r\n「下一步，我們還要繼續努力。」"


def reason(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        decode(data)
    return caught.value.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16-le", "utf-16-be"])
def test_simplified_text_is_read_in_its_encoding(encoding: str) -> None:
    found = decode(HANS.encode(encoding))
    assert (found.text, found.encoding, found.replaced) == (HANS, encoding, 0)


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [("big5", "big5"), ("big5hkscs", "big5"), ("cp950", "big5"), ("gb18030", "gb18030"), ("utf-8", "utf-8")],
)
def test_traditional_text_is_read_in_its_encoding(codec: str, encoding: str) -> None:
    found = decode(HANT.encode(codec))
    assert (found.text, found.encoding, found.replaced) == (HANT, encoding, 0)


def test_characters_that_hong_kong_adds_to_big5_are_read() -> None:
    text = HANT + "啲嘢喺呢度"
    assert decode(text.encode("big5hkscs")).text == text


@pytest.mark.parametrize(
    ("mark", "codec", "encoding"),
    [
        (b"\xff\xfe", "utf-16-le", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be", "utf-16-be"),
        (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding_and_leaves_the_text(mark: bytes, codec: str, encoding: str) -> None:
    found = decode(mark + HANS.encode(codec))
    assert (found.text, found.encoding) == (HANS, encoding)


def test_no_text_begins_with_a_byte_order_mark_even_where_two_were_written() -> None:
    assert decode(("\ufeff\ufeff" + HANS).encode()).text == HANS


def test_newlines_stay_as_they_are() -> None:
    text = "第一行\r\n第二行\n第三行\r第四行\u2028第五行\x0b第六行"
    assert decode(text.encode()).text == text


def test_one_damaged_byte_is_replaced_and_counted() -> None:
    data = bytearray((HANS * 20).encode("gb18030"))
    data[400] = 0xFF
    found = decode(bytes(data))
    assert found.encoding == "gb18030"
    assert found.replaced == found.text.count("\ufffd") >= 1
    assert found.text.startswith(HANS)


def test_a_character_cut_at_the_end_is_replaced_and_counted() -> None:
    found = decode(HANS.encode()[:-1])
    assert (found.text, found.encoding, found.replaced) == (HANS[:-1] + "\ufffd", "utf-8", 1)


def test_a_replacement_character_that_the_file_itself_holds_is_no_damage() -> None:
    found = decode((HANS * 9 + "\ufffd").encode() + b"\xff")
    assert (found.text[-2:], found.replaced) == ("\ufffd\ufffd", 1)


def test_damage_beyond_the_sample_is_found() -> None:
    found = decode((HANS * 9000).encode("gb18030") + b"\xff")
    assert (found.encoding, found.replaced) == ("gb18030", 1)


def test_a_few_control_characters_and_nul_do_not_make_a_text_binary() -> None:
    text = HANS + "\x00\x07" + HANS
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", "　\n".encode(), b"\xff\xfe", b"\xef\xbb\xbf\n\n"])
def test_a_file_without_text_is_empty(data: bytes) -> None:
    assert reason(data) == "empty"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n1 0 obj",
        b"PK\x03\x04 word/document.xml",
        b"\x89PNG\r\n\x1a\n",
        b"{\\rtf1 text}",
        bytes(64),
        bytes(range(32)) * 40,
    ],
)
def test_a_file_that_is_no_text_is_binary(data: bytes) -> None:
    assert reason(data) == "binary"


@pytest.mark.parametrize(
    "data",
    [
        HANS.encode("utf-32"),
        "Überschüsse für Städte".encode("latin-1"),
        bytes(range(0x80, 0x100)) * 9,
        "\ue000".encode("utf-16") * 9,
    ],
)
def test_a_text_in_no_known_encoding_is_undecodable(data: bytes) -> None:
    assert reason(data) == "undecodable"


def test_the_right_reading_of_a_text_is_likelier_than_any_wrong_one() -> None:
    assert likeness(HANS) > 0.9
    assert likeness(HANT.encode("big5").decode("gb18030", "replace")) < 0.2


@pytest.mark.xfail(
    strict=True,
    reason="known failure: bytes that are valid UTF-8 are taken as UTF-8; two such characters decide nothing",
)
def test_a_text_of_two_characters_in_gb18030_that_is_utf_8_too() -> None:
    assert decode("十一".encode("gb18030")).text == "十一"


HANS_CHARACTERS = "".join(row["hans"] for row in seed_rows("frequent_characters") if row["hans"] > "\u4e00")
HANT_CHARACTERS = [c for row in seed_rows("frequent_characters") for c in row["hant"][:1] if c.encode("big5", "ignore")]
simplified = st.text(st.sampled_from(HANS_CHARACTERS + "，。0123456789%\r\n"), min_size=12).filter(
    lambda t: sum(c > "\x7f" for c in t) > len(t) * 0.7
)
traditional = st.text(st.sampled_from(HANT_CHARACTERS), min_size=12)


@settings(deadline=None)
@given(simplified, st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16-le", "utf-16-be"]))
def test_any_simplified_text_comes_back_from_any_encoding(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert (found.text, found.replaced) == (text, 0)


@settings(deadline=None)
@given(traditional, st.sampled_from(["utf-8", "big5", "big5hkscs", "gb18030"]))
def test_any_traditional_text_comes_back_from_any_encoding(text: str, codec: str) -> None:
    assert decode(text.encode(codec)).text == text


@settings(deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.tuples(st.sampled_from([b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"]), st.binary(max_size=80)).map(b"".join),
    )
)
def test_any_bytes_are_read_or_refused_with_a_reason_of_the_code_list(data: bytes) -> None:
    try:
        found = decode(data)
    except UnreadableError as error:
        assert error.reason in codes_of("quarantine_reason")
        assert error.detail and error.advice
    else:
        assert found.text.strip()
        assert found.encoding in codes_of("encoding")
        assert found.text.encode("utf-8").decode("utf-8") == found.text
        assert not found.text.startswith("\ufeff")
