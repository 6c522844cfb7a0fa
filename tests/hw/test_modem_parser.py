"""What a modem sends, as events: each form of it whole, cut anywhere, and as any bytes at all."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hw.callerid.coding import Absence, CallerId, encode_mdmf
from hw.modem.events import CallerTold, InformationText, ModemEvent, ModemRang, ResultCode
from hw.modem.parser_protocol import BLOCK_S, ModemParser
from hw.modem.text_protocol import LONGEST_LINE

PRIVATE, UNAVAILABLE = Absence.PRIVATE, Absence.UNAVAILABLE
JOHN = CallerId("4075550000", "JOHN DOE", when=(11, 22, 4, 53))


def heard(*pieces: bytes) -> list[ModemEvent]:
    """What is told by these pieces one after the other, and once nothing more comes."""
    parser = ModemParser()
    events = [event for piece in pieces for event in parser.feed(piece, 0.0)]
    return [*events, *parser.due(BLOCK_S)]


def callers(*lines: str) -> list[CallerId]:
    """The callers told by these lines."""
    data = "".join(f"\r\n{line}\r\n" for line in lines).encode("latin-1")
    return [event.caller_id for event in heard(data) if isinstance(event, CallerTold)]


FORMATTED = ("DATE = 1122", "TIME = 0453", "NMBR = 4075550000", "NAME = JOHN DOE")


def test_who_calls_is_told_behind_the_first_ring_and_before_the_second() -> None:
    assert heard("\r\n".join(["", "RING", *FORMATTED, "", "RING", ""]).encode()) == [
        ModemRang(),
        CallerTold(JOHN),
        ModemRang(),
    ]


def test_who_calls_is_told_before_the_first_ring() -> None:
    assert heard("\r\n".join([*FORMATTED, "RING", ""]).encode()) == [CallerTold(JOHN), ModemRang()]


def test_who_calls_is_told_without_a_ring_when_nothing_more_has_come_for_a_moment() -> None:
    parser = ModemParser()
    assert parser.feed("\r\n".join([*FORMATTED, ""]).encode(), 1.0) == []
    assert parser.deadline == 1.0 + BLOCK_S
    assert parser.due(1.0) == []
    assert parser.due(1.0 + BLOCK_S) == [CallerTold(JOHN)]
    assert parser.deadline is None


@pytest.mark.parametrize(
    ("lines", "caller"),
    [
        (("DATE=1122", "TIME=0453", "NMBR=4075550000", "NAME=JOHN DOE"), JOHN),
        (("NAME = JOHN DOE", "NMBR =4075550000", "TIME= 0453", "DATE   =   1122"), JOHN),
        (("DATE = 11/22", "TIME = 04:53", "NBR = (407) 555-0000", "NAME = JOHN DOE"), JOHN),
        (("NMBR = 4075550000",), CallerId("4075550000")),
        (("NMBR = 4075550000", "NMBR = O"), CallerId("4075550000")),
        (("NMBR = O", "NMBR = 4075550000"), CallerId("4075550000")),
        (("NMBR = 4075550000", "NMBR = 5551234"), CallerId("4075550000")),
        (("NMBR = 4075550000", "NMBR = P"), CallerId(number_absence=PRIVATE)),
        (("NMBR = P", "NAME = P"), CallerId(number_absence=PRIVATE, name_absence=PRIVATE)),
        (("NMBR = O", "NAME = O"), CallerId(number_absence=UNAVAILABLE, name_absence=UNAVAILABLE)),
        (("NMBR = PRIVATE", "NAME = JOHN DOE"), CallerId(number_absence=PRIVATE, name_absence=PRIVATE)),
        (("NMBR = OUT OF AREA",), CallerId(number_absence=UNAVAILABLE)),
        (("DDN_NMBR = 5551234",), CallerId("5551234")),
        (("DDN = 5551234", "NMBR = 4075550000"), CallerId("4075550000")),
        (("DDN = 5551234", "NMBR = P"), CallerId(number_absence=PRIVATE)),
        (("NAME = SPRING DENTAL", "NMBR = 4075550000"), CallerId("4075550000", "SPRING DENTAL")),
        (("NMBR = 4075550000", "NAME = OK"), CallerId("4075550000", "OK")),
        (("NMBR = 4075550000", "NAME = NO CARRIER"), CallerId("4075550000", "NO CARRIER")),
        (("DATE = 0000", "TIME = 9999", "NMBR = 4075550000"), CallerId("4075550000")),
        (("NMBR =", "NAME = JOHN"), CallerId(name="JOHN")),
        (("MESG = 030735353531323334",), CallerId("5551234")),
        (("NMBR = 4075550000", "MESG = 030735353531323334"), CallerId("4075550000")),
        (("NMBR = 4075550000", "MESG = 030735353531"), CallerId("4075550000")),
        (("NMBR = 4075550000", "MESG = 0B01FF"), CallerId("4075550000")),
        (("NMBR = 4075550000", "MESG = nothing"), CallerId("4075550000")),
        (("NMBR = 4075550000", "NAME = M\xfcller"), CallerId("4075550000", "Müller")),
        (("NMBR = 4075550000", "NAME = M\xc3\xbcller"), CallerId("4075550000", "Müller")),
        (("NMBR = 4075550000", "NAME = M\x81ller"), CallerId("4075550000", "Müller")),
        (("NMBR = 4075550000", "NAME = A\x00\x1b\x07B\x7f C"), CallerId("4075550000", "AB C")),
    ],
)
def test_who_calls_in_each_form_it_comes_in(lines: tuple[str, ...], caller: CallerId) -> None:
    assert callers(*lines) == [caller]


MESSAGES = {
    "041230353131313835323430373535353030303059": CallerId("4075550000", when=(5, 11, 18, 52)),
    "04093035313131383532500c": CallerId(number_absence=PRIVATE, when=(5, 11, 18, 52)),
    "802001083035313131383532020a3430373535353030303007084a4f484e20444f4584": CallerId(
        "4075550000", "JOHN DOE", when=(5, 11, 18, 52)
    ),
    "80100108303531313138353204014f08014f24": CallerId(
        number_absence=UNAVAILABLE, name_absence=UNAVAILABLE, when=(5, 11, 18, 52)
    ),
}
"""Whole messages with their checksums (Bellcore GR-30), sent and received with SpanDSP."""


@pytest.mark.parametrize("prefix", ["", "MESG = ", "MESG="])
@pytest.mark.parametrize(("digits", "caller"), MESSAGES.items())
def test_a_whole_message_in_hexadecimal_digits(prefix: str, digits: str, caller: CallerId) -> None:
    assert callers(prefix + digits.upper()) == [caller]
    assert callers(prefix + " ".join(digits[at : at + 2] for at in range(0, len(digits), 2))) == [caller]


def test_a_message_in_hexadecimal_digits_may_be_broken_into_lines() -> None:
    digits = "802001083035313131383532020a3430373535353030303007084a4f484e20444f4584"
    assert callers(digits[:24], digits[24:50], digits[50:]) == [
        CallerId("4075550000", "JOHN DOE", when=(5, 11, 18, 52))
    ]


def test_a_message_with_a_wrong_checksum_tells_nobody() -> None:
    assert callers("802001083035313131383532020a3430373535353030303007084a4f484e20444f4585") == []


@pytest.mark.parametrize("answer", ["56000", "013", "V1.2.23", "80", "04", "0B01FF", "U.S. Robotics 56K FAX"])
def test_an_answer_is_no_caller(answer: str) -> None:
    assert heard(f"{answer}\r\n\r\nOK\r\n".encode()) == [InformationText(answer), ResultCode("OK")]


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ("OK", ResultCode("OK")),
        ("CONNECT", ResultCode("CONNECT")),
        ("CONNECT 14400/ARQ/V34", ResultCode("CONNECT", "14400/ARQ/V34")),
        ("NO CARRIER", ResultCode("NO CARRIER")),
        ("NO DIAL TONE", ResultCode("NO DIAL TONE")),
        ("+FCERROR", ResultCode("+FCERROR")),
        ("RING", ModemRang()),
        ("RING A", ModemRang("A")),
        ("RING2", ModemRang("2")),
        ("OKAY", InformationText("OKAY")),
        ("Fax modem", InformationText("Fax modem")),
        ("DATA PUMP 3", InformationText("DATA PUMP 3")),
        ("BRING", InformationText("BRING")),
        ("RINGING", InformationText("RINGING")),
        ("ATE0", InformationText("ATE0")),
    ],
)
def test_only_a_whole_line_is_a_result_or_a_ring(line: str, event: ModemEvent) -> None:
    assert heard(f"\r\n{line}\r\n".encode()) == [event]


def test_the_bursts_of_a_distinctive_ring_are_told_with_the_ring_behind_them() -> None:
    data = b"DROF=0\r\nDRON=8\r\nDROF = 4\r\nDRON = 8\r\nRING\r\nDROF=38\r\nDRON=20\r\nRING\r\n"
    assert heard(data) == [ModemRang("", (0.8, 0.4, 0.8)), ModemRang("", (2.0,))]


def test_bursts_that_are_told_in_place_of_a_ring_are_one() -> None:
    data = b"DROF=0\r\nDRON=8\r\nDROF=4\r\nDRON=8\r\nDROF=38\r\nDRON=20\r\nDROF=40\r\n"
    assert heard(data) == [ModemRang("", (0.8, 0.4, 0.8)), ModemRang("", (2.0,))]


def test_the_second_of_two_callers_in_a_row_is_told_apart() -> None:
    assert callers("DATE = 1122", "NMBR = 1", "DATE = 1122", "NMBR = 2") == [CallerId("1"), CallerId("2")]


def test_a_line_without_end_is_kept_up_to_its_longest_length() -> None:
    assert heard(b"A" * 10 * LONGEST_LINE + b"\r\nOK\r\n") == [InformationText("A" * LONGEST_LINE), ResultCode("OK")]


WHOLE = "\r\n".join(["", "RING", *FORMATTED, "MESG = 030735353531323334", "RING B", "OK", "NO CARRIER", ""]).encode()


@given(st.lists(st.integers(0, len(WHOLE)), max_size=8))
def test_it_makes_no_difference_where_the_bytes_are_cut(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(WHOLE)]
    pieces = [WHOLE[begin:end] for begin, end in itertools.pairwise(places)]
    assert heard(*pieces) == heard(WHOLE)


WORDS = st.sampled_from([b"RING", b"NMBR = ", b"NAME=", b"DATE=", b"MESG = ", b"P", b"O", b"80", b"04", b"\r\n", b"OK"])


@given(st.lists(st.one_of(st.binary(max_size=40), WORDS), max_size=30))
def test_no_bytes_make_it_fail_and_what_it_tells_can_be_shown(pieces: list[bytes]) -> None:
    for event in heard(*pieces):
        if isinstance(event, CallerTold):
            assert event.caller_id.number.isprintable()
            assert event.caller_id.name.isprintable()
            assert event.caller_id != CallerId()
    assert heard(*pieces, b"\r\nRING\r\n")[-1] == ModemRang(bursts=())


LETTERS = st.text(st.characters(codec="latin-1", categories=("Lu", "Ll", "Nd")), min_size=2, max_size=15)


@given(st.text("0123456789", min_size=3, max_size=15), LETTERS)
def test_a_caller_comes_through_whole_in_hexadecimal_digits(number: str, name: str) -> None:
    message = encode_mdmf(CallerId(number, name))
    digits = (message + bytes([-sum(message) % 256])).hex().upper()
    told = callers(digits)
    assert [one.number for one in told] == [number]
