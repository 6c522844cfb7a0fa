"""A gateway's FXS port: the exchange of one telephone, or of a card's FXO port, with the unit behind it."""

from __future__ import annotations

import asyncio

from hw.audio import Frame
from hw.linecard import FxsPort, HookFlash, LineError, LineEvent, OffHook, OnHook, PulseDigit
from hw.sim.digits import DigitCollector
from hw.sim.gateway.port import GatewayPort
from hw.sim.gateway.settings import FxsSettings
from hw.sip import wire
from hw.sip.call import SipCall
from hw.sip.message import SipMessage, caller_id
from hw.sip.profile import Profile
from hw.tones.toneplan import TonePlan

_BUSY = (486, 600)
_BELIEVED = ("P-Asserted-Identity", "Remote-Party-ID", "From")


class GatewayFxs(GatewayPort):
    """See `GatewayPort`. The port feeds its line, and does for it what an exchange would."""

    def __init__(
        self, port: FxsPort, user: str, unit: str, plan: TonePlan, profile: Profile, settings: FxsSettings
    ) -> None:
        self._port = port
        self._settings = settings
        self._digits: DigitCollector | None = None
        super().__init__(port, user, unit, plan, profile, settings)

    @property
    def busy(self) -> bool:
        return self.call is not None or self._port.off_hook

    def incoming(self, call: SipCall, message: SipMessage) -> None:
        if self.busy:
            call.clear(486)
            return
        try:
            self._port.ring(self._plan.ring, caller_id(message, _BELIEVED))
        except LineError:
            call.clear(486)
            return
        self._take_over(call)
        call.alert()

    def close(self) -> None:
        super().close()
        self._port.stop_ring()

    # What the telephone does

    def _event(self, event: LineEvent) -> None:
        match event:
            case OffHook():
                self._fresh()
                if self.call is not None:
                    self.call.accept()
                else:
                    self._script.run(self._lifted())
            case OnHook():
                self._script.stop()
                self._own_sound.stop()
                self._let_go(487)
            case HookFlash() if self.call is not None and self.answered and self._profile.flash_in != "none":
                self.call.send_flash(self._profile.flash_in, self._profile.flash_info_type)
            case PulseDigit(digit):
                self._key(digit)

    @property
    def _hears_keys(self) -> bool:
        return self._digits is not None or super()._hears_keys

    def _key(self, key: str) -> None:
        if self._digits is not None:
            self._digits.dialled(key)
        else:
            super()._key(key)

    async def _lifted(self) -> None:
        number = self.user if self._settings.hotline else await self._dialled()
        if number:
            self._begin(number)
        else:
            self._own_sound.play(self._plan.reorder)

    async def _dialled(self) -> str:
        """The number dialled under dial tone; empty if none was."""
        settings, number = self._settings, ""
        self._digits = DigitCollector()
        self._own_sound.play(self._plan.dial)
        try:
            while True:
                patience = settings.interdigit_seconds if number else settings.first_digit_seconds
                digit = await self._digits.next(patience)
                self._own_sound.play(None)
                if digit is None or digit == "#":
                    return number
                number += digit
        finally:
            self._digits = None

    def _listen(self, frame: Frame, sent: Frame) -> None:
        """Nothing to do: a telephone tells all by its hook, and no tones of its line need be recognised."""

    def _on_hook_frame(self, frame: Frame) -> None:
        """Nothing to do: a telephone on hook sends nothing."""

    # What the unit does

    def _progress(self, report: wire.ProvisionalAnswer) -> None:
        if report.status == 180 or report.early:
            self._own_sound.play(None if report.early else self._plan.ringback)

    def _confirmed(self) -> None:
        self._own_sound.play(None)

    def _cleared(self, status: int) -> None:
        self._port.stop_ring()
        self._own_sound.stop()
        if self._port.off_hook:
            self._script.run(self._far_end_left(status))

    def _flashed(self) -> None:
        """Nothing to do: no telephone takes a hook flash."""

    async def _far_end_left(self, status: int) -> None:
        """Tell the telephone: by a loop break, if the call was answered, then by a tone until it is hung up."""
        if status // 100 == 2 and self._settings.loop_break_ms:
            self._port.break_loop(self._settings.loop_break_ms)
            await asyncio.sleep(self._settings.loop_break_ms / 1000)
        answered = status // 100 == 2
        self._own_sound.play(self._plan.busy if answered or status in _BUSY else self._plan.reorder)
