"""One recording in several mailboxes: each copy is whole and stands for itself."""

from __future__ import annotations

import errno
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from appliance.store.disk import Disk, StoreFull
from appliance.store.envelope import from_bytes
from appliance.store.layout import ENVELOPE
from appliance.store.messages import MessageStore
from tests.store.samples import JANE, NOON


def test_a_copy_outlives_the_recording_and_shares_its_room(store, leave):
    first = leave()
    copy = store.copy(first.path, replace(JANE, seconds=first.seconds, urgent=True), "tom")
    assert copy.path.stat().st_ino == first.path.stat().st_ino
    before = copy.path.read_bytes()
    store.delete(first)
    (found,) = store.list("tom")
    assert (found.path.read_bytes(), found.caller_number, found.new) == (before, JANE.caller_number, True)


def test_where_there_is_no_room_for_a_copy_the_mailbox_is_as_it_was(root, leave):
    class Full(Disk):
        def link(self, old: Path, new: Path) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    first = leave()
    full = MessageStore(root, Full())
    with pytest.raises(StoreFull):
        full.copy(first.path, JANE, "tom")
    assert full.list("tom") == []
    assert list((root / "tom" / "tmp").iterdir()) == []


def test_when_a_message_was_heard_is_kept_with_it(store, leave):
    heard = NOON + timedelta(days=3)
    kept = store.keep(leave(), heard)
    assert kept.heard == heard
    assert [message.heard for message in store.list("maria")] == [heard]
    assert store.keep(leave("tom")).heard is None


def test_a_full_disk_does_not_keep_a_message_from_being_heard(root, leave):
    class Full(Disk):
        def replace(self, path: Path, content: bytes) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    kept = MessageStore(root, Full()).keep(leave(), NOON)
    assert (kept.new, kept.heard) == (False, None)


def test_a_mark_on_a_draft_survives_a_power_cut(store, wav):
    path = store.begin("maria", JANE)
    wav(path, 5)
    store.redraft(path, replace(JANE, urgent=True, private=True))
    (found,) = store.recover()
    assert found.delivered
    kept = from_bytes((found.path / ENVELOPE).read_bytes())
    assert (kept.urgent, kept.private) == (True, True)
