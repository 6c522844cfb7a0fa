"""Messages that end by themselves, in the mail room of a unit."""

from __future__ import annotations

import asyncio
import errno
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from appliance.calls.mail import MailRoom, Message, MessageGone
from appliance.clock import LoopClock
from appliance.store.disk import Disk, StoreFull
from appliance.store.messages import Envelope, MessageStore
from tests.calls.world import MORNING
from tests.store.conftest import write_wav

JANE = Envelope("4075550123", "JANE ROE", MORNING, 2.0)
HOURS = 3600.0


class Rooms:
    """A mail room that can be opened again, as after a restart."""

    def __init__(self, root: Path, disk: Disk | None = None) -> None:
        self.store = MessageStore(root, disk)
        self.clock = LoopClock(asyncio.get_running_loop(), MORNING)

    async def opened(self) -> MailRoom:
        mail = MailRoom(self.store, self.clock)
        await mail.open(["maria", "tom"])
        return mail


async def leave(mail: MailRoom, envelope: Envelope = JANE) -> Message:
    path = await mail.begin("maria", envelope)
    write_wav(path, 2)
    return await mail.commit(path, envelope)


async def test_a_deleted_message_can_be_brought_back_for_a_day_and_no_longer(tmp_path: Path) -> None:
    mail = await Rooms(tmp_path).opened()
    first, second = await leave(mail), await leave(mail)
    await mail.delete(first)
    await asyncio.sleep(23 * HOURS)
    await mail.restore(await mail.message("maria", first.id))
    await mail.delete(second)
    await asyncio.sleep(25 * HOURS)
    ids = await mail.ids("maria")
    assert (ids.new, ids.saved, ids.deleted) == ([], [first.id], [])
    with pytest.raises(MessageGone):
        await mail.restore(second)
    await mail.close()


async def test_a_restart_forgets_no_end(tmp_path: Path) -> None:
    rooms = Rooms(tmp_path)
    before = await rooms.opened()
    await before.delete(await leave(before))
    await leave(before, replace(JANE, until=MORNING + timedelta(hours=30)))
    await before.close()
    await asyncio.sleep(20 * HOURS)
    mail = await rooms.opened()
    changes: list[int] = []
    mail.on_change = lambda: changes.append(mail.counts("maria").new)
    await asyncio.sleep(5 * HOURS)
    assert ((await mail.ids("maria")).deleted, mail.counts("maria").new) == ([], 1)
    await asyncio.sleep(6 * HOURS)
    assert changes[-1] == 0
    await mail.close()


async def test_a_message_that_has_ended_while_the_unit_was_off_is_gone_at_its_start(tmp_path: Path) -> None:
    rooms = Rooms(tmp_path)
    before = await rooms.opened()
    await leave(before, replace(JANE, until=MORNING + timedelta(hours=1)))
    await before.close()
    await asyncio.sleep(2 * HOURS)
    mail = await rooms.opened()
    await asyncio.sleep(1.0)
    assert mail.counts("maria").new == 0
    await mail.close()


class SmallDisk(Disk):
    """Room for so many messages, deleted ones among them."""

    def __init__(self, root: Path, messages: int) -> None:
        self._root, self._messages = root, messages

    def make_folder(self, path: Path) -> None:
        there = sum(1 for _ in self._root.glob("*/*/*"))
        if path.parent.name == "tmp" and there >= self._messages:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        super().make_folder(path)


async def test_on_a_full_disk_deleted_messages_make_room_for_a_new_one(tmp_path: Path) -> None:
    mail = await Rooms(tmp_path, SmallDisk(tmp_path, 2)).opened()
    first, second = await leave(mail), await leave(mail)
    with pytest.raises(StoreFull):
        await mail.begin("maria", JANE)
    await mail.delete(first)
    third = await leave(mail)
    ids = await mail.ids("maria")
    assert (ids.new, ids.deleted) == ([second.id, third.id], [])
    await mail.close()


async def test_a_damaged_message_is_set_aside_by_whoever_hears_it_and_counts_no_more(tmp_path: Path) -> None:
    mail = await Rooms(tmp_path).opened()
    message = await leave(mail)
    (message.path.parent / "envelope.json").write_text("{")
    with pytest.raises(MessageGone):
        await mail.open_message("maria", message.id)
    assert mail.counts("maria").new == 0
    await mail.close()
