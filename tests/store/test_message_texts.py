"""Messages as text: kept beside the sound, wherever the message goes."""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path

import pytest

from appliance.store.disk import Disk
from appliance.store.layout import TEXT
from appliance.store.messages import Message, MessageGone, MessageStore, MessageText, StoreFull
from tests.store.conftest import FailingDisk, PowerCutError, write_wav
from tests.store.samples import JANE, NOON

SAID = MessageText("Réunion à trois heures.", 0.42)


def test_a_text_goes_with_its_message(store, leave):
    message = leave()
    assert store.text("maria", message.id) is None
    store.write_text("maria", message.id, SAID)
    for move in (store.keep, lambda one: store.delete(one, NOON), store.restore, store.mark_new):
        message = move(message)
        assert store.text("maria", message.id) == SAID
    store.remove("maria", message.id)
    with pytest.raises(MessageGone):
        store.text("maria", message.id)


@pytest.mark.parametrize("torn", [b"", b'{"text": "R\xc3', b'{"text": 3, "sure": 1}', b'{"text": "", "sure": 2}'])
def test_what_is_no_whole_text_is_none(store, leave, torn):
    message = leave()
    (message.path.parent / TEXT).write_bytes(torn)
    assert store.text("maria", message.id) is None
    assert store.recover() == []


class Moving(Disk):
    """Before anything is synchronized, somebody moves the message, once."""

    def __init__(self, move) -> None:
        self._move = move

    def sync(self, path: Path) -> None:
        if self._move is not None:
            move, self._move = self._move, None
            move()
        super().sync(path)


def test_a_message_that_is_kept_while_its_text_is_written_has_it(root, store, leave):
    message: Message = leave()
    MessageStore(root, Moving(lambda: store.keep(message))).write_text("maria", message.id, SAID)
    assert store.text("maria", message.id) == SAID
    assert not store.read("maria", message.id).new


def test_a_message_that_is_removed_meanwhile_has_none(root, store, leave):
    message = leave()
    with pytest.raises(MessageGone):
        MessageStore(root, Moving(lambda: store.remove("maria", message.id))).write_text("maria", message.id, SAID)
    assert store.recover() == []


def test_a_full_disk_harms_no_message(root, store, leave):
    class Full(Disk):
        def write(self, path: Path, content: bytes) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    message = leave()
    with pytest.raises(StoreFull, match="no room for the text of a message"):
        MessageStore(root, Full()).write_text("maria", message.id, SAID)
    assert store.text("maria", message.id) is None
    assert store.read("maria", message.id) == message


@pytest.mark.parametrize("operations", range(5))
def test_a_power_cut_leaves_the_whole_text_or_none(root, operations):
    disk = FailingDisk()
    store = MessageStore(root, disk)
    path = store.begin("maria", JANE)
    write_wav(path, 2.0)
    message = store.commit(path, JANE)
    disk.left = operations
    with suppress(PowerCutError):
        store.write_text("maria", message.id, SAID)
    done = operations == 4
    disk.lose(root)
    after = MessageStore(root)
    assert after.recover() == []
    assert after.list("maria") == [message]
    assert after.text("maria", message.id) == (SAID if done else None)
    after.write_text("maria", message.id, SAID)
    assert after.text("maria", message.id) == SAID
