"""The line card of one's own making that an office has, as its document describes it."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.office.gpioboard import GpioTelephone, GpioTrunk
from appliance.office.model import Office
from hw.gpiocard.card import GpioCard
from hw.gpiocard.pinmap import BoardLine, DaaPins, SlicPins
from hw.tones.toneplan import TonePlan


def gpio_card(office: Office, plan: TonePlan) -> GpioCard | None:
    """The card with the office's chips; None where it has none."""
    lines = board_lines(office)
    return GpioCard(lines, plan) if lines else None


def board_lines(office: Office) -> tuple[BoardLine, ...]:
    """The chips of the office's card, its telephones first."""
    return tuple(_lines(office))


def _lines(office: Office) -> Iterator[BoardLine]:
    for telephone in office.gpio.telephones:
        yield BoardLine(telephone.port, slic_pins(telephone), telephone.codec, telephone.channel)
    for trunk in office.gpio.lines:
        yield BoardLine(trunk.port, daa_pins(trunk), trunk.codec, trunk.channel)


def slic_pins(telephone: GpioTelephone) -> SlicPins:
    """The pins of a telephone's chip."""
    return SlicPins(telephone.forward, telephone.ring_mode, telephone.hook, telephone.power_down)


def daa_pins(trunk: GpioTrunk) -> DaaPins:
    """The pins of a line's chip, and of its sensor where it has one."""
    return DaaPins(
        loop=trunk.loop,
        ring=trunk.ring,
        current=trunk.current,
        normal=trunk.normal if trunk.sensor else None,
        reversed=trunk.reversed if trunk.sensor else None,
        idle=trunk.idle if trunk.sensor else None,
        ring_low=trunk.ring_low,
        current_low=trunk.current_low,
    )
