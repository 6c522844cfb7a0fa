"""Plain telephones with a hook, in place of the SIP telephones of `farlines`: each has one line, and hears one call."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import numpy as np

from appliance.media.music import hold_music
from appliance.office.model import Office
from hw.audio import FRAME_SAMPLES, Frame
from hw.callerid.coding import CallerId
from hw.linecard import HookFlash, LineError
from hw.tones.progress import ProgressReceiver
from hw.tones.toneplan import tone_plan
from tests.calls.farlines import FarCard, FarLine, FarTelephone, FarWorld, far_office
from tests.calls.hearing import until
from tests.calls.world import world

MUSIC = hold_music()
HALF_A_SECOND = 25


class PlainTelephone(FarTelephone):
    """A telephone on a wire. breaks: how often battery was taken off it. waiting: a call waits for it; announced:
    whose calls were.
    """

    def __init__(self, name: str, hertz: int) -> None:
        super().__init__(name, hertz, None)
        self.traits = replace(self.traits, announces_waiting=True)
        self.breaks = 0
        self.waiting = False
        self.announced: list[CallerId | None] = []

    def break_loop(self, milliseconds: int) -> None:
        self.breaks += 1

    def call_waits(self, caller_id: CallerId | None = None) -> None:
        if not self.off_hook:
            raise LineError("it is on hook")
        self.waiting = True
        self.announced.append(caller_id)

    def call_waits_no_more(self) -> None:
        self.waiting = False

    def flashes(self) -> None:
        self.tell(HookFlash())


class PlainCard(FarCard):
    """Maria's, Ruth's and Nina's telephones are plain ones."""

    def __init__(self) -> None:
        super().__init__()
        self.fxs = [PlainTelephone(f"phone-{n}", 500 + 100 * n) for n in (1, 2, 3)]


class PlainWorld(FarWorld):
    """The unit with that card."""

    def telephone(self, name: str) -> PlainTelephone:
        telephone = self.card.telephone(name)
        assert isinstance(telephone, PlainTelephone)
        return telephone

    @property
    def maria(self) -> PlainTelephone:
        return self.telephone("phone-1")

    @property
    def ruth(self) -> PlainTelephone:
        return self.telephone("phone-2")

    @property
    def nina(self) -> PlainTelephone:
        return self.telephone("phone-3")

    def steps(self, line: str) -> list[str]:
        """The steps of the call that began on this line, which is the only one."""
        (record,) = [record for record in self.here.appliance.calls.recent(10) if record.line == line]
        return [step.what for step in record.steps]


@asynccontextmanager
async def plain_world(
    change: Callable[[Office], Office] = replace, *, waits: bool = False
) -> AsyncIterator[PlainWorld]:
    """waits: a second call waits at a telephone on which somebody talks."""
    card = PlainCard()
    async with world(lambda office: change(far_office(office, waits=waits)), beside=card) as here:
        for line in card.lines():
            line.world = here
        yield PlainWorld(here, card)


def hears_music(line: FarLine) -> bool:
    """Whether the last half second it heard is somewhere in the music."""
    if len(line.frames) < HALF_A_SECOND:
        return False
    heard = np.concatenate(line.frames[-HALF_A_SECOND:])
    rounds = np.resize(MUSIC, len(MUSIC) + len(heard))
    return any(np.array_equal(rounds[at : at + len(heard)], heard) for at in range(0, len(MUSIC), FRAME_SAMPLES))


def hears_sum(line: FarLine, *others: FarLine) -> bool:
    """Whether what it hears just now is what all these say."""
    said: Frame = np.sum([other.says for other in others], axis=0).astype(np.int16)
    return bool(line.frames) and np.array_equal(line.frames[-1], said)


async def hear_each_other(*lines: FarLine) -> None:
    """Wait until each of these hears all the others, and nothing else."""
    await until(lambda: all(hears_sum(one, *(other for other in lines if other is not one)) for one in lines))


async def hears_tone(line: FarLine, tone: str, within: float = 10.0) -> None:
    """Wait until it hears this tone, in what it hears from now on."""
    receiver = ProgressReceiver(tone_plan("us"))
    at = len(line.frames)

    def heard() -> bool:
        nonlocal at
        frames, at = line.frames[at:], len(line.frames)
        return any(told == tone and cycles for frame in frames for told, cycles in receiver.feed(frame))

    await until(heard, within)


async def on_hold(line: FarLine) -> None:
    """Wait until it hears music."""
    await asyncio.sleep(HALF_A_SECOND * 0.02)
    await until(lambda: hears_music(line))


async def asking_back(here: PlainWorld) -> None:
    """Anne is on hold, and Maria talks to Ruth."""
    caller, maria = await here.talking()
    maria.flashes()
    await asyncio.sleep(0.5)
    maria.presses("103")
    await here.ruth.answers()
    await hear_each_other(maria, here.ruth)
    await on_hold(caller)
