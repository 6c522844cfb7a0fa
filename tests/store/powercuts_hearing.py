"""`python -m tests.store.powercuts_hearing [CUTS] [SEED]`: power cuts while messages are heard, forwarded and deleted.

Each time a few mailboxes are used at random, the power fails before a random operation of the disk, and what had not
been synchronized is lost. Then everything that was told must be so: no message is missing, none is there twice, none
that was heard is new, and none that was deleted is back.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from appliance.store.messages import Envelope, MessageStore
from appliance.wav.clip import read_clip
from tests.store.conftest import FailingDisk, PowerCutError, write_wav

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
MAILBOXES = ("maria", "tom", "sales")
DEEDS = 25
SOUND_SECONDS = 2
LATEST = 400
"""Among so many operations the power fails; a few times it does not."""

NEW, SAVED, DELETED, GONE = "new", "saved", "deleted", "gone"


@dataclass
class Told:
    """What somebody has been told is so. A message is known by its mailbox and its caller."""

    state: dict[tuple[str, str], str] = field(default_factory=dict)
    busy: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """What was just being done: each of these may be so."""
    callers: int = 0

    @contextmanager
    def becomes(self, message: tuple[str, str], state: str) -> Iterator[None]:
        """It becomes so within this, and until then may stand there in any way it has passed through."""
        self.busy[message] = {self.state.get(message, GONE), state}
        yield
        del self.busy[message]
        self.state[message] = state


class Office:
    """People who leave, hear, forward and delete messages at random."""

    def __init__(self, store: MessageStore, told: Told, chance: random.Random) -> None:
        self._store, self._told, self._chance = store, told, chance

    def works(self) -> None:
        for _ in range(DEEDS):
            self._chance.choice([self.leaves, self.hears, self.hears, self.forwards, self.deletes, self.restores])()

    def leaves(self) -> None:
        mailbox, caller = self._chance.choice(MAILBOXES), self._caller()
        envelope = Envelope(caller, "", NOON, urgent=self._chance.random() < 0.3)
        path = self._store.begin(mailbox, envelope)
        write_wav(path, SOUND_SECONDS, int(caller))
        with self._told.becomes((mailbox, caller), NEW):
            self._store.commit(path, envelope)

    def hears(self) -> None:
        if (found := self._one(NEW, SAVED)) is None:
            return
        mailbox, id, caller = found
        message = self._store.read(mailbox, id)
        if self._chance.random() < 0.3:
            with self._told.becomes((mailbox, caller), NEW):
                self._store.mark_new(message)
        else:
            with self._told.becomes((mailbox, caller), SAVED):
                self._store.keep(message, "tom" if mailbox == "sales" else "", NOON)

    def forwards(self) -> None:
        """To the other mailboxes, in another recording, as with an introduction; the message stays where it is."""
        if (found := self._one(NEW, SAVED)) is None:
            return
        mailbox, _, _ = found
        caller = self._caller()
        draft = self._store.begin_own(mailbox)
        write_wav(draft, SOUND_SECONDS, int(caller))
        self._store.record_anew(draft, draft.read_bytes())
        for other in MAILBOXES:
            if other != mailbox:
                with self._told.becomes((other, caller), NEW):
                    self._store.deliver(draft, other, replace(Envelope(caller, "", NOON), forwarded_by=mailbox))
        self._store.discard(draft)

    def deletes(self) -> None:
        if (found := self._one(NEW, SAVED)) is not None:
            mailbox, id, caller = found
            with self._told.becomes((mailbox, caller), DELETED):
                self._store.delete(self._store.read(mailbox, id), NOON, "tom")

    def restores(self) -> None:
        """Or removes it for good, as happens a day later."""
        if (found := self._one(DELETED)) is None:
            return
        mailbox, id, caller = found
        if self._chance.random() < 0.5:
            with self._told.becomes((mailbox, caller), SAVED):
                self._store.restore(self._store.read(mailbox, id))
        else:
            with self._told.becomes((mailbox, caller), GONE):
                self._store.remove(mailbox, id)

    def _one(self, *states: str) -> tuple[str, str, str] | None:
        there = []
        for mailbox in MAILBOXES:
            ids = self._store.ids(mailbox)
            lists = {NEW: ids.new, SAVED: ids.saved, DELETED: ids.deleted}
            there += [(mailbox, id) for state in states for id in lists[state]]
        if not there:
            return None
        mailbox, id = self._chance.choice(there)
        return mailbox, id, self._store.read(mailbox, id).caller_number

    def _caller(self) -> str:
        self._told.callers += 1
        return str(self._told.callers)


def after_a_cut(root: Path, seed: int) -> list[str]:
    """What is not as it was told after one power cut; empty where all is."""
    chance = random.Random(seed)
    disk, told = FailingDisk(chance.randrange(LATEST)), Told()
    try:
        Office(MessageStore(root, disk), told, chance).works()
    except PowerCutError:
        disk.lose(root)
    return wrong(MessageStore(root), told)


def wrong(store: MessageStore, told: Told) -> list[str]:
    """What is not as it was told."""
    store.recover()
    found: dict[tuple[str, str], str] = {}
    often: Counter[tuple[str, str]] = Counter()
    problems: list[str] = []
    for mailbox in MAILBOXES:
        ids = store.ids(mailbox)
        for state, some in ((NEW, ids.new), (SAVED, ids.saved), (DELETED, ids.deleted)):
            for message in (store.read(mailbox, id) for id in some):
                place = mailbox, message.caller_number
                found[place] = state
                often[place] += 1
                if set(read_clip(message.path).tolist()) != {int(message.caller_number)} and place not in told.busy:
                    problems.append(f"{place} has another's sound")
    for place, state in told.state.items():
        allowed = told.busy.get(place, {state})
        if found.get(place, GONE) not in allowed:
            problems.append(f"{place} is {found.get(place, GONE)}, and not {' or '.join(sorted(allowed))}")
    problems += [f"{place} is there {count} times" for place, count in often.items() if count > 1]
    problems += [f"{place} was never left" for place in found if place not in told.state and place not in told.busy]
    problems += [f"after a repair there is still {one.reason}" for one in store.recover()]
    return problems


def main(cuts: int = 1000, seed: int = 1) -> int:
    failed = 0
    for number in range(seed, seed + cuts):
        with tempfile.TemporaryDirectory() as folder:
            if problems := after_a_cut(Path(folder), number):
                failed += 1
                print(f"seed {number}: {'; '.join(problems)}")
    print(f"{cuts} power cuts, {failed} after which something is not as it was told")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
