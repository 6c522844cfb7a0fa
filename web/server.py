"""`copperdesk web`: the local web page, in a process and with a user of its own."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
from pathlib import Path

from hypercorn.asyncio import serve
from hypercorn.config import Config

from appliance.control.folder import DataFolder
from web.app import make_app
from web.asgi import Entrance
from web.live import LiveEvents

DEFAULT_PORT = 8080
"""A plain user may listen there; a unit set up by its image listens on 80."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, metavar="N", help="where it listens (%(default)s)")
    parser.add_argument(
        "--host", default="0.0.0.0", metavar="ADDRESS", help="of which network: 127.0.0.1 is this machine (%(default)s)"
    )
    parser.add_argument("--state", type=Path, metavar="DIR", help="the folder for its key (web/ in the data folder)")


def run(args: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    asyncio.run(serve_pages(args.data, args.state or args.data / "web", args.host, args.port))
    return 0


async def serve_pages(data: Path, state: Path, host: str, port: int) -> None:
    """Serve the pages of the unit with this data folder. state: the folder of the web's own."""
    socket = DataFolder(data).socket
    live = LiveEvents(socket)
    app = make_app(socket, state)
    app.extensions["live"] = live
    entrance = Entrance(app, {"/live": live.stream, "/live/now": live.now})
    config = Config()
    config.bind = [f"{host}:{port}"]
    config.include_server_header = False
    config.loglevel = "WARNING"
    config.graceful_timeout = 1.0  # Event streams never end by themselves.
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    watching = asyncio.create_task(live.run(), name="live events")
    try:
        await serve(entrance, config, shutdown_trigger=stop.wait)  # type: ignore[arg-type]
    finally:
        watching.cancel()
