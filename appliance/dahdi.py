"""The DAHDI card of an office: the channels that its trunks and stations are on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from appliance.office.dahdiports import DahdiPort, LampVoltage, dahdi_channel
from appliance.office.model import Office
from hw.dahdi.abi import LampBy
from hw.dahdi.card import DahdiCard, DahdiChannel
from hw.dahdi.channel import DEVICES
from hw.tones.toneplan import TonePlan

VOLTAGES = {LampVoltage.REVERSAL: LampBy.REVERSAL, LampVoltage.HIGH: LampBy.VOLTAGE, LampVoltage.NEON: LampBy.NEON}
FEWEST_TAPS = 32
"""At 8 kHz: 4 ms. The kernel has no shorter canceller."""


def dahdi_card(office: Office, plan: TonePlan, devices: Path = DEVICES) -> DahdiCard | None:
    """The card with the office's channels; None where it has none. devices: the folder of the device files."""
    channels = list(dahdi_channels(office))
    return DahdiCard(channels, plan, devices=devices) if channels else None


def dahdi_channels(office: Office) -> Iterator[DahdiChannel]:
    """The channels that the office names, its trunks first."""
    for port, trunk in (*((one.port, True) for one in office.trunks), *((one.port, False) for one in office.stations)):
        number = dahdi_channel(port)
        if number is not None:
            yield _channel(office.dahdi.of(port), number, trunk)


def _channel(facts: DahdiPort, number: int, trunk: bool) -> DahdiChannel:
    lamp = LampBy(0)
    for voltage in facts.lamp:
        lamp |= VOLTAGES[voltage]
    taps = echo_taps(facts.echo_ms)
    return DahdiChannel(facts.port, number, trunk, lamp, facts.received_db, facts.sent_db, taps)


def echo_taps(milliseconds: int) -> int:
    """How many samples the kernel's canceller covers, which are powers of two; 0: it is not used."""
    if not milliseconds:
        return 0
    return max(FEWEST_TAPS, 1 << (8 * milliseconds - 1).bit_length())
