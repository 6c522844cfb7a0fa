"""What there is to see of lines and telephones, whether the unit runs or not: `copperdesk hw list`.

Each kind of card has one function in `found`, which tells of that kind alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from appliance.dahdi import dahdi_channels
from appliance.gpioboard import board_lines
from appliance.linemodem import wanted_modem
from appliance.office.lamp import MessageLamp, Panel
from appliance.office.model import Office
from appliance.office.usbmodem import ModemUse
from hw.dahdi.found import DialToneTrial
from hw.dahdi.found import found as dahdi_found
from hw.found import HEALTHY, Found
from hw.gpio import library_error
from hw.gpiocard.looking import found as board_found
from hw.modem.found import RunningModem, of_idle, of_running
from hw.modem.usb import found_modems
from hw.tones.toneplan import tone_plan


@dataclass(frozen=True, slots=True)
class RunningCards:
    """What a running unit knows. status: what each card tells of itself. dead: why lines are dead, by their ports."""

    status: Sequence[Mapping[str, Any]]
    dead: Mapping[str, str]
    modem: RunningModem | None = None

    def of(self, kind: str) -> list[Mapping[str, Any]]:
        """What cards of this kind tell."""
        return [card for card in self.status if card.get("kind") == kind]


CardFinder = Callable[[Office | None, RunningCards | None], list[Found]]
"""What one kind of card finds. The office: None where there is none yet. The running cards: None where none run."""


def found(
    office: Office | None, running: RunningCards | None, listens: Callable[[str], None] | None = None
) -> list[Found]:
    """What every kind of card finds, one kind after another. Blocking: device files are asked.

    listens: lines with a kernel driver are also listened to for dial tone, which seizes them, and this is told what is
    being done. None: no line is touched.
    """
    kernel = partial(_with_a_kernel_driver, listens=listens)
    finders: tuple[CardFinder, ...] = (_simulated, _over_sip, kernel, _board, _modem, _pins)
    return [one for find in finders for one in find(office, running)]


def _simulated(office: Office | None, running: RunningCards | None) -> list[Found]:
    """The lines and telephones of the built-in exchange."""
    if running is None:
        told = "Its lines and telephones are there as soon as the unit runs."
        return [Found("simulated", "built-in exchange", "not-running", told, START)]
    return [
        _simulated_line(port, running.dead.get(port, "")) for card in running.of("simulated") for port in card["lines"]
    ]


def _simulated_line(port: str, dead: str) -> Found:
    if dead:
        told = ended(f"It is dead: {dead}")
        return Found("simulated", port, "dead", told, "Join its wires again at the built-in exchange.")
    return Found("simulated", port, HEALTHY, "It is on the built-in telephone exchange, and well.")


def ended(sentence: str) -> str:
    """With a full stop, unless it is a question."""
    return sentence if sentence.endswith("?") else f"{sentence}."


def _over_sip(office: Office | None, running: RunningCards | None) -> list[Found]:
    """Lines and telephones on the network."""
    if running is not None:
        return [_sip_line(line) for card in running.of("sip") for line in card["lines"]]
    if office is None:
        return []
    told = "Only a running unit asks its device whether it is there."
    return [Found("sip", line.port, "not-running", told, START) for _device, line in office.sip.lines()]


def _sip_line(line: Mapping[str, Any]) -> Found:
    device, port = f"{line['device']} at {line['address']}", line["port"]
    if not line["up"]:
        told = f"{device} does not answer."
        mend = "Look whether it has power and its network cable, and whether that is its address (docs/sip.md)."
        return Found("sip", port, "no-answer", told, mend)
    if not line["heard"]:
        told = f"Nothing has come from {device} yet."
        mend = "Wait a minute. If it stays so, look at its address (docs/sip.md)."
        return Found("sip", port, "not-heard", told, mend)
    return Found("sip", port, HEALTHY, f"{device} answers.")


def _board(office: Office | None, running: RunningCards | None) -> list[Found]:
    """The lines and telephones on chips of one's own."""
    if office is None:
        return []
    faults = (
        None if running is None else {port: why for card in running.of("gpio") for port, why in card["faults"].items()}
    )
    return board_found(board_lines(office), faults)


def _with_a_kernel_driver(
    office: Office | None, running: RunningCards | None, listens: Callable[[str], None] | None
) -> list[Found]:
    """Channels of DAHDI. A running unit uses its lines itself."""
    wanted = [channel.number for channel in dahdi_channels(office)] if office is not None else []
    listen = None
    if office is not None and running is None and listens is not None:
        listen = DialToneTrial(tone_plan(office.country), listens)
    return dahdi_found(wanted, listen=listen)


def _pins(office: Office | None, _running: RunningCards | None) -> list[Found]:
    """The pins of lamps, buttons and the buzzer, where the office has any besides the usual lamp."""
    if office is None or (office.led, office.panel) == (MessageLamp(), Panel()):
        return []
    error = library_error()
    if error is None:
        return [Found("gpio", PINS, HEALTHY, "The pins can be used.")]
    told = f"{str(error)[0].upper()}{str(error)[1:]}. Lamps, buttons and buzzer are simulated."
    return [Found("gpio", PINS, "no-pins", told, ended(error.mend or LOOK_THERE))]


def _modem(office: Office | None, running: RunningCards | None) -> list[Found]:
    """The modem that the office uses, and others that are plugged in and known."""
    if running is not None and running.modem is not None:
        return [of_running(running.modem)]
    used = office is not None and office.modem.use is not ModemUse.NOTHING
    return of_idle(found_modems(), wanted_modem(office.modem, office.country) if office is not None and used else None)


PINS = "lamps, buttons"
LOOK_THERE = "Look at docs/hardware.md"
START = "Start the unit: copperdesk run."
