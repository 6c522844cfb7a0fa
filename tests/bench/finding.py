"""People are found: how soon they talk once the key is pressed, and are told who calls; and many calls at once."""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path

import numpy as np

from appliance.clock import LoopClock, run_virtual
from appliance.control.folder import DataFolder
from appliance.office.departments import Department, Member, Strategy
from appliance.office.forwarding import Way
from appliance.office.model import Office, Person, Station, Trunk
from appliance.prompts.library import PromptLibrary, default_cache
from appliance.unit import Unit
from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, Frame, Samples, level_dbm0, sine_peak
from hw.callerid.coding import CallerId
from hw.sim.direct import DirectCard, DirectLine
from hw.sim.exchange import Exchange
from hw.sim.led import SimLed
from hw.sim.telephone import Telephone
from hw.tones.toneplan import tone_plan
from tests.bench.call import PHASES, PRESS_MS, speechlike
from tests.bench.figure import Figure
from tests.calls.cellphones import CELL, caller_for_ruth, forwarded
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.world import MORNING, example_office, world

CALLS = 100
TALK_SECONDS = 20.0
CALLER_HZ, CALLEE_HZ = 1900.0, 1700.0
"""What the two say who are connected: neither is a key, or a tone of any exchange."""
AUDIBLE_DBM0 = -45.0
LIFTS = (2.0, 2.9, 4.2, 5.3, 6.1, 7.7)
"""Seconds of ringing before the cell phone is lifted: at different words of the announcement, and between two."""


def figures() -> list[Figure]:
    accept = max(run_virtual(partial(accept_to_speech, phase)) for phase in PHASES)
    found = [
        Figure("finding: end of the accept key to speech both ways, worst phase", accept, "ms", "<= 150", accept <= 150)
    ]
    for supervised, what in ((False, "nothing tells the answer"), (True, "the line tells the answer")):
        first = max(run_virtual(partial(answer_to_announcement, seconds, supervised)) for seconds in LIFTS)
        found.append(Figure(f"finding: answer to the first word, {what}", first, "ms", "<= 400", first <= 400))
    together, each = run_virtual(through_departments)
    what = f"finding: {CALLS} calls at once through departments, virtual"
    return [
        *found,
        Figure(f"{what}, all together", together, "x real time", ">= 20", together >= 20),
        Figure(f"{what}, by the clock of one", each, "x real time"),
    ]


async def accept_to_speech(phase: float) -> float:
    """From the end of the 1 that a cell phone presses until the two hear each other, in ms; the longer of both ways."""
    async with world(forwarded(Way.TWO_LINES)) as here:
        cell = here.subscriber(CELL)
        caller = await caller_for_ruth(here)
        await cell.rings(within=20)
        await asyncio.sleep(2 + phase)
        cell.lifts()
        await asyncio.sleep(4)
        heard = [first_heard(caller, CALLEE_HZ), first_heard(cell, CALLER_HZ)]
        speaking = asyncio.create_task(caller.telephone.send(tone(CALLER_HZ)))
        await cell.telephone.press("1", on_ms=PRESS_MS, off_ms=0)
        ended = asyncio.get_running_loop().time()
        await asyncio.gather(cell.telephone.send(tone(CALLEE_HZ)), speaking)
        return (max(future.result() for future in heard) - ended) * 1000


async def answer_to_announcement(seconds: float, supervised: bool) -> float:
    """From the lifting of a cell phone until the first word of the screening is heard in it, in ms.

    supervised: the line tells the answer by a reversal; otherwise it is guessed.
    """
    async with world(forwarded(Way.TWO_LINES)) as here:
        for line in here.exchange.lines.values():
            line.services.answer_supervision = supervised
        cell = here.subscriber(CELL)
        await caller_for_ruth(here)
        await cell.rings(within=20)
        await asyncio.sleep(seconds)
        loop = asyncio.get_running_loop()
        word = loop.create_future()

        def heard(frame: Frame) -> None:
            if level_dbm0(frame) > AUDIBLE_DBM0 and not word.done():
                word.set_result(loop.time())

        cell.telephone.listeners.append(heard)
        lifted = loop.time()
        cell.lifts()
        return (await word - lifted) * 1000


def first_heard(phone: Phone, hertz: float) -> asyncio.Future[float]:
    """When this telephone hears a sine wave first, by the loop's time."""
    loop = asyncio.get_running_loop()
    first: asyncio.Future[float] = loop.create_future()
    wave = np.exp(-2j * np.pi * hertz / SAMPLE_RATE * np.arange(FRAME_SAMPLES))

    def heard(frame: Frame) -> None:
        power = float(np.abs(wave @ frame) ** 2) * 2 / FRAME_SAMPLES
        everything = float(np.sum(frame.astype(np.float64) ** 2))
        if not first.done() and everything > 1e6 and power > 0.5 * everything:
            first.set_result(loop.time())

    phone.telephone.listeners.append(heard)
    return first


def tone(hertz: float) -> Samples:
    """Half a second of a sine wave."""
    return np.rint(sine_peak(-12) * np.sin(2 * np.pi * hertz / SAMPLE_RATE * np.arange(SAMPLE_RATE // 2))).astype(
        np.int16
    )


async def through_departments() -> tuple[float, float]:
    """Many callers at once dial departments, are answered there, and talk. How many seconds of all calls, and of one,
    pass in a second of one core."""
    office = departments_office()
    plan = tone_plan(office.country)
    clock = LoopClock(asyncio.get_running_loop(), MORNING)
    exchange = Exchange(plan, lambda: office.local(clock.now()))
    telephones = [exchange.add_station(station.port) for station in office.stations]
    lines = [DirectLine(trunk.port, plan) for trunk in office.trunks]
    with tempfile.TemporaryDirectory() as folder:
        unit = Unit(
            office=office,
            cards=[DirectCard(lines), exchange.card],
            led=SimLed(),
            data=DataFolder(Path(folder)),
            prompts=PromptLibrary(default_cache()),
            clock=clock,
            plan=plan,
        )
        await exchange.start()
        await unit.start()
        try:
            for telephone in telephones:
                answers(telephone)
            began, virtual = time.process_time(), asyncio.get_running_loop().time()
            talked = await asyncio.gather(*(one_call(line, number, unit) for number, line in enumerate(lines)))
            seconds, virtual = time.process_time() - began, asyncio.get_running_loop().time() - virtual
            assert len(unit.calls.recent(2 * CALLS)) == CALLS
            assert all(record.outcome == "connected" for record in unit.calls.recent(CALLS))
            return sum(talked) / seconds, virtual / seconds
        finally:
            await unit.close()
            await exchange.close()


def answers(telephone: Telephone) -> None:
    """It is lifted two seconds after it begins to ring, and somebody talks."""

    async def talk() -> None:
        await asyncio.sleep(2)
        if telephone.ringing:
            telephone.lift()
            await telephone.speak(speechlike(TALK_SECONDS))
            telephone.hang_up()

    def told(what: str) -> None:
        if what == "ringing":
            asyncio.get_running_loop().create_task(talk())

    telephone.observers.append(told)


async def one_call(line: DirectLine, number: int, unit: Unit) -> float:
    """A call to one of the departments, until whoever answered has hung up. How many seconds it took."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    said = cycle(speechlike(TALK_SECONDS).reshape(-1, FRAME_SAMPLES))
    line.call(CallerId(f"40755{number:05}", f"CALLER {number}"))
    await until(lambda: line.off_hook)
    await line.press(f"7{number % 10}0")
    line.mouth = lambda: next(said)
    await until(lambda: not line.off_hook, within=100)
    return loop.time() - began


def departments_office() -> Office:
    """Ten departments of ten members each, with a telephone each; and a line for each caller.

    Of every strategy but that which rings all: there the first of ten callers at once has all telephones.
    """
    office = example_office()
    strategies = [strategy for strategy in Strategy if strategy is not Strategy.ALL] * 3
    people = tuple(Person(f"p{n}", f"Person {n}", f"6{n:02}", station=f"desk {n}", pin="7391") for n in range(CALLS))
    departments = tuple(
        Department(
            f"d{n}",
            f"Department {n}",
            f"7{n}0",
            tuple(Member(f"p{10 * n + place}") for place in range(10)),
            strategy=strategies[n],
            longest_seconds=120.0,
        )
        for n in range(10)
    )
    return replace(
        office,
        trunks=tuple(Trunk(f"in-{n}", f"in-{n}", answer_after_rings=0) for n in range(CALLS)),
        stations=tuple(Station(f"desk {n}", f"desk-{n}") for n in range(CALLS)),
        people=(office.people[0], *people),
        operator="office",
        departments=departments,
    )
