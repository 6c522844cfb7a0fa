from __future__ import annotations

import errno
import json
import os
import struct
import wave
from pathlib import Path

import pytest

from appliance.store.disk import Disk
from appliance.store.messages import Counts, MessageStore, OwnRecording
from tests.store.samples import CUT_OFF, JANE


def files(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


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


def test_listing_sets_a_damaged_message_aside_so_that_it_lights_no_lamp(store, root, leave):
    bad, good = leave(), leave()
    spoil(bad.path.parent, "empty envelope")
    assert store.list("maria") == [good]
    assert (root / "maria" / "damaged" / bad.id).is_dir()
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


@pytest.mark.parametrize("what", OwnRecording)
def test_a_damaged_recording_of_the_owner_is_set_aside(store, wav, what):
    path = store.begin_own("maria")
    wav(path, 2)
    os.truncate(store.commit_own(path, what), 100)
    assert [(found.delivered, found.reason) for found in store.recover()] == [
        (False, "31944 bytes of the sound are missing")
    ]
    assert store.own("maria", what) is None


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
