"""Pages on the disk: what is confirmed is there, whenever the power goes, and nothing is confirmed when the disk is
full."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from appliance.fax.job import FaxCause
from appliance.fax.pagefile import CodedPage, NoPage, PageFile, first_link, page_at
from tests.fax.machines import Both, receiving, sending
from tests.fax.papers import pages_of, same, saved, text, white


def coded(path: Path) -> list[CodedPage]:
    """The pages of a file, as they are coded there."""
    data = path.read_bytes()

    def read(place: int, length: int) -> bytes:
        return data[place : place + length]

    found, link = [], first_link(read)
    while (page := page_at(read, link)) is not None:
        found.append(page[0])
        link = page[1]
    return found


class Disk:
    """What `os` writes and syncs of one file, and what is there after a power cut at each moment.

    What was synced is there. What was written since may be there or not, in any part, as a disk writes its sectors of
    512 bytes in any order.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.synced = b""
        self.log: list[str] = []
        self._pending: list[tuple[int, bytes]] = []
        self._pwrite, self._fsync = os.pwrite, os.fsync
        monkeypatch.setattr(os, "pwrite", self._write)
        monkeypatch.setattr(os, "fsync", self._sync)

    def after_power_cuts(self) -> list[bytes]:
        """What may be in the file: nothing of what was written since the last sync, all, or any one piece of it."""
        every = [self.synced, self._with(self._pending)]
        return every + [self._with([piece]) for piece in self._pending]

    def _with(self, pieces: list[tuple[int, bytes]]) -> bytes:
        data = bytearray(self.synced)
        for place, piece in pieces:
            data.extend(bytes(max(0, place + len(piece) - len(data))))
            data[place : place + len(piece)] = piece
        return bytes(data)

    def _write(self, file: int, data: bytes, place: int) -> int:
        view = bytes(data)
        at = place
        while view:
            sector = 512 - at % 512
            self._pending.append((at, view[:sector]))
            at, view = at + len(view[:sector]), view[sector:]
        self.log.append("write")
        return self._pwrite(file, data, place)

    def _sync(self, file: int) -> None:
        self._fsync(file)
        if not os.path.isdir(f"/proc/self/fd/{file}"):
            self.synced, self._pending = self._with(self._pending), []
            self.log.append("sync")


def whole_pages(data: bytes, tmp_path: Path) -> int:
    """How many pages a file of these bytes has."""
    path = tmp_path / "cut.tif"
    path.write_bytes(data)
    return len(coded(path)) if data else 0


def test_a_power_cut_at_any_moment_leaves_every_page_that_was_put_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = coded(saved(tmp_path / "given.tif", [text(40), text(60, seed=2), white(30)]))
    disk = Disk(monkeypatch)
    cuts: list[tuple[int, bytes]] = []
    file = PageFile(tmp_path / "kept.tif")
    pwrite, fsync = os.pwrite, os.fsync

    def cut_before_sync(descriptor: int) -> None:
        cuts.extend((file.pages, data) for data in disk.after_power_cuts())
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", cut_before_sync)
    for page in given:
        file.add(page)
    file.close()
    monkeypatch.setattr(os, "pwrite", pwrite)
    assert len(cuts) > 20
    assert all(whole_pages(data, tmp_path) >= pages for pages, data in cuts)
    assert whole_pages(disk.synced, tmp_path) == len(given)
    assert [page.data for page in coded(tmp_path / "kept.tif")] == [page.data for page in given]


def test_a_page_is_synced_before_the_first_sound_of_its_confirmation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [text(60), white(60)]
    disk = Disk(monkeypatch)
    both = Both(sending(saved(tmp_path / "out.tif", pages)), receiving(tmp_path / "in.tif"))
    kept_at_first_sound: list[int] = []
    silent_ticks = 0
    while both.sender.result is None or both.receiver.result is None:
        both.tick()
        if both.from_receiver.any():
            if silent_ticks > 15:
                kept_at_first_sound.append(whole_pages(disk.synced, tmp_path))
            silent_ticks = 0
        silent_ticks += 1
    # It says that it is ready, and then twice that a page has come.
    assert kept_at_first_sound == [0, 1, 2]


def test_a_full_disk_confirms_nothing_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [text(60), text(400, seed=5)]
    both = Both(sending(saved(tmp_path / "out.tif", pages)), receiving(tmp_path / "in.tif"))
    pwrite = os.pwrite

    def full(file: int, data: bytes, place: int) -> int:
        if both.received and both.received[-1].page == 1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return pwrite(file, data, place)

    monkeypatch.setattr(os, "pwrite", full)
    sent, received = both.run()
    assert (received.cause, received.pages) == (FaxCause.STORAGE, 1)
    assert (sent.cause, sent.pages) == (FaxCause.FAR_END, 1)
    assert same(tmp_path / "in.tif", pages[:1])


def test_a_disk_that_takes_nothing_at_all_ends_the_fax_before_it_begins(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Both(sending(saved(tmp_path / "out.tif", [white(20)])), receiving(tmp_path / "nowhere" / "in.tif"))


def test_other_programs_read_the_file(tmp_path: Path) -> None:
    if shutil.which("tiffinfo") is None:
        pytest.skip("libtiff-tools is not installed")
    pages = [text(60), white(30)]
    Both(sending(saved(tmp_path / "out.tif", pages)), receiving(tmp_path / "in.tif")).run()
    told = subprocess.run(["tiffinfo", tmp_path / "in.tif"], capture_output=True, text=True, check=True)
    assert told.stderr == ""
    assert told.stdout.count("CCITT Group 4") == 2
    assert same(tmp_path / "in.tif", pages)
    assert [len(page) for page in pages_of(tmp_path / "in.tif")] == [60, 30]


@pytest.mark.parametrize("length", [0, 3, 8, 50, 150])
def test_a_file_that_is_cut_off_is_no_page(tmp_path: Path, length: int) -> None:
    whole = saved(tmp_path / "out.tif", [text(40)]).read_bytes()
    (tmp_path / "cut.tif").write_bytes(whole[:length])
    with pytest.raises(NoPage):
        coded(tmp_path / "cut.tif")
