"""A station over SIP: a SIP telephone, or a telephone on an FXS port of a gateway."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from hw.callerid.coding import CallerId
from hw.cleared import Cleared
from hw.linecard import (
    Cadence,
    Held,
    HookFlash,
    LineError,
    OffHook,
    OnHook,
    RingRefused,
    TransferAsked,
)
from hw.ringkind import RingKind
from hw.sip import wire
from hw.sip.call import SipCall
from hw.sip.lineport import Device, Network, SipPort, caller_address
from hw.sip.message import SipMessage, address

_DIALLED = set("0123456789*#+")

ALERTS: Final[Mapping[RingKind, str]] = {
    RingKind.INSIDE: "<urn:alert:source:internal>;info=alert-internal",
    RingKind.OUTSIDE: "<urn:alert:source:external>;info=alert-external",
    RingKind.DEPARTMENT: "<urn:alert:source:external>;info=alert-group",
    RingKind.RETURNED: "<urn:alert:service:recall:transfer>;info=alert-returned",
    RingKind.PAGE: "<urn:alert:source:internal>;info=alert-autoanswer;delay=0",
    RingKind.PARKED: "<urn:alert:service:recall:hold>;info=alert-parked",
}
"""What tells a telephone for what kind of call it rings: the alerts of RFC 7462, and the word that most telephones let
people choose a ringing by instead."""


class SipStationPort(SipPort):
    """See `hw.linecard.FxsPort`.

    second: the same telephone's second call, where it can have one. port_of: finds the port that has the call of this
    Call-ID, for an attended transfer.
    """

    def __init__(
        self,
        name: str,
        device: Device,
        home: str,
        network: Network,
        port_of: Callable[[str], str],
        second: SipStationPort | None = None,
    ) -> None:
        super().__init__(name, device, home, network)
        self.off_hook = False
        self.dead_because = ""
        """Whether its device answers is told by the card, for all of its lines."""
        self.second = second
        self._port_of = port_of
        self._dialled = ""
        self._lamp = False

    def incoming(self, call: SipCall, message: SipMessage) -> None:
        """The telephone calls: it was lifted and has dialled a number, or, with none dialled, wants dial tone."""
        if self.call is not None:
            if self.second is not None:
                self.second.incoming(call, message)
            else:
                call.clear(486)
            return
        user = message.user
        whole = user != self.device.user and bool(user) and set(user) <= _DIALLED
        self._dialled = user if whole else ""
        self._take_over(call)
        call.accept()

    def ring(self, cadence: Cadence, caller_id: CallerId | None = None, kind: RingKind | None = None) -> None:
        """The telephone rings in a cadence of its own, which it may choose by the kind."""
        if self.call is not None:
            raise LineError(f"{self.name} is in a call and cannot ring")
        if len(cadence) % 2 or not cadence or min(cadence) <= 0:
            raise LineError(f"not a cadence of seconds on, off, …: {cadence}")
        caller = caller_address(caller_id, self.home) or f"<sip:{self.device.user}@{self.home}>"
        self._dialled = ""
        headers = {"Alert-Info": ALERTS[kind]} if kind is not None else {}
        if kind is RingKind.PAGE:
            headers |= {"Call-Info": f"<sip:{self.home}>;answer-after=0", "Answer-Mode": "Auto"}
        self._take_over(self._network.call(self.name, self.device.uri(self.device.user), caller, headers))

    def stop_ring(self) -> None:
        if not self.off_hook:
            self._let_go()

    def call_waits(self, caller_id: CallerId | None = None) -> None:
        """A second call of a SIP telephone rings its second port."""
        raise LineError(f"{self.name} announces no call that waits")

    def call_waits_no_more(self) -> None:
        """There is none."""

    def break_loop(self, milliseconds: int) -> None:
        """End the call: over SIP this is how a telephone is told that the far end has gone."""
        self._hang_up()

    def set_lamp(self, lit: bool) -> None:
        """Tell the telephone about its messages (RFC 3842). It has not subscribed to that, as it does not register."""
        self._lamp = lit
        self.show_lamp()

    def show_lamp(self) -> None:
        """Tell the telephone again, as it may have been switched off."""
        waiting = "yes" if self._lamp else "no"
        account = f"Message-Account: sip:{self.device.user}@{self.home}\r\n"
        body = f"Messages-Waiting: {waiting}\r\n{account}Voice-Message: {1 if self._lamp else 0}/0\r\n"
        headers = {"Event": "message-summary", "Subscription-State": "active"}
        to = self.device.uri(self.device.user)
        request = wire.SendRequest("NOTIFY", to, headers, "application/simple-message-summary", body)
        self._network.request(self.name, request)

    def transferred(self, done: bool) -> None:
        if self.call is not None:
            self.call.tell_referrer(200 if done else 503)
        if done:
            self._hang_up()

    def set_up(self, up: bool, because: str = "") -> None:
        if up and not self.up:
            self.show_lamp()
        self.up = up

    def stop(self) -> None:
        """The card stops."""
        self._let_go(480)

    def _report(self, call: SipCall, report: Any) -> None:
        if isinstance(report, wire.Ended) and not self.off_hook:
            forward = address(report.contact).user if report.status // 100 == 3 else ""
            self._let_go()
            self._on_event(RingRefused(self.cause(report), forward))
            return
        super()._report(call, report)
        match report:
            case wire.Confirmed():
                self.off_hook = True
                self._on_event(OffHook(self._dialled))
            case wire.Flashed(_, way) if way == self.device.profile.flash_in:
                self._on_event(HookFlash())
            case wire.HoldChanged(_, held):
                self._on_event(Held(held))
            case wire.ReferAsked(_, target, replaces):
                self._on_event(TransferAsked(to=self._port_of(replaces)) if replaces else TransferAsked(target))

    def _gone(self, cause: Cleared) -> None:
        self._hang_up()

    def _hang_up(self) -> None:
        self._let_go()
        if self.off_hook:
            self.off_hook = False
            self._on_event(OnHook())
