"""Received faxes on the disk: what a power cut leaves, and that nothing is lost on the way from box to box."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.fax.job import FaxCause
from appliance.fax.wholepages import whole_pages
from appliance.office.fax import OFFICE_BOX
from appliance.store.faxes import FaxCounts, FaxGone, FaxSheet, FaxStore, ReceivedFax
from appliance.store.faxopened import FaxOpened, FaxOpenedStore, SeenBy
from appliance.store.faxsheet import sheet_from_bytes, sheet_to_bytes
from tests.fax.papers import saved, text

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
COMING = FaxSheet(NOON, number="4075550123", line="main")
WHOLE = FaxSheet(NOON, number="4075550123", line="main", identity="+1 407 5550123", pages=2, cause="complete")


@pytest.fixture
def store(tmp_path: Path) -> FaxStore:
    return FaxStore(tmp_path / "faxes")


def write_pages(path: Path, count: int) -> None:
    saved(path, [text(seed=number) for number in range(count)])


def receive(store: FaxStore, box: str, pages: int = 2) -> ReceivedFax:
    path = store.begin(box, COMING)
    write_pages(path, pages)
    return store.commit(path, WHOLE, box)


def test_a_fax_is_new_seen_deleted_and_brought_back(store: FaxStore) -> None:
    fax = receive(store, "maria")
    assert (fax.new, fax.sheet, store.counts("maria")) == (True, WHOLE, FaxCounts(1, 0))
    seen = store.see(fax, "maria", NOON)
    assert (seen.new, seen.sheet.seen_by, store.counts("maria")) == (False, "maria", FaxCounts(0, 1))
    assert store.see(fax, "lee", NOON + timedelta(hours=1)).sheet.seen_by == "maria"
    deleted = store.delete(seen, "lee", NOON)
    assert (deleted.deleted, deleted.sheet.deleted_by, store.counts("maria")) == (True, "lee", FaxCounts(0, 0))
    assert store.ending("maria") == [deleted]
    with pytest.raises(FaxGone):
        store.see(deleted, "maria", NOON)
    assert not store.restore(deleted).deleted
    assert store.mark_new(seen).new


def test_a_fax_may_turn_out_to_be_somebody_elses_than_it_was_begun_for(store: FaxStore) -> None:
    receive(store, "lee")
    path = store.begin(OFFICE_BOX, COMING)
    write_pages(path, 1)
    fax = store.commit(path, WHOLE, "lee")
    assert (fax.mailbox, fax.id, store.counts(OFFICE_BOX), store.counts("lee")) == (
        "lee",
        "000002",
        FaxCounts(0, 0),
        FaxCounts(2, 0),
    )


def test_a_forwarded_fax_is_new_in_the_other_box_and_takes_its_room_once(store: FaxStore) -> None:
    fax = store.see(receive(store, OFFICE_BOX), "maria", NOON)
    other = store.forward(fax, "lee", "maria")
    assert (other.new, other.sheet.forwarded_by, other.sheet.seen_by) == (True, "maria", "")
    assert other.path.samefile(fax.path)
    store.remove(OFFICE_BOX, fax.id)
    assert whole_pages(other.path).count == 2


def test_a_fax_that_a_power_cut_breaks_off_keeps_its_whole_pages_and_says_so(store: FaxStore) -> None:
    path = store.begin("maria", COMING)
    write_pages(path, 3)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) - 300])  # The third page has come in part.
    assert [(found.delivered, found.mailbox) for found in store.recover()] == [(True, "maria")]
    fax = store.read("maria", store.ids("maria").new[0])
    assert (fax.sheet.pages, fax.sheet.cause, fax.sheet.complete) == (2, "", False)
    assert (whole_pages(fax.path).count, whole_pages(fax.path).goes_on) == (2, False)


def test_a_fax_of_which_no_page_has_come_whole_is_set_aside(store: FaxStore) -> None:
    store.begin("maria", COMING)
    store.begin("maria", COMING).write_bytes(b"II*\0")
    assert [found.delivered for found in store.recover()] == [False, False]
    assert store.counts("maria") == FaxCounts(0, 0)


def test_a_whole_store_is_left_as_it_is(store: FaxStore) -> None:
    receive(store, "maria")
    assert store.recover() == []


@pytest.mark.parametrize("box", ["", "..", "../maria", "Maria", "@maria", "maria/new"])
def test_nothing_else_becomes_a_folder(store: FaxStore, box: str) -> None:
    with pytest.raises(ValueError, match="name of a mailbox"):
        store.begin(box, COMING)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b'{"received": 3}', b'{"received": "2026-03-03T12:00:00"}', b" " * 30_000]
)
def test_a_sheet_of_another_form_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        sheet_from_bytes(content)


def test_a_sheet_is_read_as_it_was_written() -> None:
    sheet = FaxSheet(
        NOON, identity="Zürich", pages=3, cause=FaxCause.LINE_CUT.value, ecm=True, seconds=3.0, seen_at=NOON
    )
    assert sheet_from_bytes(sheet_to_bytes(sheet)) == sheet


def test_directories_in_a_circle_and_behind_the_end_are_no_pages(tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    write_pages(path, 2)
    whole = whole_pages(path)
    content = bytearray(path.read_bytes())
    content[whole.end_at : whole.end_at + 4] = content[4:8]
    path.write_bytes(content)
    assert (whole_pages(path).count, whole_pages(path).goes_on) == (2, True)
    content[4:8] = b"\xff\xff\xff\x7f"
    path.write_bytes(content)
    assert whole_pages(path).count == 0


def test_who_opened_what_is_noted(tmp_path: Path) -> None:
    log = FaxOpenedStore.open(tmp_path / "opened.sqlite")
    opened = FaxOpened(NOON, "maria", SeenBy.PAGE, "maria", "000001", NOON, "+1 407 5550123")
    printed = FaxOpened(NOON, "laser", SeenBy.PRINT, "maria", "000002", NOON, "")
    log.add(opened)
    log.add(printed)
    assert (log.of("maria"), log.of("maria", "000001"), log.of("lee")) == ([printed, opened], [opened], [])
    log.add(FaxOpened(NOON + timedelta(days=800), "lee", SeenBy.PAGE, "lee", "000001", NOON, ""))
    assert log.of("maria") == []
    log.close()
