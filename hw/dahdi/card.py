"""The DAHDI card: the channels that an office names, as one line card."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from hw.audio import FRAME_SECONDS
from hw.dahdi.abi import LampBy
from hw.dahdi.channel import DEVICES, ChannelFile
from hw.dahdi.line import ECHO_TAPS, why
from hw.dahdi.machine import Machine
from hw.dahdi.reader import ChannelReader, FromChannel
from hw.dahdi.station import NO_LAMP, DahdiFxsPort
from hw.dahdi.trunk import DahdiFxoPort
from hw.tones.toneplan import TonePlan

WATCH_S = 2.0
"""How often a channel that is not there is tried again, and one that is there must have delivered something."""
COUNTED_S = 10.0
"""How long frames are counted before they are too few."""
TOO_FEW = 0.98
"""Below this part of what its time has, frames are too few: calls crackle."""

SILENT = "its card delivers no sound"
CRACKLES = "its card delivers too few frames, so calls crackle. Is the power supply strong enough?"
WRONG_KIND = {
    True: "its channel leads to the exchange, and not to a telephone",
    False: "its channel leads to a telephone, and not to the exchange",
}
NO_ZONE = "cannot ring: the kernel driver has no tone zone. Write /etc/dahdi/system.conf anew and run dahdi_cfg"


@dataclass(frozen=True, slots=True)
class DahdiChannel:
    """A channel of the card, with its port's name."""

    port: str
    """The port's name."""
    number: int
    """As the device files name it."""
    trunk: bool
    """It leads to the exchange, and not to a telephone."""
    lamp: LampBy = NO_LAMP
    """In which further ways its telephone's lamp is lit, besides the message (FSK)."""
    received_db: float = 0.0
    """How much the card amplifies what comes in from the line, where it can."""
    sent_db: float = 0.0
    """The same for what goes out."""
    echo_taps: int = ECHO_TAPS
    """How many samples the canceller on the card or in the kernel covers: a power of two from 32 to 1024; 0: off."""


class DahdiCard:
    """See `hw.linecard.LineCard`.

    A channel that is not there, or vanishes, leaves its line dead and the others alone; it is tried again every 2 s.
    One that has delivered no sound is opened anew as often, and its line stays dead until a frame comes.
    devices: the folder of the device files. machine: what the kernel tells of the hardware.
    """

    def __init__(
        self,
        channels: Iterable[DahdiChannel],
        plan: TonePlan,
        *,
        devices: Path = DEVICES,
        machine: Machine | None = None,
    ) -> None:
        channels = list(channels)
        self.fxo = [DahdiFxoPort(one.port, one.number, plan) for one in channels if one.trunk]
        self.fxs = [DahdiFxsPort(one.port, one.number, plan, one.lamp) for one in channels if not one.trunk]
        self.on_fault: Callable[[str, bool], None] = lambda _fault, _there: None
        self._devices = devices
        self._machine = machine or Machine()
        self._reader: ChannelReader | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._told: dict[str, str] = {}
        """What was told of a line, by its name."""
        self._gains = {one.port: (one.received_db, one.sent_db) for one in channels}
        taps = {one.port: one.echo_taps for one in channels}
        for port in self.ports:
            port.line.echo_taps = taps[port.name]
        for station in self.fxs:
            station.on_no_zone = partial(self._tell, station, NO_ZONE)

    @property
    def ports(self) -> list[DahdiFxoPort | DahdiFxsPort]:
        return [*self.fxo, *self.fxs]

    async def start(self) -> None:
        """Open the channels. Lines whose channel is not there are dead; nothing is raised."""
        self._reader = ChannelReader(self._came)
        for trunk in self.fxo:
            trunk.start()
        self._watch()

    async def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        for port in self.ports:
            port.stop()
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def status(self) -> dict[str, Any]:
        """What people want to know, as JSON can hold it."""
        lines = [
            {"port": port.name, "channel": port.line.number, "up": not port.line.dead_because} for port in self.ports
        ]
        return {"kind": "dahdi", "lines": lines}

    def _watch(self) -> None:
        """Open what is not open, and look whether every channel delivers what it should."""
        loop = asyncio.get_running_loop()
        for port in self.ports:
            if port.line.channel is None:
                self._open(port)
            elif not port.line.delivers():
                self._lose(port, SILENT)
            elif loop.time() - port.line.since >= COUNTED_S:
                self._judge(port, loop.time())
        self._timer = loop.call_later(WATCH_S, self._watch)

    def _open(self, port: DahdiFxoPort | DahdiFxsPort) -> None:
        assert self._reader is not None
        line = port.line
        channel = None
        try:
            channel = ChannelFile(line.number, self._devices)
            trunk = channel.params().to_exchange
            if trunk != isinstance(port, DahdiFxoPort):
                channel.close()
                line.dead_because = WRONG_KIND[trunk]
            elif line.dead_because == SILENT:
                self._reader.add(channel)
                line.tried(channel, asyncio.get_running_loop().time())
            else:
                self._use(port, channel)
                self._reader.add(channel)
        except OSError as error:
            if channel is not None:
                channel.close()
            port.lost()
            line.failed(error)
        self._tell(port, line.dead_because)

    def _use(self, port: DahdiFxoPort | DahdiFxsPort, channel: ChannelFile) -> None:
        """Have the line work by this channel. OSError where it is gone at once."""
        channel.set_gains(*self._gains[port.name])
        wanted = bool(port.line.echo_taps)
        port.line.kernel_cancels_echo = wanted and self._machine.cancels_echo(port.line.number)
        port.opened(channel)
        port.line.opened(channel, asyncio.get_running_loop().time())

    def _lose(self, port: DahdiFxoPort | DahdiFxsPort, because: str) -> None:
        channel, port.line.channel, port.line.dead_because = port.line.channel, None, because
        if channel is not None and self._reader is not None:
            self._reader.remove(channel)
        port.lost()
        self._tell(port, because)

    def _came(self, all_came: list[FromChannel]) -> None:
        for came in all_came:
            port = next((port for port in self.ports if port.line.channel is came.channel), None)
            if port is None:
                continue
            port.line.frames += len(came.frames)
            try:
                if came.failed is not None:
                    raise came.failed
                if port.line.on_trial and came.frames:
                    self._use(port, came.channel)
                    self._tell(port, "")
                if not port.line.on_trial:
                    port.came(came)
            except OSError as error:
                self._lose(port, why(error))

    def _judge(self, port: DahdiFxoPort | DahdiFxsPort, now: float) -> None:
        """Tell of a line whose card delivers too few frames, or that it is well again, and count anew."""
        wanted = TOO_FEW * (now - port.line.since) / FRAME_SECONDS
        if self._told.get(port.name, "") in ("", CRACKLES):
            self._tell(port, CRACKLES if port.line.frames < wanted else "")
        port.line.count_anew(now)

    def _tell(self, port: DahdiFxoPort | DahdiFxsPort, trouble: str) -> None:
        """Say what is wrong with a line, once; and that it is over, where nothing is."""
        told = self._told.pop(port.name, "")
        if trouble:
            self._told[port.name] = trouble
        if trouble == told:
            return
        if told:
            self.on_fault(f"line {port.name}: {told}", False)
        if trouble:
            self.on_fault(f"line {port.name}: {trouble}", True)
