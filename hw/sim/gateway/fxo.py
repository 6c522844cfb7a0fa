"""A gateway's FXO port: it takes calls from its line to the unit, and those of the unit's to its line."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from hw.audio import Frame
from hw.callerid.receiver import CallerIdReceiver
from hw.dsp.dtmf import DIGITS
from hw.level import VoiceReceiver
from hw.linecard import FxoPort, LineError, LineEvent, LineInUse, LoopBroken, PolarityReversed, RingStarted, RingStopped
from hw.sim.gateway.gateway_protocol import Alerting, FarEnd, caller_of
from hw.sim.gateway.port import GatewayPort
from hw.sim.gateway.settings import FxoSettings
from hw.sip import wire
from hw.sip.call import SipCall
from hw.sip.message import SipMessage
from hw.sip.profile import Profile
from hw.tones.progress import ProgressReceiver
from hw.tones.toneplan import DIAL_TONES, TonePlan

BEFORE_DIALLING_S = 0.5
"""How long a line is off hook before the number is dialled where no dial tone is waited for."""


class GatewayFxo(GatewayPort):
    """See `GatewayPort`. The port is the terminal of its line, as a telephone would be."""

    def __init__(
        self, port: FxoPort, user: str, unit: str, plan: TonePlan, profile: Profile, settings: FxoSettings
    ) -> None:
        self._port = port
        self._settings = settings
        self._in_use = False
        self._gave_up: asyncio.TimerHandle | None = None
        self._alerting = self._no_alerting()
        self._caller_id = CallerIdReceiver(plan.caller_id.method)
        super().__init__(port, user, unit, plan, profile, settings)

    @property
    def busy(self) -> bool:
        return self.call is not None or self._port.off_hook or self._in_use or self._alerting.rings > 0

    def incoming(self, call: SipCall, message: SipMessage) -> None:
        if self.busy:
            call.clear(486)
        elif not self._port.battery:
            call.clear(503)
        else:
            self._take_over(call)
            self._seize(outgoing=True)
            number = "" if message.user == self.user else message.user
            self._script.run(self._dial_out(call, "".join(key for key in number if key in DIGITS)))

    def close(self) -> None:
        super().close()
        self._release()

    # What the line does

    def _event(self, event: LineEvent) -> None:
        match event:
            case RingStarted():
                self._alerts_until(None)
                if self._alerting.ring():
                    self._call_unit()
            case RingStopped():
                self._alerts_until(self._settings.ring_timeout_seconds)
            case LineInUse(in_use):
                self._in_use = in_use
                if in_use and self._alerting.rings:
                    self._caller_gave_up()
            case LoopBroken() if self._settings.current_disconnect:
                self._gone()
            case PolarityReversed() if self._port.off_hook and self._far_end.reversed():
                self._gone()

    def _on_hook_frame(self, frame: Frame) -> None:
        caller_id = self._caller_id.feed(frame)
        if caller_id is None:
            return
        if self._alerting.rings == 0:
            self._alerts_until(self._settings.ring_timeout_seconds)
        if self._alerting.told(caller_id):
            self._call_unit()

    def _listen(self, frame: Frame, sent: Frame) -> None:
        speaking = self._line_voice.feed(frame)
        speaking = self._unit_voice.feed(sent) or speaking
        gone = self._far_end.frame(speaking)
        for report in self._progress_tones.feed(frame):
            if report[0] in DIAL_TONES and report[1]:
                self._dial_tone.set()
            gone = gone or self._far_end.tone(report)
        if gone:
            self._gone()

    def _gone(self) -> None:
        """The far end of the line has gone: end the call, and go on hook."""
        self._release()
        self._let_go(480)

    # What the unit does

    def _call_unit(self) -> None:
        caller = caller_of(self._alerting.caller_id, self.user, self.address, self._settings.caller_id_by)
        self._begin(self.user, caller.address, caller.headers)
        if self._settings.answers_line == "at-rings":
            self._seize(outgoing=False)
            self._own_sound.play(self._plan.ringback)

    def _progress(self, report: wire.ProvisionalAnswer) -> None:
        if report.early:
            self._own_sound.play(None)

    def _confirmed(self) -> None:
        if not self._port.off_hook:
            self._seize(outgoing=False)
        self._own_sound.play(None)

    def _cleared(self, status: int) -> None:
        self._release()

    def _flashed(self) -> None:
        milliseconds = self._settings.flash_ms or self._plan.flash_ms
        with suppress(LineError):
            self._port.flash(milliseconds)
            self._own_sound.hold_keys(milliseconds / 1000 + self._settings.flash_pause_seconds)

    async def _dial_out(self, call: SipCall, number: str) -> None:
        """Take a call of the unit's: seize the line and dial the number. Without one it is two-stage dialling."""
        if number and self._settings.waits_for_dial_tone:
            try:
                await asyncio.wait_for(self._dial_tone.wait(), self._settings.dial_tone_seconds)
            except TimeoutError:
                self._release()
                self._let_go(503)
                return
        elif number:
            await asyncio.sleep(BEFORE_DIALLING_S)
        if number:
            await self._own_sound.press(number)
        call.accept()

    # Hook

    def _seize(self, outgoing: bool) -> None:
        settings = self._settings
        self._alerts_until(None)
        self._fresh()
        self._dial_tone = asyncio.Event()
        self._progress_tones = ProgressReceiver(self._plan)
        self._line_voice, self._unit_voice = VoiceReceiver(), VoiceReceiver()
        self._far_end = FarEnd(
            settings.tone_disconnect_cycles, settings.silence_seconds, settings.polarity_reversal, outgoing
        )
        self._port.seize()

    def _release(self) -> None:
        """Go on hook, if off hook. Ringing that the unit has refused goes on, and is not told again."""
        self._script.stop()
        self._own_sound.stop()
        if self._port.off_hook:
            self._alerting = self._no_alerting()
            self._port.release()

    def _alerts_until(self, seconds: float | None) -> None:
        """Take the caller to have given up after so many seconds, unless there is another ring."""
        if self._gave_up is not None:
            self._gave_up.cancel()
        self._gave_up = None
        if seconds is not None:
            self._gave_up = asyncio.get_running_loop().call_later(seconds, self._caller_gave_up)

    def _caller_gave_up(self) -> None:
        """The ringing has stopped: the caller has given up, or another telephone on the line has answered."""
        self._alerts_until(None)
        self._alerting = self._no_alerting()
        self._let_go(487)

    def _no_alerting(self) -> Alerting:
        return Alerting(self._settings.rings, self._settings.waits_for_caller_id)
