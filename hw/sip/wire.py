"""What the unit and its SIP workers tell each other: one JSON object a datagram, `{"is": name, …fields}`.

A call is known by its `ref`: positive where the unit begins it, negative where a worker does.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import Any

TICK = b"t"
"""A frame is due. The only message that is not JSON; it is as short as can be, as it is sent 50 times a second."""

LARGEST_MESSAGE = 65536
"""Bytes of one message. A SIP message has at most 4000, the settings of 64 lines some 20,000."""


class WireError(ValueError):
    """These bytes are no message of ours."""


# What the unit asks of a worker


@dataclass(frozen=True, slots=True)
class Account:
    """An address of ours at a SIP server."""

    name: str
    """The name of the line that has it."""
    uri: str
    """Our address there."""
    registrar: str
    """The address that it is registered with."""
    transport: str = "udp"
    """`udp`, `tcp` or `tls`."""
    proxy: str = ""
    """The address that all requests go by; empty: none."""
    user: str = ""
    """The user for the server's authentication; empty: nothing is registered."""
    password: str = field(default="", repr=False)
    """The password for it."""
    expires_seconds: int = 300
    """How long a registration is asked for."""


@dataclass(frozen=True, slots=True)
class Configure:
    """The first message to a worker."""

    address: str
    """The IPv4 address of this unit."""
    port: int
    """The worker's UDP port for SIP."""
    rtp_port: int
    """Its first UDP port for sound."""
    peers: tuple[str, ...]
    """The IPv4 addresses that are served."""
    codecs: tuple[str, ...] = ("PCMU", "PCMA")
    """The codecs offered, the preferred one first."""
    session_timer_seconds: int = 1800
    """The session timer (RFC 4028) of a call; 0: none."""
    accounts: tuple[Account, ...] = ()
    """The accounts of the worker's lines."""
    contacts: dict[str, str] = field(default_factory=dict)
    """For each user that may be called, the host:port of the worker that has the line. A call that comes in at another
    worker is sent there (302)."""


@dataclass(frozen=True, slots=True)
class MakeCall:
    """Make a call (INVITE). caller: the From URI with its display name, empty for the account's own.

    account: the name of the account to call from, empty for none.
    """

    ref: int
    uri: str
    caller: str = ""
    account: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Alert:
    """Tell the caller that it rings (180)."""

    ref: int


@dataclass(frozen=True, slots=True)
class Accept:
    """Answer the call (200)."""

    ref: int


@dataclass(frozen=True, slots=True)
class Clear:
    """End the call, whatever its state. status: for a call not yet answered."""

    ref: int
    status: int = 486


@dataclass(frozen=True, slots=True)
class SendDigits:
    """Send keys, by `rfc4733` or `info`."""

    ref: int
    digits: str
    way: str


@dataclass(frozen=True, slots=True)
class SendFlash:
    """Send a hook flash, by `rfc4733` (event 16) or `info` with this content type."""

    ref: int
    way: str
    content_type: str = "application/hook-flash"


@dataclass(frozen=True, slots=True)
class CarryData:
    """The call's sound is a modem's from now on, or a voice's again: see `hw.sip.worker.streamport`."""

    ref: int
    carries: bool


@dataclass(frozen=True, slots=True)
class ReferDone:
    """Tell whoever asked for a transfer what became of it, by a SIP status."""

    ref: int
    status: int


@dataclass(frozen=True, slots=True)
class SendRequest:
    """Send a request outside any call, such as OPTIONS or NOTIFY. Its answer is told as `Answered`, if one comes."""

    method: str
    """Such as OPTIONS."""
    uri: str
    """Whom it is sent to."""
    headers: dict[str, str] = field(default_factory=dict)
    """Further headers."""
    content_type: str = ""
    """The type of the body."""
    body: str = ""
    """Empty: none."""
    account: str = ""
    """The name of the account whose transport it goes by; empty: by UDP."""


@dataclass(frozen=True, slots=True)
class Overflow:
    """Send callers on to this host:port from now on, as the worker has little room left; empty: take them again.

    This is about callers whose user is not in `Configure.contacts`, so that any worker may take them.
    """

    to: str


@dataclass(frozen=True, slots=True)
class Register:
    """Register this account now, as its server answers again."""

    account: str


@dataclass(frozen=True, slots=True)
class Shutdown:
    """End all calls, then the process."""


# What a worker tells


@dataclass(frozen=True, slots=True)
class Hello:
    """The first report. pid: the process id. calls: how many calls this build of the library carries.

    tls: its TLS is the system's own OpenSSL. version: of the library.
    """

    pid: int
    calls: int
    tls: bool
    version: str


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker is set up, and serves."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The worker cannot work, and ends."""

    reason: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something failed that should not, and the worker goes on."""

    reason: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A call comes in from this address. message: the INVITE as received."""

    ref: int
    source: str
    message: str


@dataclass(frozen=True, slots=True)
class Media:
    """The call's sound is in this slot of the frame memory from now on; -1: in none."""

    ref: int
    slot: int
    codec: str = ""


@dataclass(frozen=True, slots=True)
class ProvisionalAnswer:
    """A call of ours got a provisional answer (a status from 100 to 199). early: sound comes with it."""

    ref: int
    status: int
    early: bool


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The call is answered, by whichever side."""

    ref: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The call is over. q850: the cause of a Reason header, 0 for none. contact: where a 3xx answer points."""

    ref: int
    status: int
    q850: int = 0
    contact: str = ""
    by_us: bool = False


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """The far end pressed a key; way: `rfc4733` or `info`."""

    ref: int
    digit: str
    way: str


@dataclass(frozen=True, slots=True)
class Flashed:
    """The far end sent a hook flash; way: `rfc4733` or `info`."""

    ref: int
    way: str


@dataclass(frozen=True, slots=True)
class HoldChanged:
    """The far end holds the call, or no longer does."""

    ref: int
    held: bool


@dataclass(frozen=True, slots=True)
class ReferAsked:
    """The far end asks to be replaced (REFER). replaces: the Call-ID of the dialogue to be taken over, or empty."""

    ref: int
    target: str
    replaces: str


@dataclass(frozen=True, slots=True)
class Identity:
    """The Call-ID of a call, by which a transfer may name it."""

    ref: int
    call_id: str


@dataclass(frozen=True, slots=True)
class Reception:
    """RTP packets a call has received so far, told every second."""

    ref: int
    packets: int


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to a `SendRequest` to this user, from this host:port."""

    method: str
    user: str
    host: str
    status: int


@dataclass(frozen=True, slots=True)
class Registered:
    """An account is registered (active), or is not.

    status: the server's answer, 0 for none. reason: why the account cannot be registered at all, for people.
    """

    account: str
    active: bool
    status: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class UnknownPackets:
    """How many packets from addresses that are not served were dropped since the worker began."""

    packets: int


CallCommand = MakeCall | Alert | Accept | Clear | SendDigits | SendFlash | CarryData | ReferDone
Command = Configure | CallCommand | SendRequest | Register | Overflow | Shutdown
Report = (
    Hello
    | Ready
    | Failed
    | Trouble
    | Incoming
    | Media
    | ProvisionalAnswer
    | Confirmed
    | Ended
    | KeyPressed
    | Flashed
    | HoldChanged
    | ReferAsked
    | Identity
    | Reception
    | Answered
    | Registered
    | UnknownPackets
)

_KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in (*Command.__args__, *Report.__args__)}


def pack(message: Command | Report) -> bytes:
    """The bytes of a message. WireError for one that is too large."""
    packed = json.dumps({"is": type(message).__name__, **_fields(message)}).encode()
    if len(packed) > LARGEST_MESSAGE:
        raise WireError(f"a {type(message).__name__} of {len(packed)} bytes; {LARGEST_MESSAGE} fit")
    return packed


def unpack(data: bytes | bytearray) -> Any:
    """The message of these bytes: a Command or a Report. WireError for anything else."""
    try:
        found = json.loads(data)
        kind = _KINDS[found.pop("is")]
        if kind is Configure:
            found["accounts"] = tuple(Account(**account) for account in found["accounts"])
            found |= {name: tuple(found[name]) for name in ("peers", "codecs")}
        return kind(**found)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise WireError(f"not a message: {error}") from error


def _fields(message: Any) -> dict[str, Any]:
    found = {one.name: getattr(message, one.name) for one in fields(message)}
    if isinstance(message, Configure):
        found["accounts"] = [_fields(account) for account in message.accounts]
    return found
