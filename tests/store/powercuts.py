"""The power fails at a random operation of the disk, while messages are left or greetings recorded.

`python -m tests.store.powercuts [KIND…]` tries a thousand of each kind; the tests try some. Another kind is a function
in `KINDS`, which does things to a store and notes in `Acknowledged` what somebody has been told is so.
"""

from __future__ import annotations

import sys
import tempfile
import wave
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from appliance.store.envelope import Envelope, from_bytes
from appliance.store.layout import ENVELOPE
from appliance.store.messages import Message, MessageStore, OwnRecording
from tests.store.conftest import FailingDisk, PowerCutError, write_wav

TIMES = 1000
SECONDS = 2
NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
MAILBOXES = ("maria", "tom", "ruth")


@dataclass
class Acknowledged:
    """What somebody has been told is so, and must find behind the power cut."""

    messages: dict[tuple[str, str], Envelope] = field(default_factory=dict)
    """By mailbox and caller."""
    heard: set[tuple[str, str]] = field(default_factory=set)
    """Those among them that are no longer new."""
    gone: set[tuple[str, str]] = field(default_factory=set)
    """Messages that were cancelled or deleted."""
    doing: set[tuple[str, str]] = field(default_factory=set)
    """Messages to which something was just being done: it may be done, or not."""
    drafts: dict[tuple[str, str], Envelope] = field(default_factory=dict)
    """Messages that were just being left: where they are found, they have these marks."""
    own: dict[tuple[str, OwnRecording], int] = field(default_factory=dict)
    """The recordings in use, by the sample that each is made of; 0: none."""
    own_doing: dict[tuple[str, OwnRecording], int] = field(default_factory=dict)
    """What was just being put in their place."""


Kind = Callable[[MessageStore, Random, Acknowledged], None]


def leaving(store: MessageStore, chance: Random, told: Acknowledged) -> None:
    """Callers leave messages, add to them, mark them, cancel them, and one is sent to a list."""
    for number in range(1, chance.randint(3, 5)):
        mailbox, caller = chance.choice(MAILBOXES), str(number)
        envelope = Envelope(caller, "", NOON)
        path = store.begin(mailbox, envelope)
        write_wav(path, SECONDS, number)
        told.drafts[mailbox, caller] = envelope
        if chance.random() < 0.5:
            marked = replace(envelope, urgent=chance.random() < 0.7, private=chance.random() < 0.5)
            del told.drafts[mailbox, caller]
            store.redraft(path, marked)
            envelope = told.drafts[mailbox, caller] = marked
        if chance.random() < 0.2:
            told.doing.add((mailbox, caller))
            store.discard(path)
            told.gone.add((mailbox, caller))
            continue
        envelope = replace(envelope, seconds=float(SECONDS))
        message = store.commit(path, envelope)
        told.messages[mailbox, caller] = envelope
        if chance.random() < 0.4:
            for other in MAILBOXES:
                if other != mailbox:
                    store.deliver(message.path, other, envelope)
                    told.messages[other, caller] = envelope


def greeting(store: MessageStore, chance: Random, told: Acknowledged) -> None:
    """Greetings and names are recorded, recorded again, dropped and removed."""
    for number in range(1, chance.randint(4, 9)):
        which = (chance.choice(MAILBOXES[:2]), chance.choice(list(OwnRecording)))
        if number > 1 and chance.random() < 0.2:
            told.own_doing[which] = 0
            store.remove_own(*which)
            told.own[which] = 0
            continue
        path = store.begin_own(which[0])
        write_wav(path, SECONDS, number)
        if chance.random() < 0.2:
            store.discard(path)
            continue
        told.own_doing[which] = number
        store.commit_own(path, which[1])
        told.own[which] = number


KINDS: dict[str, Kind] = {"leaving": leaving, "greeting": greeting}


def cut_once(kind: Kind, seed: int, root: Path) -> list[str]:
    """The power fails once; what is wrong behind that, in sentences."""
    whole = FailingDisk()
    kind(MessageStore(root / "whole", whole), Random(seed), Acknowledged())
    chance = Random(f"cut {seed}")
    disk, told, cut = FailingDisk(chance.randrange(len(whole.done))), Acknowledged(), root / "cut"
    try:
        kind(MessageStore(cut, disk), Random(seed), told)
    except PowerCutError:
        if chance.random() < 0.5:
            disk.lose(cut)
    store = MessageStore(cut)
    store.recover()
    again = [str(found) for found in store.recover()]
    return [*again, *_messages_wrong(store, told), *_own_wrong(store, told)]


def _messages_wrong(store: MessageStore, told: Acknowledged) -> Iterator[str]:
    there: dict[tuple[str, str], list[Message]] = {}
    for mailbox in MAILBOXES:
        for message in store.list(mailbox):
            there.setdefault((mailbox, message.caller_number), []).append(message)
    for which, envelope in told.messages.items():
        if which not in there and which not in told.doing:
            yield f"the message of {which} is lost"
        for message in there.get(which, ()):
            if message.new is (which in told.heard) and which not in told.doing:
                yield f"the message of {which} is {'new again' if message.new else 'no longer new'}"
            if _sample_in(message.path) != int(which[1]):
                yield f"the message of {which} is not whole"
            if _marks(message) != (envelope.urgent, envelope.private):
                yield f"the message of {which} has other marks"
    for which in told.drafts.keys() - told.messages.keys():
        for message in there.get(which, ()):
            if _marks(message) != (told.drafts[which].urgent, told.drafts[which].private):
                yield f"the message of {which}, which was cut off, has other marks"
    yield from (f"the message of {which} is there again" for which in told.gone & there.keys())
    yield from (f"there are {len(found)} messages of {which}" for which, found in there.items() if len(found) > 1)


def _own_wrong(store: MessageStore, told: Acknowledged) -> Iterator[str]:
    for which in told.own.keys() | told.own_doing.keys():
        path = store.own(*which)
        found = 0 if path is None else _sample_in(path)
        allowed = {told.own.get(which, 0), told.own_doing.get(which, 0)}
        if found not in allowed:
            yield f"{which} is {found}, and not one of {sorted(allowed)}"


def _marks(message: Message) -> tuple[bool, bool]:
    envelope = from_bytes((message.path.parent / ENVELOPE).read_bytes())
    return envelope.urgent, envelope.private


def _sample_in(path: Path) -> int | None:
    """The one sample that all of a sound file is made of; None where it is not whole."""
    with wave.open(str(path)) as sound:
        content = sound.readframes(sound.getnframes())
    return int.from_bytes(content[:2], "little") if content == content[:2] * (SECONDS * 8000) else None


def wrong_in(kind: Kind, seeds: Sequence[int]) -> list[str]:
    """What is wrong in as many power cuts, with the seed of each."""
    found = []
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            found += [f"seed {seed}: {wrong}" for wrong in cut_once(kind, seed, Path(folder))]
    return found


def main(words: Sequence[str]) -> int:
    """words: which of the kinds; none: all."""
    if unknown := set(words) - KINDS.keys():
        print(f"there is no kind {unknown.pop()!r}; there are {', '.join(KINDS)}", file=sys.stderr)
        return 2
    wrong = 0
    for name in words or KINDS:
        found = wrong_in(KINDS[name], range(TIMES))
        print(f"{name}: {TIMES} power cuts, {len(found)} things wrong", *found, sep="\n  ", flush=True)
        wrong += len(found)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
