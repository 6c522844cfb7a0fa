"""When a message was heard, and what marks a draft has: both are kept with it."""

from __future__ import annotations

import errno
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from appliance.store.disk import Disk
from appliance.store.messages import MessageStore
from tests.store.samples import JANE, NOON

HEARD = NOON + timedelta(days=3)


def test_when_a_message_was_heard_is_kept_with_it(store, leave):
    kept = store.keep(leave(), at=HEARD)
    assert kept.heard_at == HEARD
    assert [message.heard_at for message in store.list("maria")] == [HEARD]


def test_a_full_disk_does_not_keep_a_message_from_being_heard(root, leave):
    class Full(Disk):
        def replace(self, path: Path, content: bytes) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    kept = MessageStore(root, Full()).keep(leave(), at=HEARD)
    assert (kept.new, kept.heard_at) == (False, None)


def test_a_mark_on_a_draft_survives_a_power_cut(store, wav):
    path = store.begin("maria", JANE)
    wav(path, 5)
    store.redraft(path, replace(JANE, urgent=True, private=True))
    (found,) = store.recover()
    assert found.delivered
    (message,) = store.list("maria")
    assert (message.urgent, message.private) == (True, True)
