"""One call of the SIP library, as the worker sees it: what the library tells of it becomes reports."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

import pjsua2

from hw.sip import digits, wire
from hw.sip.causes import q850_of
from hw.sip.framememory import FrameMemory
from hw.sip.message import SipMessage, address, refer_target
from hw.sip.worker.library import LIBRARY, Bridge, answer_in_dialogue, only_sound
from hw.sip.worker.streamport import StreamPort

_ENDED = pjsua2.PJSIP_INV_STATE_DISCONNECTED
_ANSWERED = (pjsua2.PJSIP_INV_STATE_CONNECTING, pjsua2.PJSIP_INV_STATE_CONFIRMED)
_FLASH_EVENT = "R"
"""What the library calls event 16 of RFC 4733."""
_REDIRECTED = 302


def contained(told: Callable[..., None]) -> Callable[..., None]:
    """Wrap a callback of the library so that it never raises: the library's C code could not go on.

    Instead of raising, the error is given to the object's `fail`.
    """

    @functools.wraps(told)
    def safe(self: Any, prm: Any) -> None:
        try:
            told(self, prm)
        except Exception as error:
            self.fail(error)

    return safe


class Owner(Protocol):
    """Who has the calls. memory: where their sound is. bridge: gets silence in place of their streams."""

    memory: FrameMemory
    bridge: Bridge

    def tell(self, report: wire.Report) -> None:
        """Send a report to the unit."""

    def guard_media(self, call: UserCall) -> None:
        """The call's sound has begun, or comes from another address from now on: let only that address send it."""

    def clear_soon(self, call: UserCall, status: int) -> None:
        """End a call as soon as no callback of the library is running: ending it within one crashes the library."""

    def forget(self, call: UserCall) -> None:
        """The call is over."""


class UserCall(pjsua2.Call):  # type: ignore[misc]
    """One call.

    ref: what the unit knows it by. slot: its place in the frame memory. port: its sound; None while none passes.
    media: the index of the sound among the call's streams.
    """

    def __init__(
        self,
        account: Any,
        ref: int,
        owner: Owner,
        call_id: int = pjsua2.INVALID_ID,
    ) -> None:
        super().__init__(account, call_id)
        self.ref = ref
        self.slot = call_id
        self.port: StreamPort | None = None
        self.media = 0
        self._tell = owner.tell
        self._owner = owner
        self._answered = False
        self._held = False
        self._identified = False
        self._uri = self._contact = ""
        self._q850 = 0
        self._cleared_by_us = False
        self._carries_data = False

    # What the unit wants

    def begin(self, command: wire.MakeCall) -> None:
        prm = pjsua2.CallOpParam(True)
        only_sound(prm.opt)
        prm.txOption.localUri = command.caller
        for name, value in command.headers.items():
            prm.txOption.headers.append(header(name, value))
        self._uri = command.uri
        self.makeCall(command.uri, prm)
        self.slot = self.getId()

    def reply(self, status: int) -> None:
        prm = pjsua2.CallOpParam(True)
        only_sound(prm.opt)
        prm.statusCode = status
        self.answer(prm)

    def clear(self, status: int) -> None:
        self._cleared_by_us = True
        prm = pjsua2.CallOpParam()
        prm.statusCode = 0 if self._answered else status
        self.hangup(prm)

    def send_keys(self, keys: str, way: str) -> None:
        if way == "rfc4733":
            self.dialDtmf(keys)
            return
        for key in keys:
            self._send_info("application/dtmf-relay", digits.info_of(key))

    def send_flash(self, way: str, content_type: str) -> None:
        if way == "rfc4733":
            self.dialDtmf(_FLASH_EVENT)
        else:
            self._send_info(content_type, digits.info_of(digits.FLASH, content_type))

    def carry_data(self, carries: bool) -> None:
        """See `StreamPort.in_library`. It holds for streams that take the place of this one, too: many gateways ask
        for the codec anew (re-INVITE) when they hear a fax machine."""
        self._carries_data = carries
        if self.port is not None:
            self.port.in_library = self._in_library if carries else None

    def tell_referrer(self, status: int) -> None:
        """Send the NOTIFY by which RFC 3515 ends what a REFER began."""
        prm = pjsua2.CallSendRequestParam()
        prm.method = "NOTIFY"
        prm.txOption.headers.append(header("Event", "refer"))
        prm.txOption.headers.append(header("Subscription-State", "terminated;reason=noresource"))
        prm.txOption.contentType = "message/sipfrag"
        prm.txOption.msgBody = f"SIP/2.0 {status} {'OK' if status < 300 else 'Not Transferred'}\r\n"
        self.sendRequest(prm)

    def fail(self, error: Exception) -> None:
        """Clear this call after an unforeseen error. The others go on."""
        self._tell(wire.Trouble(f"{type(error).__name__} in a call"))
        self._owner.clear_soon(self, 500)

    def report_reception(self) -> None:
        """Tell the unit how many RTP packets have come so far."""
        if self.port is not None:
            with suppress(pjsua2.Error):
                # A part of one of the library's objects is freed with the whole, so the whole is kept in a name.
                statistics = self.getStreamStat(self.media)
                self._tell(wire.Reception(self.ref, int(statistics.rtcp.rxStat.pkt)))

    # What the library tells

    @contained
    def onCallState(self, prm: Any) -> None:
        info = self.getInfo()
        if not self._identified and info.callIdString:
            self._identified = True
            self._tell(wire.Identity(self.ref, info.callIdString))
        if info.state == _ENDED:
            self.port = None
            by_us = self._cleared_by_us
            # For a redirection that is not followed the library gives 487.
            status = _REDIRECTED if self._contact else int(info.lastStatusCode)
            self._tell(wire.Ended(self.ref, status, self._q850, self._contact, by_us))
            self._owner.forget(self)
        elif info.state in _ANSWERED and not self._answered:
            self._answered = True
            self._tell(wire.Confirmed(self.ref))
        elif info.state == pjsua2.PJSIP_INV_STATE_EARLY and info.role == pjsua2.PJSIP_ROLE_UAC:
            self._tell(wire.ProvisionalAnswer(self.ref, int(info.lastStatusCode), self.port is not None))

    @contained
    def onCallSdpCreated(self, prm: Any) -> None:
        """Take the hook flash out of our answer where it was not offered (RFC 3264, RFC 4733).

        The library lists all events it knows, whatever was offered.
        """
        offered = prm.remSdp.wholeSdp
        if offered and not digits.takes_flash(offered):
            prm.sdp.wholeSdp = digits.without_flash(prm.sdp.wholeSdp)

    @contained
    def onStreamCreated(self, prm: Any) -> None:
        self.slot = self.getId()
        self.media = int(prm.streamIdx)
        self.port = StreamPort(LIBRARY, self._owner.bridge.keep_from(prm), self._owner.memory, self.slot)
        self.carry_data(self._carries_data)

    @contained
    def onStreamDestroyed(self, prm: Any) -> None:
        self.port = None
        self._tell(wire.Media(self.ref, -1))

    @contained
    def onCallMediaState(self, prm: Any) -> None:
        info = self.getInfo()  # Kept in a name, see `report_reception`.
        held = any(media.status == pjsua2.PJSUA_CALL_MEDIA_REMOTE_HOLD for media in info.media)
        if self.port is not None:
            self._owner.guard_media(self)
            self._tell(wire.Media(self.ref, self.slot, str(self.getStreamInfo(self.media).codecName)))
        if held != self._held:
            self._held = held
            self._tell(wire.HoldChanged(self.ref, held))

    @contained
    def onDtmfDigit(self, prm: Any) -> None:
        # Digits by INFO are read in `onCallTsxState`: the library reads `Signal=16`, a hook flash, as the digit 1.
        if prm.method == pjsua2.PJSUA_DTMF_METHOD_RFC2833:
            if prm.digit == _FLASH_EVENT:
                self._tell(wire.Flashed(self.ref, "rfc4733"))
            elif prm.digit in digits.KEYS:
                self._tell(wire.KeyPressed(self.ref, prm.digit, "rfc4733"))

    @contained
    def onCallTsxState(self, prm: Any) -> None:
        event = prm.e.body.tsxState
        if event.type != pjsua2.PJSIP_EVENT_RX_MSG:
            return
        text = event.src.rdata.wholeMsg
        received = SipMessage(text)
        self._q850 = q850_of(received.header("reason")) or self._q850
        if event.tsx.state != pjsua2.PJSIP_TSX_STATE_TRYING or event.tsx.role != pjsua2.PJSIP_ROLE_UAS:
            return
        match event.tsx.method:
            case "INFO" if answer_in_dialogue(event, 200):
                self._take_info(received.header("content-type"), text.partition("\r\n\r\n")[2])
            case "OPTIONS":
                answer_in_dialogue(event, 200)
            case "REFER" if answer_in_dialogue(event, 202):
                self._tell(wire.ReferAsked(self.ref, *refer_target(received.header("refer-to"))))

    def onCallTransferRequest(self, prm: Any) -> None:
        # `onCallTsxState` has taken the REFER already. The library must not make a call of its own for it.
        prm.statusCode = 603

    def onCallReplaceRequest(self, prm: Any) -> None:
        # All calls of a telephone pass through the unit, which replaces one by another itself.
        prm.statusCode = 501

    def onCallRedirected(self, prm: Any) -> int:
        """Follow a redirection to another port of the same device. Any other ends the call and is told to the unit."""
        if address(prm.targetUri).host.partition(":")[0] == address(self._uri).host.partition(":")[0]:
            return int(pjsua2.PJSIP_REDIRECT_ACCEPT)
        self._contact = prm.targetUri
        return int(pjsua2.PJSIP_REDIRECT_STOP)

    def _in_library(self) -> int:
        statistics = self.getStreamStat(self.media)  # Kept in a name, see `report_reception`.
        return int(statistics.jbuf.size)

    def _take_info(self, content_type: str, body: str) -> None:
        key = digits.key_of(content_type, body)
        if key == digits.FLASH:
            self._tell(wire.Flashed(self.ref, "info"))
        elif key:
            self._tell(wire.KeyPressed(self.ref, key, "info"))

    def _send_info(self, content_type: str, body: str) -> None:
        prm = pjsua2.CallSendRequestParam()
        prm.method = "INFO"
        prm.txOption.contentType, prm.txOption.msgBody = content_type, body
        self.sendRequest(prm)


def header(name: str, value: str) -> Any:
    one = pjsua2.SipHeader()
    one.hName, one.hValue = name, value
    return one
