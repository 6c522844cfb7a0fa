"""Whatever fails while a fax is taken, no page is dropped that was confirmed."""

from __future__ import annotations

import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import pytest

from appliance.calls.faults import Faults
from appliance.calls.faxroom import FaxRoom, FaxSheet
from appliance.calls.faxtaking import FAILED, LONGEST_DETAIL, FaxTaking
from appliance.calls.party import Party
from appliance.clock import RealClock
from appliance.fax.job import FaxCause, FaxResult, FaxTold, Receiving
from appliance.fax.wholepages import WholePages
from appliance.office.fax import OFFICE_BOX
from appliance.store.faxes import FaxStore
from appliance.store.faxopened import FaxOpenedStore
from tests.calls.world import example_office
from tests.fax.queueworld import tiff

NOBODY = cast(Party, None)


class Desk:
    """Boxes on disk, and an engine that says that so many pages have come, and has written others."""

    def __init__(self, folder: Path, room: FaxRoom) -> None:
        self.store = FaxStore(folder)
        self.faults = Faults()
        self.confirmed, self.written = 2, 2
        self.detail = ""
        self.room = room

    async def engine(self, _party: Party, receiving: Receiving, _told: FaxTold) -> FaxResult:
        if self.written:
            receiving.into.write_bytes(tiff(self.written))
        return FaxResult(FaxCause.LINE_CUT, self.confirmed, detail=self.detail)

    def taking(self) -> FaxTaking:
        return FaxTaking(self.room, self.engine, self.faults, example_office())


@asynccontextmanager
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    clock = RealClock()
    room = FaxRoom(FaxStore(tmp_path), FaxOpenedStore.open(tmp_path / "opened.db"), clock)
    await room.open([OFFICE_BOX])
    yield Desk(tmp_path, room)
    await room.close()


def sheet() -> FaxSheet:
    return FaxSheet(RealClock().now())


async def test_pages_that_cannot_be_counted_now_are_delivered_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_may_be_opened(_path: Path) -> WholePages:
        raise OSError(errno.EMFILE, "Too many open files")

    async with desk(tmp_path) as here:
        with monkeypatch.context() as context:
            context.setattr("appliance.calls.faxtaking.whole_pages", none_may_be_opened)
            with pytest.raises(OSError, match="Too many open files"):
                await here.taking().take(NOBODY, sheet(), "", "")
        (found,) = here.store.recover()
        assert found.delivered
        (id,) = here.store.ids(OFFICE_BOX).new
        assert here.store.read(OFFICE_BOX, id).sheet.pages == 2


async def test_a_fax_whose_pages_are_not_found_is_told_and_set_aside(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        here.written = 0
        taken = await here.taking().take(NOBODY, sheet(), "", "")
        assert taken is not None
        assert (taken.fax, here.faults.now) == (None, [FAILED])
        (found,) = here.store.recover()
        assert not found.delivered
        here.confirmed = 0
        await here.taking().take(NOBODY, sheet(), "", "")
        assert here.store.recover() == []


async def test_an_engine_may_say_much_of_how_a_fax_ended(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        here.detail = "x" * 60_000
        taken = await here.taking().take(NOBODY, sheet(), "", "")
        assert taken is not None
        assert taken.fax is not None
        assert len(here.store.read(OFFICE_BOX, taken.fax.id).sheet.detail) == LONGEST_DETAIL


async def test_a_fax_that_has_come_is_kept_though_both_boxes_are_full_by_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path) as here:
        full = iter([False, True, True])
        monkeypatch.setattr(here.room, "full", lambda _box, _most: next(full))
        taken = await here.taking().take(NOBODY, sheet(), "", "")
        assert taken is not None
        assert taken.fax is not None
        assert taken.fax.mailbox == OFFICE_BOX
