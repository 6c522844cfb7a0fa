"""An FXO port of a DAHDI channel: the wires that its kernel driver measures, and the port on them.

The kernel tells of a ring that begins, and of a line that loses its voltage, by events; of what is over it tells some
by events and some not at all, and its queue may overflow. So an event is only the reason to look: what the line is
like is then asked (`rxhooksig`, and the voltage where the card measures it). It is asked every 100 ms anyway, and with
every frame while it rings or is broken, so that the lengths of rings and breaks are known to 20 ms.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from hw.dahdi.abi import Alarm, ChannelEvent, HookRequest, RxHook
from hw.dahdi.channel import ChannelFile
from hw.dahdi.line import DahdiLine, SoundOut, channel_traits
from hw.dahdi.reader import FromChannel
from hw.linecard import LineError
from hw.port.fxo import FxoWirePort
from hw.tones.toneplan import TonePlan

LOOK_EVERY = 5
"""Frames between two looks at a quiet line: 100 ms."""

IN_USE_MV = (3000, 18000)
"""The voltage of a line on hook at which another telephone draws current: such a telephone leaves 6 to 12 V of the
exchange's 48 V, or of the 24 V of some gateways. Below 3 V there is none (the measuring chip's own limit)."""

PREFLASH_MS = 1
"""From the request of a flash to its beginning. The kernel has 50 ms, and takes 0 for never."""


class TrunkWires:
    """See `hw.port.wires.TerminalWires`. While there is no channel, the line is dead."""

    def __init__(self, name: str) -> None:
        self.name = name
        """The port's."""
        self.polarity = 0
        """+1, -1, or 0 without battery."""
        self.rings = False
        """Ring voltage is on the line."""
        self.in_use = False
        """Another telephone on the line draws current."""
        self.terminal_watchers: list[Callable[[], None]] = []
        """See `TerminalWires`."""
        self.channel: ChannelFile | None = None
        """None while there is none."""
        self.closed = False
        """The port wants the loop closed."""
        self.echo_taps = 0
        """How many samples of echo the card or the kernel is to cancel while it is closed."""
        self.hook_due = False
        """The channel's hook is not as it is wanted: the request has failed."""
        self.carries_data = False
        """The sound is a modem's, and no echo is to be cancelled while the loop is closed."""

    def close(self, terminal: object, closed: bool) -> None:
        self.closed = closed
        self.apply_hook()

    def apply_hook(self) -> None:
        """Have the channel's hook be as it is wanted. If it is gone, its next reading tells so; a request that fails
        for another reason is due again with the next frame, as no line may stay off hook."""
        self.hook_due = self.channel is not None
        if self.channel is not None:
            with suppress(OSError):
                self.channel.cancel_echo(self.echo_taps if self.closed and not self.carries_data else 0)
                self.channel.hook(HookRequest.OFFHOOK if self.closed else HookRequest.ONHOOK)
                self.hook_due = False

    def closed_by_another(self, terminal: object) -> bool:
        return self.in_use

    def become(self, polarity: int, rings: bool, in_use: bool) -> None:
        """The line is like this now."""
        if (polarity, rings, in_use) != (self.polarity, self.rings, self.in_use):
            self.polarity, self.rings, self.in_use = polarity, rings, in_use
            for watcher in self.terminal_watchers:
                watcher()


class DahdiFxoPort(FxoWirePort):
    """See `hw.linecard.FxoPort`. `line` is what it has in common with an FXS port."""

    def __init__(self, name: str, number: int, plan: TonePlan) -> None:
        self._trunk = TrunkWires(name)
        super().__init__(self._trunk, lambda: None, plan, open_for=self._flash)
        self.line = DahdiLine(name, number)
        self._sound = SoundOut(self.say)
        self._side = 1
        """The polarity by the events told, where the card measures none."""
        self._frames_to_look = 0
        self._looked = False
        """It is known what the line is like."""

    @property
    def battery(self) -> bool:
        """Until it was looked at the line is taken for one that works: if it does not, that is told."""
        return super().battery or not self._looked

    @property
    def dead_because(self) -> str:
        return self.line.dead_because or super().dead_because

    def carry_data(self, carries: bool) -> None:
        """See `hw.linecard.DataCarrier`."""
        self._trunk.carries_data = carries
        if self._trunk.closed:
            self._trunk.apply_hook()

    def volts(self) -> float | None:
        """See `hw.linecard.LineMeter`."""
        channel = self._trunk.channel
        try:
            millivolts = channel.millivolts() if channel is not None else None
        except OSError:  # It is gone; its next reading tells so.
            return None
        return millivolts / 1000 if millivolts is not None else None

    def milliamps(self) -> float | None:
        """See `hw.linecard.LineMeter`. No driver tells the current."""
        return None

    def opened(self, channel: ChannelFile) -> None:
        """The channel is there, or is there again. OSError where it is gone at once."""
        channel.set_params(channel.params().with_times(preflash=PREFLASH_MS))
        self.traits = channel_traits(self.traits, self.line)
        self._trunk.channel = self._sound.channel = channel
        self._trunk.echo_taps = self.line.echo_taps
        self._trunk.apply_hook()
        self._look(channel)

    def lost(self) -> None:
        """The channel is gone. The line has no voltage until it is there again."""
        self._trunk.channel = self._sound.channel = None
        self._looked = True
        self._trunk.become(0, rings=False, in_use=False)

    def came(self, came: FromChannel) -> None:
        """Take what the reader has. OSError where the channel is gone."""
        if ChannelEvent.POLARITY in came.events:
            self._side *= (-1) ** came.events.count(ChannelEvent.POLARITY)
        if self._trunk.hook_due:
            self._trunk.apply_hook()
        self._frames_to_look -= len(came.frames)
        if came.events or self._frames_to_look <= 0:
            self._look(came.channel)
        for frame in came.frames:
            self._sound.frame_passed()
            self.hear(frame)
        self._sound.send()

    def _look(self, channel: ChannelFile) -> None:
        """See what the line is like now."""
        self._looked = True
        params = channel.params()
        rings = params.rx_hook == RxHook.RING
        dead = params.rx_hook == RxHook.ONHOOK or bool(params.alarms & Alarm.RED)
        polarity, in_use = 0 if dead else self._side, False
        if not dead and not rings:
            millivolts = channel.millivolts() or 0
            if abs(millivolts) >= IN_USE_MV[0]:
                polarity = self._side = 1 if millivolts > 0 else -1
            in_use = not self._trunk.closed and IN_USE_MV[0] <= abs(millivolts) < IN_USE_MV[1]
        self._frames_to_look = 1 if rings or dead else LOOK_EVERY
        self._trunk.become(polarity, rings, in_use)

    def _flash(self, milliseconds: int) -> None:
        """Have the kernel open the loop, which keeps time whatever else this unit does meanwhile."""
        channel = self._trunk.channel
        if channel is None:
            raise LineError(f"{self.name}: {self.dead_because}")
        try:
            channel.set_params(channel.params().with_times(flash=milliseconds))
            channel.hook(HookRequest.FLASH)
        except OSError as error:
            raise LineError(f"{self.name} was seized less than 0.6 s ago, or is gone: no hook flash") from error
