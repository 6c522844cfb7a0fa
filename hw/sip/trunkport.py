"""A trunk over SIP: an FXO port of a gateway, or one line to a SIP server."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from hw.audio import Frame
from hw.callerid.coding import CallerId
from hw.cleared import Cleared
from hw.linecard import (
    BatteryLost,
    BatteryRestored,
    CallTold,
    FarEndAnswered,
    FarEndLeft,
    FarEndRefused,
    LineError,
    LineTraits,
    Proceeding,
    RingingEnded,
    RingStarted,
    RingStopped,
)
from hw.said import said
from hw.sip import wire
from hw.sip.call import SipCall
from hw.sip.lineport import Device, Network, SipPort, asserted
from hw.sip.tonefeed import ToneFeed
from hw.tones.toneplan import TonePlan

_HEARD_AS = {Cleared.BUSY: "busy", Cleared.NO_ANSWER: "busy"}
"""The tone that tells why a call out failed, as an exchange would send it. For all other causes it is reorder."""

_TRY_ANOTHER = (Cleared.UNREACHABLE, Cleared.LINK_LOST, Cleared.CONGESTION, Cleared.REFUSED)
"""Causes that mean that this line cannot call now, and say nothing of the number called: another line may reach it."""


class SipTrunkPort(SipPort):
    """See `hw.linecard.FxoPort`. An incoming call rings here in the country's cadence until it is answered."""

    def __init__(self, name: str, device: Device, home: str, network: Network, plan: TonePlan) -> None:
        super().__init__(name, device, home, network)
        self.off_hook = False
        self._plan = plan
        self._tone = ToneFeed(lambda frame: self._on_frame(frame))
        self._ring_timer: asyncio.TimerHandle | None = None
        self._calling_out = self._proceeding = self._answered = False
        self._because = ""

    @property
    def traits(self) -> LineTraits:
        profile = self.device.profile
        return replace(super().traits, dials=profile.dialling == "one-stage", digital=profile.kind == "server")

    @property
    def battery(self) -> bool:
        return self.up

    @property
    def dead_because(self) -> str:
        device = self.device
        return self._because or said(
            "%(device)s at %(address)s does not answer; is it on, and on the network?",
            device=device.profile.title,
            address=device.address,
        )

    @property
    def free(self) -> bool:
        """Whether a call could come in here now."""
        return self.call is None and not self.off_hook

    def incoming(self, call: SipCall, caller_id: CallerId, called: str) -> None:
        """A call comes in. It is refused as busy where there is one already."""
        if not self.free:
            call.clear(486)
            return
        self._calling_out = self._answered = False
        self._take_over(call)
        call.alert()
        self._on_event(CallTold(caller_id, called))
        self._ring(0)

    def seize(self, number: str = "", caller_id: CallerId | None = None) -> None:
        if self.off_hook:
            return
        self.off_hook = True
        if self.call is not None:
            self._stop_ringing()
            if not number or self.device.account is None:
                self.call.accept()
                return
            self._let_go()  # A line to a server has no wires that an incoming call could occupy: call out at once.
        self._calling_out, self._proceeding, self._answered = True, False, False
        device = self.device
        one_stage = device.profile.dialling == "one-stage"
        caller = "" if device.account is not None else f"<sip:{device.user}@{self.home}>"
        headers = asserted(caller_id, device.address) if device.joins else {}
        uri = device.uri(number if one_stage else device.user)
        self._take_over(self._network.call(self.name, uri, caller, headers))

    def release(self) -> None:
        self.off_hook = False
        self._tone.stop()
        self._stop_ringing()
        self._let_go()

    def flash(self, milliseconds: int) -> None:
        """The gateway makes the flash, of the length it is set to."""
        profile = self.device.profile
        if not self.off_hook or self.call is None:
            raise LineError(f"{self.name} is on hook: no hook flash")
        if profile.flash_out == "none":
            raise LineError(f"{profile.title} takes no hook flash")
        self.call.send_flash(profile.flash_out, profile.flash_info_type)

    def set_up(self, up: bool, because: str = "") -> None:
        """See `SipPort`. Not heeded during a call: whether sound comes tells better whether the device is there."""
        if not up and not self.up and because != self._because:
            self.set_up(True)  # A call works, so the line does: what was told about it is not true any more.
        if up != self.up and (up or self.free):
            self.up = up
            if not up:
                self._because = because
            self._on_event(BatteryRestored() if up else BatteryLost())

    def stop(self) -> None:
        """The card stops."""
        self.release()

    def _report(self, call: SipCall, report: Any) -> None:
        super()._report(call, report)
        match report:
            case wire.ProvisionalAnswer(_, status, early) if self._calling_out:
                self._proceed()
                if status == 180 and not early and self.traits.dials:
                    self._tone.start(self._plan.ringback)
            case wire.Confirmed() if self._calling_out:
                self._tone.stop()
                self._answered = True
                self._proceed()
                if self.traits.digital:  # A gateway answers when it goes off hook, or when all is dialled.
                    self._on_event(FarEndAnswered())
            case wire.Confirmed():
                self._answered = True

    def _proceed(self) -> None:
        """Tell that the number is being called. By two-stage dialling it is not yet: dial tone comes first."""
        if not self._proceeding and self.traits.dials:
            self._proceeding = True
            self._on_event(Proceeding())

    def _frame(self, frame: Frame) -> None:
        if self._tone.sounding:
            self._tone.stop()  # Sound of the line has come; ours is not needed any more.
        self._on_frame(frame)

    def _gone(self, cause: Cleared) -> None:
        unreached = self._calling_out and not self._answered and self.traits.dials
        self._let_go()
        if not self.off_hook:
            self._stop_ringing()
            self._on_event(RingingEnded())
        elif unreached and cause not in _TRY_ANOTHER and not self.device.joins:
            self._proceed()
            self._on_event(FarEndRefused(cause))
            self._tone.start(getattr(self._plan, _HEARD_AS.get(cause, "reorder")))
        else:
            self._tone.stop()
            self._on_event(FarEndLeft(cause))

    def _ring(self, place: int) -> None:
        """Tell the part of the cadence at this place, a ring or a pause, and come back when it is over."""
        cadence = self._plan.ring
        self._ring_timer = asyncio.get_running_loop().call_later(cadence[place], self._ring, (place + 1) % len(cadence))
        # A double ring is one burst: only the cycle's first ring begins one, and its longest pause ends it.
        if place == 0:
            self._on_event(RingStarted())
        elif place == len(cadence) - 1:
            self._on_event(RingStopped())

    def _stop_ringing(self) -> None:
        if self._ring_timer is not None:
            self._ring_timer.cancel()
            self._ring_timer = None
