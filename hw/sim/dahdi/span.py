"""The stand-in of a DAHDI card: channels on lines of the simulated exchange, and what may happen to the card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from hw.audio import FRAME_SECONDS
from hw.sim.dahdi.channel import StandInChannel
from hw.sim.dahdi.devices import DeviceFiles
from hw.sim.dahdi.faults import CallFaults
from hw.sim.dahdi.station import StationChannel
from hw.sim.dahdi.trunk import TrunkChannel
from hw.sim.exchange import Exchange
from hw.sim.loop import SubscriberLoop

LATE_TICKS = round(0.2 / FRAME_SECONDS)


class StandInSpan:
    """A card whose channels are on lines of the exchange: those of trunks first, then those of telephones.

    trunks: what lines to the exchange are called, and their numbers. stations: what those to telephones are called.
    The exchange's ticks are its clock, idle or not. in_step: after everything new the exchange waits until the reader
    of the device files has taken it. So a driver runs in virtual time, too, and always in the same way.
    """

    def __init__(
        self,
        exchange: Exchange,
        trunks: Mapping[str, str],
        stations: Sequence[str],
        *,
        faults: CallFaults | None = None,
        in_step: bool = False,
    ) -> None:
        self.faults = faults or CallFaults()
        """What goes wrong by chance."""
        self.channels: dict[int, StandInChannel] = {}
        """Those that there are now, by their numbers."""
        self.loops: dict[str, SubscriberLoop] = {}
        """The wires of each channel, by its line's name."""
        self._plugged: dict[int, StandInChannel] = {}
        self._exchange = exchange
        self._in_step = in_step
        self._late: dict[int, int] = {}
        for name, number in trunks.items():
            place = len(self._plugged) + 1
            self.loops[name] = loop = exchange.wire_trunk(name, number)
            self._plugged[place] = TrunkChannel(place, f"WCTDM/4/{place - 1}", loop)
        for name in stations:
            place = len(self._plugged) + 1
            self.loops[name], echo = exchange.wire_station(name)
            self._plugged[place] = StationChannel(place, f"WCTDM/4/{place - 1}", self.loops[name], echo)
        for channel in self._plugged.values():
            channel.changed = partial(self._new, channel)
        self.channels.update(self._plugged)
        self.devices = DeviceFiles(self.channels, self.faults)
        """The files that a driver opens."""

    def start(self, folder: Path) -> None:
        """Mount the device files here, and begin to tick. See `DeviceFiles.mount`."""
        self.devices.mount(folder)
        self._exchange.clock(self.tick)

    def close(self) -> None:
        """Unmount, and tick no more."""
        self._exchange.clock(None)
        self.devices.unmount()

    def unplug(self, *numbers: int) -> None:
        """The card with these channels is pulled out, or with all: who has one open gets ENODEV. The module stays."""
        for number in numbers or list(self.channels):
            channel = self.channels.pop(number)
            self.devices.unplug(channel)
            channel.closed()

    def plug_in(self) -> None:
        """All channels are back, with their configuration."""
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

    def tick(self) -> None:
        """20 ms have passed."""
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
