"""Keys and hook flashes in INFO requests: all the bodies that devices send, and those we send."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hw.sip.digits import FLASH, KEYS, info_of, key_of, seconds_for

RELAY = "application/dtmf-relay"


@pytest.mark.parametrize(
    ("content_type", "body", "key"),
    [
        (RELAY, "Signal=5\r\nDuration=160\r\n", "5"),
        (RELAY, "Signal= 5\nDuration= 160", "5"),
        ("Application/DTMF-Relay; charset=utf-8", "duration=160\r\nSIGNAL = #\r\n", "#"),
        (RELAY, "Signal=*", "*"),
        (RELAY, "Signal=10", "*"),
        (RELAY, "Signal=11", "#"),
        (RELAY, "Signal=star", "*"),
        (RELAY, "Signal=POUND", "#"),
        (RELAY, "Signal=a", "A"),
        (RELAY, "Signal=12", "A"),
        (RELAY, "Signal=D", "D"),
        (RELAY, "Signal=15", "D"),
        (RELAY, "Signal=16", FLASH),
        (RELAY, "Signal=hf", FLASH),
        (RELAY, "Signal=F", FLASH),
        (RELAY, "Signal=flash", FLASH),
        (RELAY, "Signal=17", ""),
        (RELAY, "Signal=", ""),
        (RELAY, "Signal=55", ""),
        (RELAY, "Duration=160", ""),
        (RELAY, "Signal=²", ""),
        (RELAY, "", ""),
        ("application/dtmf", "7", "7"),
        ("application/dtmf", " #\r\n", "#"),
        ("application/dtmf", "16", FLASH),
        ("application/dtmf", "", ""),
        ("application/hook-flash", "", FLASH),
        ("application/hook-flash", "anything", FLASH),
        ("application/broadsoft", "event FlashHook", FLASH),
        ("application/broadsoft; version=1.0", "play tone CallWaitingTone1", ""),
        ("application/media_control+xml", "Signal=5", ""),
        ("text/plain", "5", ""),
        ("", "5", ""),
    ],
)
def test_a_key_is_read_from_what_devices_send(content_type: str, body: str, key: str) -> None:
    assert key_of(content_type, body) == key


@pytest.mark.parametrize("key", [*KEYS, FLASH])
def test_every_key_we_send_is_read_as_itself(key: str) -> None:
    assert key_of(RELAY, info_of(key)) == key


@pytest.mark.parametrize("content_type", [RELAY, "application/hook-flash", "application/broadsoft"])
def test_a_flash_is_read_as_one_in_every_form(content_type: str) -> None:
    assert key_of(content_type, info_of(FLASH, content_type)) == FLASH


def test_the_bodies_are_those_of_the_devices_books() -> None:
    assert info_of("5") == "Signal=5\r\nDuration=100\r\n"
    assert info_of(FLASH) == "Signal=16\r\nDuration=100\r\n"
    assert info_of(FLASH, "application/broadsoft") == "event flashhook\r\n"


def test_keys_take_a_fifth_of_a_second_each() -> None:
    assert [seconds_for(digits) for digits in ("", "1", "5551234")] == pytest.approx([0, 0.2, 1.4])


@given(st.sampled_from([RELAY, "application/dtmf", "application/broadsoft", "x"]) | st.text(), st.text())
def test_no_body_is_an_error_and_none_makes_more_than_one_key(content_type: str, body: str) -> None:
    assert key_of(content_type, body) in {"", FLASH, *KEYS}
