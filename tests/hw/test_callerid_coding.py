from __future__ import annotations

import contextlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hw.callerid.coding import (
    DTMF_VARIANTS,
    Absence,
    CallerId,
    CallerIdError,
    MessageWaiting,
    decode_dtmf,
    decode_message,
    encode_dtmf,
    encode_jclip,
    encode_mdmf,
    encode_message_waiting,
    encode_sdmf,
)
from hw.callerid.text import plain
from tests.hw.callerids import VECTORS

PRIVATE = CallerId(number_absence=Absence.PRIVATE)
UNAVAILABLE = CallerId(number_absence=Absence.UNAVAILABLE)

moments = st.tuples(st.integers(1, 12), st.integers(1, 31), st.integers(0, 23), st.integers(0, 59))
numbers = st.text("0123456789", min_size=1, max_size=20)
names = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=50)
callers = st.one_of(
    st.builds(CallerId, number=numbers, name=names, when=st.none() | moments),
    st.builds(
        CallerId,
        number_absence=st.sampled_from(Absence),
        name_absence=st.sampled_from(Absence),
        when=st.none() | moments,
    ),
)


@pytest.mark.parametrize(("sent", "said"), VECTORS)
def test_every_ready_vector_says_what_it_should(sent: bytes, said: CallerId | MessageWaiting) -> None:
    assert sum(sent) % 256 == 0
    assert decode_message(sent[:-1]) == said


def test_our_messages_are_the_ready_vectors() -> None:
    when = (5, 11, 18, 52)
    ours = [
        encode_sdmf(CallerId(number="4075550000", when=when)),
        encode_sdmf(CallerId(number_absence=Absence.PRIVATE, when=when)),
        encode_mdmf(CallerId(number="4075550000", name="JOHN DOE", when=when)),
        encode_mdmf(CallerId(number_absence=Absence.PRIVATE, name_absence=Absence.PRIVATE, when=when)),
        encode_mdmf(CallerId(number="2125551234", name="ACME PLUMBING CO", when=(12, 31, 12, 0))),
        encode_message_waiting(True),
        encode_message_waiting(False),
    ]
    vectors = [sent[:-1] for sent, _ in VECTORS]
    assert ours == [vectors[i] for i in (0, 1, 3, 4, 6, 8, 9)]


@given(callers)
def test_mdmf_tells_all_that_was_put_in(caller: CallerId) -> None:
    if caller.number or caller.number_absence:
        assert decode_message(encode_mdmf(caller)) == caller


@given(numbers, moments)
def test_sdmf_tells_number_and_time(number: str, when: tuple[int, int, int, int]) -> None:
    caller = CallerId(number=number, when=when)
    assert decode_message(encode_sdmf(caller)) == caller


@given(numbers)
def test_japans_message_tells_the_number(number: str) -> None:
    assert decode_message(encode_jclip(CallerId(number=number, name="LOST", when=(1, 2, 3, 4)))) == CallerId(number)


@pytest.mark.parametrize(("letter", "absence"), [("P", Absence.PRIVATE), ("O", Absence.UNAVAILABLE)])
def test_japans_message_tells_why_there_is_no_number(letter: str, absence: Absence) -> None:
    message = encode_jclip(CallerId(number_absence=absence))
    assert message == bytes([0x40, 3, 4, 1, ord(letter)])
    assert decode_message(message) == CallerId(number_absence=absence)


@given(st.integers(0x09, 0xFF).filter(lambda kind: kind not in (0x0B,)), st.binary(max_size=60))
def test_an_unknown_parameter_is_skipped_by_its_length(kind: int, content: bytes) -> None:
    caller = CallerId(number="5551234", name="ANN")
    known = encode_mdmf(caller)[2:]
    body = bytes([kind, len(content)]) + content + known
    assert decode_message(bytes([0x80, len(body)]) + body) == caller


@given(st.binary(max_size=260))
def test_random_bytes_are_a_caller_id_or_a_clear_error(message: bytes) -> None:
    with contextlib.suppress(CallerIdError):
        decode_message(message)


@given(st.sampled_from([0x04, 0x06, 0x40, 0x80, 0x82]), st.binary(max_size=255))
def test_random_bodies_of_right_length_are_a_caller_id_or_a_clear_error(kind: int, body: bytes) -> None:
    with contextlib.suppress(CallerIdError):
        decode_message(bytes([kind, len(body)]) + body)


@pytest.mark.parametrize(("sent", "said"), VECTORS)
def test_a_truncated_message_is_a_clear_error(sent: bytes, said: CallerId | MessageWaiting) -> None:
    for length in range(len(sent) - 1):
        with pytest.raises(CallerIdError):
            decode_message(sent[:length])


def test_a_parameter_longer_than_its_message_is_a_clear_error() -> None:
    with pytest.raises(CallerIdError, match="ends behind its message"):
        decode_message(bytes.fromhex("8004020a3430"))


@pytest.mark.parametrize("digits", [b"00000000", b"13010000", b"01320000", b"01012400", b"01010060", b"0101 101"])
def test_an_impossible_time_is_no_time(digits: bytes) -> None:
    assert decode_message(bytes([0x04, 11]) + digits + b"555") == CallerId(number="555")


@pytest.mark.parametrize(
    ("caller", "complaint"),
    [
        (CallerId(number="1" * 21), "longer than 20"),
        (CallerId(number="1", name="x" * 51), "longer than 50"),
        (CallerId(number="1", name="Ω"), "cannot tell"),
        (CallerId(number="1", when=(100, 1, 1, 1)), "not month, day"),
    ],
)
def test_what_does_not_fit_into_a_message_is_a_clear_error(caller: CallerId, complaint: str) -> None:
    with pytest.raises(CallerIdError, match=complaint):
        encode_mdmf(caller)


@pytest.mark.parametrize(
    ("variant", "number", "private", "unavailable"),
    [
        ("AC", "A0301234C", "B10C", "B00C"),
        ("A#", "A0301234#", "D1#", "D3#"),
        ("DC", "D0301234C", "B10C", "B00C"),
        ("#", "0301234#", "D1#", "D3#"),
    ],
)
def test_each_dtmf_variant_is_sent_and_understood(variant: str, number: str, private: str, unavailable: str) -> None:
    sent = [encode_dtmf(caller, variant) for caller in (CallerId(number="0301234"), PRIVATE, UNAVAILABLE)]
    assert sent == [number, private, unavailable]
    assert [decode_dtmf(digits) for digits in sent] == [CallerId(number="0301234"), PRIVATE, UNAVAILABLE]


def test_a_number_not_known_is_sent_as_unavailable() -> None:
    assert encode_dtmf(CallerId(name="ANN"), "AC") == "B00C"
    assert decode_message(encode_sdmf(CallerId())) == UNAVAILABLE
    assert decode_message(encode_jclip(CallerId())) == UNAVAILABLE


def test_the_callers_number_is_told_from_a_redirecting_one_and_information() -> None:
    assert decode_dtmf("D5550000A5551234B27C") == CallerId(number="5551234")


def test_the_other_absence_code_for_private_is_understood() -> None:
    assert decode_dtmf("B01C") == PRIVATE


@pytest.mark.parametrize("digits", ["", "C", "#", "AC", "A123", "*1#", "A1*2C", "123A", "1C2", "ADC"])
def test_digits_that_are_no_caller_id_yet_are_none(digits: str) -> None:
    assert decode_dtmf(digits) is None


@given(st.text("0123456789ABCD*#", max_size=25))
def test_any_digits_are_a_caller_id_or_none(digits: str) -> None:
    caller = decode_dtmf(digits)
    assert caller is None or caller.number.isdecimal() or caller.number_absence is not None


@pytest.mark.parametrize("variant", DTMF_VARIANTS)
def test_a_number_with_letters_cannot_be_sent_in_dtmf(variant: str) -> None:
    with pytest.raises(CallerIdError, match="not a number of digits"):
        encode_dtmf(CallerId(number="555-ANN"), variant)


def test_a_dtmf_variant_that_does_not_exist_is_a_clear_error() -> None:
    with pytest.raises(CallerIdError, match="no DTMF caller ID variant 'B#'"):
        encode_dtmf(CallerId(number="1"), "B#")


def mdmf(*parameters: tuple[int, bytes]) -> bytes:
    body = b"".join(bytes([kind, len(text)]) + text for kind, text in parameters)
    return bytes([0x80, len(body)]) + body


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ([(2, b"P")], CallerId(number_absence=Absence.PRIVATE)),
        ([(2, b"O")], CallerId(number_absence=Absence.UNAVAILABLE)),
        ([(2, b"PRIVATE"), (7, b"PRIVATE")], CallerId("", "", Absence.PRIVATE, Absence.PRIVATE)),
        ([(2, b"OUT OF AREA")], CallerId(number_absence=Absence.UNAVAILABLE)),
        ([(2, b"4075550122"), (7, b"OUT-OF-AREA")], CallerId("4075550122", name_absence=Absence.UNAVAILABLE)),
        ([(3, b"4075550122"), (7, b"JANE ROE")], CallerId("4075550122", "JANE ROE")),
        ([(2, b"4075550122"), (3, b"5550100")], CallerId("4075550122")),
        ([(4, b"P"), (2, b"4075550122"), (7, b"JANE ROE")], CallerId("", "", Absence.PRIVATE, Absence.PRIVATE)),
        ([(2, b"(407) 555-0122")], CallerId("4075550122")),
        ([(2, b"407\x1b[2J5550122"), (7, b"JANE\x1b]0;owned\x07")], CallerId("407[2J5550122", "JANE]0;owned")),
    ],
)
def test_words_and_letters_in_the_place_of_a_number_or_name_are_reasons(
    parameters: list[tuple[int, bytes]], expected: CallerId
) -> None:
    assert decode_message(mdmf(*parameters)) == expected


@pytest.mark.parametrize(
    ("number", "absence"), [(b"P", Absence.PRIVATE), (b"O", Absence.UNAVAILABLE), (b"ANONYMOUS", Absence.PRIVATE)]
)
def test_single_format_tells_reasons_in_place_of_the_number(number: bytes, absence: Absence) -> None:
    assert decode_message(bytes([4, 8 + len(number)]) + b"03031415" + number) == CallerId(
        number_absence=absence, when=(3, 3, 14, 15)
    )


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_whatever_bytes_come_nothing_of_them_does_anything_to_who_shows_them(number: bytes, name: bytes) -> None:
    known = decode_message(mdmf((2, number), (7, name)))
    assert isinstance(known, CallerId)
    for text in (known.number, known.name):
        assert text.isprintable()
        assert text == text.strip()
    assert len(known.number) <= 20
    assert len(known.name) <= 50
    assert not (known.number and known.number_absence)


@given(st.text(max_size=80))
def test_a_text_is_left_without_control_characters_or_changes_of_direction(text: str) -> None:
    assert not [char for char in plain(text) if unicodedata.category(char)[0] == "C" or char in "\u2028\u2029"]
    assert plain(plain(text)) == plain(text)


def test_a_letter_carries_no_more_marks_than_fit_its_line() -> None:
    assert plain("Z" + "\u0334" * 40 + "oe") == "Z" + "\u0334" * 3 + "oe"
    assert plain("Ren\u0065\u0301\u202e Dupont\u200f") == "Rene\u0301 Dupont".replace("e\u0301", "\u00e9")
