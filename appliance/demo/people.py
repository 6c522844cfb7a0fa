"""People who use a unit from outside and inside, at random: they call, talk, leave messages, send faxes, hang up."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Protocol

import numpy as np

from appliance.control.errors import ControlError
from appliance.ear.heard import Heard, Kind
from appliance.ear.hearing import Hearing
from appliance.simulation.words import ADDS, ANSWERS, ASKS, GOOD_DAY, MESSAGE
from hw.tones.toneplan import TonePlan

CALLERS = (
    ("ALICE MOORE", "4075550161"),
    ("BORIS LANE", "4075550162"),
    ("CLARA ROSSI", "4075550163"),
    ("DAVID KIM", "4075550164"),
    ("EMMA NOVAK", "4075550165"),
    ("RIVER PRINTING", "4075550166"),
)
"""Names, and numbers that are kept for fiction."""
LISTENS_S = (1.0, 6.0)
"""How long a caller goes on listening, once somebody has spoken, before pressing a key."""
RINGS_S = (2.0, 7.0)
"""How long somebody lets the telephone ring."""
RINGS_FOR_S = 25.0
"""A telephone that has not rung within so long is not going to."""
SPEAKS_WITHIN_S = 60.0
"""Whoever has heard nobody speak within so long gives the call up."""
TONE_WITHIN_S = 120.0
"""The same of the tone after which a message is spoken: there are 20 s of ringing before, and a greeting."""
TALKS_S = (8.0, 30.0)
ALIVE_S = 10.0
"""How often a telephone says that somebody has it: after 30 s of silence it would be taken back."""
MOST_AT_ONCE = 3
"""So many lines of the four are in use at most: a visitor has to come through."""


class ControlledUnit(Protocol):
    """What is asked of a control client."""

    async def call(self, method: str, /, **params: Any) -> Any: ...

    def watch(self, topic: str) -> AsyncIterator[Any]: ...


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody at the office, and the port of the telephone."""

    extension: str
    port: str


def colleagues(document: Mapping[str, Any]) -> Sequence[Colleague]:
    """Everybody in an office document who has an extension and a telephone on the built-in exchange."""
    ports = {one["name"]: one["port"] for one in document["stations"]}
    return [
        Colleague(one["extension"], ports[one["station"]])
        for one in document["people"]
        if one.get("extension") and one.get("station") in ports
    ]


class DemoCaller:
    """What somebody outside has heard so far. spoken: somebody has spoken to them. tone: a message may begin."""

    def __init__(self, plan: TonePlan) -> None:
        self.hearing = Hearing(plan, self._take)
        self.spoken, self.tone = asyncio.Event(), asyncio.Event()

    def _take(self, heard: Heard) -> None:
        match heard.kind:
            case Kind.SPEECH:
                self.spoken.set()
            case Kind.BEEP:
                self.tone.set()


class DemoPeople:
    """Everybody who uses the unit.

    plan: the tones of its country. fax: the pages that a fax machine sends. told: called as somebody begins to.
    """

    def __init__(
        self,
        unit: ControlledUnit,
        office: Sequence[Colleague],
        plan: TonePlan,
        fax: Path,
        random: Random,
        told: Callable[[str], None],
    ) -> None:
        self._told = told
        self._unit = unit
        self._office = office
        self._fax = fax
        self._random = random
        self._rings: dict[int, asyncio.Event] = {}
        self._callers: dict[int, DemoCaller] = {}
        self._plan = plan

    async def live(self, calls_an_hour: float) -> None:
        """Use the unit until this is cancelled. ControlError `connection-lost` where the unit has ended."""
        acts = (self.talks, self.talks, self.leaves_a_message, self.sends_a_fax, self.gives_up)
        room = asyncio.Semaphore(MOST_AT_ONCE)

        async def do() -> None:
            async with room:
                with suppress(TimeoutError):
                    await self._random.choice(acts)()

        async with asyncio.TaskGroup() as everybody:
            everybody.create_task(self.watch())
            while True:
                everybody.create_task(do())
                await asyncio.sleep(self._random.expovariate(calls_an_hour / 3600))

    async def watch(self) -> None:
        """Know which telephones ring, and listen as callers do, until this is cancelled."""
        async for event in self._unit.watch("phone"):
            match event:
                case {"sees": "rings", "phone": phone} if phone in self._rings:
                    self._rings[phone].set()
                case {"sound": sound, "at": at, "phone": phone} if phone in self._callers:
                    both = np.frombuffer(base64.b64decode(sound), "<i2").astype(np.int16)
                    await self._callers[phone].hearing.feed(both[1::2], at)
                case {"says": words, "lasts": seconds, "at": at, "phone": phone} if phone in self._callers:
                    self._callers[phone].hearing.own_words(at, words, seconds)

    async def talks(self) -> None:
        """Somebody calls somebody, who answers, and they talk."""
        called = self._random.choice(self._office)
        async with self._telephone(inside=called.port) as desk, self._caller() as phone:
            self._told(f"calls {called.extension}, who answers")
            await self._dials(phone, called.extension)
            await asyncio.wait_for(self._rings[desk].wait(), RINGS_FOR_S)
            await self._pause(RINGS_S)
            await self._do(desk, "lift")
            for who, words in ((desk, GOOD_DAY), (phone, ASKS), (desk, ANSWERS)):
                await self._do(who, "say", words)
            await self._pause(TALKS_S)
            await self._do(phone, "hang up")

    async def leaves_a_message(self) -> None:
        """Somebody calls somebody, who does not answer."""
        called = self._random.choice(self._office)
        async with self._caller() as phone:
            self._told(f"calls {called.extension}, and leaves a message")
            await self._dials(phone, called.extension)
            await asyncio.wait_for(self._callers[phone].tone.wait(), TONE_WITHIN_S)
            for words in (MESSAGE, ADDS):
                await self._do(phone, "say", words)
            await self._do(phone, "hang up")

    async def sends_a_fax(self) -> None:
        async with self._caller() as phone:
            self._told("sends a fax")
            await self._do(phone, "call")
            await self._do(phone, "send fax", str(self._fax))

    async def gives_up(self) -> None:
        """Somebody calls, and hangs up before anybody answers: a caller to be called back."""
        async with self._caller() as phone:
            self._told("calls, and gives up")
            await self._dials(phone, self._random.choice(self._office).extension)
            await self._pause(RINGS_S)

    def _caller(self) -> Any:
        name, number = self._random.choice(CALLERS)
        return self._telephone(name=name, number=number)

    @asynccontextmanager
    async def _telephone(self, **wanted: str) -> AsyncIterator[int]:
        """Have a telephone. One that somebody else has is left to them, and what cannot be done with it is left out."""
        phone = None
        try:
            phone = (await self._unit.call("phone.open", **wanted))["phone"]
            self._rings[phone], self._callers[phone] = asyncio.Event(), DemoCaller(self._plan)
            alive = asyncio.create_task(self._keep(phone))
            try:
                yield phone
            finally:
                alive.cancel()
        except ControlError as error:
            if error.code == "connection-lost":
                raise
            if phone is None:
                raise TimeoutError from None
        finally:
            if phone is not None:
                del self._rings[phone], self._callers[phone]
                with suppress(ControlError):
                    await self._unit.call("phone.close", phone=phone)

    async def _keep(self, phone: int) -> None:
        """Nobody else gets it while it is silent."""
        with suppress(ControlError):
            while True:
                await asyncio.sleep(ALIVE_S)
                await self._unit.call("phone.alive", phone=phone)

    async def _dials(self, phone: int, extension: str) -> None:
        await self._do(phone, "call")
        await asyncio.wait_for(self._callers[phone].spoken.wait(), SPEAKS_WITHIN_S)
        await self._pause(LISTENS_S)
        await self._do(phone, "press", extension)

    async def _do(self, phone: int, act: str, words: str = "") -> None:
        await self._unit.call("phone.do", phone=phone, act=act, words=words)

    async def _pause(self, between: tuple[float, float]) -> None:
        await asyncio.sleep(self._random.uniform(*between))
