"""Conferences: everybody hears all others."""

from __future__ import annotations

import numpy as np
import pytest

from appliance.media.conference import Conference
from appliance.media.player import Loop
from appliance.media.port import MediaPort
from hw.audio import FRAME_SAMPLES, Frame


def constant(value: int) -> Frame:
    return np.full(FRAME_SAMPLES, value, dtype=np.int16)


class Room:
    """A conference of some ports that are ticked by hand."""

    def __init__(self, parties: int) -> None:
        self.conference = Conference()
        self.heard: list[list[Frame]] = [[constant(0)] for _ in range(parties)]
        self.ports = [MediaPort(f"p{n}", self.heard[n].append, lambda _port: None) for n in range(parties)]
        for port in self.ports:
            self.conference.join(port)
        self._tick = 0

    def tick(self, *said: int) -> list[int]:
        """One tick in which each party says a constant; what each hears at the end of its frame."""
        self._tick += 1
        for port, value in zip(self.ports, said, strict=True):
            port.deliver(constant(value))
        for port in self.ports:
            port.take(self._tick)
        for port in self.ports:
            port.speak()
        return [int(frames[-1][-1]) for frames in self.heard]


async def test_each_of_ten_hears_the_sum_of_the_other_nine() -> None:
    assert Room(10).tick(*(2**n for n in range(10))) == [1023 - 2**n for n in range(10)]


async def test_a_muted_party_hears_and_is_not_heard() -> None:
    room = Room(3)
    room.conference.mute(room.ports[1])
    muted = room.tick(1, 10, 100)
    state = [room.conference.muted(port) for port in room.ports]
    room.conference.mute(room.ports[1], False)
    assert (muted, room.tick(1, 10, 100), state) == ([100, 101, 1], [110, 101, 11], [False, True, False])


async def test_who_leaves_hears_silence_and_is_heard_no_more() -> None:
    room = Room(3)
    room.tick(1, 10, 100)
    room.conference.leave(room.ports[2])
    room.conference.leave(room.ports[2])
    assert (room.tick(1, 10, 100), len(room.conference.parties)) == ([10, 1, 0], 2)


async def test_who_hears_something_else_or_is_closed_has_left() -> None:
    room = Room(4)
    music = Loop(constant(7))
    room.ports[1].hear(music)
    room.ports[2].close()
    names = [port.name for port in room.conference.parties]
    heard = room.tick(1, 10, 100, 1000)
    room.conference.leave(room.ports[1])
    assert not music.done.done()
    assert (names, heard[1]) == (["p0", "p3"], 7)


async def test_joining_twice_changes_nothing() -> None:
    room = Room(2)
    room.conference.join(room.ports[0])
    assert room.tick(1, 10) == [10, 1]


async def test_the_end_of_a_conference_lets_everybody_go() -> None:
    room = Room(3)
    room.conference.close()
    assert (room.tick(1, 10, 100), [port.source is None for port in room.ports]) == ([0, 0, 0], [True] * 3)


async def test_a_party_that_leaves_during_a_tick_spoils_nobodys_sound() -> None:
    room = Room(3)
    for port, value in zip(room.ports, (1, 10, 100), strict=True):
        port.deliver(constant(value))
        port.take(1)
    room.ports[0].speak()
    room.conference.leave(room.ports[0])
    room.ports[1].speak()
    room.ports[2].speak()
    assert [int(frames[-1][-1]) for frames in room.heard] == [110, 101, 11]


async def test_shouting_together_is_bent_into_full_scale_and_never_wraps_round() -> None:
    room = Room(9)
    heard = []
    for level in range(0, 32768, 256):
        heard.append(room.tick(*[level] * 8, 0)[8])
    assert heard[:13] == [8 * 256 * n for n in range(13)]
    assert np.all(np.diff(heard) >= 0)
    assert heard[-1] == pytest.approx(32767, abs=1)


async def test_negative_peaks_are_bent_as_positive_ones_are() -> None:
    room = Room(4)
    up, down = room.tick(10000, 10000, 10000, 0)[3], room.tick(-10000, -10000, -10000, 0)[3]
    assert 24576 < up < 30000
    assert down == -up
