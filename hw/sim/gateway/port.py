"""What a gateway's ports have in common: the line, the one call to or from the unit, and the sound between them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from hw.audio import SILENCE, Frame
from hw.dsp.echo import EchoCanceller
from hw.linecard import FxoPort, FxsPort, LineEvent
from hw.port.playing import PlayOut
from hw.port.timing import Script
from hw.sim.gateway.settings import FxoSettings, FxsSettings
from hw.sim.gateway.sound import FaxWatch, FixedBuffer, KeyRemover, OwnSound
from hw.sip import wire
from hw.sip.call import SipCall
from hw.sip.message import SipMessage
from hw.sip.profile import Profile
from hw.tones.toneplan import TonePlan

Dial = Callable[[str, str, Mapping[str, str]], SipCall]
"""Call a URI, as this From address, with these headers."""


class GatewayPort(ABC):
    """A port of a gateway. The frames of its line are its clock: for each that comes from the line, one goes to it.

    Fax pass-through: once a fax machine has answered on either side, the gateway cancels no echo, looks for no keys,
    and keeps a fixed jitter buffer until the call ends. So do real ones: AudioCodes by *G.711 Fax / Modem Transport
    Mode* (SIP User's Manual: echo canceller off, at least 40 ms in the jitter buffer), Cisco by *FAX CED Detect Enable*
    and *FAX Disable ECAN* (Small Business ATA Administration Guide), Grandstream by *Fax Mode: Pass-Through*.
    """

    def __init__(
        self,
        port: FxoPort | FxsPort,
        user: str,
        unit: str,
        plan: TonePlan,
        profile: Profile,
        settings: FxoSettings | FxsSettings,
    ) -> None:
        self.user = user
        """The SIP user that names the line."""
        self.unit = unit
        """The `address:port` of the unit's side of the line."""
        self.address = ""
        """The gateway's own `address:port`, set by the gateway."""
        self.dial: Dial | None = None
        """Makes a call to the unit, set by the gateway."""
        self.call: SipCall | None = None
        """The present call; reports about an earlier one are ignored."""
        self.answered = False
        """It has been answered, by whichever side."""
        self._line = port
        self._plan = plan
        self._profile = profile
        self._own_sound = OwnSound(plan)
        self._script = Script(f"gateway's {port.name}")
        self._sound_settings = settings
        self._fresh()
        port.attach(self._event, self._heard)

    @property
    @abstractmethod
    def busy(self) -> bool:
        """Whether no call can come in from the unit now."""

    @abstractmethod
    def incoming(self, call: SipCall, message: SipMessage) -> None:
        """The unit calls."""

    def close(self) -> None:
        """Stop: nothing that happens on the line is heeded any more."""
        self._line.attach(lambda _event: None, lambda _frame: None)
        self._script.stop()
        self._own_sound.stop()
        self._let_go()

    @abstractmethod
    def _event(self, event: LineEvent) -> None:
        """Something has happened on the line."""

    @abstractmethod
    def _confirmed(self) -> None:
        """The call is answered, by whichever side."""

    @abstractmethod
    def _progress(self, report: wire.ProvisionalAnswer) -> None:
        """The unit has answered our call provisionally."""

    @abstractmethod
    def _cleared(self, status: int) -> None:
        """The unit has ended the call, or refused it with this status."""

    @abstractmethod
    def _flashed(self) -> None:
        """The unit wants a hook flash."""

    def _key(self, key: str) -> None:
        """A key was pressed on the line."""
        if self.call is not None and self.answered and self._profile.digits_in != "in-band":
            self.call.send_digits(key, self._profile.digits_in)

    @abstractmethod
    def _listen(self, frame: Frame, sent: Frame) -> None:
        """Take a frame of the line, its echo removed, and the frame that was sent to the line before it."""

    @property
    def _hears_keys(self) -> bool:
        """Whether keys of the line are to be recognised now and told, instead of being passed on as sound."""
        return self._profile.digits_in != "in-band"

    # The call

    def _begin(self, user: str, caller: str = "", headers: Mapping[str, str] | None = None) -> None:
        """Call this user of the unit's, as the line's own user unless the caller is known."""
        assert self.dial is not None
        uri = f"sip:{quote(user, safe='*+')}@{self.unit}"
        self._take_over(self.dial(uri, caller or f"<sip:{self.user}@{self.address}>", headers or {}))

    def _take_over(self, call: SipCall) -> None:
        self.call, self.answered = call, False
        call.on_report = self._report
        call.on_frame = self._from_unit.write

    def _let_go(self, status: int = 486) -> None:
        """End the call; nothing more is told of it. status: the SIP status for a call that was not answered."""
        call, self.call, self.answered = self.call, None, False
        if call is not None:
            call.on_report = lambda _report: None
            call.on_frame = lambda _frame: None
            call.clear(status)

    def _report(self, report: Any) -> None:
        profile = self._profile
        match report:
            case wire.ProvisionalAnswer():
                self._progress(report)
            case wire.Confirmed():
                self.answered = True
                self._confirmed()
            case wire.KeyPressed(_, digit, way) if way == profile.digits_out and self._line.off_hook:
                self._own_sound.press(digit)
            case wire.Flashed(_, way) if way == profile.flash_out:
                self._flashed()
            case wire.Ended(_, status):
                self._let_go()
                self._cleared(status)

    # The sound

    def _fresh(self) -> None:
        """Make new receivers and a new echo canceller, as another conversation begins."""
        self._from_unit: PlayOut | FixedBuffer = PlayOut()
        self._sent: Frame = SILENCE
        self._key_remover = KeyRemover()
        self._canceller = EchoCanceller() if self._sound_settings.echo_canceller else None
        self._fax_watch = FaxWatch() if self._sound_settings.fax_pass_through else None
        self._passes_fax = False
        if self.call is not None:
            self.call.on_frame = self._from_unit.write

    def _heard(self, frame: Frame) -> None:
        """Take a frame from the line, and send one to it."""
        if not self._line.off_hook:
            self._on_hook_frame(frame)
            return
        sent = self._sent
        if self._fax_watch is not None and self._fax_watch.feed(frame, sent) and self.call is not None:
            self._pass_fax_through(self.call)
        if self._canceller is not None:
            frame = self._canceller.cancel(frame, sent)
        self._listen(frame, sent)
        if self._own_sound.pressing:
            frame = SILENCE  # The unit's own keys, returned by the line, must not be taken for keys of the line.
        if self._passes_fax:
            frame = self._key_remover.pass_on(frame)
        elif self._hears_keys:
            keys, frame = self._key_remover.feed(frame)
            for key in keys:
                self._key(key)
        if self.call is not None:
            self.call.write(frame)
        self._say()

    def _pass_fax_through(self, call: SipCall) -> None:
        self._fax_watch = self._canceller = None
        self._passes_fax = True
        self._from_unit = FixedBuffer()
        call.on_frame = self._from_unit.write
        call.carry_data(True)

    def _say(self) -> None:
        """Send the next frame to the line: a key or tone of ours, or else the unit's sound.

        The echo canceller would learn nothing from a tone or a key, so it is told that nothing was sent.
        """
        from_unit, own = self._from_unit.next(), self._own_sound.next()
        self._sent = from_unit if from_unit is not None and own is None else SILENCE
        self._line.write(own if own is not None else self._sent)

    @abstractmethod
    def _on_hook_frame(self, frame: Frame) -> None:
        """Take a frame of the line while it is on hook."""
