from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hw.callerid import jclip
from hw.callerid.deframer import Deframer
from hw.callerid.fsk import Fsk, message_bits

LAMP = b"\x82\x03\x0b\x01\xff"
JAPANESE = b"\x40\x06\x02\x040312"

line_bits = st.lists(st.sampled_from([0, 1, 1, 0, -1, -2]), max_size=300)


def found(bits: list[int], deframer: Deframer | jclip.JclipDeframer | None = None) -> list[bytes]:
    deframer = deframer or Deframer()
    return [message for bit in bits if (message := deframer.bit(bit)) is not None]


def octet_bits(octets: bytes, marks_behind: int = 1) -> list[int]:
    return [bit for octet in octets for bit in (0, *((octet >> i) & 1 for i in range(8)), *[1] * marks_behind)]


def checked(message: bytes) -> bytes:
    return message + bytes([-sum(message) & 0xFF])


@given(line_bits)
def test_whatever_came_before_a_message_is_found_behind_its_mark_bits(before: list[int]) -> None:
    assert found(before + message_bits(LAMP, Fsk.BELL202))[-1:] == [LAMP]


@given(line_bits)
def test_whatever_came_before_japans_message_is_found_behind_the_carrier(before: list[int]) -> None:
    assert found([*before, -1, *message_bits(JAPANESE, Fsk.JCLIP)], jclip.JclipDeframer())[-1:] == [JAPANESE]


@given(st.integers(0, 199))
def test_no_single_wrong_bit_passes(position: int) -> None:
    bits = message_bits(LAMP, Fsk.BELL202, seizure_bits=0, mark_bits=20)
    position %= len(bits) - 10
    bits[position] ^= 1
    assert all(message == LAMP for message in found(bits))
    japanese = message_bits(JAPANESE, Fsk.JCLIP, mark_bits=20)
    position %= len(japanese) - 10
    japanese[position] ^= 1
    assert all(message == JAPANESE for message in found(japanese, jclip.JclipDeframer()))


@pytest.mark.parametrize("marks", range(1, 12))
def test_up_to_ten_mark_bits_may_follow_an_octet(marks: int) -> None:
    assert found([1] * 80 + octet_bits(checked(LAMP), marks)) == [LAMP]


def test_without_mark_bits_in_front_nothing_is_a_message() -> None:
    assert found([1] * 12 + octet_bits(checked(LAMP))) == []


def test_a_message_is_told_once_its_checksum_came() -> None:
    bits = [1] * 80 + octet_bits(checked(LAMP))
    assert found(bits[:-1]) == []
    assert found(bits) == [LAMP]


def test_a_wrong_stop_bit_ends_the_message() -> None:
    bits = [1] * 80 + octet_bits(checked(LAMP))
    bits[80 + 19] = 0
    assert found(bits + octet_bits(checked(LAMP))) == []


def test_a_lost_carrier_ends_the_message() -> None:
    bits = [1] * 80 + octet_bits(checked(LAMP))
    assert found([*bits[:110], -1, -2, *bits[110:]]) == []


def test_the_longest_message_is_found() -> None:
    message = b"\x80\xff" + b"x" * 255
    assert found(message_bits(message, Fsk.V23)) == [message]


def test_a_doubled_control_character_in_front_of_the_end_is_content() -> None:
    message = b"\x40\x04\x02\x02\x10\x10"
    assert found(message_bits(message, Fsk.JCLIP), jclip.JclipDeframer()) == [message]
    message = b"\x40\x03\x10\x03\x10"
    assert found(message_bits(message, Fsk.JCLIP), jclip.JclipDeframer()) == [message]


def test_octets_without_end_do_not_pile_up() -> None:
    deframer = jclip.JclipDeframer()
    found(octet_bits(b"\x41" * 5000), deframer)
    assert found([-1, *message_bits(JAPANESE, Fsk.JCLIP)], deframer) == [JAPANESE]
