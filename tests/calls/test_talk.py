"""Talks of three, who hears what in them, and the answer to a transfer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np

from appliance.calls.outcome import Cause
from appliance.calls.party import Party, says_nothing
from appliance.calls.signal import Signal
from appliance.calls.station import StationLine
from appliance.calls.talk import Taken, Talk
from appliance.calls.transfer import Transfer
from appliance.media.engine import Engine
from appliance.media.music import HoldMusic
from appliance.media.player import Player
from appliance.office.model import Station
from hw.audio import FRAME_SAMPLES, Frame
from hw.tones.toneplan import tone_plan
from tests.calls.farlines import FarTelephone
from tests.calls.hearing import until

PLAN = tone_plan("us")
MUSIC = np.full(FRAME_SAMPLES, 7, np.int16)


class Three:
    """Three telephones off hook, each with a voice of its own, in a talk that goes on."""

    def __init__(self, telephones: list[FarTelephone], parties: list[Party], talk: Talk) -> None:
        self.telephones = telephones
        self.parties = parties
        self.talk = talk

    async def hear(self, *expected: list[int]) -> None:
        """Wait until each hears the sum of these voices, by their numbers; -1 is the music."""

        def sounds(numbers: list[int]) -> Frame:
            voices = [MUSIC if number < 0 else self.telephones[number].says for number in numbers]
            return np.sum(voices, axis=0).astype(np.int16) if voices else np.zeros(FRAME_SAMPLES, np.int16)

        def so() -> bool:
            heard = [telephone.frames[-1] for telephone in self.telephones if telephone.frames]
            return len(heard) == 3 and all(
                np.array_equal(frame, sounds(numbers)) for frame, numbers in zip(heard, expected, strict=True)
            )

        await until(so, within=1)


@asynccontextmanager
async def three() -> AsyncIterator[Three]:
    engine = Engine()
    await engine.start()
    telephones = [FarTelephone(f"phone-{n}", 200 + 50 * n) for n in range(3)]
    lines = [StationLine(Station(one.name, one.name), one, PLAN, engine) for one in telephones]
    parties = []
    for telephone, line in zip(telephones, lines, strict=True):
        telephone.lifts()
        assert line.leg is not None
        parties.append(Party(line.leg, line, says_nothing))
    talk = Talk(parties, PLAN, HoldMusic(MUSIC), None)
    running = asyncio.create_task(talk.run())
    try:
        yield Three(telephones, parties, talk)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        for telephone in telephones:
            telephone.goes(False)
        await engine.close()


async def test_each_of_three_hears_the_two_others() -> None:
    async with three() as here:
        await here.hear([1, 2], [0, 2], [0, 1])
        first = here.parties[0].leg
        assert [leg.name for leg in first.talks_to] == ["phone-1", "phone-2"]


async def test_who_holds_is_not_heard_and_where_all_others_hold_there_is_music() -> None:
    async with three() as here:
        await here.hear([1, 2], [0, 2], [0, 1])
        here.telephones[0].holds(True)
        await here.hear([1, 2], [2], [1])
        here.telephones[1].holds(True)
        await here.hear([], [], [-1])
        here.telephones[1].holds(False)
        await here.hear([1, 2], [2], [1])
        here.telephones[0].holds(False)
        await here.hear([1, 2], [0, 2], [0, 1])


async def test_a_whisper_is_heard_by_one_party_alone() -> None:
    async with three() as here:
        await here.hear([1, 2], [0, 2], [0, 1])
        whisper = Player([np.full(10 * FRAME_SAMPLES, 50, np.int16)])
        here.talk.whisper(here.parties[1], whisper)
        await asyncio.sleep(0.1)
        voices = [telephone.says for telephone in here.telephones]
        assert np.array_equal(here.telephones[1].frames[-1], voices[0] + voices[2] + 50)
        assert np.array_equal(here.telephones[0].frames[-1], voices[1] + voices[2])
        await asyncio.sleep(0.2)
        await here.hear([1, 2], [0, 2], [0, 1])


async def test_a_party_that_is_taken_out_ends_the_talk_and_nobody_hears_anybody() -> None:
    async with three() as here:
        await here.hear([1, 2], [0, 2], [0, 1])
        assert here.talk.take(here.parties[2])
        assert not here.talk.take(here.parties[1]), "it is over"
        assert await here.talk.turn == Taken(here.parties[2])
        await here.hear([], [], [])
        assert all(party.leg.talks_to == () for party in here.parties)


async def test_a_party_that_has_left_cannot_be_taken_out() -> None:
    async with three() as here:
        here.parties[0].leg.left(Cause.ON_HOOK)
        assert not here.talk.take(here.parties[2])


async def test_only_the_first_answer_to_a_transfer_counts() -> None:
    async with three() as here:
        told: list[bool] = []
        transfer = Transfer(here.parties[0], here.parties[1], "103", "", told.append)
        transfer.accept()
        transfer.refuse()
        assert told == [True]


async def test_a_transfer_handed_to_another_talk_is_answered_there_alone() -> None:
    async with three() as here:
        told: list[bool] = []
        asked = Transfer(here.parties[0], here.parties[1], "", "phone-0-second", told.append)
        there = asked.handed_to(here.parties[2], here.parties[1], "phone-0")
        asked.accept()
        assert told == []
        there.refuse()
        assert told == [False]


def test_everybody_who_subscribed_is_told_until_they_unsubscribe() -> None:
    told: list[str] = []
    signal: Signal[[str]] = Signal()
    assert not signal.tell("nobody listens")
    first = signal.subscribe(told.append)
    second = signal.subscribe(told.append)
    assert signal.tell("both")
    first()
    first()
    assert signal.tell("one")
    second()
    assert not signal.tell("none")
    assert told == ["both", "both", "one"]


def test_who_unsubscribes_while_being_told_keeps_nobody_from_being_told() -> None:
    told: list[str] = []
    signal: Signal[[]] = Signal()
    leave = [lambda: None]

    def once() -> None:
        told.append("once")
        leave[0]()

    leave[0] = signal.subscribe(once)
    signal.subscribe(lambda: told.append("always"))
    signal.tell()
    signal.tell()
    assert told == ["once", "always", "always"]
