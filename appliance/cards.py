"""Makes the hardware of an office: lamps, buzzer and line cards, the built-in telephone exchange's among them.

Each kind of card is one entry of `KINDS`. If one card cannot be made, that is told as a fault, and the others are made.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from appliance.dahdi import dahdi_card
from appliance.faultlog import kind_and_place
from appliance.gpioboard import gpio_card
from appliance.lamps import Signs
from appliance.office.lamp import USUAL_GPIO
from appliance.office.model import Office
from appliance.sip import sip_card
from hw.linecard import LineCard
from hw.panel.buzzer import Buzzer, BuzzerError, GpioBuzzer
from hw.panel.command import LampCommand
from hw.panel.led import GpioLed, Led, LedError
from hw.said import said
from hw.sim.buzzer import SimBuzzer
from hw.sim.exchange import Exchange
from hw.sim.led import SimLed
from hw.tones.toneplan import TonePlan

log = logging.getLogger(__name__)

Maker = Callable[[Office, TonePlan], LineCard | None]
"""Makes a card, or none where the office has no lines on such a card."""

KINDS: dict[str, Maker] = {
    said("lines over SIP"): sip_card,
    said("the line card of one's own making"): gpio_card,
    said("line cards with a kernel driver"): dahdi_card,
}


@dataclass(frozen=True, slots=True)
class Cards:
    """cards: those that could be made, the built-in exchange's first. faults: why others could not be, for people."""

    cards: tuple[LineCard, ...]
    faults: tuple[str, ...]


def office_cards(office: Office | None, plan: TonePlan, exchange: Exchange) -> Cards:
    """The cards of an office. None: its document cannot be used, and only the built-in exchange is there."""
    faults: list[str] = []
    made = tuple(_made(office, plan, faults)) if office is not None else ()
    return Cards((exchange.card, *made), tuple(faults))


def _made(office: Office, plan: TonePlan, faults: list[str]) -> Iterator[LineCard]:
    for kind, make in KINDS.items():
        try:
            card = make(office, plan)
        except Exception as error:
            log.error("%s: %s", kind, kind_and_place(error))
            faults.append(said("%(card)s cannot be used: %(kind)s", card=kind, kind=type(error).__name__))
            continue
        if card is not None:
            yield card


def lamps_and_signs(office: Office | None, commands: Path) -> tuple[Led, Signs]:
    """The message lamp, and what else tells people something. commands: the folder of the program for a lamp."""
    if office is None:
        return _led(USUAL_GPIO), Signs()
    facts, command = office.led, office.lamp.command
    return _led(facts.gpio), Signs(
        of_mailbox={mailbox: _led(gpio) for mailbox, gpio in facts.mailboxes.items()},
        of_line={port: _led(gpio) for port, gpio in facts.lines.items()},
        buzzer=_buzzer(office.panel.buzzer) if office.panel.buzzer is not None else None,
        command=LampCommand(commands / command) if command else None,
    )


def _led(gpio: int) -> Led:
    """The LED on this GPIO line; where there is no GPIO, one that only `status` shows."""
    try:
        return GpioLed(gpio)
    except LedError as error:
        log.info("the message LED is simulated: %s", error)
        return SimLed()


def _buzzer(gpio: int) -> Buzzer:
    """The same for a buzzer."""
    try:
        return GpioBuzzer(gpio)
    except BuzzerError as error:
        log.info("the buzzer is simulated: %s", error)
        return SimBuzzer()
