"""Messages over the control socket: listed, deleted, brought back, and sent to everybody."""

from __future__ import annotations

import asyncio
import base64
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from appliance.api.messages import MOST_AT_ONCE, offer_messages
from appliance.control import ControlError
from appliance.control.local import Handler
from appliance.control.params import NONE, Params, check
from appliance.store.messagetext import MessageText
from appliance.wav.clip import read_clip, written_clip
from tests.calls.peopleoffice import with_departments
from tests.calls.test_hearing_messages import left
from tests.calls.world import World, world

RECEIVED = "2026-03-03T09:15:00-05:00"
JANE = {
    "id": "000001",
    "state": "new",
    "number": "4075550123",
    "name": "",
    "contact": "",
    "received": RECEIVED,
    "seconds": 2.0,
    "urgent": False,
    "private": False,
    "until": None,
    "deleted": None,
    "forwarded_by": "",
    "heard_by": "",
    "words": "",
    "written": False,
    "text": None,
}
SOUND = np.full(8000, 500, np.int16)


class Asked:
    """Takes the methods, as the control server would, and is asked for them."""

    def __init__(self, here: World, folder: Path) -> None:
        self._methods: dict[str, tuple[Handler, Params]] = {}
        offer_messages(self, here.appliance, folder)

    def method(self, name: str, handler: Handler, declared: Params = NONE) -> None:
        self._methods[name] = handler, declared

    async def call(self, method: str, **params: Any) -> Any:
        handler, declared = self._methods[f"messages.{method}"]
        return await handler(check(declared, params))

    async def refused(self, method: str, **params: Any) -> str:
        with pytest.raises(ControlError) as refused:
            await self.call(method, **params)
        return refused.value.code

    async def uploaded(self, content: bytes) -> str:
        piece = base64.b64encode(content).decode()
        name: str = (await self.call("upload", piece=piece))["upload"]
        return name


@pytest.fixture
def here() -> AbstractAsyncContextManager[World]:
    return world(with_departments)


async def test_a_message_is_deleted_and_within_a_day_brought_back(here: World, tmp_path: Path) -> None:
    messages = Asked(here, tmp_path)
    await left(here, "sales", seconds=2.0)
    assert await messages.call("list", person="201") == {"messages": [JANE], "next": 1, "total": 1}
    deleted = await messages.call("delete", person="sales", id="000001")
    assert deleted == JANE | {"state": "deleted", "deleted": deleted["deleted"]}
    assert deleted["deleted"].startswith("2026-03-03T09:1")
    assert await messages.call("list", person="sales") == {"messages": [deleted], "next": 1, "total": 1}
    assert await messages.call("restore", person="sales", id="000001") == JANE | {"state": "saved"}
    await messages.call("delete", person="sales", id="000001")
    await asyncio.sleep(86400 + 1)
    assert await messages.refused("restore", person="sales", id="000001") == "no-such-message"


async def test_what_is_not_there_is_told(here: World, tmp_path: Path) -> None:
    messages = Asked(here, tmp_path)
    assert await messages.refused("list", person="mari") == "no-such-mailbox"
    assert await messages.refused("delete", person="service", id="1") == "no-such-mailbox"
    assert await messages.refused("delete", person="maria", id="000009") == "no-such-message"
    assert await messages.refused("restore", person="maria", id="../../tom") == "no-such-message"


async def test_a_text_is_listed_with_its_beginning_and_told_whole(here: World, tmp_path: Path) -> None:
    messages, mail = Asked(here, tmp_path), here.appliance.mail
    nothing, said, private = await left(here), await left(here), await left(here, private=True)
    text = MessageText("It is Tom. " + "The meeting was moved. " * 9 + "Bye.", 0.71)
    for message in (said, private):
        await mail.write_text(message, text)
    listed = (await messages.call("list", person="maria"))["messages"]
    beginning = "It is Tom." + 3 * " The meeting was moved." + " The meeting was …"
    assert [one["text"] for one in listed] == [None, beginning, None]
    assert await messages.call("text", person="maria", id=nothing.id) == {"text": None, "sure": 0.0}
    assert await messages.call("text", person="maria", id=said.id) == {"text": text.text, "sure": 0.71}
    assert await messages.call("text", person="maria", id=private.id) == {"text": text.text, "sure": 0.71}
    assert await messages.refused("text", person="maria", id="9") == "no-such-message"


async def test_many_messages_are_listed_in_parts(here: World, tmp_path: Path) -> None:
    for _ in range(MOST_AT_ONCE + 1):
        await left(here, seconds=0.1)
    messages = Asked(here, tmp_path)
    first = await messages.call("list", person="maria")
    assert (len(first["messages"]), first["next"], first["total"]) == (MOST_AT_ONCE, MOST_AT_ONCE, MOST_AT_ONCE + 1)
    (last,) = (await messages.call("list", person="maria", after=first["next"]))["messages"]
    assert last["id"] == f"{MOST_AT_ONCE + 1:06}"


async def test_everybody_gets_a_message_that_ends_by_itself(here: World, tmp_path: Path) -> None:
    here.appliance.office = replace(here.appliance.office, messages_per_mailbox=1)
    await left(here, "tom", seconds=2.0)
    messages = Asked(here, tmp_path)
    upload = await messages.uploaded(written_clip(SOUND))
    answer = await messages.call("everybody", upload=upload, until="2026-03-04 18:00")
    assert answer == {"sent": ["office", "maria", "ruth"], "full": ["tom"]}
    (there,) = here.appliance.messages.list("ruth")
    assert (there.seconds, read_clip(there.path).tolist()) == (1.0, SOUND.tolist())
    (listed,) = (await messages.call("list", person="ruth"))["messages"]
    assert listed["until"] == "2026-03-04T18:00:00-05:00"
    await asyncio.sleep(2 * 86400)
    assert here.appliance.mail.counts("ruth").new == 0
    assert await messages.refused("everybody", upload=await messages.uploaded(b"RIFF")) == "not-a-clip"
