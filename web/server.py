"""`copperdesk web`: the local web page, in a process and with a user of its own."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import socket
from pathlib import Path
from typing import Any

from hypercorn.asyncio import serve

from appliance.control.folder import DataFolder
from web.app import make_app
from web.asgi import Entrance
from web.encrypting import Certificates, ServedConfig
from web.live import LiveEvents
from web.sound import TestTelephones
from web.webhooks import WebhookSender

log = logging.getLogger(__name__)

DEFAULT_PORT = 8080
"""A plain user may listen there; a unit set up by its image listens on 80."""

HTTPS_ABOVE = 443 - 80
"""How far above its port the page is served encrypted, if nothing else is told: 443 with 80, 8443 with 8080."""

EVERYWHERE = "::"
"""All networks of this machine, with IPv6 and IPv4."""

WAITING = 100
"""Connections that the system keeps for us until we take them."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, metavar="N", help="where it listens (%(default)s)")
    parser.add_argument(
        "--https-port",
        type=int,
        metavar="N",
        help=f"where it listens for encrypted connections (that of --port and {HTTPS_ABOVE}; 0: nowhere)",
    )
    parser.add_argument(
        "--host", default=EVERYWHERE, metavar="ADDRESS", help="of which network: 127.0.0.1 is this machine (all)"
    )
    parser.add_argument("--state", type=Path, metavar="DIR", help="the folder for its keys (web/ in the data folder)")


def run(args: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    https = args.port + HTTPS_ABOVE if args.https_port is None else args.https_port
    asyncio.run(serve_pages(args.data, args.state or args.data / "web", args.host, args.port, https))
    return 0


async def serve_pages(data: Path, state: Path, host: str, port: int, https_port: int) -> None:
    """Serve the pages of the unit with this data folder. state: the folder of the web's own. OSError: a port in use.

    https_port: 0 for none. Where it is in use, or no certificate can be made, the page is served unencrypted alone.
    """
    control = DataFolder(data).socket
    live, phones = LiveEvents(control), TestTelephones(data)
    config = settings()
    plain = listener(host, port)
    certificates = Certificates(state)
    encrypted = await _encrypted(certificates, host, https_port, config) if https_port else None
    app = make_app(control, state, https_port if encrypted else 0)
    app.extensions["live"] = live
    entrance = Entrance(app, {"/live": live.stream, "/live/now": live.now, "/sound": phones.socket})
    config.bind = [f"fd://{(encrypted or plain).fileno()}"]
    config.insecure_bind = [f"fd://{plain.fileno()}"] if encrypted else []
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    asyncio.get_running_loop().set_exception_handler(_told)
    beside = [asyncio.create_task(live.run(), name="live events")]
    beside.append(asyncio.create_task(WebhookSender(control).run(), name="addresses that are told"))
    if encrypted:
        beside.append(asyncio.create_task(certificates.keep(config), name="certificates"))
    try:
        await serve(entrance, config, shutdown_trigger=stop.wait)  # type: ignore[arg-type]
    finally:
        for task in beside:
            task.cancel()


def _told(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What failed beside any request goes into the log; but not that streams were still open when the server ended."""
    if not isinstance(context.get("exception"), asyncio.CancelledError):
        loop.default_exception_handler(context)


def settings() -> ServedConfig:
    """How connections are served: whoever is slow to ask is sent away, and nobody's questions are without bounds."""
    config = ServedConfig()
    config.include_server_header = False
    config.loglevel = "WARNING"
    config.graceful_timeout = 1.0  # Event streams never end by themselves.
    config.keep_alive_timeout = 10.0  # Also for the whole of a request's first lines.
    config.ssl_handshake_timeout = 10.0
    config.h11_max_incomplete_size = 16 * 1024
    config.h2_max_concurrent_streams = 32
    config.websocket_max_message_size = 256 * 1024
    config.websocket_ping_interval = 20.0
    return config


def listener(host: str, port: int) -> socket.socket:
    """A socket that listens there. OSError where the port is in use."""
    if host == EVERYWHERE and not socket.has_dualstack_ipv6():
        host = "0.0.0.0"
    if host == EVERYWHERE:
        return socket.create_server((host, port), family=socket.AF_INET6, backlog=WAITING, dualstack_ipv6=True)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=WAITING)


async def _encrypted(certificates: Certificates, host: str, port: int, config: ServedConfig) -> socket.socket | None:
    try:
        await certificates.renewed()
        listening = listener(host, port)
    except OSError as error:
        log.warning("the page is not served encrypted at port %s: %s", port, error)
        return None
    config.certfile, config.keyfile = str(certificates.certificate), str(certificates.key)
    return listening
