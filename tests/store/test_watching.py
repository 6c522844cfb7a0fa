"""Changes of the mailboxes on disk are noticed, whoever makes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.store.messages import Envelope, Message, MessageStore, OwnRecording
from appliance.store.watching import MailboxWatch
from tests.store.conftest import write_wav

NOW = datetime(2026, 3, 3, 14, 15, tzinfo=UTC)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[MailboxWatch]:
    watch = MailboxWatch(tmp_path / "messages")
    yield watch
    watch.close()


def put(store: MessageStore, mailbox: str) -> Message:
    envelope = Envelope("4075550142", "", NOW, seconds=2.0)
    path = store.begin(mailbox, envelope)
    write_wav(path, 2.0)
    return store.commit(path, envelope)


def test_a_mailbox_that_is_new_itself_is_noticed_and_watched_from_then_on(tmp_path: Path, watch: MailboxWatch) -> None:
    store = MessageStore(tmp_path / "messages")
    assert watch.changed() == set()
    message = put(store, "maria")
    assert watch.changed() == {"maria"}
    assert watch.changed() == set()
    store.keep(message)
    assert watch.changed() == {"maria"}
    put(store, "tom")
    put(store, "maria")
    assert watch.changed() == {"maria", "tom"}


def test_a_greeting_is_no_message(tmp_path: Path, watch: MailboxWatch) -> None:
    store = MessageStore(tmp_path / "messages")
    put(store, "maria")
    watch.changed()
    path = store.begin_own("maria")
    write_wav(path, 2.0)
    store.commit_own(path, OwnRecording.GREETING)
    assert watch.changed() == set()


def test_what_is_no_mailbox_is_passed_over(tmp_path: Path, watch: MailboxWatch) -> None:
    (tmp_path / "messages" / "Read Me").write_text("")
    (tmp_path / "messages" / "notes").write_text("")
    assert watch.changed() == set()
