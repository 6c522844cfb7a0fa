from __future__ import annotations

import errno
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from appliance.store.disk import Disk
from appliance.store.office import DamagedFile, OfficeStore, StoredOffice, StoreFull

OLD: dict[str, Any] = {"name": "Riverside", "trunks": [{"port": "fxo-1"}], "led": {"gpio": 17}}
NEW: dict[str, Any] = {"name": "Zahnärzte am Fluß", "trunks": []}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "office.json"


@pytest.fixture
def store(path: Path) -> OfficeStore:
    store = OfficeStore(path)
    store.save(OLD)
    store.save(NEW)
    return store


def test_where_nothing_was_saved_there_is_no_document_and_no_fault(path):
    assert OfficeStore(path).load() == StoredOffice(None, "")


def test_the_document_saved_last_is_loaded_whole_with_nothing_of_the_one_before(store, path):
    assert OfficeStore(path).load() == StoredOffice(NEW, "")


def test_only_the_owner_may_read_the_files(store, path):
    assert {file.name: oct(file.stat().st_mode & 0o777) for file in path.parent.iterdir()} == {
        "office.json": "0o600",
        "office.json.previous": "0o600",
    }


def spoiled(path: Path, how: str) -> None:
    content = path.read_bytes()
    {
        "empty": lambda: path.write_bytes(b""),
        "cut off": lambda: path.write_bytes(content[:-20]),
        "one bit": lambda: path.write_bytes(content[:-5] + bytes([content[-5] ^ 1]) + content[-4:]),
        "zeros": lambda: path.write_bytes(bytes(len(content))),
        "missing": path.unlink,
    }[how]()


DAMAGES = ["empty", "cut off", "one bit", "zeros", "missing"]


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_document_gives_way_to_the_one_before_and_that_is_told(store, path, how):
    spoiled(path, how)
    wrong = "is missing" if how == "missing" else "is damaged"
    assert store.load() == StoredOffice(OLD, f"office.json {wrong}; the generation before it is used")


@pytest.mark.parametrize("how", DAMAGES)
def test_saving_over_a_damaged_document_keeps_the_good_one_before_it(store, path, how):
    spoiled(path, how)
    newest = {"name": "Newest"}
    store.save(newest)
    assert store.load() == StoredOffice(newest, "")
    path.write_bytes(b"")
    assert store.load().document == OLD


def test_a_damaged_previous_generation_does_no_harm(store, path):
    spoiled(path.with_name("office.json.previous"), "zeros")
    assert store.load() == StoredOffice(NEW, "")


@pytest.mark.parametrize("how", DAMAGES[:-1])
def test_two_damaged_generations_are_an_error_that_names_both(store, path, how):
    for file in list(path.parent.iterdir()):
        spoiled(file, how)
    with pytest.raises(DamagedFile, match=r"office\.json is damaged and office\.json\.previous is damaged"):
        store.load()


def test_saving_over_two_damaged_generations_sets_them_aside(store, path):
    for file in list(path.parent.iterdir()):
        file.write_bytes(b"rubbish")
    store.save(OLD)
    assert store.load() == StoredOffice(OLD, "")
    assert sorted(file.name for file in path.parent.iterdir()) == [
        "office.json",
        "office.json.damaged",
        "office.json.previous.damaged",
    ]


def test_what_is_no_file_is_told_as_unreadable(path):
    path.mkdir()
    with pytest.raises(DamagedFile, match="cannot be read"):
        OfficeStore(path).load()


@pytest.mark.parametrize("lose", [False, True], ids=["all was written", "only what was synchronized"])
def test_whenever_the_power_fails_the_old_or_the_new_document_is_there(tmp_path, failing_disk, power_cut, lose):
    finished, operations = False, 0
    while not finished:
        path = tmp_path / str(operations) / "office.json"
        path.parent.mkdir()
        disk = failing_disk()
        store = OfficeStore(path, disk)
        store.save({"name": "first"})
        store.save(OLD)
        disk.left = operations
        try:
            store.save(NEW)
            finished = True
        except power_cut:
            pass
        if lose:
            disk.lose(path.parent)
        found = OfficeStore(path).load()
        assert found.document in ([NEW] if finished else [OLD, NEW])
        assert found.fault == ""
        operations += 1
    assert operations == 9


class FullDisk(Disk):
    def write(self, path: Path, content: bytes) -> None:
        super().write(path, content[:10])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


def test_on_a_full_disk_the_old_document_stays(store, path):
    with pytest.raises(StoreFull, match=r"the disk is full: no room for office\.json"):
        OfficeStore(path, FullDisk()).save({"name": "larger"})
    assert store.load() == StoredOffice(NEW, "")
    assert sorted(file.name for file in path.parent.iterdir()) == ["office.json", "office.json.previous"]


def test_documents_saved_and_loaded_at_once_are_always_whole(path):
    store = OfficeStore(path)
    documents = [{"name": str(number), "people": [number] * 500} for number in range(8)]
    loaded: list[StoredOffice] = []
    threads = [threading.Thread(target=store.save, args=(document,)) for document in documents]
    threads += [threading.Thread(target=lambda: loaded.append(store.load())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found for found in loaded if found.document not in [None, *documents] or found.fault] == []
    assert store.load().document in documents
