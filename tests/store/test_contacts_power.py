"""Power cuts: at each byte that SQLite writes, at each operation on the copy, and a process killed at any moment."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from appliance.office.contact import Blocked, Contact
from appliance.store.contacts import ContactStore

PAGE = 4096


def found(path: Path) -> tuple[list[str], list[int], str]:
    """The names of the contacts, the counts of the block list, and what is told."""
    store = ContactStore.open(path)
    try:
        return [row[1] for row in store.contacts()], [one.times for one in store.blocked()], store.fault
    finally:
        store.close()


def contact(number: int) -> Contact:
    return Contact(f"40755501{number:02}", f"Person {number}", notes="x" * 200 * number)


def test_whenever_the_power_fails_all_that_was_committed_is_there_and_nothing_by_halves(tmp_path):
    """The log of SQLite is cut in many places: what is there then is what stands in front of the cut."""
    path = tmp_path / "contacts.sqlite"
    wal = path.with_name("contacts.sqlite-wal")
    store = ContactStore.open(path)
    states = [found_in(store)]
    committed = [wal.stat().st_size]
    for number in range(1, 6):
        store.put([contact(number), contact(number + 10)])
        states.append(found_in(store))
        committed.append(wal.stat().st_size)
    database, log = path.read_bytes(), wal.read_bytes()
    store.close()
    assert committed == sorted(set(committed))
    near = {place for size in committed for place in (size - 1, size, size + 1) if committed[0] <= place <= len(log)}
    for cut in sorted(near.union(range(committed[0], len(log), 800))):
        folder = tmp_path / f"cut-{cut}"
        folder.mkdir()
        after = folder / path.name
        after.write_bytes(database)
        # What was written and not yet synchronized may be anything.
        after.with_name(wal.name).write_bytes(log[:cut] + b"\xa5" * (cut % 3 * 1000))
        last = max(place for place, size in enumerate(committed) if size <= cut)
        assert found(after) == (*states[last], "")
        shutil.rmtree(folder)


def found_in(store: ContactStore) -> tuple[list[str], list[int]]:
    return [row[1] for row in store.contacts()], [one.times for one in store.blocked()]


def test_a_power_cut_while_the_log_is_brought_into_the_file_loses_nothing(tmp_path):
    """Any of the file's pages may be the old or the new one then; the log is still whole."""
    path = tmp_path / "contacts.sqlite"
    wal = path.with_name("contacts.sqlite-wal")
    store = ContactStore.open(path)
    for number in range(1, 9):
        store.put([contact(number)])
    wanted = found_in(store)
    old, log = path.read_bytes(), wal.read_bytes()
    with closing(sqlite3.connect(path)) as beside:
        beside.execute("PRAGMA wal_checkpoint(FULL)")
    new = path.read_bytes()
    store.close()
    pages = range(0, len(new), PAGE)
    assert len(pages) > 4
    for written in range(2 ** min(len(pages), 7)):
        folder = tmp_path / f"written-{written}"
        folder.mkdir()
        after = folder / path.name
        mixed = [new if written >> place & 1 else old.ljust(len(new), b"\0") for place in range(len(pages))]
        after.write_bytes(b"".join(one[at : at + PAGE] for one, at in zip(mixed, pages, strict=True)))
        after.with_name(wal.name).write_bytes(log)
        assert found(after) == (*wanted, "")
        shutil.rmtree(folder)


@pytest.mark.parametrize("lose", [False, True], ids=["all was written", "only what was synchronized"])
def test_whenever_the_power_fails_while_damaged_contacts_are_replaced_those_before_are_there(
    tmp_path, failing_disk, power_cut, lose
):
    finished, operations = False, 0
    while not finished:
        path = tmp_path / str(operations) / "contacts.sqlite"
        path.parent.mkdir()
        store = ContactStore.open(path)
        store.put([contact(1)])
        store.close()
        ContactStore.open(path).close()
        path.write_bytes(b"rubbish" * 1000)
        disk = failing_disk()
        for file in path.parent.iterdir():
            disk.sync(file)  # What stood there has long been safe.
        disk.left = operations
        try:
            ContactStore.open(path, disk).close()
            finished = True
        except power_cut:
            pass
        if lose:
            disk.lose(path.parent)
        assert found(path)[0] == ["Person 1"]
        operations += 1
    assert operations > 3


@pytest.mark.parametrize("lose", [False, True], ids=["all was written", "only what was synchronized"])
def test_whenever_the_power_fails_while_a_copy_is_made_there_is_a_whole_one(tmp_path, failing_disk, power_cut, lose):
    finished, operations = False, 0
    while not finished:
        path = tmp_path / str(operations) / "contacts.sqlite"
        path.parent.mkdir()
        disk = failing_disk()
        store = ContactStore.open(path, disk)
        store.put([contact(1)])
        store.keep_copy()
        store.put([contact(2)])
        disk.left = operations
        try:
            store.keep_copy()
            finished = True
        except power_cut:
            pass
        if lose:
            disk.lose(path.parent)
        store.close()
        path.unlink(missing_ok=True)
        names = found(path)[0]
        assert names in ([["Person 1", "Person 2"]] if finished else [["Person 1"], ["Person 1", "Person 2"]])
        operations += 1
    assert operations > 3


WORK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from appliance.office.contact import Blocked, Contact
from appliance.store.contacts import ContactStore
store = ContactStore.open(Path(sys.argv[1]))
store.block(Blocked("private"))
for number in range(100000):
    store.put([Contact(f"{number:010}", f"Person {number}"), Contact(f"{number:010}*", "its pattern")])
    store.count("private", datetime(2026, 3, 9, tzinfo=UTC))
    print(number, flush=True)
"""


def test_a_killed_process_has_kept_every_change_it_told_of(tmp_path):
    path = tmp_path / "contacts.sqlite"
    with subprocess.Popen([sys.executable, "-c", WORK, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(20)]
        process.kill()
        told += [line.strip() for line in process.stdout if line.endswith("\n")]
    names, counts, fault = found(path)
    assert fault == ""
    assert {f"Person {number}" for number in told} <= set(names)
    assert names.count("its pattern") == len(names) // 2
    assert len(told) <= counts[0] <= len(told) + 1


def test_the_pages_of_the_file_are_as_large_as_these_tests_think(tmp_path):
    path = tmp_path / "contacts.sqlite"
    store = ContactStore.open(path)
    store.block(Blocked("private"))
    store.close()
    with sqlite3.connect(path) as reader:
        assert reader.execute("PRAGMA page_size").fetchone() == (PAGE,)
    reader.close()
