"""The fax modem of class 1: its numbers are those of the library's header, and what it says is what T.31 has."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from hw.audio import SILENCE
from hw.dsp.t31 import AT_ONCE, T31, CallEvent, LineRequest

HEADERS = Path("/usr/include/spandsp")


class Desk:
    """Whoever commands a modem: what it has said and wished."""

    def __init__(self) -> None:
        self.said: list[bytes] = []
        self.wishes: list[tuple[LineRequest, str]] = []
        self.modem = T31(self.said.append, lambda request, value: self.wishes.append((request, value)))

    def results(self) -> list[str]:
        """The result codes since the last look."""
        words = [piece.decode() for piece in self.said if re.fullmatch(rb"[A-Z +:0-9]{2,}", piece)]
        self.said.clear()
        return words


def numbered(text: str, name: str, prefix: str) -> dict[str, int]:
    """The members of an enumeration of C, counted as C does."""
    body = re.sub(r"/\*.*?\*/", "", text[text.index(f"enum {name}") :].split("}", 1)[0], flags=re.S)
    numbers, following = {}, 0
    for member, value in re.findall(rf"{prefix}(\w+)(?:\s*=\s*(\d+))?", body):
        following = int(value) if value else following
        numbers[member] = following
        following += 1
    return numbers


def test_the_numbers_are_those_of_the_headers() -> None:
    if not HEADERS.exists():
        pytest.skip("Debian's package libspandsp-dev is not installed")
    interpreter, modem = (HEADERS / "at_interpreter.h").read_text(), (HEADERS / "t31.h").read_text()
    assert {one.name: one.value for one in CallEvent} == numbered(interpreter, "at_call_event_e", "AT_CALL_EVENT_")
    requests = numbered(interpreter, "at_modem_control_operation_e", "AT_MODEM_CONTROL_")
    assert {one.name: one.value for one in LineRequest} == requests
    assert re.search(r"T31_TX_BUF_HIGH_TIDE\s+\(4096 - 1024\)", modem), "room that is left when a pause is asked for"
    assert AT_ONCE < 1024


def test_the_functions_have_the_parameters_of_the_headers() -> None:
    if not HEADERS.exists():
        pytest.skip("Debian's package libspandsp-dev is not installed")
    modem = (HEADERS / "t31.h").read_text()
    interpreter = (HEADERS / "at_interpreter.h").read_text()
    assert "(t31_modem_control_handler_t)(t31_state_t *s, void *user_data, int op, const char *num)" in modem
    assert "(at_tx_handler_t)(at_state_t *s, void *user_data, const uint8_t *buf, size_t len)" in interpreter
    for declared in (
        "t31_call_event(t31_state_t *s, int event)",
        "t31_at_rx(t31_state_t *s, const char *t, int len)",
        "t31_rx(t31_state_t *s, int16_t amp[], int len)",
        "t31_tx(t31_state_t *s, int16_t amp[], int max_len)",
        "t31_set_transmit_on_idle(t31_state_t *s, int transmit_on_idle)",
        "t31_free(t31_state_t *s)",
    ):
        assert declared in modem, declared


def test_a_number_is_asked_for_as_text_and_a_signal_as_its_value() -> None:
    desk = Desk()
    desk.modem.command(b"ATE0\r")
    desk.modem.command(b"AT+FCLASS=1\r")
    desk.modem.command(b"ATDT5550100\r")
    assert (LineRequest.CALL, "T5550100") in desk.wishes or (LineRequest.CALL, "5550100") in desk.wishes
    assert desk.results() == ["OK", "OK"]


def test_a_frame_that_one_modem_sends_the_other_receives_with_its_checksum() -> None:
    caller, called = Desk(), Desk()
    for desk in (caller, called):
        for line in (b"ATE0\r", b"AT+FCLASS=1\r"):
            desk.modem.command(line)
    caller.modem.command(b"ATD1\r")
    caller.modem.event(CallEvent.CONNECTED)
    called.modem.command(b"ATA\r")
    called.modem.event(CallEvent.ANSWERED)
    caller.said.clear()
    frame = b"\xff\x13\x80\x00\xee\xf8"
    for _ in range(600):
        sent, answered = caller.modem.next(), called.modem.next()
        called.modem.feed(sent)
        caller.modem.feed(answered)
        if b"CONNECT" in called.said:
            called.said.clear()
            called.modem.command(frame + b"\x10\x03")
        if b"\x10\x03" in b"".join(caller.said):
            break
    said = b"".join(caller.said)
    assert said.startswith(b"\r\nCONNECT\r\n" + frame)
    assert len(said.split(b"\x10\x03")[0]) == len(b"\r\nCONNECT\r\n" + frame) + 2, "and two octets of FCS"


def test_more_than_it_has_room_for_is_refused() -> None:
    with pytest.raises(ValueError, match="513 bytes at once"):
        Desk().modem.command(b"\0" * 513)


def test_an_idle_modem_sends_silence() -> None:
    assert np.array_equal(Desk().modem.next(), SILENCE)
