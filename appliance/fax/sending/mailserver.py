"""The mail server of faxing by mail, a process of its own: the one home of aiosmtpd.

    python -m appliance.fax.sending.mailserver < settings

It takes mail from machines in private networks alone, from senders that it was told, for numbers at the domain that it
was told, and writes it into the spool before it says that it has it. It reads none of it. What it is sent can fill its
own memory and time, which have limits, and no one else's. It prints `ready`, and `mail` for each that it has taken, and
ends when its standard input is closed, as it is when the unit ends.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import os
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from appliance.besidecalls import stay_beside_calls
from appliance.fax.sending.mailspool import MailEnvelope, MailSpool, ServerSettings

LARGEST_MAIL = 48 << 20
"""Bytes: files of 35 MB, which grow by a third on their way."""
MOST_MEMORY = 512 << 20
MOST_CONNECTIONS = 4
MOST_RECIPIENTS = 20
IDLE_SECONDS = 120.0
"""A sender may be silent for so long."""
LONGEST_NUMBER = 40


class FaxMailHandler:
    """What the server answers. Names and answers of its methods are aiosmtpd's."""

    def __init__(self, settings: ServerSettings, spool: MailSpool) -> None:
        self._settings = settings
        self._spool = spool
        self._serial = 0

    async def handle_MAIL(
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not is_near(session.peer):
            return "550 5.7.1 Faxes are taken from the office's own network only"
        if address.lower() not in self._settings.senders:
            return "550 5.7.1 This address may not send faxes"
        if await asyncio.to_thread(lambda: self._spool.full):
            return "452 4.3.1 Too many faxes wait to be prepared; please come again"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        number, _, domain = address.rpartition("@")
        if domain.lower() != self._settings.domain.lower():
            return f"550 5.1.2 Addresses here are like 5550123@{self._settings.domain}"
        plain = number.lstrip("+").replace("-", "").replace(".", "")
        if not plain.isalnum() or not plain.isascii() or len(number) > LONGEST_NUMBER:
            return "550 5.1.3 In front of the @ stands a telephone number, or the word of a list"
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return f"452 4.5.3 At most {MOST_RECIPIENTS} numbers a mail; there are lists for more"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        content = envelope.content
        if not isinstance(content, bytes) or envelope.mail_from is None:
            return "554 5.6.0 This is no mail"
        self._serial += 1
        name = f"{asyncio.get_running_loop().time():020.6f}-{os.getpid()}-{self._serial}"
        to = tuple(dict.fromkeys(address.rpartition("@")[0] for address in envelope.rcpt_tos))
        kept = MailEnvelope(envelope.mail_from.lower(), to)
        try:
            await asyncio.to_thread(self._spool.put, name, kept, content)
        except OSError:
            return "452 4.3.1 The disk of the unit is full or failing; please come again"
        print("mail", flush=True)
        return "250 2.0.0 The fax is taken; its proof comes by mail"


def is_near(peer: Any) -> bool:
    """Whether a connection comes from this machine, or from a private network."""
    try:
        address = ipaddress.ip_address(str(peer[0]).partition("%")[0])
    except (ValueError, TypeError, IndexError):
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_private)


async def serve(settings: ServerSettings) -> None:
    """Take mail until standard input is closed. OSError where the port cannot be had."""
    spool = MailSpool(Path(settings.spool))
    await asyncio.to_thread(spool.open)
    handler = FaxMailHandler(settings, spool)
    connections = Connections()
    loop = asyncio.get_running_loop()

    def protocol() -> asyncio.Protocol:
        return _OfMany(
            connections,
            handler,
            data_size_limit=LARGEST_MAIL,
            hostname=settings.domain,
            ident="Copperdesk fax",
            timeout=IDLE_SECONDS,
            loop=loop,
        )

    server = await loop.create_server(protocol, port=settings.port)
    first = min(server.sockets, key=lambda one: one.family)  # Of several at port 0 each has another one.
    print(f"ready {first.getsockname()[1]}", flush=True)
    closed = asyncio.Event()
    loop.add_reader(sys.stdin.fileno(), lambda: closed.set() if not os.read(sys.stdin.fileno(), 1024) else None)
    await closed.wait()
    server.close()


class Connections:
    """How many there are now."""

    def __init__(self) -> None:
        self.now = 0


class _OfMany(SMTP):
    """One connection. Beyond so many at a time it is closed at once."""

    def __init__(self, connections: Connections, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._connections = connections
        self._counts = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self._connections.now >= MOST_CONNECTIONS:
            transport.close()
            return
        self._counts = True
        self._connections.now += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self._counts:
            self._counts = False
            self._connections.now -= 1
            super().connection_lost(error)


def main() -> None:
    stay_beside_calls(memory=MOST_MEMORY)
    told = json.loads(sys.stdin.readline())
    settings = ServerSettings(**(told | {"senders": tuple(told["senders"])}))
    try:
        asyncio.run(serve(settings))
    except OSError as error:
        print(f"failed {error.strerror or error}", flush=True)


if __name__ == "__main__":
    main()
