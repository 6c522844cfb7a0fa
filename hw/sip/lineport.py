"""What the ports of a SIP card have in common: the device at the other end, and the one call they have."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

from hw.audio import Frame
from hw.callerid.coding import Absence, CallerId
from hw.cleared import Cleared
from hw.linecard import DigitTold, LineError, LineEvent, LineTraits
from hw.sip import wire
from hw.sip.call import SipCall
from hw.sip.digits import seconds_for
from hw.sip.message import NOBODY, quoted
from hw.sip.profile import Profile


@dataclass(frozen=True, slots=True)
class Device:
    """What is at the other end of a line."""

    profile: Profile
    """What its model does in its own way."""
    address: str
    """Its IPv4 address."""
    sip_port: int
    """Its UDP port for this line."""
    user: str
    """The SIP user that names the line."""
    account: wire.Account | None = None
    """Our account there, where the device is a SIP server."""
    joins: bool = False
    """It leads only to other offices of ours."""

    def uri(self, user: str) -> str:
        """The address of this user there. Digits, * and + stay as they are."""
        return f"sip:{quote(user, safe='*+')}@{self._there}"

    @property
    def own_uri(self) -> str:
        """The address that is asked whether the device is there. Of a server it has no user."""
        return f"sip:{self._there}" if self.account is not None else self.uri(self.user)

    @property
    def _there(self) -> str:
        transport = f";transport={self.account.transport}" if self.account is not None else ""
        return f"{self.address}:{self.sip_port}{transport}"


class Network(Protocol):
    """What a port needs of the endpoint (`hw.sip.endpoint.SipEndpoint`)."""

    def call(self, line: str, uri: str, caller: str = "", headers: Mapping[str, str] | None = None) -> SipCall: ...

    def request(self, line: str, request: wire.SendRequest) -> None: ...


class SipPort(ABC):
    """See `hw.linecard.LinePort`. Until somebody attaches, what the port tells is lost."""

    def __init__(self, name: str, device: Device, home: str, network: Network) -> None:
        self.name = name
        """The name of the port on this unit."""
        self.device = device
        """What is at the other end."""
        self.up = True
        """The device answers, and serves the line."""
        self.call: SipCall | None = None
        """The call on the line."""
        self.codec = ""
        """The call's codec, such as `PCMU`; empty while no sound passes."""
        self.home = home
        """The `address:port` of this unit, for the addresses of callers in what we send."""
        self._network = network
        self._packets = -1
        self._silent_seconds = 0
        self._is_held = False
        self._on_event: Callable[[LineEvent], None] = lambda event: None
        self._on_frame: Callable[[Frame], None] = lambda frame: None

    @property
    def traits(self) -> LineTraits:
        profile = self.device.profile
        tells, takes = profile.digits_in != "in-band", profile.digits_out != "in-band"
        return LineTraits(echo_tail_ms=0, tells_digits=tells, takes_digits=takes, jitters=True)

    def attach(self, on_event: Callable[[LineEvent], None], on_frame: Callable[[Frame], None]) -> None:
        self._on_event = on_event
        self._on_frame = on_frame

    def write(self, frame: Frame) -> None:
        if self.call is not None:
            self.call.write(frame)

    def carry_data(self, carries: bool) -> None:
        """See `hw.linecard.DataCarrier`."""
        if self.call is not None:
            self.call.carry_data(carries)

    def send_digits(self, digits: str) -> float:
        way = self.device.profile.digits_out
        if way == "in-band":
            raise LineError(f"{self.name} takes digits as tones")
        if self.call is not None:
            self.call.send_digits(digits, way)
        return seconds_for(digits)

    @abstractmethod
    def set_up(self, up: bool, because: str = "") -> None:
        """The device serves the line from now on, or does not. because: why not, where it answers nevertheless."""

    def _take_over(self, call: SipCall) -> None:
        """Make this the call of the line."""
        self.call = call
        self._packets, self._silent_seconds, self._is_held = -1, 0, False
        call.on_report = lambda report: self._report(call, report)
        call.on_frame = self._frame

    def _let_go(self, status: int = 486) -> None:
        """End the call; nothing more is told of it. status: the SIP status for a call that was not answered."""
        call, self.call = self.call, None
        if call is not None:
            call.on_report = lambda _report: None
            call.on_frame = lambda _frame: None
            call.clear(status)

    def _frame(self, frame: Frame) -> None:
        self._on_frame(frame)

    def _report(self, call: SipCall, report: Any) -> None:
        """Take a report about the call. Here is what both kinds of port do alike."""
        profile = self.device.profile
        match report:
            case wire.Media(_, _, codec):
                self.codec = codec
            case wire.KeyPressed(_, digit, way) if way == profile.digits_in:
                self._on_event(DigitTold(digit))
            case wire.HoldChanged(_, held):
                self._is_held = held
            case wire.Reception(_, packets) if self._no_audio(packets):
                self._gone(Cleared.NO_AUDIO)
            case wire.Ended():
                self._gone(self.cause(report))

    @abstractmethod
    def _gone(self, cause: Cleared) -> None:
        """The far end has left, for this reason."""

    def _no_audio(self, packets: int) -> bool:
        """Whether no sound has come for too long. To be called once a second with all RTP packets received so far."""
        profile = self.device.profile
        excused = profile.comfort_noise or self._is_held
        self._silent_seconds = self._silent_seconds + 1 if packets == self._packets and not excused else 0
        self._packets = packets
        return self._silent_seconds >= profile.audio_timeout_seconds

    def cause(self, ended: wire.Ended) -> Cleared:
        """Why a call ended."""
        if ended.status == 0:
            return Cleared.LINK_LOST
        return self.device.profile.cause_of(ended.status, ended.q850 or None)


def asserted(caller_id: CallerId | None, host: str) -> dict[str, str]:
    """The headers that tell another unit of ours who calls (RFC 3325), as the From address names only the account."""
    caller = caller_id or CallerId(number_absence=Absence.UNAVAILABLE)
    if caller.number_absence is Absence.PRIVATE:
        return {"P-Asserted-Identity": caller_address(caller, host), "Privacy": "id"}
    if not caller.number:
        return {"P-Asserted-Identity": f"{quoted(caller.name)} <sip:unavailable@{NOBODY}>"}
    return {"P-Asserted-Identity": caller_address(caller, host)}


def caller_address(caller_id: CallerId | None, home: str) -> str:
    """The From address that shows a caller on the other side; private callers as RFC 3323 says."""
    if caller_id is None or not (caller_id.number or caller_id.name or caller_id.number_absence):
        return ""
    if caller_id.number_absence is Absence.PRIVATE:
        return '"Anonymous" <sip:anonymous@anonymous.invalid>'
    user = quote(caller_id.number, safe="*+") or "unavailable"
    return f"{quoted(caller_id.name)} <sip:{user}@{home}>" if caller_id.name else f"<sip:{user}@{home}>"
