from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.office.contact import Blocked, Contact, Gets
from appliance.store.contacts import ContactStore, row_of
from appliance.store.database import FileFromTheFuture
from appliance.store.disk import Disk, StoreFull

JANE = Contact("4075550142", "Jane Doe", "Doe & Söhne", "likes 100 % silence", "es", 3)
JIM = Contact("4075550143", "jim", "Riverside")
PREMIUM = Contact("1900*", "Premium")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "contacts.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[ContactStore]:
    store = ContactStore.open(path)
    yield store
    store.close()


@pytest.fixture
def full(path: Path) -> Iterator[ContactStore]:
    """A store with one contact, for which the disk has not another page."""
    store = ContactStore.open(path)
    store.put([JANE])
    store.close()
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    full = ContactStore(path, connection, "", None)
    yield full
    full.close()


def all_of(store: ContactStore) -> list[Contact]:
    return [Contact(*row) for row in store.contacts()]


def again(path: Path) -> tuple[list[Contact], list[Blocked], str]:
    """What another start finds, and what it says."""
    store = ContactStore.open(path)
    try:
        return all_of(store), store.blocked(), store.fault
    finally:
        store.close()


def test_what_was_put_is_there_at_the_next_start(store, path):
    store.put([JANE, JIM, PREMIUM])
    entry = Blocked("private", Gets.CHALLENGE, "too many")
    store.block(entry)
    assert all_of(store) == [PREMIUM, JANE, JIM]
    store.close()
    assert again(path) == ([PREMIUM, JANE, JIM], [entry], "")


def test_a_contact_is_put_in_place_of_that_with_its_number_and_others_are_removed_with_it(store):
    store.put([JANE, JIM])
    changed = Contact(JANE.number, "Jane Roe")
    store.put([changed, PREMIUM], [JIM.number, "no such"])
    assert all_of(store) == [PREMIUM, changed]


def test_contacts_are_found_by_any_of_their_words_in_the_order_of_names(store):
    store.put([JANE, JIM, PREMIUM])
    assert store.find("", 0, 10).contacts == [JANE, JIM, PREMIUM]
    assert (store.find("", 1, 1).contacts, store.find("", 1, 1).total) == ([JIM], 3)
    assert store.find("DOE", 0, 10).contacts == [JANE]
    assert store.find("5550143", 0, 10).contacts == [JIM]
    assert store.find("river", 0, 10).contacts == [JIM]
    assert store.find("100 %", 0, 10).contacts == [JANE]
    assert store.find("%", 0, 10).contacts == [JANE]
    assert store.find("_", 0, 10).contacts == []
    assert store.find("'; DROP TABLE contacts; --", 0, 10).total == 0


def test_more_contacts_than_are_read_at_once_all_come_once(store):
    many = [Contact(f"407{number:07}", f"Person {number}") for number in range(1234)]
    store.put(many)
    assert all_of(store) == many


def test_blocked_calls_are_counted_on_the_disk(store, path):
    store.block(Blocked("1900*"))
    store.count("1900*", NOON)
    store.count("1900*", NOON.replace(hour=13))
    store.count("no such", NOON)
    store.close()
    assert again(path)[1] == [Blocked("1900*", times=2, last=NOON.replace(hour=13))]


def test_an_unblocked_caller_is_gone(store):
    store.block(Blocked("1900*"))
    store.block(Blocked("unavailable"))
    store.unblock("1900*")
    assert store.blocked() == [Blocked("unavailable")]


def test_only_the_owner_may_read_the_files(store, path):
    store.put([JANE])
    store.keep_copy()
    modes = {file.name: oct(file.stat().st_mode & 0o777) for file in path.parent.iterdir()}
    assert set(modes.values()) == {"0o600"}
    assert {"contacts.sqlite", "contacts.sqlite.previous"} <= set(modes)


def test_each_commit_is_synchronized(path, monkeypatch):
    opened = []
    connect = sqlite3.connect

    def connecting(*arguments, **options):
        opened.append(connect(*arguments, **options))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", connecting)
    store = ContactStore.open(path)
    assert opened[0].execute("PRAGMA synchronous").fetchone() == (2,)
    assert opened[0].execute("PRAGMA journal_mode").fetchone() == ("wal",)
    store.close()


DAMAGES = {
    "rubbish": lambda content: b"rubbish" * 1000,
    "cut off": lambda content: content[: len(content) // 2],
    "a page of zeros": lambda content: content[:4096] + bytes(4096) + content[8192:],
    "zeros": lambda content: bytes(len(content)),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_contacts_give_way_to_those_of_the_start_before_and_that_is_told(store, path, damage):
    store.put([Contact(f"407{number:07}", f"Person {number}") for number in range(500)])
    store.block(Blocked("private"))
    store.close()
    before = again(path)  # This start keeps a copy.
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    contacts, blocked, fault = again(path)
    assert (contacts, blocked) == before[:2]
    assert fault.startswith("the contacts were damaged (")
    assert fault.endswith("they are kept as contacts.sqlite.damaged; those of contacts.sqlite.previous are used")
    assert again(path) == (contacts, blocked, "")


def test_missing_contacts_are_those_of_the_start_before(store, path):
    store.put([JANE])
    store.close()
    again(path)
    path.unlink()
    assert again(path) == ([JANE], [], "the contacts were missing; those of contacts.sqlite.previous are used")


def test_two_damaged_generations_are_kept_and_new_contacts_are_begun(store, path):
    store.put([JANE])
    store.close()
    again(path)
    for file in (path, path.with_name("contacts.sqlite.previous")):
        file.write_bytes(b"rubbish" * 1000)
    contacts, blocked, fault = again(path)
    assert (contacts, blocked) == ([], [])
    assert fault.endswith("they are kept as contacts.sqlite.damaged; new ones are begun")


@pytest.mark.parametrize("version", [0, 1])
def test_somebody_else_s_file_is_set_aside(path, version):
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE contacts (what TEXT)")
        other.execute(f"PRAGMA user_version = {version}")
    other.close()
    assert "they are kept as contacts.sqlite.damaged; new ones are begun" in again(path)[2]


def test_contacts_of_a_newer_program_are_left_alone(store, path):
    store.close()
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version = 2")
    newer.close()
    content = path.read_bytes()
    with pytest.raises(FileFromTheFuture, match=r"contacts\.sqlite has version 2; this program knows 1"):
        ContactStore.open(path)
    assert path.read_bytes() == content


def test_no_copy_is_made_where_nothing_has_changed(store, path):
    store.put([JANE])
    store.close()
    again(path)
    again(path)
    previous = path.with_name("contacts.sqlite.previous")
    first = previous.stat()
    again(path)
    assert (previous.stat().st_ino, previous.stat().st_mtime_ns) == (first.st_ino, first.st_mtime_ns)


def test_on_a_full_disk_nothing_of_a_change_is_kept_and_all_that_was_before_is(full, path):
    with pytest.raises(StoreFull, match="no room for the contacts"):
        full.put([Contact(f"407{number:07}", "x" * 60) for number in range(1000)], [JANE.number])
    assert all_of(full) == [JANE]
    full.close()
    assert again(path)[0] == [JANE]


def test_very_many_contacts_are_brought_in_pieces_and_taken_in_at_once(store, path):
    store.put([JANE])
    many = [Contact(f"407{number:07}", f"Person {number}") for number in range(300)]
    store.bring(many[:150])
    store.bring([*many[150:], Contact(JANE.number, "Jane Roe")])
    assert (all_of(store), again(path)[0]) == ([JANE], [JANE])
    store.take_in()
    store.leave()
    assert len(all_of(store)) == 301
    assert store.find("jane", 0, 9).contacts == [Contact(JANE.number, "Jane Roe")]
    store.leave()
    store.close()
    assert len(again(path)[0]) == 301


def test_of_contacts_that_were_brought_and_left_nothing_is_kept(store):
    store.bring([JANE])
    store.leave()
    store.bring([JIM])
    store.take_in()
    assert all_of(store) == [JIM]


def test_on_a_full_disk_none_of_very_many_contacts_is_taken_in(full):
    full.bring(Contact(f"408{number:07}", "x" * 60) for number in range(1000))
    with pytest.raises(StoreFull, match="no room for the contacts"):
        full.take_in()
    assert all_of(full) == [JANE]


class FullDisk(Disk):
    def rename(self, old: Path, new: Path) -> None:
        raise StoreFull(28, "No space left on device", str(new))


def test_contacts_are_there_where_there_is_no_room_for_their_copy(path):
    store = ContactStore.open(path, FullDisk())
    store.put([JANE])
    assert all_of(store) == [JANE]
    with pytest.raises(StoreFull):
        store.keep_copy()
    store.close()


def test_contacts_in_memory_last_as_long_as_the_program(tmp_path):
    store = ContactStore.in_memory()
    store.put([JANE])
    store.keep_copy()
    assert all_of(store) == [JANE]
    store.close()
    assert list(tmp_path.iterdir()) == []


def test_many_threads_may_use_the_contacts_at_once(store):
    def work(number: int) -> None:
        for turn in range(5):
            store.put([Contact(f"4075550{number:02}{turn}", f"Person {number}")])
            store.find("Person", 0, 5)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(all_of(store)) == 50


def test_a_row_has_the_fields_of_a_contact_in_their_order():
    assert Contact(*row_of(JANE)) == JANE
