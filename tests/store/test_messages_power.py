"""Power cuts: at each operation of the disk in turn, and a process killed at moments nobody chose."""

from __future__ import annotations

import random
import subprocess
import sys
import wave
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.store.disk import Disk
from appliance.store.messages import Envelope, MessageStore, OwnRecording

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
SECONDS = 2


@dataclass
class Told:
    """What somebody has been told is so, and must find after the power cut."""

    new: set[str] = field(default_factory=set)
    saved: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    own: dict[OwnRecording, int] = field(default_factory=lambda: dict.fromkeys(OwnRecording, 0))
    """What greeting and name are in use, by the one sample each is made of; 0: none."""
    busy: set[str] = field(default_factory=set)
    """Callers whose message was just being kept or deleted: either may be so."""


def an_hour_at_the_office(store: MessageStore, told: Told, wav) -> None:
    """Three messages left, one kept, one deleted, a fourth caller discarded; a greeting recorded twice, and a name and
    an unavailable greeting."""

    def leave(caller: str) -> None:
        envelope = Envelope(caller, "", NOON + timedelta(minutes=int(caller)))
        path = store.begin("maria", envelope)
        wav(path, SECONDS, int(caller))
        store.commit(path, envelope)
        told.new.add(caller)

    def speak(what: OwnRecording, sample: int) -> None:
        path = store.begin_own("maria")
        wav(path, SECONDS, sample)
        store.commit_own(path, what)
        told.own[what] = sample

    for caller in ("1", "2", "3"):
        leave(caller)
    first, second, _ = store.list("maria")
    told.new.remove("1")
    told.busy.add("1")
    store.keep(first)
    told.busy.remove("1")
    told.saved.add("1")
    speak(OwnRecording.GREETING, 100)
    told.new.remove("2")
    told.busy.add("2")
    store.delete(second, NOON)
    told.busy.remove("2")
    told.deleted.add("2")
    speak(OwnRecording.NAME, 50)
    speak(OwnRecording.GREETING, 101)
    speak(OwnRecording.UNAVAILABLE, 60)
    path = store.begin("maria", Envelope("4", "", NOON))
    wav(path, SECONDS)
    store.discard(path)
    told.deleted.add("4")


def sample_in(path: Path) -> int:
    """The one sample a sound file is made of; the file must be whole."""
    with wave.open(str(path)) as sound:
        content = sound.readframes(sound.getnframes())
    assert content == content[:2] * (SECONDS * 8000)
    return int.from_bytes(content[:2], "little")


def wait_for_the_cut(root: Path, operations: int, failing_disk, power_cut, wav, *, lose: bool) -> tuple[Told, bool]:
    """Run the hour with the power failing at an operation; whether the hour came to its end."""
    disk, told = failing_disk(operations), Told()
    try:
        an_hour_at_the_office(MessageStore(root, disk), told, wav)
    except power_cut:
        if lose:
            disk.lose(root)
        return told, False
    return told, True


@pytest.mark.parametrize("lose", [False, True], ids=["all was written", "only what was synchronized"])
def test_whenever_the_power_fails_what_was_told_is_there_and_whole(tmp_path, failing_disk, power_cut, wav, lose):
    finished, operations = False, 0
    while not finished:
        root = tmp_path / str(operations)
        told, finished = wait_for_the_cut(root, operations, failing_disk, power_cut, wav, lose=lose)
        store = MessageStore(root)
        store.recover()
        messages = store.list("maria")
        callers = [message.caller_number for message in messages]
        assert len(callers) == len(set(callers))
        assert told.new <= {message.caller_number for message in messages if message.new}
        assert told.saved <= {message.caller_number for message in messages if not message.new}
        assert told.deleted.isdisjoint(callers)
        assert [sample_in(message.path) for message in messages if message.caller_number != "4"] == [
            int(caller) for caller in callers if caller != "4"
        ]
        for what, sample in told.own.items():
            own = store.own("maria", what)
            assert sample <= (0 if own is None else sample_in(own))
        assert store.recover() == []
        operations += 1
    assert operations > 90


def test_a_power_cut_during_recovery_loses_nothing_either(tmp_path, failing_disk, power_cut, wav):
    def cut_off(root: Path, operations: int) -> bool:
        store = MessageStore(root)
        for caller in ("1001", "1002"):
            path = store.begin("maria", Envelope(caller, "", NOON))
            wav(path, SECONDS, int(caller))
            Disk().overwrite(path, 40, bytes(4))  # As a header stands that was written before any sound.
        (root / "maria" / "new" / "notes.txt").write_text("foreign")
        disk = failing_disk()
        for path in root.rglob("*"):
            if path.is_file():
                disk.sync(path)  # What stood there at the start has long been safe.
        disk.left = operations
        try:
            MessageStore(root, disk).recover()
        except power_cut:
            disk.lose(root)
            return False
        return True

    finished, operations = False, 0
    while not finished:
        root = tmp_path / str(operations)
        finished = cut_off(root, operations)
        store = MessageStore(root)
        store.recover()
        assert [(message.caller_number, sample_in(message.path)) for message in store.list("maria")] == [
            ("1001", 1001),
            ("1002", 1002),
        ]
        operations += 1


CALLERS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from appliance.store.disk import Disk
from appliance.store.messages import Envelope, MessageStore
store = MessageStore(Path(sys.argv[1]))
sound, number = Path(sys.argv[2]).read_bytes(), 0
while True:
    number += 1
    envelope = Envelope(f"{sys.argv[3]}{number:05}", "", datetime(2026, 3, 9, tzinfo=UTC), 2.0)
    path = store.begin("maria", envelope)
    path.write_bytes(sound)
    message = store.commit(path, envelope)
    if number % 3 == 0:
        store.keep(message)
    print(envelope.caller_number, flush=True)
"""


def test_a_process_killed_at_any_moment_has_kept_every_message_it_told_of(tmp_path, wav):
    chance = random.Random(2)
    sound, root = tmp_path / "sound.wav", tmp_path / "messages"
    wav(sound, SECONDS)
    told: set[str] = set()
    for turn in range(3):
        command = [sys.executable, "-c", CALLERS, str(root), str(sound), str(turn)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _ in range(chance.randint(5, 40)):
                told.add(process.stdout.readline().strip())
            process.kill()
            told |= {line.strip() for line in process.stdout if line.endswith("\n")}
        store = MessageStore(root)
        store.recover()
        messages = store.list("maria")
        assert told <= {message.caller_number for message in messages}
        # Whoever was not told of may have been cut off in the middle of a word.
        assert {sample_in(message.path) for message in messages if message.caller_number in told} == {1000}
        assert store.recover() == []
    assert len(told) > 20
