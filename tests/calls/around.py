"""What the tests of call control have in common: ears for what is said and sounded, and an outside world in trouble."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from unittest import mock

from appliance.calls.party import Party
from appliance.office.model import Office
from appliance.office.phrase import Phrase, Recorded, Sayable
from appliance.store.messages import Envelope
from hw.audio import Frame
from hw.sim.circuit import FarEndSignal
from hw.sim.telephone import Telephone
from hw.tones.progress import ProgressReceiver
from hw.tones.toneplan import Segment, Tone
from tests.calls.world import ENGLISH, MORNING, World

SILENT = Tone((Segment((), None, 0.0),), None)


@dataclass
class Spoken:
    """What flows say, by the names of its phrases ("recording" for people's own), and for how long each was heard."""

    said: list[tuple[str, str]] = field(default_factory=list)
    heard_for: list[tuple[str, float]] = field(default_factory=list)

    def on(self, line: str) -> list[str]:
        return [what for where, what in self.said if where == line]


@contextmanager
def spoken() -> Iterator[Spoken]:
    """Everything that any call says from now on."""
    told = Spoken()
    play = Party.play

    async def listening(party: Party, *said: Sayable, until_digit: bool = False) -> None:
        names = [name for part in said if (name := _name(part))]
        told.said.extend((party.name, name) for name in names)
        began = asyncio.get_running_loop().time()
        try:
            await play(party, *said, until_digit=until_digit)
        finally:
            told.heard_for.extend((name, asyncio.get_running_loop().time() - began) for name in names)

    with mock.patch.object(Party, "play", listening):
        yield told


def _name(part: Sayable) -> str:
    match part:
        case Phrase(name):
            return name
        case Recorded():
            return "recording"
        case _:
            return ""


def tones_at(here: World, telephone: Telephone) -> list[str]:
    """The tones this telephone hears from now on, each once for every time it begins."""
    receiver = ProgressReceiver(here.exchange.plan)
    heard: list[str] = []
    now = ""

    def feed(frame: Frame) -> None:
        nonlocal now
        for tone, cycles in receiver.feed(frame):
            if cycles and tone != now:
                heard.append(tone)
            now = tone if cycles else ""

    telephone.listeners.append(feed)
    return heard


def station_at(here: World, port: str) -> Telephone:
    return here.exchange.telephones[port]


async def dials_inside(here: World, port: str, digits: str) -> Telephone:
    """One of our telephones is lifted and dials."""
    telephone = station_at(here, port)
    telephone.lift()
    await asyncio.sleep(1.0)
    await telephone.press(digits)
    return telephone


async def about_to_call(here: World, number: str) -> tuple[Telephone, str]:
    """An outside caller who has dialled all but the last digit of a number, and that digit."""
    caller = here.caller()
    await here.dials(caller, number[:-1])
    return caller, number[-1]


async def until(true: Callable[[], bool], within: float = 10.0) -> None:
    """Wait for something, looking every 20 ms."""
    for _ in range(round(within / 0.02)):
        if true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"it did not happen within {within} s")


async def leave(here: World, mailbox: str, caller_number: str = "4075550123") -> None:
    """A message in a mailbox, as a caller leaves one."""
    mail = here.appliance.mail
    envelope = Envelope(caller_number, "", MORNING, seconds=2.0)
    path = await mail.begin(mailbox, envelope)
    path.write_bytes(here.prompts.path(ENGLISH, "Message kept.").read_bytes())
    await mail.commit(path, envelope)


def only_trunks(count: int) -> Callable[[Office], Office]:
    return lambda office: replace(office, trunks=office.trunks[:count])


def silence_exchange(here: World) -> Callable[[], None]:
    """The exchange gives neither dial tone nor what follows it, but still takes digits. Returns what ends this."""
    service = here.exchange._service
    before = service._plan
    service._plan = replace(before, dial=SILENT, reorder=SILENT, howler=SILENT)

    def give_tones_again() -> None:
        service._plan = before

    return give_tones_again


def tell_endings_by(here: World, number: str, ending: FarEndSignal) -> None:
    """How the exchange tells this line that the far end has gone."""
    (line,) = [line for line in here.exchange._circuits if line.number == number]
    line.services.ending = ending


def lines_off_hook(here: World) -> list[str]:
    """The trunks' ports that hold a line to the exchange."""
    return [port.name for port in here.exchange.card.fxo if port.off_hook]
