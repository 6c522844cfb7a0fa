"""The exchange's end of one line: battery, hook, what is sent, what is received. It decides nothing about calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from hw.audio import Floats, Frame
from hw.callerid.coding import CallerId
from hw.linecard import FxsEvent, HookFlash, OffHook, OnHook, PulseDigit
from hw.port.alerting import carry_out, quiet
from hw.port.hookwatch import HookWatch
from hw.port.playing import FrameSource
from hw.port.timing import Script
from hw.sim.digits import DigitCollector
from hw.sim.loop import Fir, SubscriberLoop
from hw.tones.ringing import caller_id_samples, ringing
from hw.tones.tonegen import ToneGenerator
from hw.tones.toneplan import Tone, TonePlan

FarEndSignal = Literal["loop-break", "polarity", "busy", "reorder", "silence"] | Tone
"""How the exchange tells a line that the far end has gone; a `Tone`: by this one, which need not be in any plan."""

Recall = Literal["tone", "silent", "dead"]
"""What follows a hook flash: recall dial tone; no tone, though digits are taken; or nothing until the next flash."""

ForwardingService = Literal["none", "at-once", "when-answered"]
"""Whether the line may have its calls forwarded by a code: not; as soon as that is dialled, which a confirmation tone
tells; or as soon as the number, which is called then, has answered."""

Shown = Literal["shown", "private", "unavailable", "none"]
"""What the called line learns of this line: number and name, that they are private or unavailable, or nothing."""


@dataclass(slots=True)
class LineServices:
    """What the exchange does for one line."""

    ending: FarEndSignal = "loop-break"
    """How the line is told that the far end has gone."""
    loop_break_ms: int = 500
    """How long a loop break lasts, 250 to 900 ms."""
    answer_supervision: bool = False
    """The polarity is reversed while a call that this line made is answered."""
    call_waiting: bool = False
    """A second call is announced by a tone in the first."""
    three_way: bool = True
    """A hook flash in a call holds it and gives dial tone for a second call; another flash joins the two."""
    transfer: bool = True
    """When the line hangs up with two calls, the two others are joined. Otherwise the second one is dropped. Whoever is
    on hold then, or whenever there is nobody to join, has the line rung again."""
    number_only: bool = False
    """Caller ID comes without a name."""
    ring: tuple[float, ...] = ()
    """Seconds on, off and so on of a ringing of its own (distinctive ring); empty: the country's."""
    flash_accept_ms: tuple[int, int] | None = None
    """The shortest and the longest break of the loop that is taken as a hook flash; None: the country's. A shorter one
    means nothing, a longer one is a hang-up."""
    recall: Recall = "tone"
    """What the line gets behind a hook flash that holds a call."""
    recall_after_s: float = 0.0
    """How long behind the flash that begins. What is dialled before is lost."""
    announces: bool = False
    """An announcement of the network is on this line. That it is made is no answer, and is told as none."""
    forwarding: ForwardingService = "at-once"
    """Whether the line may have its calls forwarded."""
    holds_s: float = 0.0
    """Calling-party control: when this line was called and hangs up, the exchange keeps the call for so long. Lifted
    again meanwhile, the line talks to the same caller, who has heard nothing; else the caller is told at the end."""


class LineEvents(Protocol):
    """Who decides about this line's calls."""

    def lifted(self, line: LineCircuit) -> None: ...

    def hung_up(self, line: LineCircuit) -> None: ...

    def flashed(self, line: LineCircuit) -> None: ...


class LineCircuit:
    """The exchange's end of one line."""

    def __init__(
        self,
        number: str,
        loop: SubscriberLoop,
        plan: TonePlan,
        services: LineServices,
        hybrid: Fir,
        wake: Callable[[], None],
    ) -> None:
        self.number = number
        """The number it is reached by."""
        self.name = ""
        """The subscriber's name, for caller ID."""
        self.told_number = ""
        """The number that caller ID tells; empty: the line's own."""
        self.shown: Shown = "shown"
        """What of the two is told to whoever is called."""
        self.services = services
        """What the exchange does for it."""
        self.forwarded_to = ""
        """The number to which all calls to this one go; empty: they come here."""
        self.always_busy = False
        """Nobody gets through to it."""
        self.loop = loop
        """The wires."""
        self.sound: FrameSource | None = None
        """What is sent instead of what the parties say: a tone, caller ID."""
        self.hears: tuple[LineCircuit, ...] = ()
        """The lines whose speech is sent to this one (see `hw.sim.exchange`)."""
        self.digits: DigitCollector | None = None
        """Where dialled digits go; None while none are expected."""
        self.fetching = False
        """The terminal closes the loop only to take caller ID (Japan)."""
        self.mix: Floats | None = None
        """What the parties say in this tick; None for nothing."""
        self.returned: Floats | None = None
        """What this line's hybrid sends back of that."""
        self.script = Script(f"exchange line {number}")
        """What the exchange is doing on this line: a coroutine that the next event on the line ends."""
        self.events: LineEvents | None = None
        """Who decides about its calls."""
        self._alerting = False
        self._plan = plan
        self._hybrid = hybrid
        self._wake = wake
        self._hook = HookWatch(self, plan, wake, self._tell, services.flash_accept_ms)
        loop.source_watchers.append(self._hear_pulses)

    @property
    def wires(self) -> SubscriberLoop:
        return self.loop

    @property
    def off_hook(self) -> bool:
        return self._hook.off_hook

    @property
    def alive(self) -> bool:
        """True while the line carries something."""
        return self._hook.off_hook or self.loop.held or self.script.running

    @property
    def idle(self) -> bool:
        """True where a call may be sent to this line."""
        return not (self.always_busy or self._hook.off_hook or self.loop.closed or self.script.running)

    def play(self, tone: Tone | None) -> None:
        """Send this tone from its beginning, or nothing."""
        self.sound = None if tone is None else ToneGenerator(tone)

    async def key(self, seconds: float) -> str | None:
        """The next key of the terminal's, which its call does not hear; see `hw.port.callwaiting`."""
        self.digits = collector = DigitCollector()
        try:
            return await collector.next(seconds)
        finally:
            self.digits = None

    async def ring(self, caller_id: CallerId | None) -> None:
        """Ring with this caller ID until the script is stopped."""
        data = None
        if caller_id is not None:
            data = caller_id_samples(self._plan, caller_id, number_only=self.services.number_only)
        self._alerting = True
        self._wake()
        await carry_out(self, ringing(self._plan, self.services.ring or self._plan.ring, data))

    def stop(self) -> None:
        """End the script, ringing and sound."""
        self.script.stop()
        self.digits = None
        self.sound = None
        if self._alerting:
            self._alerting = False
            quiet(self)

    def close(self) -> None:
        self._hook.stop()
        self.stop()

    def receive(self) -> None:
        """First step of a tick: what the line sends is in `loop.up`; look for digits in it."""
        self.loop.collect()
        up = self.loop.up
        if self.digits is not None and up is not None:
            self.digits.feed(up)

    def listen(self) -> None:
        """Second step: work out `mix` and `returned`."""
        self.mix = self.returned = None
        if not self.hears:
            return
        said = [line.loop.up for line in self.hears if line.loop.up is not None]
        if said:
            self.mix = said[0] if len(said) == 1 else np.sum(said, axis=0, dtype=np.float32)
        speaking = any(line.loop.speaking for line in self.hears)
        self.returned = self._hybrid.echo(self.mix if speaking else None)

    def send(self) -> None:
        """Last step: send `sound`, or else the mix and what the parties' hybrids return of this line's speech."""
        sound: Frame | Floats | None = None
        if self.sound is not None:
            sound = self.sound.next()
        elif self.mix is not None:
            sound = self.mix
            for line in self.hears:
                if line.returned is not None:
                    sound = sound + line.returned
        self.loop.deliver(sound)

    def _hear_pulses(self) -> None:
        """Stop dial tone with the first pulse of a digit."""
        if self._hook.pulsing and self.digits is not None:
            self.sound = None

    def _tell(self, event: FxsEvent) -> None:
        if self.events is None:
            return
        match event:
            case OffHook():
                self.events.lifted(self)
            case OnHook():
                self.events.hung_up(self)
            case HookFlash():
                self.events.flashed(self)
            case PulseDigit(digit):
                if self.digits is not None:
                    self.digits.dialled(digit)
