"""Server and client over a real Unix socket, in real time: a virtual clock would jump over the kernel's work."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import stat
from contextlib import asynccontextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance.control import AlreadyRunning, ControlClient, ControlError, ControlServer, Param
from appliance.control.connection import when_client_goes

pytestmark = pytest.mark.real_time(within=20)


def declare(server):
    async def add(params):
        return params["a"] + params["b"]

    async def refuse(params):
        raise ControlError("office-broken", "two people have extension 11")

    async def stumble(params):
        raise ZeroDivisionError("Jane Doe, 555-0100")

    async def strange(params):
        return {1, 2}

    async def wait(params):
        await asyncio.get_running_loop().create_future()

    server.method("add", add, {"a": Param(int), "b": Param(int, 1)})
    server.method("big", lambda params: asyncio.sleep(0, "x" * params["size"]), {"size": Param(int)})
    server.method("refuse", refuse)
    server.method("stumble", stumble)
    server.method("strange", strange)
    server.method("wait", wait)
    server.topic("calls", lambda: {"calls": []})
    server.topic("broken", lambda: 1 / 0)


@asynccontextmanager
async def serving(folder, **limits):
    server = ControlServer(folder / "control.sock", **limits)
    declare(server)
    await server.start()
    try:
        yield server
    finally:
        await server.close()


@asynccontextmanager
async def served(folder, **limits):
    async with serving(folder, **limits) as server, ControlClient(folder / "control.sock") as client:
        yield server, client


async def raw(folder):
    return await asyncio.open_unix_connection(folder / "control.sock", limit=1 << 21)


async def lines_until_dropped(reader):
    """What the server still says, decoded; it must then hang up."""
    lines = []
    try:
        while line := await reader.readline():
            lines.append(json.loads(line))
    except ConnectionResetError:
        pass
    return lines


async def code(call):
    with pytest.raises(ControlError) as caught:
        await call
    return caught.value.code


async def test_a_method_is_called_with_its_parameters_and_defaults(tmp_path):
    async with served(tmp_path) as (_, client):
        assert [await client.call("add", a=1, b=2), await client.call("add", a=5)] == [3, 6]


async def test_a_slow_method_does_not_hold_up_another(tmp_path):
    async with served(tmp_path) as (_, client):
        slow = asyncio.create_task(client.call("wait"))
        await asyncio.sleep(0)
        answer = await client.call("add", a=1)
        assert (answer, slow.done(), slow.cancel()) == (2, False, True)


async def test_refusals_keep_their_codes(tmp_path):
    async with served(tmp_path) as (_, client):
        assert await code(client.call("refuse")) == "office-broken"
        assert await code(client.call("nonsense")) == "no-such-method"
        assert await code(client.call("add", a="one")) == "wrong-parameters"
        assert await code(client.call("add", a=1, c=2)) == "wrong-parameters"
        assert await code(client.call("strange")) == "internal-error"
        assert await code(client.call("big", size=1 << 20)) == "reply-too-long"
        assert await client.call("add", a=1) == 2


async def test_a_failing_handler_is_logged_by_place_and_kind_without_what_it_says(tmp_path, caplog):
    async with served(tmp_path) as (_, client):
        assert await code(client.call("stumble")) == "internal-error"
    assert "control stumble failed: ZeroDivisionError at " in caplog.text
    assert "Jane" not in caplog.text
    assert "0100" not in caplog.text


async def test_a_watch_gives_the_state_and_then_every_event_in_order(tmp_path):
    async with served(tmp_path) as (server, client):
        seen = []
        async for event in client.watch("calls"):
            seen.append(event)
            if len(seen) == 4:
                break
            if len(seen) == 1:
                for n in range(3):
                    server.publish("calls", {"ringing": n})
        assert seen == [{"calls": []}, {"ringing": 0}, {"ringing": 1}, {"ringing": 2}]


async def test_several_watches_run_on_one_connection_until_unwatched(tmp_path):
    async with serving(tmp_path) as server:
        reader, writer = await raw(tmp_path)
        for request in (
            {"id": "a", "method": "watch", "params": {"topic": "calls"}},
            {"id": "b", "method": "watch", "params": {"topic": "calls"}},
            {"id": "a", "method": "watch", "params": {"topic": "calls"}},
        ):
            writer.write(json.dumps(request).encode() + b"\n")
        seen = [json.loads(await reader.readline()) for _ in range(3)]
        server.publish("calls", 1)
        writer.write(b'{"id": 3, "method": "unwatch", "params": {"watch": "a"}}\n')
        seen += [json.loads(await reader.readline()) for _ in range(3)]
        server.publish("calls", 2)
        writer.write(b'{"id": 4, "method": "unwatch", "params": {"watch": "a"}}\n')
        seen += [json.loads(await reader.readline()) for _ in range(2)]
        writer.close()
    assert [message.get("error", {}).get("code") for message in seen if "error" in message] == [
        "watch-exists",
        "no-such-watch",
    ]
    assert [message for message in seen if "error" not in message] == [
        {"id": "a", "result": {"calls": []}},
        {"id": "b", "result": {"calls": []}},
        {"watch": "a", "event": 1},
        {"watch": "b", "event": 1},
        {"id": 3, "result": None},
        {"watch": "b", "event": 2},
    ]


async def test_a_watch_that_is_left_is_unwatched(tmp_path):
    async with served(tmp_path) as (server, client):
        watch = client.watch("calls")
        await anext(watch)
        await watch.aclose()
        server.publish("calls", 1)
        assert await client.call("add", a=1) == 2


async def test_unknown_and_failing_topics_are_refused(tmp_path):
    async with served(tmp_path) as (server, client):
        with pytest.raises(KeyError):
            server.publish("calls-typo", 1)
        assert await code(anext(client.watch("nothing"))) == "no-such-topic"
        assert await code(anext(client.watch("broken"))) == "internal-error"


async def test_a_watcher_that_takes_nothing_is_told_that_it_fell_behind(tmp_path):
    async with served(tmp_path) as (server, client):
        watch = client.watch("calls")
        await anext(watch)
        for n in range(1001):
            server.publish("calls", n)
        await client.call("add", a=1)
        seen = [await anext(watch) for _ in range(999)]
        assert seen == list(range(1, 1000))
        assert await code(anext(watch)) == "fell-behind"


@pytest.mark.parametrize(
    "garbage",
    [b"GET / HTTP/1.1\r\n", b'{"id": 1,\n', b"\xff\n", b"x" * 2_100_000],
    ids=["http", "half", "bytes", "long"],
)
async def test_after_garbage_one_error_is_said_and_the_client_dropped(tmp_path, garbage):
    long = len(garbage) > 2**21
    async with served(tmp_path) as (_, client):
        reader, writer = await raw(tmp_path)
        writer.write(garbage + b'{"id": 2, "method": "add", "params": {"a": 1}}\n')
        said = await lines_until_dropped(reader)
        writer.close()
        assert [(line["id"], line["error"]["code"]) for line in said] == [
            (None, "line-too-long" if long else "not-json")
        ]
        assert await client.call("add", a=1) == 2


async def test_a_wrong_request_is_answered_and_the_next_one_served(tmp_path):
    async with serving(tmp_path):
        reader, writer = await raw(tmp_path)
        writer.write(b'[]\n{"id": 7}\n{"id": 8, "method": "add", "params": {"a": 1}}\n')
        said = [json.loads(await reader.readline()) for _ in range(3)]
        writer.close()
    assert [line["id"] for line in said] == [None, 7, 8]
    assert [line.get("error", {}).get("code") for line in said] == ["not-a-request", "not-a-request", None]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(chunks=st.lists(st.binary(max_size=300) | st.sampled_from([b"\n", b'{"id":1,"method":"add"}\n']), max_size=8))
async def test_whatever_a_client_sends_the_next_client_is_served(tmp_path, chunks):
    async with serving(tmp_path):
        reader, writer = await raw(tmp_path)
        for chunk in chunks:
            writer.write(chunk)
        writer.write_eof()
        said = await lines_until_dropped(reader)
        writer.close()
        async with ControlClient(tmp_path / "control.sock") as client:
            codes = [line["error"]["code"] for line in said]
            answer = await client.call("add", a=1)
    assert answer == 2
    assert set(codes) <= {"not-json", "not-a-request", "wrong-parameters", "no-such-method"}
    assert "not-json" not in codes[:-1]


async def test_a_client_that_never_reads_is_dropped_when_too_much_waits(tmp_path):
    async with served(tmp_path, longest_backlog=100_000) as (_, client):
        _, writer = await raw(tmp_path)
        writer.transport.pause_reading()
        for id in range(100):
            writer.write(json.dumps({"id": id, "method": "big", "params": {"size": 50_000}}).encode() + b"\n")
        while not writer.transport.is_closing():
            writer.write(b"\n")
            await asyncio.sleep(0.001)
        assert await client.call("add", a=1) == 2


async def test_a_client_that_stops_reading_is_dropped_after_a_while(tmp_path, caplog):
    async with served(tmp_path, slowest_reader_seconds=0.05) as (_, client):
        with socket.socket(socket.AF_UNIX) as stuck:
            stuck.connect(os.fspath(tmp_path / "control.sock"))
            stuck.sendall(b'{"id": 1, "method": "big", "params": {"size": 900000}}\n')
            while "it does not read" not in caplog.text:  # noqa: ASYNC110 - the log has no event to wait for
                await asyncio.sleep(0.01)
            assert await client.call("add", a=1) == 2


async def test_many_requests_at_once_are_all_answered(tmp_path):
    async with served(tmp_path) as (_, client):
        assert await asyncio.gather(*(client.call("add", a=n) for n in range(500))) == list(range(1, 501))


async def test_of_one_client_only_so_many_requests_are_in_work_at_a_time(tmp_path):
    async with serving(tmp_path):
        _, writer = await raw(tmp_path)
        writer.write(b'{"id": 1, "method": "wait"}\n' * 5000)
        working = []
        while not working:
            await asyncio.sleep(0.01)
            working = [task for task in asyncio.all_tasks() if task.get_name() == "control wait"]
        writer.close()
        assert len(working) == 32


async def test_the_socket_is_for_owner_and_group_only_and_gone_afterwards(tmp_path):
    async with serving(tmp_path):
        assert stat.filemode((tmp_path / "control.sock").stat().st_mode) == "srw-rw----"
    assert list(tmp_path.iterdir()) == []


async def test_the_socket_file_of_a_dead_daemon_is_replaced(tmp_path):
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(os.fspath(tmp_path / "control.sock"))
    async with served(tmp_path) as (_, client):
        assert await client.call("add", a=1) == 2


async def test_a_living_daemon_keeps_its_socket(tmp_path):
    async with served(tmp_path) as (_, client):
        with pytest.raises(AlreadyRunning) as caught:
            await ControlServer(tmp_path / "control.sock").start()
        assert (caught.value.pid, await client.call("add", a=1)) == (os.getpid(), 2)


async def test_a_file_that_is_no_socket_is_left_alone(tmp_path):
    (tmp_path / "control.sock").write_text("notes")
    with pytest.raises(FileExistsError):
        await ControlServer(tmp_path / "control.sock").start()
    assert (tmp_path / "control.sock").read_text() == "notes"


async def test_without_a_daemon_the_client_says_how_to_start_one(tmp_path):
    with pytest.raises(ControlError, match="copperdesk run") as caught:
        await ControlClient(tmp_path / "control.sock").connect()
    assert caught.value.code == "not-running"


async def test_calls_and_watches_end_when_the_daemon_does(tmp_path):
    async with served(tmp_path) as (server, client):
        watch = client.watch("calls")
        await anext(watch)
        waiting = asyncio.create_task(client.call("wait"))
        await asyncio.sleep(0.01)
        await server.close()
        for call in (waiting, anext(watch), client.call("add", a=1)):
            assert await code(call) == "connection-lost"


async def test_a_request_beyond_the_limit_is_refused_to_its_caller(tmp_path):
    async with served(tmp_path) as (_, client):
        assert await code(client.call("x" * 2_100_000)) == "line-too-long"


async def test_what_a_client_asked_for_is_undone_as_soon_as_it_has_gone(tmp_path):
    gone = asyncio.Event()

    async def borrow(_params):
        when_client_goes.get()(gone.set)

    server = ControlServer(tmp_path / "socket")
    server.method("borrow", borrow)
    await server.start()
    try:
        client = ControlClient(tmp_path / "socket")
        await client.connect()
        await client.call("borrow")
        assert not gone.is_set()
        await client.close()
        await asyncio.wait_for(gone.wait(), 5)
    finally:
        await server.close()
