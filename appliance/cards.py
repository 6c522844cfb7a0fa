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
from hw.gpio import library_error, with_mend
from hw.linecard import LineCard
from hw.panel.buzzer import Buzzer, BuzzerError, GpioBuzzer
from hw.panel.command import LampCommand
from hw.panel.led import GpioLed, Led, LedError
from hw.said import said, told_by
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
    faults: list[str] = []
    if office is None:
        return _led(USUAL_GPIO, []), Signs()
    facts, command = office.led, office.lamp.command
    usual = facts.gpio == USUAL_GPIO  # Every office has this one, and not all have an LED there.
    return _led(facts.gpio, [] if usual else faults), Signs(
        of_mailbox={mailbox: _led(gpio, faults) for mailbox, gpio in facts.mailboxes.items()},
        of_line={port: _led(gpio, faults) for port, gpio in facts.lines.items()},
        buzzer=_buzzer(office.panel.buzzer, faults) if office.panel.buzzer is not None else None,
        command=LampCommand(commands / command) if command else None,
        faults=tuple(faults),
    )


def _led(gpio: int, faults: list[str]) -> Led:
    """The LED on this GPIO line; where it cannot be used, one that only `status` shows."""
    try:
        return GpioLed(gpio)
    except LedError as error:
        _simulated("the message LED", error, faults)
        return SimLed()


def _buzzer(gpio: int, faults: list[str]) -> Buzzer:
    """The same for a buzzer."""
    try:
        return GpioBuzzer(gpio)
    except BuzzerError as error:
        _simulated("the buzzer", error, faults)
        return SimBuzzer()


def _simulated(what: str, error: LedError | BuzzerError, faults: list[str]) -> None:
    """A machine without pins has none by intention; on one that has them, a pin that cannot be used is a fault."""
    log.info("%s is simulated: %s", what, error)
    if library_error() is None:
        faults.append(with_mend(told_by(error), error.__cause__))
