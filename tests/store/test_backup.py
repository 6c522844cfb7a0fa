"""Backups: sealed, put in place wholly or not at all, whatever the file says and whenever the power fails."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import random
import shutil
import sqlite3
import tarfile
from contextlib import closing
from types import SimpleNamespace

import pytest
import zstandard

from appliance.backup import packing, restoring, sealing
from appliance.backup.contents import is_lasting
from appliance.backup.making import MANIFEST, ROOM_LEFT, make_backup
from appliance.backup.packing import CHECKSUMS
from appliance.backup.sealing import CHUNK_BYTES, NotABackup, SealingReader, SealingWriter, WrongPassphrase
from appliance.control.folder import DataFolder
from appliance.store.calllog import CallLog
from appliance.store.databases import DATABASES
from appliance.store.disk import Disk, StoreFull
from appliance.store.office import OfficeStore

PHRASE = "kettle on the copper stove"


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch):
    """A key of a passphrase costs next to nothing here: to try one takes a quarter of a second on purpose."""
    monkeypatch.setattr(sealing, "SCRYPT_COST", 2)


def sealed(content, passphrase=PHRASE):
    file = io.BytesIO()
    writer = SealingWriter(file, passphrase)
    writer.write(content)
    writer.close()
    return file.getvalue()


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_what_is_sealed_is_read_again(size):
    content = bytes(range(256)) * (size // 256 + 1)
    assert SealingReader(io.BytesIO(sealed(content[:size])), PHRASE).read() == content[:size]


def test_another_passphrase_is_told_at_once():
    with pytest.raises(WrongPassphrase):
        SealingReader(io.BytesIO(sealed(b"secret")), "another passphrase")


@pytest.mark.parametrize(
    "typed",
    ["KETTLE ON THE COPPER STOVE", " Kettle  on the copper-stove ", "kettle\u2014on\u00a0the copperstove"],
)
def test_a_passphrase_may_be_typed_in_capitals_and_with_other_gaps(typed):
    assert SealingReader(io.BytesIO(sealed(b"secret")), typed).read() == b"secret"


def test_a_letter_may_be_written_in_either_way_of_unicode():
    assert SealingReader(io.BytesIO(sealed(b"secret", "caf\u00e9 in the valley")), "CAFE\u0301 in the valley").read()


@pytest.mark.parametrize("typed", ["kettle on the copper store", "kettle on the copper stove!", "", "- -"])
def test_what_means_something_else_opens_nothing(typed):
    with pytest.raises(WrongPassphrase):
        SealingReader(io.BytesIO(sealed(b"secret")), typed)


@pytest.mark.parametrize(
    ("passphrase", "typed"),
    [
        ("Kettle on the Stove", "Kettle on the Stove"),
        ("kettle on the stove", "KETTLE on  the stove"),
        ("ab2d-efgh-jkmn-pq3s-tuvw", "AB2D EFGH JKMN PQ3S TUVW"),
    ],
)
def test_a_backup_of_before_is_opened_still(passphrase, typed, monkeypatch):
    monkeypatch.setattr(sealing, "MARK", sealing.MARK_AS_TYPED)
    monkeypatch.setattr(sealing, "plain_form", str)
    file = sealed(bytes(2 * CHUNK_BYTES), passphrase)
    monkeypatch.undo()
    monkeypatch.setattr(sealing, "SCRYPT_COST", 2)
    assert SealingReader(io.BytesIO(file), typed).read() == bytes(2 * CHUNK_BYTES)


@pytest.mark.parametrize("harm", ["cut", "changed", "chunk left out", "chunks swapped", "more behind"])
def test_what_is_not_as_it_was_sealed_is_refused(harm):
    whole = sealed(bytes(3 * CHUNK_BYTES))
    head, step = len(whole) - 3 * (CHUNK_BYTES + 16), CHUNK_BYTES + 16
    chunks = [whole[head + number * step :][:step] for number in range(3)]
    broken = {
        "cut": whole[:-1],
        "changed": whole[:-20] + b"\x01" + whole[-19:],
        "chunk left out": whole[:head] + chunks[0] + chunks[2],
        "chunks swapped": whole[:head] + chunks[0] + chunks[2] + chunks[1],
        "more behind": whole + b"more",
    }[harm]
    with pytest.raises(NotABackup):
        SealingReader(io.BytesIO(broken), PHRASE).read()


@pytest.mark.parametrize("mark", [sealing.MARK, sealing.MARK_GZIP, sealing.MARK_AS_TYPED])
@pytest.mark.parametrize("chunks", [1, 3])
def test_a_right_passphrase_is_not_blamed_for_a_first_chunk_that_was_cut_or_changed(mark, chunks, monkeypatch):
    content = random.Random(5).randbytes(chunks * CHUNK_BYTES - 1000)
    packed = zstandard.compress(content) if mark == sealing.MARK else gzip.compress(content)
    monkeypatch.setattr(sealing, "MARK", mark)
    plain = "kettleonthecopperstove"
    whole = sealed(packed, plain)
    begins = len(mark) + sealing.SALT_BYTES
    broken = [whole[:at] for at in (5, len(mark) - 1, len(mark), begins, begins + 3, begins + 100, len(whole) - 1)]
    for file in (*broken, whole[: begins + 500] + b"?" + whole[begins + 501 :], whole + b"more"):
        with pytest.raises(NotABackup, match="damaged, or was cut off"):
            SealingReader(io.BytesIO(file), plain).read()
    with pytest.raises(WrongPassphrase):
        SealingReader(io.BytesIO(whole[:-1]), "another passphrase")


def data_folder(path, name):
    """One with an office of this name, a call log and a message."""
    path.mkdir()
    OfficeStore(path / "office.json").save({"name": name})
    CallLog.open(path / "calls.sqlite").close()
    (path / "messages" / "jane" / "new").mkdir(parents=True)
    (path / "messages" / "jane" / "new" / "audio.wav").write_bytes(name.encode())
    return path


def restored(data, file, *, agreed=True):
    manifest, tar = restoring.manifest_of(io.BytesIO(file), PHRASE)
    restoring.unpack(data, manifest, tar, lambda done, total: None)
    if agreed:
        restoring.agree(data)


@pytest.fixture
def usable(monkeypatch):
    """Documents of two words are offices here."""
    monkeypatch.setattr(restoring, "office_of", lambda document: None)


@pytest.fixture
def file(tmp_path, usable):
    data = data_folder(tmp_path / "old", "Old office")
    make_backup(data, tmp_path / "one.backup", PHRASE, "2026-03-03T10:00:00+00:00", "Old office", lambda *_: None)
    return (tmp_path / "one.backup").read_bytes()


def name_of(data):
    return OfficeStore(data / "office.json").load().document["name"]


def test_a_backup_on_the_unit_s_own_disk_leaves_room_for_messages(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    OfficeStore(tmp_path / "data" / "office.json").save({"name": "Riverside"})
    free = ROOM_LEFT
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=free))
    with pytest.raises(StoreFull, match="no room for the backup"):
        make_backup(tmp_path / "data", tmp_path / "b", PHRASE, "2026-03-09T12:00:00+00:00", "", lambda *_: None)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    free += 10_000
    make_backup(tmp_path / "data", tmp_path / "b", PHRASE, "2026-03-09T12:00:00+00:00", "", lambda *_: None)


def test_a_start_puts_nothing_in_place_that_nobody_has_agreed_to(tmp_path, file):
    data = data_folder(tmp_path / "new", "New office")
    restored(data, file, agreed=False)
    assert restoring.waits(data)
    assert not restoring.take_over(data)
    assert name_of(data) == "New office"
    assert not restoring.waits(data)


def test_nothing_is_put_in_place_before_the_next_start_and_then_all(tmp_path, file):
    data = data_folder(tmp_path / "new", "New office")
    (data / "notes.json").write_text("{}")
    restored(data, file)
    assert name_of(data) == "New office"
    assert restoring.take_over(data)
    assert name_of(data) == "Old office"
    assert (data / "messages" / "jane" / "new" / "audio.wav").read_bytes() == b"Old office"
    assert not (data / "notes.json").exists()  # What the backup did not have is set aside with the rest.
    assert name_of(data / "before-restore") == "New office"
    assert not restoring.take_over(data)


class PowerCut(Exception):
    pass


@pytest.mark.parametrize(("name", "folder"), [("messages", False), ("calls.sqlite", True), ("office.json", True)])
def test_what_is_no_folder_where_one_is_to_be_is_set_aside_too(tmp_path, file, name, folder):
    data = data_folder(tmp_path / "new", "New office")
    Disk().remove(data / name)
    (data / name).mkdir() if folder else (data / name).write_text("in the way")
    restored(data, file)
    assert restoring.take_over(data)
    assert name_of(data) == "Old office"
    assert (data / "before-restore" / name).is_dir() == folder


def test_a_power_cut_at_any_step_leaves_the_old_or_leads_to_the_new(tmp_path, file, monkeypatch):
    begun = data_folder(tmp_path / "begun", "New office")
    restored(begun, file)
    number, over = 0, False
    while not over:
        data = shutil.copytree(begun, tmp_path / f"cut-{number}")
        over = not cut_at(number, monkeypatch, data)
        restoring.take_over(data)
        assert (name_of(data), name_of(data / "before-restore")) == ("Old office", "New office")
        assert (data / "messages" / "jane" / "new" / "audio.wav").read_bytes() == b"Old office"
        assert not (data / "restored").exists()
        number += 1
    assert number > 10


def cut_at(number, monkeypatch, data):
    """Put it in place until so many things were done to the disk. Whether it was cut, and not done before."""
    done = 0

    def counted(real):
        def act(*given):
            nonlocal done
            if done == number:
                raise PowerCut
            done += 1
            return real(*given)

        return act

    with monkeypatch.context() as patched:
        for what in ("make_folder", "write", "rename", "remove", "sync"):
            patched.setattr(Disk, what, counted(getattr(Disk, what)))
        try:
            restoring.take_over(data)
        except PowerCut:
            return True
    return False


def packed(*members, compress=zstandard.compress, told=b"", sums=None, checked=True):
    """A sealed tar file with a manifest and these: each a name with its content, or (a text) the type of what it is.

    sums: other checksums than the right ones.
    """
    told = told or b'{"made": "", "office": "", "program": "", "names": [], "bytes": 0}'
    right = {name: hashlib.sha256(what).hexdigest() for name, what in members if isinstance(what, bytes)}
    content = io.BytesIO()
    sums_file = [(CHECKSUMS, json.dumps(sums or right).encode())] if checked else []
    with tarfile.open(fileobj=content, mode="w") as tar:
        for name, what in ((MANIFEST, told), *members, *sums_file):
            info = tarfile.TarInfo(name)
            if isinstance(what, bytes):
                info.size = len(what)
            else:
                info.type, info.linkname = what.encode(), "/etc/passwd"
            tar.addfile(info, io.BytesIO(what) if isinstance(what, bytes) else None)
    return sealed(compress(content.getvalue()))


def refused(tmp_path, file):
    """Why this file is not restored; nothing of it is left."""
    data = data_folder(tmp_path / "data", "Office")
    with pytest.raises(NotABackup) as told:
        restored(data, file)
    assert not restoring.waits(data)
    assert not (data / "restored").exists()
    return str(told.value)


@pytest.mark.parametrize(
    "name",
    ["../office.json", "/etc/passwd", "web/key", "lock", "restored/x.json", "messages/../x", "nightly-backup.json"],
)
def test_a_file_that_does_not_belong_there_is_refused_and_nothing_is_left(tmp_path, usable, name):
    assert "something in it" in refused(tmp_path, packed((name, b"x")))


@pytest.mark.parametrize("name", DATABASES)
def test_a_database_of_a_newer_version_is_refused_and_nothing_is_left(tmp_path, usable, name):
    old = data_folder(tmp_path / "old", "Old office")
    with closing(sqlite3.connect(old / name)) as connection:
        connection.execute(f"PRAGMA user_version = {DATABASES[name].version + 1}")
    make_backup(old, tmp_path / "one.backup", PHRASE, "2026-03-03T10:00:00+00:00", "Old office", lambda *_: None)
    data = data_folder(tmp_path / "new", "New office")
    if is_lasting(name, folder=False):
        with pytest.raises(NotABackup, match="made by a newer version of Copperdesk: update this unit first"):
            restored(data, (tmp_path / "one.backup").read_bytes())
        assert not (data / "restored").exists()


def test_every_database_of_a_data_folder_has_its_version_known(tmp_path):
    folder = DataFolder(tmp_path)
    paths = [getattr(folder, name) for name, what in vars(DataFolder).items() if isinstance(what, property)]
    assert {path.name for path in paths if path.name.endswith(".sqlite")} == set(DATABASES)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_what_is_no_file_is_refused(tmp_path, usable, kind):
    assert refused(tmp_path, packed(("notes.json", kind.decode()))) == "this backup has something in it that is no file"


def test_a_file_that_is_there_twice_is_refused(tmp_path, usable):
    assert "damaged" in refused(tmp_path, packed(("notes.json", b"1"), ("notes.json", b"2")))


def test_a_file_that_is_not_as_its_checksum_says_is_named(tmp_path, usable):
    wrong = packed(("notes.json", b"1"), sums={"notes.json": "0" * 64})
    assert refused(tmp_path, wrong) == "notes.json in this backup is not as it was packed"


def test_a_file_that_is_missing_is_named(tmp_path, usable):
    assert "gone.json" in refused(tmp_path, packed(sums={"gone.json": "0" * 64}))


@pytest.mark.parametrize("told", [b"[]", b"{}", b'{"names": 1}', b"no JSON", b'{"names": [], "bytes": "many"}'])
def test_a_backup_that_does_not_say_what_is_in_it_is_refused(tmp_path, usable, told):
    assert refused(tmp_path, packed(told=told)) == "this backup does not say what is in it"


def test_a_backup_that_grows_without_end_is_not_unpacked(tmp_path, usable, monkeypatch):
    monkeypatch.setattr(packing, "SPARE_BYTES", 100_000)
    monkeypatch.setattr(packing, "FILES_OF_BEFORE", 10)
    assert refused(tmp_path, packed(("notes.json", bytes(1_000_000)))) == packing.GROWS


def test_a_backup_that_wants_too_much_memory_is_not_unpacked(tmp_path, usable):
    wide = zstandard.ZstdCompressionParameters(window_log=27, write_content_size=False)
    greedy = zstandard.ZstdCompressor(compression_params=wide)

    def compress(content):
        stream = greedy.compressobj()
        return stream.compress(content) + stream.flush()

    assert refused(tmp_path, packed(("notes.json", bytes(1000)), compress=compress)) == packing.DAMAGED


def test_a_backup_cut_short_at_any_chunk_is_refused(tmp_path, usable, monkeypatch):
    monkeypatch.setattr(sealing, "CHUNK_BYTES", 1024)
    data = data_folder(tmp_path / "old", "Old office")
    (data / "messages" / "jane" / "new" / "audio.wav").write_bytes(random.Random(1).randbytes(10_000))
    make_backup(data, tmp_path / "one.backup", PHRASE, "2026-03-03T10:00:00+00:00", "Old office", lambda *_: None)
    whole = (tmp_path / "one.backup").read_bytes()
    step, head = sealing.CHUNK_BYTES + sealing.TAG_BYTES, len(sealing.MARK) + sealing.SALT_BYTES
    assert len(whole) > head + 10 * step
    target = data_folder(tmp_path / "data", "Office")
    for end in [0, 5, head, *range(head + step, len(whole), step), len(whole) - 1]:
        with pytest.raises((NotABackup, WrongPassphrase)):
            restored(target, whole[:end])
        assert not (target / "restored").exists()
    restored(target, whole)


def test_a_backup_of_a_newer_version_says_so():
    with pytest.raises(NotABackup, match="newer version of Copperdesk: update this unit first"):
        restoring.manifest_of(io.BytesIO(b"copperdesk backup 4\n" + bytes(1000)), PHRASE)


def test_a_backup_of_before_compressed_by_gzip_is_restored(tmp_path, usable, monkeypatch):
    told = b'{"made": "2026-01-01", "office": "", "program": "0.1", "names": ["notes.json"], "bytes": 2}'
    with monkeypatch.context() as before:
        before.setattr(sealing, "MARK", sealing.MARK_GZIP)
        file = packed(("notes.json", b"{}"), compress=gzip.compress, told=told, checked=False)
    data = data_folder(tmp_path / "data", "Office")
    restored(data, file)
    assert (data / "restored" / "notes.json").read_bytes() == b"{}"
