"""What outside telephones do by themselves: answer, take a message as a cell phone's voicemail, be a fax machine, say
that a subscriber cannot be reached, be lifted in a pocket."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Coroutine
from typing import Any, Literal

import numpy as np

from hw.audio import SAMPLE_RATE, Frame, Samples, sine_peak
from hw.dsp.faxtone import FaxToneReceiver, ced_samples, cng_samples
from hw.port.timing import Script
from hw.sim.pocket import pocket_sound
from hw.sim.telephone import Telephone
from hw.tones.progress import ProgressReceiver
from hw.tones.toneplan import DIAL_TONES, REFUSAL_TONES, TonePlan

Behaviour = Literal[
    "manual",
    "answers",
    "busy",
    "rings-out",
    "cell",
    "unreachable",
    "pocket",
    "fax",
    "not-in-service",
    "circuits-busy",
]

FAX_ANSWERS_AFTER_S = 3.0
FAX_GIVES_UP_S = 35.0
"""How long a fax machine that has answered waits for another one: T1 of ITU-T T.30."""
CED_SECONDS = 3.0
"""ITU-T T.30 has 2.6 to 4 s."""
BEEP_HZ, BEEP_SECONDS, BEEP_DBM0 = 1000.0, 0.4, -15.0
CNG_PERIOD_S = 3.5
"""0.5 s of tone and 3 s of pause (ITU-T T.30)."""
LONGEST_MESSAGE_S = 120.0
"""What a cell phone's voicemail records at the most."""
UNREACHABLE_AFTER_S = 4.0
"""How long a cellular network looks for a telephone before it says that it cannot be reached."""
SAID_TIMES, BETWEEN_SAYINGS_S = 3, 1.5
"""How often it says so, and the pause between."""


class Automaton:
    """Runs `answering` whenever the telephone rings. It is cancelled when the ringing ends or a person answers.

    Once lifted, the telephone is hung up when the far end has gone: by a loop break, by two cycles of busy or reorder,
    or by two seconds of dial tone.
    """

    def __init__(
        self, telephone: Telephone, plan: TonePlan, answering: Callable[[], Coroutine[Any, Any, None]]
    ) -> None:
        self._telephone = telephone
        self._plan = plan
        self._answering = answering
        self._script = Script(f"telephone {telephone.name}")
        self._progress = ProgressReceiver(plan)
        telephone.observers.append(self._told)
        telephone.listeners.append(self._heard)

    def stop(self) -> None:
        self._script.stop()

    def _told(self, what: str) -> None:
        match what:
            case "ringing":
                self._progress = ProgressReceiver(self._plan)
                self._script.run(self._answering())
            case "quiet":
                self._script.stop()
            case "loop-break":
                self._end()

    def _heard(self, frame: Frame) -> None:
        for tone, cycles in self._progress.feed(frame):
            if tone in REFUSAL_TONES | DIAL_TONES and cycles >= 2:
                self._end()

    def _end(self) -> None:
        self._script.stop()
        self._telephone.hang_up()


async def answer(telephone: Telephone, after_s: float, greeting: Samples | None) -> None:
    """Lift after so many seconds of ringing and say the greeting, if any."""
    await asyncio.sleep(after_s)
    telephone.lift()
    if greeting is not None:
        await asyncio.sleep(0.5)
        await telephone.speak(greeting)


async def take_message(telephone: Telephone, after_s: float, greeting: Samples | None) -> None:
    """A cell phone's voicemail: answers by itself, greets, beeps, and records into `telephone.messages`."""
    await answer(telephone, after_s, greeting)
    await telephone.send(beep())
    recorded: list[Frame] = []
    telephone.listeners.append(recorded.append)
    try:
        await asyncio.sleep(LONGEST_MESSAGE_S)
    finally:
        telephone.listeners.remove(recorded.append)
        if recorded:
            telephone.messages.append(np.concatenate(recorded))
    telephone.hang_up()


async def say_unreachable(telephone: Telephone, words: Samples) -> None:
    """The network in place of a cell phone that is switched off: says so a few times, and clears the call."""
    await asyncio.sleep(UNREACHABLE_AFTER_S)
    telephone.lift()
    for _ in range(SAID_TIMES):
        await asyncio.sleep(BETWEEN_SAYINGS_S)
        await telephone.send(words)
    telephone.hang_up()


async def lie_in_a_pocket(telephone: Telephone, after_s: float, words: Samples | None) -> None:
    """A cell phone that something in the pocket has lifted: cloth and far voices, until the far end has gone."""
    await asyncio.sleep(after_s)
    telephone.lift()
    for seed in itertools.count():
        await telephone.send(pocket_sound(seed, words))


async def answer_fax(telephone: Telephone) -> None:
    """A called fax machine: answers with CED, and hangs up when no fax machine answers that."""
    await asyncio.sleep(FAX_ANSWERS_AFTER_S)
    telephone.lift()
    await asyncio.sleep(1.0)
    await telephone.send(ced_samples(CED_SECONDS))
    await asyncio.sleep(FAX_GIVES_UP_S)
    telephone.hang_up()


async def send_cng(telephone: Telephone) -> None:
    """A calling fax machine: CNG, 0.5 s every 3.5 s, until the other end's CED is heard or it hangs up."""
    ced = FaxToneReceiver("ced")
    answered = False

    def listen(frame: Frame) -> None:
        nonlocal answered
        answered = answered or ced.feed(frame)

    telephone.listeners.append(listen)
    try:
        while telephone.off_hook and not answered:
            await telephone.send(cng_samples(CNG_PERIOD_S))
    finally:
        telephone.listeners.remove(listen)


def beep() -> Samples:
    """The beep after a voicemail's greeting."""
    seconds = np.arange(round(BEEP_SECONDS * SAMPLE_RATE)) / SAMPLE_RATE
    wave = np.sin(2 * np.pi * BEEP_HZ * seconds)
    return np.rint(sine_peak(BEEP_DBM0) * wave).astype(np.int16)
