"""A daemon for the commands to talk to, and what they say where they are not understood."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import pytest

from appliance.cli.main import main
from appliance.control import ControlServer, DataFolderLock
from appliance.control.blocking import BlockingClient
from appliance.control.folder import DataFolder
from appliance.office.document import load_document
from appliance.store.office import OfficeStore
from tests.calls.world import OFFICE

Said = pytest.CaptureFixture[str]
WITH_UNIT = "with a running unit"
BOTH_WAYS = [WITH_UNIT, "in the data folder"]


@contextmanager
def serving(data: Path, offer: Callable[[ControlServer], Awaitable[None]]) -> Iterator[Path]:
    """A control server that offers this, on a loop of its own, as in another process. Gives the path of its socket."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    socket = DataFolder(data).socket
    server = ControlServer(socket)

    async def begin() -> None:
        await offer(server)
        await server.start()

    asyncio.run_coroutine_threadsafe(begin(), loop).result()
    try:
        yield socket
    finally:
        asyncio.run_coroutine_threadsafe(server.close(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@contextmanager
def daemon(data, **methods):
    """A control server with these methods, `name=(handler, params)`; see `serving`."""

    async def offer(server: ControlServer) -> None:
        for name, (handler, params) in methods.items():
            server.method(name.replace("_", "."), handler, params)

    with serving(data, offer):
        yield


@contextmanager
def unit(data: Path, offer: Callable[[ControlServer], Awaitable[None]], last: str) -> Iterator[None]:
    """The same with the lock of a running unit. last: a method; once it has answered, all before it were served."""
    with serving(data, offer) as socket:
        try:
            with DataFolderLock(data):
                yield
        finally:
            with BlockingClient(socket) as client:
                client.call(last)


def run_both_ways(
    request: pytest.FixtureRequest, data: Path, command: str, offered: AbstractContextManager[None], said: Said
) -> Iterator[Callable[..., tuple[int, object]]]:
    """Run a command, with a running unit and in the data folder alone: exit code, and what was printed."""
    data.mkdir()
    OfficeStore(DataFolder(data).office).save(load_document(OFFICE.read_text(encoding="utf-8")))

    def run(*words: object) -> tuple[int, object]:
        code = main([command, *map(str, words), "--data", str(data)])
        return code, said.readouterr()

    with offered if request.param == WITH_UNIT else nullcontext():
        yield run


def not_understood(*arguments):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    return caught.value.code
