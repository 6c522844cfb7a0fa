"""The line card of one's own making, as an office document has it: chips on the pins of the Raspberry Pi.

`hw.gpiocard` drives it, and docs/gpiocard.md tells how it is built.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Annotated, Literal

from appliance.office import lamp, siprules
from appliance.office.draft import Draft, given_twice
from appliance.office.field import Limits, Port, TextPattern
from appliance.office.lamp import GpioLine
from appliance.office.problem import Problem
from hw.said import Said, said

MOST_CHIPS = 8
"""Chips of a kind. With four pins each, the header has room for no more."""

AlsaDevice = Annotated[
    str, TextPattern("^[A-Za-z0-9:=,_.-]{1,80}$", "the ALSA name of a codec, such as plughw:0 or plughw:CARD=wm8731")
]
CodecChannel = Literal["left", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GpioTelephone:
    """A telephone on a chip of the Ag1171 class. The pins are those of the first one, unless given."""

    port: Annotated[Port, "What this unit calls the telephone, such as gpio-fxs-1. A station names it."]
    codec: Annotated[AlsaDevice, "The ALSA device of the codec that carries its sound."] = "plughw:0"
    channel: Annotated[CodecChannel, "The codec's channel that its chip is wired to."] = "left"
    forward: Annotated[GpioLine, "The GPIO line of F/R, by its BCM number."] = 5
    ring_mode: Annotated[GpioLine, "The GPIO line of RM."] = 6
    hook: Annotated[GpioLine, "The GPIO line of SHK."] = 13
    power_down: Annotated[GpioLine, "The GPIO line of PD."] = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class GpioTrunk:
    """A line of the exchange on a chip of the Ag2130 class. The pins are those of the first one, unless given."""

    port: Annotated[Port, "What this unit calls the line, such as gpio-fxo-1. A trunk names it."]
    codec: Annotated[AlsaDevice, "The ALSA device of the codec that carries its sound."] = "plughw:0"
    channel: Annotated[CodecChannel, "The codec's channel that its chip is wired to."] = "right"
    loop: Annotated[GpioLine, "The GPIO line of LSC, by its BCM number."] = 22
    ring: Annotated[GpioLine, "The GPIO line of RS."] = 23
    current: Annotated[GpioLine, "The GPIO line of LC."] = 24
    ring_low: Annotated[bool, "Whether RS is low during a pulse of the ringing."] = False
    current_low: Annotated[bool, "Whether LC is low while there is current."] = False
    sensor: Annotated[
        bool,
        "Whether a sensor of the line's voltage is wired. Without it a dead line is noticed when it is seized, and "
        "neither a reversal nor another telephone on the line is seen.",
    ] = True
    normal: Annotated[GpioLine, "The GPIO line of the sensor's LV+."] = 25
    reversed: Annotated[GpioLine, "The GPIO line of the sensor's LV-."] = 26
    idle: Annotated[GpioLine, "The GPIO line of the sensor's LVH."] = 27


TELEPHONE_PINS = ("forward", "ring_mode", "hook", "power_down")
TRUNK_PINS = ("loop", "ring", "current")
SENSOR_PINS = ("normal", "reversed", "idle")
TELEPHONE = {field.name: field.default for field in fields(GpioTelephone)}
TRUNK = {field.name: field.default for field in fields(GpioTrunk)}
"""What a chip's fields are where the document leaves them out."""


@dataclass(frozen=True, slots=True)
class GpioBoard:
    """The card of one's own making."""

    telephones: Annotated[tuple[GpioTelephone, ...], Limits(0, MOST_CHIPS), "Its telephones."] = ()
    lines: Annotated[tuple[GpioTrunk, ...], Limits(0, MOST_CHIPS), "Its lines to the telephone exchange."] = ()

    @property
    def ports(self) -> set[str]:
        """What its telephones and lines are called."""
        return {one.port for one in self.telephones} | {one.port for one in self.lines}


def rules(office: Draft) -> Iterator[Problem]:
    """Every pin and every channel has one use, every port one chip, and a telephone is no line of the exchange."""
    board = office.group("gpio")
    telephones, lines = board.entries("telephones"), board.entries("lines")
    yield from _pins(office, telephones, lines)
    yield from _channels(telephones, lines)
    yield from siprules.kinds(office, lines, telephones)
    named = [*siprules.sockets(office), *telephones, *lines] if telephones or lines else []
    yield from given_twice([(one.at("port"), one.text("port")) for one in named if one.text("port")], "port")


def _pins(office: Draft, telephones: Sequence[Draft], lines: Sequence[Draft]) -> Iterator[Problem]:
    used: dict[object, str] = {line: path for path, line in lamp.taken(office)}
    named = [(chip, pin, TELEPHONE[pin]) for chip in telephones for pin in TELEPHONE_PINS]
    named += [(chip, pin, TRUNK[pin]) for chip in lines for pin in TRUNK_PINS]
    sensed = [chip for chip in lines if chip.fields.get("sensor", TRUNK["sensor"])]
    named += [(chip, pin, TRUNK[pin]) for chip in sensed for pin in SENSOR_PINS]
    for chip, pin, usual in named:
        number = chip.fields.get(pin, usual)
        if number in used:
            yield Problem(
                chip.at(pin), said("GPIO %(line)s is used already, by %(used)s", line=number, used=used[number])
            )
        used[number] = chip.at(pin)


def _channels(telephones: Sequence[Draft], lines: Sequence[Draft]) -> Iterator[Problem]:
    used: dict[tuple[object, object], str] = {}
    for chip, usual in (*((one, TELEPHONE) for one in telephones), *((one, TRUNK) for one in lines)):
        codec, channel = (chip.fields.get(name, usual[name]) for name in ("codec", "channel"))
        if (codec, channel) in used:
            yield Problem(chip.at("channel"), _channel_in_use(str(codec), str(channel), used[codec, channel]))
        used[codec, channel] = chip.path


def _channel_in_use(codec: str, channel: str, by: str) -> Said:
    if channel == "left":
        return said("the left channel of %(codec)s is used by %(used)s", codec=codec, used=by)
    return said("the right channel of %(codec)s is used by %(used)s", codec=codec, used=by)
