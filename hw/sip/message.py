"""What an INVITE says: who calls whom. Sans I/O.

The library has parsed the message already and refused what is not SIP. Here the few headers are read that it does not
hand on. A header that cannot be read is ignored and never an error: the call comes in nevertheless, and its caller is
unavailable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from hw.callerid.coding import Absence, CallerId, cleaned
from hw.callerid.text import plain, says_unavailable

_COMPACT = {"f": "from", "t": "to", "i": "call-id", "r": "refer-to", "m": "contact", "c": "content-type"}
"""Short forms of RFC 3261 §7.3.3 and RFC 3515."""

_NAME_ADDRESS = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*?))\s*<([^>]*)>')
_URI = re.compile(r"(?:sips?|tel):(?:([^@?>]*)@)?([^;?>\s]*)", re.IGNORECASE)
NOBODY = "unknown.invalid"
"""The host in the address of a caller whose number is not known; RFC 2606 reserves `.invalid`."""

_PRIVACY = {"id", "user"}
"""Values of Privacy that ask for the caller not to be shown."""
_PARTY_PRIVACY = re.compile(r";\s*privacy\s*=\s*\"?\s*([a-z]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NameAddress:
    """A name-addr (RFC 3261 §20.10): display name, user part without parameters, host with port."""

    name: str
    user: str
    host: str


class SipMessage:
    """The start line and headers of a SIP request, by name in any case or in their short form."""

    def __init__(self, text: str) -> None:
        head, _, _ = text.replace("\r\n", "\n").partition("\n\n")
        start, *lines = re.sub(r"\n[ \t]+", " ", head).split("\n")
        self.method, _, rest = start.partition(" ")
        self.request_uri = rest.partition(" ")[0]
        self._headers = [(_full(name), value.strip()) for name, colon, value in map(_split, lines) if colon]

    def header(self, name: str) -> str:
        """The first header of this name, or an empty text."""
        return next(self.headers(name), "")

    def headers(self, name: str) -> Iterator[str]:
        return (value for known, value in self._headers if known == name.lower())

    @property
    def user(self) -> str:
        """Who is called: the user of the request URI."""
        return address(self.request_uri).user

    @property
    def from_user(self) -> str:
        return address(self.header("from")).user


def address(text: str) -> NameAddress:
    """The address in a header's value, or in a bare URI. Empty parts where there are none."""
    found = _NAME_ADDRESS.match(text)
    name, uri = "", text.strip()
    if found:
        name = re.sub(r"\\(.)", r"\1", found[1] or found[2] or "")
        uri = found[3]
    parts = _URI.match(uri)
    if parts is None:
        # A tel URI has no host. The pattern has taken the number in `tel:5551234` for one.
        return NameAddress(name, "", "")
    user, host = parts[1], parts[2]
    if uri.lower().startswith("tel:"):
        user, host = host, ""
    return NameAddress(plain(name), plain(unquote((user or "").partition(";")[0].partition(":")[0])), host)


def refer_target(text: str) -> tuple[str, str]:
    """The user in a Refer-To header (RFC 3515), and the Call-ID of the dialogue to be replaced, if any (RFC 3891)."""
    found = _NAME_ADDRESS.match(text)
    uri, _, headers = (found[3] if found else text.strip()).partition("?")
    named = (header.partition("=") for header in headers.split("&"))
    replaces = next((value for name, _, value in named if name.strip().lower() == "replaces"), "")
    return address(uri).user, unquote(replaces).partition(";")[0].strip()


def caller_id(message: SipMessage, believed: Sequence[str]) -> CallerId:
    """Who calls, by the first of these headers that says so: From, P-Asserted-Identity, Remote-Party-ID.

    Private where the caller asks for it (RFC 3323, RFC 3325, and `privacy` of Remote-Party-ID) or the user says so,
    unavailable where nothing is known.
    """
    private = any(_PRIVACY & _tokens(value) for value in message.headers("privacy"))
    for header in believed:
        for value in message.headers(header):
            asked = _PARTY_PRIVACY.search(value)
            private = private or (asked is not None and asked[1].lower() in ("full", "uri"))
            nameless = asked is not None and asked[1].lower() == "name"
            known = _caller(address(value), nameless=nameless)
            if known is not None and known.number_absence is not Absence.PRIVATE:
                return CallerId(number_absence=Absence.PRIVATE) if private else known
            private = private or known is not None
    return CallerId(number_absence=Absence.PRIVATE if private else Absence.UNAVAILABLE)


def _caller(found: NameAddress, *, nameless: bool) -> CallerId | None:
    """The caller in an address; None if it names nobody. nameless: its name is not to be shown."""
    host = found.host.lower().partition(":")[0]
    if host == "anonymous.invalid":
        return CallerId(number_absence=Absence.PRIVATE)
    absence = Absence.UNAVAILABLE if host == NOBODY else None
    if absence is None and (not found.user or says_unavailable(found.user)):
        return None
    name_absence = Absence.PRIVATE if nameless else None
    known = cleaned(CallerId(found.user, found.name, absence, name_absence))
    # Devices that know no name leave it out, or put the number in its place. Neither is worth telling.
    return CallerId(known.number, "" if known.name == known.number else known.name, known.number_absence)


def quoted(name: str) -> str:
    """A display name as it is written in a header: in quotes, without what would end them."""
    return '"' + re.sub(r'([\\"])', r"\\\1", plain(name)) + '"'


def _tokens(value: str) -> set[str]:
    return {token.strip().lower() for token in re.split("[;,]", value)}


def _split(line: str) -> tuple[str, str, str]:
    return line.partition(":")


def _full(name: str) -> str:
    name = name.strip().lower()
    return _COMPACT.get(name, name)
