"""The DAHDI card of an office: the channels that its trunks and stations are on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from appliance.office.dahdiports import dahdi_channel
from appliance.office.model import Office
from hw.dahdi.card import DahdiCard, DahdiChannel
from hw.dahdi.channel import DEVICES
from hw.tones.toneplan import TonePlan


def dahdi_card(office: Office, plan: TonePlan, devices: Path = DEVICES) -> DahdiCard | None:
    """The card with the office's channels; None where it has none. devices: the folder of the device files."""
    channels = list(dahdi_channels(office))
    return DahdiCard(channels, plan, devices=devices) if channels else None


def dahdi_channels(office: Office) -> Iterator[DahdiChannel]:
    """The channels that the office names, its trunks first."""
    for port, trunk in (*((one.port, True) for one in office.trunks), *((one.port, False) for one in office.stations)):
        number = dahdi_channel(port)
        if number is not None:
            yield DahdiChannel(port, number, trunk)
