"""What the tests of call control have in common: an ear for tones, messages left, an outside world in trouble."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from appliance.office.model import Office
from appliance.store.messages import Envelope
from hw.audio import Frame
from hw.sim.circuit import FarEndSignal
from hw.tones.progress import ProgressReceiver
from hw.tones.toneplan import Segment, Tone
from tests.calls.phone import Phone
from tests.calls.world import ENGLISH, MORNING, World

SILENT = Tone((Segment((), None, 0.0),), None)


def tones_at(here: World, phone: Phone) -> list[str]:
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

    phone.telephone.listeners.append(feed)
    return heard


async def about_to_call(here: World, number: str) -> tuple[Phone, str]:
    """An outside caller who has dialled all but the last digit of a number, and that digit."""
    return await here.caller().dials(number[:-1]), number[-1]


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
    exchange = here.exchange
    exchange.give_tones(replace(exchange.plan, dial=SILENT, reorder=SILENT, howler=SILENT))
    return lambda: exchange.give_tones(exchange.plan)


def tell_endings_by(here: World, number: str, ending: FarEndSignal) -> None:
    """How the exchange tells this line that the far end has gone."""
    here.exchange.lines[number].services.ending = ending


def lines_off_hook(here: World) -> list[str]:
    """The trunks' ports that hold a line to the exchange."""
    return [port.name for port in here.exchange.card.fxo if port.off_hook]
