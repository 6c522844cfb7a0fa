"""What the entrance does with too many requests, and with those who are slow. No browser, no daemon."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from appliance.clock import run_virtual
from web.asgi import MOST_PAGES, MOST_SENDING, PAGE_THREADS, Entrance, tidied
from web.limits import PIECE_WITHIN_S, REST_WITHIN_S, TAKEN_WITHIN_S, TooSlow, Unread, begun, patient, prompt

SCOPE = {
    "type": "http",
    "http_version": "1.1",
    "method": "GET",
    "path": "/",
    "query_string": b"",
    "headers": [(b"host", b"localhost"), (b"accept-language", b"de,en;q=0.5")],
    "client": ("::ffff:192.168.1.5", 40000),
}
WHOLE = {"type": "http.request", "body": b"", "more_body": False}
PART = {"type": "http.request", "body": b"x" * 1000, "more_body": True}


def apart(run, main):
    """Beside Playwright's loop, which the thread of the tests has."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(run, main).result()


async def asked(entrance, messages=(WHOLE,), **scope):
    """What one request is answered: the status, the headers and the body."""
    answer, coming = [], iter(messages)

    async def receive():
        for message in coming:
            return message
        await asyncio.Event().wait()

    async def send(message):
        answer.append(message)

    await entrance(SCOPE | scope, receive, send)
    return answer[0]["status"], dict(answer[0]["headers"]), b"".join(one.get("body", b"") for one in answer[1:])


@pytest.fixture
def held():
    """An application whose pages wait, and what lets them go."""
    app, go = Flask("held"), threading.Event()
    app.add_url_rule("/", "page", lambda: "done" if go.wait(20) else "never", methods=["GET", "POST"])
    yield app, go
    go.set()


def test_an_overloaded_unit_says_when_to_come_again_and_serves_all_who_wait(held):
    app, go = held

    async def main():
        entrance = Entrance(app, {})
        waiting = [asyncio.create_task(asked(entrance)) for _ in range(MOST_PAGES)]
        await asyncio.sleep(0.05)
        refused = await asked(entrance)
        go.set()
        return refused, await asyncio.gather(*waiting), await asked(entrance)

    (status, headers, body), waited, later = apart(asyncio.run, main())
    assert (status, headers[b"retry-after"]) == (503, b"3")
    assert b'<html lang="de">' in body
    assert {(one[0], one[2]) for one in [*waited, later]} == {(200, b"done")}
    assert MOST_PAGES > PAGE_THREADS


def test_who_sends_slowly_takes_no_thread_and_keeps_out_nobody_elsewhere(held):
    app, go = held
    go.set()

    async def main():
        entrance = Entrance(app, {})
        slow = [asyncio.create_task(asked(entrance, [PART], method="POST")) for _ in range(MOST_SENDING)]
        await asyncio.sleep(0.05)
        same = await asked(entrance, method="POST")
        reading = await asked(entrance)
        others = await asked(entrance, method="POST", client=("192.168.1.6", 40000))
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        return same, reading, others, await asked(entrance, method="POST")

    same, reading, others, later = apart(asyncio.run, main())
    assert (same[0], reading[0], others[0], later[0]) == (408, 200, 200, 200)


def test_a_form_that_does_not_come_ends_in_time():
    async def main():
        loop = asyncio.get_running_loop()

        async def never():
            await asyncio.Event().wait()

        async def trickle():
            await asyncio.sleep(PIECE_WITHIN_S - 1)
            return PART

        took = []
        for receive in (never, trickle):
            began = loop.time()
            async with asyncio.timeout(10_000):
                assert await begun(prompt(receive)) is None
            took.append(loop.time() - began)
        return took

    took = apart(run_virtual, main)
    assert took == [PIECE_WITHIN_S, 2 * (PIECE_WITHIN_S - 1)]


def test_a_large_file_may_take_its_time_and_comes_whole():
    async def main():
        pieces = iter([PART] * 600 + [WHOLE])

        async def receive():
            await asyncio.sleep(0.5)
            return next(pieces)

        came, receive_on = 0, await begun(prompt(receive))
        assert receive_on is not None
        while (message := await receive_on())["type"] == "http.request" and message["more_body"]:
            came += len(message["body"])
        return came

    assert apart(run_virtual, main) == 600_000


def test_a_form_that_is_not_read_is_taken_before_the_answer_ends_and_for_no_longer_than_it_should():
    """`receive` is the server's short queue: whoever sends waits until it is read."""

    async def answered(pieces):
        sent, queue = [], asyncio.Queue(1)

        async def sender():
            for piece in pieces:
                await queue.put(piece)
            sent.append("all")

        async def send(message):
            sent.append(message["type"])

        sending = asyncio.create_task(sender())
        unread = Unread(queue.get)
        last = unread.before_the_end(send)
        began = asyncio.get_running_loop().time()
        await last({"type": "http.response.start"})
        await last({"type": "http.response.body", "body": b"413"})
        took = asyncio.get_running_loop().time() - began
        for task in (sending, unread.thrown_away()):
            task.cancel()
        return sent, took

    async def main():
        return await answered([PART] * 50 + [WHOLE]), await answered([PART] * 50)

    whole, endless = apart(run_virtual, main)
    assert whole == (["http.response.start", "all", "http.response.body"], 0)
    assert endless == (["http.response.start", "all", "http.response.body"], REST_WITHIN_S)


def test_an_answer_that_is_not_taken_ends_in_time():
    async def main():
        async def stuck(_message):
            await asyncio.Event().wait()

        loop = asyncio.get_running_loop()
        with pytest.raises(TooSlow):
            await patient(stuck)({})
        began = loop.time()
        dropping = patient(stuck, drop=True)
        for _ in range(100):
            await dropping({})
        return loop.time() - began

    assert apart(run_virtual, main) == TAKEN_WITHIN_S


def test_a_request_is_tidied_for_the_pages():
    scope = tidied({**SCOPE, "query_string": "a=é&b=%41+&c[]=\x00".encode()})
    assert (scope["client"][0], scope["query_string"]) == ("192.168.1.5", b"a=%C3%A9&b=%41+&c[]=%00")
