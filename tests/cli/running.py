"""A daemon for the commands to talk to, and what they say where they are not understood."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager

import pytest

from appliance.cli.main import main
from appliance.control import ControlServer
from appliance.control.folder import DataFolder


@contextmanager
def daemon(data, **methods):
    """A control server with these methods, `name=(handler, params)`, on a loop of its own, as in another process."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = ControlServer(DataFolder(data).socket)
    for name, (handler, params) in methods.items():
        server.method(name.replace("_", "."), handler, params)
    asyncio.run_coroutine_threadsafe(server.start(), loop).result()
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(server.close(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def not_understood(*arguments):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    return caught.value.code
