from __future__ import annotations

import errno
import os
import threading
import wave
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from appliance.store.disk import Disk
from appliance.store.messages import (
    Counts,
    Envelope,
    Message,
    MessageGone,
    MessageStore,
    OwnRecording,
    StoreFull,
)
from tests.store.samples import JANE, NOON


def files(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_a_committed_message_is_in_the_mailbox_as_it_was_left(store, root, leave):
    message = leave()
    assert message == Message(
        id="000001",
        mailbox="maria",
        caller_number="5550142",
        caller_name="JANE DOE",
        received=NOON,
        seconds=4.0,
        path=root / "maria" / "new" / "000001" / "audio.wav",
        new=True,
    )
    assert MessageStore(root).list("maria") == [message]
    assert files(root) == ["maria/new/000001/audio.wav", "maria/new/000001/envelope.json"]


def test_every_time_is_stored_as_utc(store, wav):
    path = store.begin("maria")
    wav(path, 1)
    store.commit(path, Envelope("", "", datetime(2026, 3, 9, 7, tzinfo=timezone(timedelta(hours=-5))), 1.0))
    (message,) = store.list("maria")
    assert (message.received, message.received.tzinfo) == (NOON, UTC)
    with pytest.raises(ValueError, match="time zone"):
        Envelope("", "", datetime(2026, 3, 9, 7))  # noqa: DTZ001


def test_what_is_being_recorded_is_not_in_the_mailbox_yet(store, wav):
    wav(store.begin("maria", JANE), 4)
    assert store.list("maria") == []
    assert store.counts("maria") == Counts(new=0, saved=0)


def test_new_messages_come_before_saved_ones_and_old_ones_before_young_ones(store, leave):
    first, second, third = (leave() for _ in range(3))
    kept_third, kept_first = store.keep(third), store.keep(first)
    assert store.list("maria") == [second, kept_first, kept_third]
    assert store.counts("maria") == Counts(new=1, saved=2)
    assert store.counts("tom") == Counts(new=0, saved=0)


def test_urgent_messages_come_first_and_are_known_without_a_look_at_their_envelopes(store, leave):
    urgent = replace(JANE, urgent=True, until=NOON + timedelta(days=1))
    calm, hurried, also_calm = leave(), leave("maria", urgent), leave()
    assert (hurried.id, hurried.urgent, hurried.until) == ("000002ue", True, urgent.until)
    assert store.ids("maria").new == [hurried.id, calm.id, also_calm.id]
    assert store.counts("maria") == Counts(new=3, saved=0, urgent=1)
    store.keep(hurried)
    assert store.counts("maria") == Counts(new=2, saved=1)


def test_a_kept_message_is_saved_and_keeping_it_again_changes_nothing(store, root, leave):
    message = leave()
    kept = store.keep(message)
    assert kept == replace(message, new=False, path=root / "maria" / "saved" / "000001" / "audio.wav")
    assert kept.path.exists()
    assert store.keep(kept) == kept
    assert store.list("maria") == [kept]


def test_a_deleted_message_counts_no_more_and_can_be_brought_back(store, leave):
    first, second = leave(), leave()
    deleted = store.delete(first, NOON, "tom")
    assert (deleted.deleted, deleted.deleted_at, deleted.deleted_by) == (True, NOON, "tom")
    assert store.list("maria") == [second]
    assert store.counts("maria") == Counts(new=1, saved=0)
    assert (store.ids("maria").deleted, store.read("maria", first.id)) == ([first.id], deleted)
    restored = store.restore(deleted)
    assert (restored.new, restored.deleted, restored.deleted_at) == (False, False, None)
    assert store.restore(deleted) == restored
    assert store.list("maria") == [second, restored]
    assert store.recover() == []


def test_a_removed_message_is_gone_with_all_its_files(store, root, leave):
    first, second = leave(), leave()
    store.remove("maria", store.delete(first, NOON).id)
    assert store.list("maria") == [second]
    store.remove("maria", second.id)
    assert files(root) == []
    with pytest.raises(MessageGone):
        store.restore(first)


@pytest.mark.parametrize("remove", [False, True], ids=["deleted", "removed"])
@pytest.mark.parametrize("act", ["keep", "mark_new", "delete"])
def test_what_is_no_longer_there_cannot_be_kept_or_deleted(store, leave, act, remove):
    message = leave()
    store.delete(message, NOON)
    if remove:
        store.remove("maria", message.id)
    with pytest.raises(MessageGone):
        getattr(store, act)(message, *([NOON] if act == "delete" else []))


def test_a_message_that_was_heard_can_be_new_again(store, leave):
    message = leave()
    store.keep(message)
    assert store.mark_new(message) == message
    assert store.mark_new(message) == message
    assert store.counts("maria") == Counts(new=1, saved=0)


def test_who_heard_a_message_of_several_people_first_is_kept_in_its_envelope(store, leave):
    message = leave("sales")
    store.keep(message, "tom", NOON)
    assert store.keep(message, "maria", NOON + timedelta(hours=1)).heard_by == "tom"
    (there,) = store.list("sales")
    assert (there.heard_by, there.heard_at) == ("tom", NOON)


def test_a_message_to_everybody_takes_its_room_on_the_disk_once(store, wav):
    recorded = store.begin_own("maria")
    wav(recorded, 3)
    there = [store.deliver(recorded, mailbox, replace(JANE, seconds=3.0)) for mailbox in ("tom", "ruth")]
    store.discard(recorded)
    assert [message.path.stat().st_nlink for message in there] == [2, 2]
    assert [store.list(mailbox) for mailbox in ("tom", "ruth")] == [[message] for message in there]
    assert store.recover() == []


def test_a_number_is_never_given_to_a_second_message(store, root, leave):
    store.remove("maria", store.delete(leave(), NOON).id)
    assert leave().id == "000002"
    store.keep(leave())
    assert leave(into=MessageStore(root)).id == "000004"


def test_a_discarded_recording_leaves_nothing(store, root, wav):
    path = store.begin("maria", JANE)
    wav(path, 4)
    store.discard(path)
    store.discard(store.begin("maria"))
    assert files(root) == []
    assert store.recover() == []


def test_only_the_owner_of_the_files_may_read_them(leave):
    message = leave()
    folders = [message.path.parent, *message.path.parents[1:4]]
    assert [oct(folder.stat().st_mode & 0o777) for folder in folders] == ["0o700"] * 4
    assert (message.path.parent / "envelope.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["", ".", "..", "../maria", "a/b", "Maria", "maria\n", "-a", "a" * 33, "ma\0ria", "é"])
def test_a_mailbox_that_is_no_name_is_refused(store, root, name):
    for ask in (store.begin, store.list, store.counts, store.begin_own):
        with pytest.raises(ValueError, match="is not the name of a mailbox"):
            ask(name)
    for ask in (store.own, store.remove_own):
        with pytest.raises(ValueError, match="is not the name of a mailbox"):
            ask(name, OwnRecording.NAME)
    assert not root.exists()


def test_a_message_that_is_no_message_of_ours_is_refused(store, leave):
    with pytest.raises(ValueError, match="is not the id of a message"):
        store.delete(replace(leave(), id="../../tom"), NOON)
    with pytest.raises(ValueError, match="is not the name of a mailbox"):
        store.keep(replace(leave(), mailbox=".."))


def test_messages_begun_at_once_from_many_threads_get_folders_of_their_own(store):
    paths: list[Path] = []
    threads = [threading.Thread(target=lambda: paths.append(store.begin("maria", JANE))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path.parent.name for path in paths) == [f"{number:06}" for number in range(1, 17)]


@pytest.mark.parametrize(
    ("what", "file"),
    [
        (OwnRecording.GREETING, "greeting.wav"),
        (OwnRecording.UNAVAILABLE, "unavailable.wav"),
        (OwnRecording.NAME, "name.wav"),
    ],
    ids=str,
)
def test_the_owners_recording_takes_the_place_of_the_one_before_only_when_it_is_committed(store, root, wav, what, file):
    assert store.own("maria", what) is None
    first = store.begin_own("maria")
    wav(first, 2)
    assert store.own("maria", what) is None
    assert store.commit_own(first, what) == store.own("maria", what) == root / "maria" / file
    second = store.begin_own("maria")
    wav(second, 3)
    store.discard(second)
    with wave.open(str(store.own("maria", what))) as sound:
        assert sound.getnframes() == 16000
    assert [other for other in OwnRecording if store.own("maria", other)] == [what]
    store.remove_own("maria", what)
    store.remove_own("maria", what)
    assert store.own("maria", what) is None
    assert files(root) == []


def test_a_commit_is_synchronized_in_the_order_that_makes_it_safe(root, failing_disk, leave):
    disk = failing_disk()
    leave(into=MessageStore(root, disk))
    begun = disk.done.index("make tmp/000001")
    assert disk.done[begun:] == [
        "make tmp/000001",
        "write 000001/envelope.json",
        "sync 000001/envelope.json",
        "sync tmp/000001",
        "sync maria/tmp",
        "sync 000001/audio.wav",
        "write 000001/envelope.json.part",
        "sync 000001/envelope.json.part",
        "rename 000001/envelope.json.part 000001/envelope.json",
        "sync tmp/000001",
        "rename tmp/000001 new/000001",
        "sync maria/new",
        "sync maria/tmp",
    ]


class FullDisk(Disk):
    """A disk on which names still fit, but no content."""

    full = False
    code = errno.ENOSPC

    def write(self, path: Path, content: bytes) -> None:
        if self.full:
            super().write(path, content[:10])
            raise OSError(self.code, os.strerror(self.code), str(path))
        super().write(path, content)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_message_for_which_there_is_no_room_is_refused_and_leaves_nothing(root, leave, code):
    disk = FullDisk()
    store = MessageStore(root, disk)
    message = leave(into=store)
    disk.full, disk.code = True, code
    with pytest.raises(StoreFull, match="the disk is full: no room for a message"):
        store.begin("maria", JANE)
    assert store.list("maria") == [message]
    assert store.recover() == []


def test_a_message_that_fills_the_disk_is_delivered_with_its_draft_envelope(root, wav):
    disk = FullDisk()
    store = MessageStore(root, disk)
    path = store.begin("maria", JANE)
    wav(path, 4)
    disk.full = True
    message = store.commit(path, replace(JANE, seconds=4.0))
    assert (message.caller_name, message.seconds) == ("JANE DOE", 4.0)
    assert store.list("maria") == [message]
    assert store.recover() == []
    assert files(root) == ["maria/new/000001/audio.wav", "maria/new/000001/envelope.json"]


def test_without_a_draft_a_message_that_fills_the_disk_can_be_committed_later(root, wav):
    disk = FullDisk()
    store = MessageStore(root, disk)
    path = store.begin("maria")
    wav(path, 4)
    disk.full = True
    with pytest.raises(StoreFull):
        store.commit(path, JANE)
    disk.full = False
    assert store.commit(path, JANE) in store.list("maria")


def test_a_full_disk_does_not_keep_recovery_from_delivering(root, wav):
    disk = FullDisk()
    store = MessageStore(root, disk)
    wav(store.begin("maria", JANE), 4)
    disk.full = True
    assert [found.delivered for found in store.recover()] == [True]
    assert [message.seconds for message in store.list("maria")] == [4.0]


def test_a_recording_the_disk_cut_short_is_committed_with_what_there_is(store, wav):
    path = store.begin("maria", JANE)
    wav(path, 4)
    os.truncate(path, 44 + 2 * 16000)
    with wave.open(str(store.commit(path, replace(JANE, seconds=2.0)).path)) as sound:
        assert sound.getnframes() == 16000
    assert store.recover() == []


def test_a_recording_without_sound_is_not_committed(store):
    path = store.begin("maria", JANE)
    path.touch()
    with pytest.raises(ValueError, match="empty"):
        store.commit(path, JANE)
    assert store.list("maria") == []


def test_a_full_disk_deletes_what_it_cannot_note_the_time_of(root, leave):
    disk = FullDisk()
    store = MessageStore(root, disk)
    message = leave(into=store)
    disk.full = True
    assert store.delete(message, NOON).deleted_at is None
    assert store.recover() == []
