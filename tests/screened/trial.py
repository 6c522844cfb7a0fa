"""Thousands of screened calls through one unit, in virtual time: whoever presses no 1 must not be connected.

Callers and cell phones are at the ends of direct lines. Half of the cell phones are behind lines that tell an answer;
the others behind lines like a gateway's, on which an answer is guessed from the sound, and which return what is sent.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import numpy as np

from appliance.clock import LoopClock
from appliance.control.folder import DataFolder
from appliance.office.forwarding import Forwarding, ForwardWhen
from appliance.office.model import Office, Person, Trunk
from appliance.officewords import office_words
from appliance.prompts.library import PromptLibrary, default_cache
from appliance.unit import Unit
from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, SILENCE, Frame, Samples, decibels
from hw.callerid.coding import CallerId
from hw.dsp.dtmf import dtmf_samples
from hw.dsp.gsm import gsm_coded
from hw.linecard import LineTraits
from hw.sim.cellular import cellular_keys
from hw.sim.direct import DIGITAL, DirectCard, DirectLine
from hw.sim.led import SimLed
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import TonePlan, tone_plan
from tests.calls.farlines import voice
from tests.calls.hearing import until
from tests.calls.world import ENGLISH, MORNING, example_office
from tests.screened.sounds import Sounds, silence

CALLERS = 14
"""So many calls at once."""
SPARE_LINES = 4
"""A line may still say its last words when the next call goes out."""
PRESSES = 0.1
"""The share of the calls in which a 1 is pressed."""
TELLS_KEYS = replace(DIGITAL, tells_digits=True)
"""The callers' lines: nothing is tried on them."""
TELLS_NOTHING = LineTraits(dials=True)
OTHER_KEYS = "0356789*#"
CALLER_SAYS = voice(300)
"""What every caller says, frame by frame, from the moment on at which somebody is looked for."""
CONNECTED_SECONDS = 1.0
AGAIN_SECONDS = 5.0
AGAIN_FRAMES = round(2 * SAMPLE_RATE / FRAME_SAMPLES)
"""Whoever is connected later behind the first 1 was so by another one."""
LONGEST_SECONDS = 240.0


@dataclass
class Found:
    """What became of the calls. connected: the numbers of those in which nobody pressed 1; missed: of those in which
    somebody did three times, in vain; each with how the cell phone behaved. again: how many had to press once more."""

    calls: int = 0
    pressed: int = 0
    again: int = 0
    connected: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, other: Found) -> None:
        self.calls += other.calls
        self.pressed += other.pressed
        self.again += other.again
        self.connected += other.connected
        self.missed += other.missed
        self.kinds += other.kinds


@dataclass(frozen=True)
class Behaviour:
    """What one cell phone does. said: from the answer on; None: it never answers."""

    kind: str
    rings_seconds: float
    said: Samples | None
    hangs_up: bool
    """Once all is said; otherwise it stays, silent."""
    echo_frames: int
    """How much later it returns what it hears; 0: not at all."""
    echo_gain: float
    key_frame: int = 0
    """Where in `said` the first 1 is over; 0: none is pressed."""

    @property
    def presses_1(self) -> bool:
        return self.key_frame > 0


class CellPhone:
    """What is at the other end of a line on which somebody is called."""

    def __init__(self, line: DirectLine, behaviour: Behaviour, ringback: Samples) -> None:
        self.connected_frame: int | None = None
        """Where in what it says it hears the caller first, from the answer on."""
        self._line = line
        self._behaviour = behaviour
        self._heard: list[Frame] = [SILENCE] * max(1, behaviour.echo_frames)
        rings = round(behaviour.rings_seconds * 8000 / FRAME_SAMPLES) * FRAME_SAMPLES
        said = behaviour.said
        ringing = np.resize(ringback, rings if said is not None else 60 * 8000)
        sound = ringing if said is None else np.concatenate([ringing, said])
        sound = np.concatenate([sound, silence(-len(sound) % FRAME_SAMPLES / 8000)])
        self._frames = sound.reshape(-1, FRAME_SAMPLES)
        self._answers_at = rings // FRAME_SAMPLES if said is not None else None
        self._place = 0
        line.mouth = self.next
        line.listeners[:] = [self._listen]

    def next(self) -> Frame:
        """The next frame that it says."""
        place, self._place = self._place, self._place + 1
        if place == self._answers_at:
            self._line.answer()
        if place >= len(self._frames):
            if place == len(self._frames) and self._behaviour.hangs_up:
                asyncio.get_running_loop().call_soon(self._line.hang_up)
            said = SILENCE
        else:
            said = self._frames[place]
        if self._behaviour.echo_frames and self._answers_at is not None and place >= self._answers_at:
            echo = self._heard[0].astype(np.float32) * np.float32(self._behaviour.echo_gain)
            return np.clip(said + echo, -32768, 32767).astype(np.int16)
        return said

    def _listen(self, frame: Frame) -> None:
        if self._behaviour.echo_frames:
            self._heard = [*self._heard[1:], frame]
        if self.connected_frame is None and np.array_equal(frame, CALLER_SAYS):
            self.connected_frame = self._place - (self._answers_at or 0)


class Trial:
    """One unit, and everybody who calls or is called."""

    def __init__(self, unit: Unit, callers: list[DirectLine], cells: list[DirectLine], plan: TonePlan) -> None:
        self.unit = unit
        self.callers = callers
        self._plan = plan
        self._ringback = tone_samples(plan.ringback, 6.0)
        self._next: dict[str, Behaviour] = {}
        self._called: dict[str, CellPhone] = {}
        for line in cells:
            line.on_called = lambda number, line=line: self._called_on(line, number)  # type: ignore[misc]

    async def call(self, slot: int, caller: str, behaviour: Behaviour) -> int | None:
        """One call to the person of this slot. Where in what it says, if ever, whoever was called heard the caller.

        caller: the number, another one in each call, as it may be blocked.
        """
        line, number, loop = self.callers[slot], _cell(slot), asyncio.get_running_loop()
        self._next[number] = behaviour
        self._called.pop(number, None)
        line.call(CallerId(caller))
        await until(lambda: line.off_hook)
        await asyncio.sleep(0.5)
        await line.press(f"6{slot:02}")
        line.mouth = lambda: CALLER_SAYS
        ends = loop.time() + LONGEST_SECONDS
        connected_at = None
        while line.off_hook and loop.time() < ends and not self._is_over(line, number):
            await asyncio.sleep(0.25)
            called = self._called.get(number)
            if connected_at is None and called is not None and called.connected_frame is not None:
                connected_at = loop.time()
            if connected_at is not None and loop.time() - connected_at > CONNECTED_SECONDS:
                break
        line.mouth = lambda: SILENCE
        line.hang_up()
        await until(lambda: not line.off_hook)
        return self._called[number].connected_frame if number in self._called else None

    def _is_over(self, line: DirectLine, number: str) -> bool:
        """The record tells why nobody was reached at this number."""
        return any(
            step.what.startswith(f"{number} for ")
            for ongoing in self.unit.switchboard.ongoing.values()
            if ongoing.line == line.name
            for step in ongoing.call.record.known.steps
        )

    def _called_on(self, line: DirectLine, number: str) -> None:
        self._called[number] = CellPhone(line, self._next[number], self._ringback)


def _cell(slot: int) -> str:
    return f"40755501{slot:02}"


def screened_office() -> Office:
    """An office whose people are all reached by their cell phones, screened."""
    office = example_office()
    people = tuple(
        Person(f"p{slot}", f"Person {slot}", f"6{slot:02}", pin="7391", cell=_cell(slot), ask_name=False,
               forwarding=Forwarding(ForwardWhen.ALWAYS))
        for slot in range(CALLERS)
    )  # fmt: skip
    ports = [*(f"in-{n}" for n in range(CALLERS)), *(f"out-{n}" for n in range(CALLERS + SPARE_LINES))]
    trunks = tuple(Trunk(port, port, answer_after_rings=0) for port in ports)
    return replace(office, trunks=trunks, stations=(), people=(office.people[0], *people), operator="office")


@asynccontextmanager
async def trial(prompts: PromptLibrary) -> AsyncIterator[Trial]:
    """A unit, from its start to its close."""
    office = screened_office()
    plan = tone_plan(office.country)
    callers = [DirectLine(trunk.port, plan, TELLS_KEYS) for trunk in office.trunks[:CALLERS]]
    cells = [
        DirectLine(trunk.port, plan, TELLS_NOTHING) if place % 2 else DirectLine(trunk.port, plan)
        for place, trunk in enumerate(office.trunks[CALLERS:])
    ]
    with tempfile.TemporaryDirectory() as folder:
        unit = Unit(
            office=office,
            cards=[DirectCard([*callers, *cells])],
            led=SimLed(),
            data=DataFolder(Path(folder)),
            prompts=prompts,
            clock=LoopClock(asyncio.get_running_loop(), MORNING),
            plan=plan,
        )
        await unit.start()
        try:
            yield Trial(unit, callers, cells, plan)
        finally:
            await unit.close()


def behaviour(random: Random, sounds: Sounds, plan: TonePlan) -> Behaviour:
    """What a cell phone does, at random."""
    key_frame = 0
    rings = random.uniform(0.5, 8)
    echo_frames = random.choice([0, 0, 1, 3, 8, 15])
    echo_gain = decibels(random.uniform(-25, -8))
    choice = random.random()
    if random.random() < PRESSES:
        kind, (said, key_frame) = "presses 1", _and_then_1(random, sounds)
    elif choice < 0.02:
        return Behaviour("rings for ever", rings, None, False, 0, 0.0)
    elif choice < 0.12:
        kind, said = "other keys", _other_keys(random)
    elif choice < 0.15:
        kind, said = "busy", tone_samples(random.choice([plan.busy, plan.reorder, plan.sit]), 20)
        rings = 0.0
    else:
        kind = random.choices(list(sounds.all), [sounds.SHARES.get(kind, 4) for kind in sounds.all])[0]
        said = np.concatenate([silence(random.uniform(0.2, 2)), sounds.all[kind](random)])
        said = gsm_coded(said) if random.random() < 0.5 else said
    return Behaviour(kind, rings, said, random.random() < 0.6, echo_frames, echo_gain, key_frame)


def _and_then_1(random: Random, sounds: Sounds) -> tuple[Samples, int]:
    """Somebody says hello, or nothing, listens for a while, and presses 1; after five seconds once more, and again.
    With where the first 1 is over, in frames."""
    hello = sounds.speech(random, random.uniform(0.3, 2)) if random.random() < 0.7 else silence(0.1)
    low = random.uniform(-16, -6)
    if random.random() < 0.5:
        key = cellular_keys("1", low, 250)
    else:
        key = gsm_coded(dtmf_samples("1", low, low + random.uniform(-4, 3), random.uniform(60, 300), 60))
    before = np.concatenate([silence(0.3), hello, silence(random.uniform(0.2, 9)), key])
    again = np.concatenate([silence(AGAIN_SECONDS), key])
    return np.concatenate([before, again, again, silence(120)]), len(before) // FRAME_SAMPLES


def _other_keys(random: Random) -> Samples:
    """Somebody presses keys that mean something else, or nothing."""
    parts = [silence(random.uniform(0.3, 4))]
    for _ in range(random.randint(1, 12)):
        key = random.choice(OTHER_KEYS + "24")
        low = random.uniform(-25, -6)
        parts.append(dtmf_samples(key, low, low + random.uniform(-6, 3), random.uniform(30, 400), 60))
        parts.append(silence(random.uniform(0.05, 5)))
    return np.concatenate(parts)


async def spoken(prompts: PromptLibrary) -> list[Samples]:
    """What cell phones' owners and their machines say: words of the office's own, in the same order always."""
    await prompts.prepare(office_words(example_office()), [ENGLISH])
    texts = prompts.texts(ENGLISH)
    return [texts[text] for text in sorted(texts)]


async def try_calls(calls: Iterable[int], seed: int, tell: Callable[[Found], None] = lambda _found: None) -> Found:
    """Calls of these numbers: each is the same whenever it is made with the same seed. tell: told after each."""
    prompts = PromptLibrary(default_cache())
    found = Found()
    numbers = iter(calls)
    async with trial(prompts) as here:
        plan = here.unit.services.tones
        sounds = Sounds(await spoken(prompts), plan)

        async def callers(slot: int) -> None:
            for number in numbers:
                does = behaviour(Random(f"{seed} {number}"), sounds, plan)
                connected = await here.call(slot, f"408555{number:05}", does)
                found.calls += 1
                found.kinds[does.kind] += 1
                found.pressed += does.presses_1
                if does.presses_1 and connected is None:
                    found.missed.append(f"{seed} {number}: pressed 1 in vain")
                elif does.presses_1 and connected is not None:
                    found.again += connected - does.key_frame > AGAIN_FRAMES
                elif connected is not None:
                    found.connected.append(f"{seed} {number}: {does.kind}")
                tell(found)

        await asyncio.gather(*(callers(slot) for slot in range(CALLERS)))
        await until(lambda: not here.unit.switchboard.ongoing)
        assert here.unit.faults == [], here.unit.faults
    return found
