"""The memory that unit and worker share: both see the same, and no slot or ring is another's."""

from __future__ import annotations

import ctypes
import itertools
import os

import numpy as np
import pytest

from hw.sip.call import SipCall
from hw.sip.framememory import FRAME_BYTES, RING_FRAMES, FrameMemory, heard_offset, said_offset
from hw.sip.wire import Command, Ended, Media

SLOTS = 3


class Shared:
    """The unit's side and, by another mapping of the same descriptor, the worker's."""

    def __init__(self) -> None:
        self.memory = FrameMemory.create(SLOTS)
        self.worker = FrameMemory(os.dup(self.memory.fd), SLOTS)
        self.rings = np.frombuffer(self.memory.view(), dtype=np.int16).reshape(SLOTS, 2, RING_FRAMES, -1)

    def send(self, command: Command) -> None: ...

    def close(self) -> None:
        self.memory.close()
        self.worker.close()

    def hears(self, slot: int, value: int) -> None:
        """The worker hears a frame of this value from the far end."""
        at = self.worker.address() + heard_offset(slot, self.worker.heard[slot])
        ctypes.memmove(at, np.full(160, value, dtype=np.int16).tobytes(), FRAME_BYTES)
        self.worker.heard[slot] = (self.worker.heard[slot] + 1) & 0xFFFFFFFF

    def said(self, slot: int, count: int) -> list[int]:
        """The samples of frame number `count`, as the worker reads them."""
        text = ctypes.string_at(self.worker.address() + said_offset(slot, count), FRAME_BYTES)
        return list(np.frombuffer(text, dtype=np.int16))


@pytest.fixture
def shared():
    made = Shared()
    yield made
    made.close()


def test_every_frame_of_every_slot_has_its_own_place() -> None:
    places = [
        offset(slot, count)
        for slot, offset, count in itertools.product(range(SLOTS), (heard_offset, said_offset), range(RING_FRAMES))
    ]
    assert sorted(places) == [place * FRAME_BYTES for place in range(SLOTS * 2 * RING_FRAMES)]
    assert heard_offset(1, RING_FRAMES) == heard_offset(1, 0)
    assert said_offset(2, 0xFFFFFFFF) == said_offset(2, RING_FRAMES - 1)


def test_new_memory_is_silent_and_its_counters_are_zero(shared: Shared) -> None:
    assert [*shared.memory.heard, *shared.memory.said, shared.memory.alive.value] == [0] * (2 * SLOTS + 1)
    assert not shared.rings.any()
    assert not any(ctypes.string_at(shared.memory.silence(), FRAME_BYTES))


def test_what_the_unit_says_the_worker_reads(shared: Shared) -> None:
    call = SipCall(1, shared)
    call.write(np.full(160, 5, dtype=np.int16))
    call.take(Media(1, 1))
    for value in range(1, RING_FRAMES + 3):
        call.write(np.full(160, value, dtype=np.int16))
    assert list(shared.worker.said) == [0, RING_FRAMES + 2, 0]
    assert shared.said(1, RING_FRAMES + 1) == [RING_FRAMES + 2] * 160
    assert shared.said(1, 2) == [3] * 160
    assert not shared.rings[0].any()
    assert not shared.rings[2].any()
    assert not shared.rings[1, 0].any()


def heard_by(call: SipCall) -> list[int]:
    heard: list[int] = []
    call.on_frame = lambda frame: heard.append(int(frame[0]))
    return heard


def test_what_the_worker_hears_the_unit_is_given_once_and_from_its_own_beginning(shared: Shared) -> None:
    shared.hears(1, 99)
    call = SipCall(1, shared)
    heard = heard_by(call)
    call.take(Media(1, 1))
    call.deliver()
    assert heard == []
    for value in (1, 2, 3):
        shared.hears(1, value)
    shared.hears(0, 50)
    call.deliver()
    call.deliver()
    assert heard == [1, 2, 3]


def test_the_counters_go_round_without_a_frame_lost(shared: Shared) -> None:
    shared.worker.heard[0] = shared.worker.said[0] = 0xFFFFFFFE
    call = SipCall(1, shared)
    heard = heard_by(call)
    call.take(Media(1, 0))
    for value in (1, 2, 3, 4):
        shared.hears(0, value)
        call.write(np.full(160, value, dtype=np.int16))
    call.deliver()
    assert heard == [1, 2, 3, 4]
    assert list(shared.memory.said) == [2, 0, 0]


def test_of_more_frames_than_a_ring_holds_the_last_are_given_in_their_order(shared: Shared) -> None:
    call = SipCall(1, shared)
    heard = heard_by(call)
    call.take(Media(1, 0))
    for value in range(RING_FRAMES + 5):
        shared.hears(0, value)
    call.deliver()
    assert heard == list(range(5, RING_FRAMES + 5))


def test_a_frame_given_stays_as_it_is_when_its_place_is_used_again(shared: Shared) -> None:
    call = SipCall(1, shared)
    frames: list[np.ndarray] = []
    call.on_frame = frames.append
    call.take(Media(1, 0))
    for value in range(RING_FRAMES + 1):
        shared.hears(0, value)
        call.deliver()
    assert [int(frame[0]) for frame in frames] == list(range(RING_FRAMES + 1))


def test_a_call_that_ends_while_its_frames_are_given_gets_no_more(shared: Shared) -> None:
    call = SipCall(1, shared)
    heard: list[int] = []

    def hear(frame: np.ndarray) -> None:
        heard.append(int(frame[0]))
        call.take(Ended(1, 200))

    call.on_frame = hear
    call.take(Media(1, 0))
    shared.hears(0, 1)
    shared.hears(0, 2)
    call.deliver()
    assert (heard, call.sounding, call.over) == ([1], False, True)


def test_the_memory_is_not_inherited_unless_it_is_passed_on(shared: Shared) -> None:
    assert not os.get_inheritable(shared.memory.fd)
