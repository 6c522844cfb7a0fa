from __future__ import annotations

import errno
import json
import os
import struct
import threading
import wave
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from appliance.store.disk import Disk
from appliance.store.messages import Counts, Envelope, Message, MessageGone, MessageStore, StoreFull

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
JANE = Envelope("5550142", "JANE DOE", NOON)
CUT_OFF = "The recording was cut off by a power failure."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "messages"


@pytest.fixture
def store(root: Path) -> MessageStore:
    return MessageStore(root)


@pytest.fixture
def leave(store, wav):
    """Leave a message of 4 s in a mailbox."""

    def leave(mailbox: str = "maria", envelope: Envelope = JANE, into: MessageStore = store) -> Message:
        path = into.begin(mailbox, envelope)
        wav(path, 4)
        return into.commit(path, replace(envelope, seconds=4.0))

    return leave


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
    late, early, middle = (leave("maria", replace(JANE, received=NOON + timedelta(hours=hour))) for hour in (9, 1, 5))
    kept_early, kept_late = store.keep(early), store.keep(late)
    assert store.list("maria") == [middle, kept_early, kept_late]
    assert store.counts("maria") == Counts(new=1, saved=2)
    assert store.counts("tom") == Counts(new=0, saved=0)


def test_a_kept_message_is_saved_and_keeping_it_again_changes_nothing(store, root, leave):
    message = leave()
    kept = store.keep(message)
    assert kept == replace(message, new=False, path=root / "maria" / "saved" / "000001" / "audio.wav")
    assert kept.path.exists()
    assert store.keep(kept) == kept
    assert store.list("maria") == [kept]


def test_a_deleted_message_is_gone_with_all_its_files(store, root, leave):
    first, second = leave(), leave()
    store.delete(store.keep(first))
    assert store.list("maria") == [second]
    store.delete(second)
    assert files(root) == []


@pytest.mark.parametrize("act", ["keep", "delete"])
def test_what_is_no_longer_there_cannot_be_kept_or_deleted(store, leave, act):
    message = leave()
    store.delete(message)
    with pytest.raises(MessageGone):
        getattr(store, act)(message)


def test_a_number_is_never_given_to_a_second_message(store, root, leave):
    store.delete(leave())
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
    for ask in (store.begin, store.list, store.counts, store.greeting, store.begin_greeting, store.remove_greeting):
        with pytest.raises(ValueError, match="is not the name of a mailbox"):
            ask(name)
    assert not root.exists()


def test_a_message_that_is_no_message_of_ours_is_refused(store, leave):
    with pytest.raises(ValueError, match="is not the id of a message"):
        store.delete(replace(leave(), id="../../tom"))
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


def test_a_greeting_takes_the_place_of_the_one_before_only_when_it_is_committed(store, root, wav):
    assert store.greeting("maria") is None
    first = store.begin_greeting("maria")
    wav(first, 2)
    assert store.greeting("maria") is None
    assert store.commit_greeting(first) == store.greeting("maria") == root / "maria" / "greeting.wav"
    second = store.begin_greeting("maria")
    wav(second, 3)
    store.discard(second)
    with wave.open(str(store.greeting("maria"))) as file:
        assert file.getnframes() == 16000
    store.remove_greeting("maria")
    store.remove_greeting("maria")
    assert store.greeting("maria") is None
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


def test_a_recording_cut_off_by_a_power_cut_is_delivered_with_its_caller_and_a_note(store, root, wav):
    path = store.begin("maria", JANE)
    wav(path, 5)
    with open(path, "r+b") as file:  # As a header stands that was written before any sound.
        file.write(struct.pack("<4sI", b"RIFF", 36))
        file.seek(40)
        file.write(struct.pack("<I", 0))
        file.truncate(44 + 5 * 16000 - 1)
    (recovered,) = MessageStore(root).recover()
    assert (recovered.mailbox, recovered.delivered, recovered.reason) == ("maria", True, CUT_OFF)
    (message,) = store.list("maria")
    assert (message.caller_name, message.seconds, message.note) == ("JANE DOE", 5.0, CUT_OFF)
    assert message.path.parent == recovered.path
    with wave.open(str(message.path)) as sound:
        assert sound.getnframes() == 5 * 8000 - 1
    assert store.recover() == []


def spoil(path: Path, name: str) -> None:
    """Make a whole message what a bad memory card leaves of it."""
    sound, envelope = path / "audio.wav", path / "envelope.json"
    {
        "no sound": sound.unlink,
        "empty sound": lambda: os.truncate(sound, 0),
        "cut sound": lambda: os.truncate(sound, 30_000),
        "foreign sound": lambda: sound.write_bytes(b"ID3" + bytes(5000)),
        "compressed sound": lambda: sound.write_bytes(sound.read_bytes()[:20] + b"\x07" + sound.read_bytes()[21:]),
        "headless sound": lambda: os.truncate(sound, 40),
        "header only": lambda: sound.write_bytes(sound.read_bytes()[:40] + bytes(4)),
        "no envelope": envelope.unlink,
        "empty envelope": lambda: os.truncate(envelope, 0),
        "cut envelope": lambda: os.truncate(envelope, 50),
        "foreign envelope": lambda: envelope.write_text("[1, 2]"),
        "envelope without a time": lambda: envelope.write_text(json.dumps({"received": "soon"})),
        "envelope of bytes": lambda: envelope.write_bytes(b"\xff\xfe\x00"),
    }[name]()


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ("no sound", "there is no sound"),
        ("empty sound", "the sound file is empty"),
        ("cut sound", "34044 bytes of the sound are missing"),
        ("foreign sound", "the sound file is not a WAV file"),
        ("compressed sound", "the sound file does not hold plain samples"),
        ("headless sound", "the sound file has no sound in it"),
        ("header only", "there is no sound"),
        ("no envelope", "there is no envelope"),
        ("empty envelope", "the envelope cannot be read"),
        ("cut envelope", "the envelope cannot be read"),
        ("foreign envelope", "the envelope cannot be read"),
        ("envelope without a time", "the envelope cannot be read"),
        ("envelope of bytes", "the envelope cannot be read"),
    ],
)
@pytest.mark.parametrize("saved", [False, True], ids=["new", "saved"])
def test_a_damaged_message_is_set_aside_and_told_and_the_others_stay(store, root, leave, damage, reason, saved):
    good, bad = leave(), leave()
    if saved:
        bad = store.keep(bad)
    spoil(bad.path.parent, damage)
    left = len(files(root))
    (recovered,) = MessageStore(root).recover()
    assert (recovered.mailbox, recovered.delivered, recovered.reason) == ("maria", False, reason)
    assert recovered.path == root / "maria" / "damaged" / bad.id
    assert len(files(root)) == left
    assert store.list("maria") == [good]
    assert store.recover() == []


def test_listing_passes_over_a_damaged_message_until_it_is_set_aside(store, leave):
    bad, good = leave(), leave()
    spoil(bad.path.parent, "empty envelope")
    assert store.list("maria") == [good]
    assert store.counts("maria") == Counts(new=1, saved=0)


def test_foreign_files_are_set_aside_and_none_is_lost_where_names_meet(store, root, leave):
    message = leave()
    for place in ("new/notes.txt", "saved/notes.txt", "tmp/notes.txt"):
        (root / "maria" / place).write_text(place)
    (root / "lost+found").mkdir()
    (root / "README").write_text("not a mailbox")
    assert [(found.delivered, found.reason) for found in store.recover()] == [(False, "this is not a message")] * 3
    damaged = root / "maria" / "damaged"
    assert {path.name: path.read_text() for path in damaged.iterdir()} == {
        "notes.txt": "tmp/notes.txt",
        "notes.txt-2": "new/notes.txt",
        "notes.txt-3": "saved/notes.txt",
    }
    assert (root / "README").exists()
    assert store.list("maria") == [message]


@pytest.mark.parametrize(
    ("seconds", "draft", "reason"),
    [
        (0.5, JANE, "only 0.5 s of speech had been recorded"),
        (30, None, "there is no envelope"),
        (None, JANE, "there is no sound"),
    ],
)
def test_a_recording_that_cannot_be_a_message_is_set_aside(store, wav, seconds, draft, reason):
    path = store.begin("maria", draft)
    if seconds is not None:
        wav(path, seconds)
    assert [(found.delivered, found.reason) for found in store.recover()] == [(False, reason)]
    assert store.list("maria") == []


def test_a_recording_in_which_nobody_spoke_is_no_message(store, wav):
    wav(store.begin("maria", JANE), 30, sample=5)
    assert [found.reason for found in store.recover()] == ["only 0.0 s of speech had been recorded"]
    assert store.list("maria") == []


def test_a_damaged_greeting_is_set_aside(store, wav):
    path = store.begin_greeting("maria")
    wav(path, 2)
    os.truncate(store.commit_greeting(path), 100)
    assert [(found.delivered, found.reason) for found in store.recover()] == [
        (False, "31944 bytes of the sound are missing")
    ]
    assert store.greeting("maria") is None


class DeadDisk(Disk):
    """A disk that can still be read, as a memory card is when it wears out."""

    def make_folder(self, path: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    def rename(self, old: Path, new: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(old))

    def write(self, path: Path, content: bytes) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))


def test_recovery_on_a_disk_that_cannot_be_written_tells_so_and_ends(store, root, wav, leave):
    message = leave("tom")
    wav(store.begin("maria", JANE), 4)
    (root / "ruth").mkdir()
    found = MessageStore(root, DeadDisk()).recover()
    assert [(each.mailbox, each.delivered, each.path.name) for each in found] == [
        ("maria", False, "000001"),
        ("ruth", False, "ruth"),
    ]
    assert ["Read-only file system" in each.reason for each in found] == [True, True]
    assert store.list("tom") == [message]


def test_recovery_of_a_store_that_was_never_used_finds_nothing(store):
    assert store.recover() == []


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
