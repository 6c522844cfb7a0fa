"""The client without an event loop, against a server in another thread."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from itertools import islice

import pytest

from appliance.control import BlockingClient, ControlError, ControlServer, Param


@contextmanager
def daemon(folder):
    """The server, and the loop it is on."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = ControlServer(folder / "control.sock")

    async def add(params):
        return params["a"] + params["b"]

    async def refuse(params):
        raise ControlError("office-broken", "two people have extension 11")

    async def wait(params):
        await asyncio.get_running_loop().create_future()

    server.method("add", add, {"a": Param(int), "b": Param(int, 1)})
    server.method("refuse", refuse)
    server.method("wait", wait)
    server.topic("calls", lambda: {"calls": []})
    try:
        asyncio.run_coroutine_threadsafe(server.start(), loop).result()
        yield server, loop
    finally:
        asyncio.run_coroutine_threadsafe(server.close(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def test_it_asks_again_and_again_and_is_refused_as_the_daemon_says(tmp_path):
    with daemon(tmp_path), BlockingClient(tmp_path / "control.sock") as client:
        assert client.call("add", a=2) == 3
        with pytest.raises(ControlError, match="extension 11") as refused:
            client.call("refuse")
        assert refused.value.code == "office-broken"
        assert client.call("add", a=2, b=5) == 7


def test_a_large_office_document_is_no_request_too_long(tmp_path):
    with daemon(tmp_path), BlockingClient(tmp_path / "control.sock") as client:
        with pytest.raises(ControlError) as refused:
            client.call("add", a="x" * 2_000_000)
        assert refused.value.code == "wrong-parameters"


def test_a_watch_begins_with_the_state_and_goes_on_with_what_is_published(tmp_path):
    with daemon(tmp_path) as (server, loop), BlockingClient(tmp_path / "control.sock") as client:
        events = client.watch("calls")
        first = next(events)
        for n in (1, 2, 3):
            loop.call_soon_threadsafe(server.publish, "calls", n)
        assert [first, *islice(events, 3)] == [{"calls": []}, 1, 2, 3]


def test_where_nobody_listens_it_says_so(tmp_path):
    with pytest.raises(ControlError, match="copperdesk run") as refused:
        BlockingClient(tmp_path / "control.sock")
    assert refused.value.code == "not-running"


def test_a_daemon_that_says_nothing_for_so_long_is_lost(tmp_path):
    with daemon(tmp_path), BlockingClient(tmp_path / "control.sock", seconds=0.1) as client:
        with pytest.raises(ControlError) as refused:
            client.call("wait")
        assert refused.value.code == "connection-lost"


def test_a_daemon_that_stops_meanwhile_is_lost(tmp_path):
    with daemon(tmp_path) as (server, loop), BlockingClient(tmp_path / "control.sock") as client:
        threading.Timer(0.1, lambda: asyncio.run_coroutine_threadsafe(server.close(), loop)).start()
        with pytest.raises(ControlError) as refused:
            client.call("wait")
        assert refused.value.code == "connection-lost"
