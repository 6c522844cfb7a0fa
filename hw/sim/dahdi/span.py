"""The stand-in of a DAHDI card: channels on lines of the simulated exchange, and what may happen to the card."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from hw.audio import FRAME_SECONDS
from hw.sim.dahdi.channel import StandInChannel
from hw.sim.dahdi.devices import DeviceFiles
from hw.sim.dahdi.faults import CallFaults
from hw.sim.dahdi.station import StationChannel
from hw.sim.dahdi.trunk import TrunkChannel
from hw.sim.exchange import Exchange
from hw.sim.loop import LineQuality, hybrid

LATE_TICKS = round(0.2 / FRAME_SECONDS)


class StandInSpan:
    """A card whose channels are the lines of the exchange's own card, which it takes the place of: trunks first.

    The exchange's ticks are its clock, idle or not. in_step: after everything new the exchange waits until the reader
    of the device files has taken it. So a driver runs in virtual time, too, and always in the same way.
    """

    def __init__(self, exchange: Exchange, *, faults: CallFaults | None = None, in_step: bool = False) -> None:
        self.faults = faults or CallFaults()
        self.channels: dict[int, StandInChannel] = {}
        """Those that there are now."""
        self._plugged: dict[int, StandInChannel] = {}
        self._exchange = exchange
        self._in_step = in_step
        self._late: dict[int, int] = {}
        replaced = exchange.lose_card()
        echo_db = LineQuality().echo_return_loss_db
        rng = np.random.default_rng(1)
        for place, trunk in enumerate(replaced.fxo, 1):
            self._plugged[place] = TrunkChannel(place, f"WCTDM/4/{place - 1}", trunk.loop)
        for place, station in enumerate(replaced.fxs, len(self._plugged) + 1):
            channel = StationChannel(place, f"WCTDM/4/{place - 1}", station.loop, hybrid(echo_db, rng))
            self._plugged[place] = channel
        for channel in self._plugged.values():
            channel.changed = lambda channel=channel: self._new(channel)
        self.channels.update(self._plugged)
        self.devices = DeviceFiles(self.channels, self.faults)

    def start(self, folder: Path) -> None:
        """Mount the device files here, and begin to tick. See `DeviceFiles.mount`."""
        self.devices.mount(folder)
        self._exchange.clock(self._tick)

    def close(self) -> None:
        """Unmount, and tick no more."""
        self._exchange.clock(None)
        self.devices.unmount()

    def unplug(self) -> None:
        """The card is pulled out: its channels are gone, and who has one open gets ENODEV. The module stays."""
        self.channels.clear()
        self.devices.unplug(lambda _channel: True)
        for channel in self._plugged.values():
            channel.closed()

    def plug_in(self) -> None:
        """The card is back, with its configuration."""
        self.channels.update(self._plugged)

    def unload(self) -> None:
        """The kernel module is removed, or is not there behind an update of the kernel: no device files at all."""
        self.unplug()
        self.devices.there = False

    def load(self) -> None:
        """The module is there again, with the card."""
        self.devices.there = True
        self.plug_in()

    def storm(self, number: int, events: Sequence[int]) -> None:
        """These events come at once on a channel."""
        for event in events:
            self._plugged[number].event(event)

    def proc(self) -> str:
        """What /proc/dahdi/1 says."""
        lines = ['Span 1: WCTDM/4 "Stand-in Board 5" (MASTER)', ""]
        for number, channel in self.channels.items():
            signalling = channel.signalling.name if channel.configured else ""
            used = "(In use) " if channel.open else ""
            canceller = f"(EC: {channel.canceller} - INACTIVE) " if channel.canceller else ""
            lines.append(f"\t{number:4} {channel.card_name} {signalling} {used}{canceller}")
        return "\n".join(lines) + "\n"

    def _tick(self) -> None:
        for number, channel in self.channels.items():
            channel.tick()
            if self.faults.happens(self.faults.missing):
                channel.lose_frame()
            if self._late.get(number, 0):
                self._late[number] -= 1
            elif self.faults.happens(self.faults.late):
                self._late[number] = LATE_TICKS
            else:
                self.devices.new(channel)
        if self._in_step:
            self.devices.wait_until_seen()

    def _new(self, channel: StandInChannel) -> None:
        self.devices.new(channel)
        if self._in_step:
            self.devices.wait_until_seen()
