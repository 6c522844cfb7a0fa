"""Test telephones in browsers: a web socket each, with sound both ways, and what is done and heard.

A page sends `{"open": {…}}` first, with the parameters of `phone.open`; then `{"do": act, "words": …}`, and frames of
what is said, 320 bytes of 16-bit samples at 8 kHz. It gets frames of what is heard, and objects: `opened`; the events
of the telephone; `heard`, from the recogniser, a process of its own; `did` or `refused` with the act. The telephone is
hung up with the socket, whoever closes it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from appliance.control.client import ControlClient
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from web.accounts import Account
from web.asgi import Receive, Scope, Send
from web.roles import OFFICE

MOST_AT_ONCE = 4
"""Telephones in use. Whoever comes then is told so."""

FRAME_BYTES = 320
MOST_UNSENT = 5 * FRAME_BYTES
"""Bytes that may wait to be taken by the daemon; with more, what is said is left out, as it would only come late."""
LONGEST_TEXT = 2000
"""Characters of what a page sends at once."""
LONGEST_WORDS = 300
"""Characters of what is said by the unit's voice."""
MOST_IN_WORK = 8
"""Acts that may wait to be done."""
OPEN_WITHIN_S = 10.0
SLOWEST_PAGE_S = 5.0
"""A page that takes nothing for so long is taken to be gone."""

ACTS = frozenset({"call", "lift", "hang up", "press", "flash", "say"})
WISHES: Mapping[str, type] = {"inside": str, "line": str, "number": str, "name": str, "withheld": bool}
"""What a page may ask for when it opens a telephone."""

NOT_OURS, TOO_MANY, NOT_UNDERSTOOD, NOT_ANSWERING = 4403, 4429, 4400, 4503
"""With what a socket is closed that is refused."""


class PageGone(Exception):
    """The page has closed its socket."""


class NotUnderstood(Exception):
    """The page sends what no page of ours does."""


class TestTelephones:
    """Answers at the path for sound. data: the unit's folder."""

    def __init__(self, data: Path) -> None:
        self._folder = DataFolder(data)
        self._in_use = 0

    async def socket(self, account: Account, scope: Scope, receive: Receive, send: Send) -> None:
        """A telephone from its opening to its end. An administrator or operator may have one."""
        if scope["type"] != "websocket":
            await send({"type": "http.response.start", "status": 426, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        elif account.role not in OFFICE:
            await send({"type": "websocket.close", "code": NOT_OURS})
        elif self._in_use >= MOST_AT_ONCE:
            await _refuse(receive, send, "too-many-phones", TOO_MANY)
        else:
            self._in_use += 1
            try:
                await self._use(receive, send)
            finally:
                self._in_use -= 1

    async def _use(self, receive: Receive, send: Send) -> None:
        await receive()  # websocket.connect
        await send({"type": "websocket.accept"})
        code = 1000
        try:
            async with asyncio.timeout(OPEN_WITHIN_S):
                wish = _wish(await _taken(receive))
            async with ControlClient(self._folder.socket) as control:
                opened = await control.call("phone.open", stream=True, **wish)
                await _Conversation(control, self._folder, opened, receive, send).run()
        except PageGone:
            return
        except (NotUnderstood, TimeoutError):
            code = NOT_UNDERSTOOD
        except ControlError as error:
            await _tell(send, {"refused": "open", "code": error.code, "message": error.message})
            code = NOT_ANSWERING
        with contextlib.suppress(Exception):  # The page may have gone meanwhile.
            await send({"type": "websocket.close", "code": code})


class _Conversation:
    """One telephone, while its page is there."""

    def __init__(
        self, control: ControlClient, folder: DataFolder, opened: dict[str, Any], receive: Receive, send: Send
    ) -> None:
        self._control = control
        self._folder = folder
        self._opened = opened
        self._receive = receive
        self._send = send
        self._acts: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Pass on what comes until the page goes, or the daemon. PageGone, NotUnderstood, ControlError."""
        reader, writer = await asyncio.open_unix_connection(os.fspath(self._folder.sound_socket))
        writer.write(self._opened["ticket"].encode())
        ear = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "appliance.testphone.listening"),
            *(os.fspath(self._folder.socket), str(self._opened["phone"])),
            stdout=asyncio.subprocess.PIPE,
            stdin=asyncio.subprocess.DEVNULL,
        )
        await self._tell({"opened": self._opened["number"]})
        passing = [asyncio.create_task(self._from_page(writer)), asyncio.create_task(self._from_line(reader))]
        hearing = asyncio.create_task(self._from_ear(ear))
        try:
            done, _ = await asyncio.wait(passing, return_when=asyncio.FIRST_COMPLETED)
            await done.pop()
        finally:
            # Closed first: a task that is just sending to a page may overlook that it is cancelled, and read on.
            writer.close()
            with contextlib.suppress(ProcessLookupError):
                ear.kill()
            for task in (*passing, hearing, *self._acts):
                task.cancel()
            await asyncio.gather(*passing, hearing, *self._acts, return_exceptions=True)
            await ear.wait()

    async def _from_page(self, writer: asyncio.StreamWriter) -> None:
        while True:
            taken = await _taken(self._receive)
            if isinstance(taken, bytes):
                if writer.transport.get_write_buffer_size() < MOST_UNSENT:
                    writer.write(taken)
            else:
                self._begin(taken)

    def _begin(self, asked: dict[str, Any]) -> None:
        """Do something with the telephone, while more may be asked for: who speaks may hang up."""
        act, words = asked.get("do"), asked.get("words", "")
        if act not in ACTS or not isinstance(words, str) or len(words) > LONGEST_WORDS:
            raise NotUnderstood
        if len(self._acts) < MOST_IN_WORK:
            task = asyncio.create_task(self._do(act, words), name="an act of a test telephone")
            self._acts.add(task)
            task.add_done_callback(self._acts.discard)

    async def _do(self, act: str, words: str) -> None:
        try:
            await self._control.call("phone.do", phone=self._opened["phone"], act=act, words=words)
        except ControlError as error:
            told = {"refused": act, "code": error.code, "message": error.message}
        else:
            told = {"did": act}
        with contextlib.suppress(Exception):  # The page may have gone; the others notice it.
            await self._tell(told)

    async def _from_line(self, reader: asyncio.StreamReader) -> None:
        """What the daemon sends: see `appliance.testphone.soundsocket`."""
        try:
            while True:
                kind, length = await reader.readexactly(1), int.from_bytes(await reader.readexactly(2), "big")
                content = await reader.readexactly(length)
                async with asyncio.timeout(SLOWEST_PAGE_S):
                    if kind == b"S":
                        await self._send({"type": "websocket.send", "bytes": content})
                    else:
                        await self._send({"type": "websocket.send", "text": content.decode()})
        except (OSError, asyncio.IncompleteReadError):
            raise ControlError("connection-lost", "the telephone was taken back") from None
        except TimeoutError:
            raise PageGone from None

    async def _from_ear(self, ear: asyncio.subprocess.Process) -> None:
        """What is recognised. Without a recogniser the telephone goes on."""
        assert ear.stdout is not None
        while line := await ear.stdout.readline():
            await self._tell({"heard": json.loads(line)})

    async def _tell(self, what: dict[str, Any]) -> None:
        await _tell(self._send, what)


async def _taken(receive: Receive) -> bytes | dict[str, Any]:
    """What the page sends next: a frame, or an object. PageGone; NotUnderstood for anything else."""
    message = await receive()
    if message["type"] == "websocket.disconnect":
        raise PageGone
    if (frame := message.get("bytes")) is not None:
        if len(frame) != FRAME_BYTES:
            raise NotUnderstood
        return bytes(frame)
    text = message.get("text") or ""
    if len(text) > LONGEST_TEXT:
        raise NotUnderstood
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise NotUnderstood from None
    if not isinstance(value, dict):
        raise NotUnderstood
    return value


def _wish(first: bytes | dict[str, Any]) -> dict[str, Any]:
    """The telephone that is asked for. NotUnderstood."""
    wish = first.get("open") if isinstance(first, dict) else None
    if not isinstance(wish, dict) or any(type(value) is not WISHES.get(name) for name, value in wish.items()):
        raise NotUnderstood
    return wish


async def _refuse(receive: Receive, send: Send, why: str, code: int) -> None:
    """Tell the page why it has no telephone: a socket that is not accepted tells a browser nothing."""
    await receive()
    await send({"type": "websocket.accept"})
    with contextlib.suppress(PageGone, NotUnderstood, TimeoutError):
        async with asyncio.timeout(OPEN_WITHIN_S):
            await _taken(receive)
        await _tell(send, {"refused": "open", "code": why, "message": ""})
        await send({"type": "websocket.close", "code": code})


async def _tell(send: Send, what: dict[str, Any]) -> None:
    await send({"type": "websocket.send", "text": json.dumps(what, ensure_ascii=False)})
