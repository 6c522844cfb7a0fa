"""Faxes in the queue are tried when they are due, kept through power cuts, and told when they are over."""

from __future__ import annotations

import asyncio
import errno
import itertools
from datetime import time, timedelta
from pathlib import Path

from appliance.fax.job import FaxCause, FaxResult
from appliance.fax.making.orders import FileToSend
from appliance.fax.sending.calling import ANSWER_SECONDS
from appliance.fax.sending.handing import FaxWish
from appliance.fax.sending.queue import LONGEST_WAIT, NOT_KEPT
from appliance.fax.sending.queued import FaxState
from appliance.fax.sending.queuestore import FaxQueueStore
from appliance.office.faxsending import FaxSending, QuietHours
from appliance.store.disk import Disk
from tests.calls.around import only_trunks
from tests.calls.hearing import until
from tests.fax.queueworld import NUMBER, PAGE_SECONDS, fax_world, with_sending

CUT = FaxResult(FaxCause.LINE_CUT, 1)


async def test_a_fax_is_delivered_once_the_far_end_has_confirmed_all() -> None:
    async with fax_world() as faxes:
        faxes.machine_outside()
        fax = await faxes.over(await faxes.put(2))
        assert (fax.state, fax.confirmed, fax.last and fax.last.cause) == (FaxState.DELIVERED, 2, FaxCause.COMPLETE)
        assert faxes.store.pages(fax).is_file()
        call = faxes.here.appliance.calls.recent(1)[0]
        assert (call.direction, call.called, call.outcome) == ("out", NUMBER, "fax-sent")
        assert fax.last is not None
        assert fax.last.call == call.id


async def test_what_was_confirmed_is_not_sent_again_when_a_call_breaks_off() -> None:
    async with fax_world(ends=[CUT]) as faxes:
        faxes.machine_outside()
        fax = await faxes.over(await faxes.put(3))
        assert fax.state is FaxState.DELIVERED
        assert [pages for _, pages in faxes.machine.sent] == [1, 2]


async def test_a_busy_number_is_tried_five_times_more_three_minutes_apart() -> None:
    async with fax_world() as faxes:
        faxes.here.subscriber(NUMBER, behaviour="busy")
        fax = await faxes.over(await faxes.put())
        assert (fax.state, {one.cause for one in fax.tries}) == (FaxState.FAILED, {FaxCause.BUSY})
        begun = [one.began for one in fax.tries]
        pauses = [(later - earlier).total_seconds() for earlier, later in itertools.pairwise(begun)]
        assert len(pauses) == 5
        assert all(180 <= pause < 220 for pause in pauses)


async def test_a_training_that_fails_is_followed_by_a_slower_try() -> None:
    async with fax_world(ends=[FaxResult(FaxCause.TRAINING, 0)] * 2) as faxes:
        faxes.machine_outside()
        fax = await faxes.over(await faxes.put())
        assert fax.state is FaxState.DELIVERED
        assert [rate for rate, _ in faxes.machine.sent] == [14400, 9600, 4800]


async def test_a_number_at_which_no_fax_machine_answers_is_left_alone_until_the_next_morning() -> None:
    async with fax_world(ends=[FaxResult(FaxCause.NOT_A_FAX, 0)]) as faxes:
        faxes.machine_outside()
        first = await faxes.over(await faxes.put())
        assert (first.state, len(first.tries)) == (FaxState.FAILED, 1)
        second = await faxes.put()
        due = faxes.queue.next_try(second)
        assert due is not None
        assert f"{faxes.here.appliance.office.local(due):%Y-%m-%d %H:%M}" == "2026-03-04 09:00"
        assert faxes.queue.no_machine_today(NUMBER)
        assert not faxes.queue.no_machine_today("5550199")


async def test_all_pages_without_the_end_are_told_as_unsure_and_never_sent_again() -> None:
    async with fax_world(ends=[CUT]) as faxes:
        faxes.machine_outside()
        fax = await faxes.over(await faxes.put(1))
        assert (fax.state, len(fax.tries)) == (FaxState.UNSURE, 1)


async def test_no_fax_is_begun_in_quiet_hours() -> None:
    async with fax_world(FaxSending(quiet=QuietHours(time(8, 0), time(10, 0)))) as faxes:
        faxes.machine_outside()
        fax = await faxes.over(await faxes.put())
        assert faxes.here.appliance.office.local(fax.tries[0].began).hour == 10


async def test_a_line_is_kept_free_for_calls_and_the_only_line_sends_one_fax_at_a_time() -> None:
    async with fax_world(FaxSending(lines_kept=3)) as faxes:
        numbers = ["4075550181", "4075550182"]
        for number in numbers:
            faxes.machine_outside(number)
        waiting = [await faxes.put(1, number) for number in numbers]
        await asyncio.sleep(12)
        assert [faxes.stands(fax) for fax in waiting] == [FaxState.SENDING, FaxState.WAITING]
        assert [(await faxes.over(fax)).state for fax in waiting] == [FaxState.DELIVERED] * 2
    async with fax_world(change=only_trunks(1)) as faxes:
        faxes.machine_outside()
        assert (await faxes.over(await faxes.put())).state is FaxState.DELIVERED


async def test_where_one_line_works_it_is_for_faxes_too() -> None:
    async with fax_world(change=only_trunks(2)) as faxes:
        faxes.machine_outside()
        faxes.here.exchange.fault("fxo-1", "cut")
        await until(lambda: "lost" in faxes.here.trunk_states(), 20)
        assert (await faxes.over(await faxes.put())).state is FaxState.DELIVERED


async def test_an_emergency_call_takes_the_line_of_a_fax_which_goes_on_later() -> None:
    async with fax_world(change=only_trunks(1)) as faxes:
        faxes.machine_outside()
        fax = await faxes.put(3)
        await until(lambda: faxes.now(fax).confirmed == 1, 3 * PAGE_SECONDS)
        front_desk = faxes.here.phone("fxs-1")
        help_line = faxes.here.subscriber("911")
        await front_desk.dials("911")
        await help_line.rings()
        first = faxes.now(fax)
        assert (first.state, first.last and first.last.counts) == (FaxState.WAITING, False)
        await help_line.answers()
        front_desk.hangs_up()
        help_line.hangs_up()
        assert (await faxes.over(fax)).state is FaxState.DELIVERED
        assert [pages for _, pages in faxes.machine.sent] == [1, 2]


async def test_a_fax_is_cancelled_while_it_waits_and_while_it_is_sent() -> None:
    async with fax_world() as faxes:
        faxes.machine_outside()
        fax, later = await faxes.put(3), await faxes.put(1)
        await until(lambda: faxes.now(fax).confirmed == 1, 3 * PAGE_SECONDS)
        assert await faxes.queue.cancel(later.id)
        assert await faxes.queue.cancel(fax.id)
        assert (await faxes.over(fax)).state is FaxState.CANCELLED
        assert (await faxes.over(later)).state is FaxState.CANCELLED
        assert not await faxes.queue.cancel(fax.id)


async def test_a_fax_that_is_cancelled_as_an_emergency_call_takes_its_line_is_not_sent_later() -> None:
    async with fax_world(change=only_trunks(1)) as faxes:
        faxes.machine_outside()
        fax, cancelled = await faxes.put(3), list[asyncio.Task[bool]]()
        faxes.machine.cut_off = lambda: cancelled.append(asyncio.create_task(faxes.queue.cancel(fax.id)))
        await until(lambda: faxes.now(fax).confirmed == 1, 3 * PAGE_SECONDS)
        await faxes.here.phone("fxs-1").dials("911")
        await faxes.here.subscriber("911").rings()
        assert [task.result() for task in cancelled] == [True]
        assert faxes.stands(fax) is FaxState.CANCELLED


async def test_a_fax_is_not_delivered_by_an_engine_that_says_so_of_fewer_pages() -> None:
    async with fax_world(ends=[FaxResult(FaxCause.COMPLETE, 1)]) as faxes:
        faxes.machine_outside()
        fax = await faxes.over(await faxes.put(2))
        assert ([one.cause for one in fax.tries], fax.state) == (
            [FaxCause.FAR_END, FaxCause.COMPLETE],
            FaxState.DELIVERED,
        )
        assert [pages for _, pages in faxes.machine.sent] == [1, 1]


async def test_a_fax_that_is_wanted_next_week_is_sent_then(tmp_path: Path) -> None:
    (tmp_path / "offer.pdf").write_text("good")
    async with fax_world(folder=tmp_path) as faxes:
        faxes.machine_outside("5550188")
        at = faxes.here.appliance.now() + timedelta(days=7)
        (fax,) = await faxes.intake.take(FaxWish("5550188", [FileToSend(tmp_path / "offer.pdf", "offer.pdf")], at=at))
        assert [one.not_before for one in faxes.store.load()] == [at]
        fax = await faxes.over(fax, 8 * 24 * 3600)
        assert (fax.state, fax.tries[0].began >= at) == (FaxState.DELIVERED, True)


async def test_a_power_cut_in_a_fax_has_only_the_rest_of_it_sent(tmp_path: Path) -> None:
    async with fax_world(folder=tmp_path) as faxes:
        faxes.machine_outside()
        fax = await faxes.put(3)
        await until(lambda: faxes.now(fax).confirmed == 2, 4 * PAGE_SECONDS)
        await faxes.queue.close()
    async with fax_world(folder=tmp_path) as faxes:
        faxes.machine_outside()
        assert [one.state for one in faxes.queue.faxes] == [FaxState.WAITING]
        assert (await faxes.over(fax)).state is FaxState.DELIVERED
        assert [pages for _, pages in faxes.machine.sent] == [1]


class FullDisk(Disk):
    """Full for as long as somebody says so."""

    full = False

    def write(self, path: Path, content: bytes) -> None:
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        super().write(path, content)


async def test_what_a_full_disk_did_not_take_of_a_delivered_fax_is_written_later(tmp_path: Path) -> None:
    disk = FullDisk()
    async with fax_world(folder=tmp_path, disk=disk) as faxes:
        faxes.machine_outside()
        fax = await faxes.put()
        await until(lambda: bool(faxes.machine.sent) or faxes.now(fax).tries, 60)
        disk.full = True
        assert (await faxes.over(fax)).state is FaxState.DELIVERED
        assert NOT_KEPT in faxes.here.appliance.faults
        assert [one.state for one in FaxQueueStore(tmp_path / "queue", tmp_path / "over").load()] == [FaxState.SENDING]
        disk.full = False
        await asyncio.sleep(LONGEST_WAIT.total_seconds() + 1)
        assert NOT_KEPT not in faxes.here.appliance.faults
    assert [one.state for one in FaxQueueStore(tmp_path / "queue", tmp_path / "over").load()] == [FaxState.DELIVERED]


async def test_no_fax_is_dialled_while_the_disk_does_not_take_that_it_is(tmp_path: Path) -> None:
    disk = FullDisk()
    async with fax_world(folder=tmp_path, disk=disk) as faxes:
        faxes.machine_outside()
        faxes.here.appliance.switchboard.on_change = lambda: None
        fax = await faxes.put()
        disk.full = True
        await asyncio.sleep(60)
        assert (faxes.stands(fax), faxes.machine.sent) == (FaxState.WAITING, [])
        disk.full = False
        assert (await faxes.over(fax)).state is FaxState.DELIVERED


async def test_a_fax_that_nobody_answers_rings_for_a_minute_and_is_tried_later() -> None:
    async with fax_world() as faxes:
        faxes.here.subscriber(NUMBER, behaviour="rings-out")
        fax = await faxes.put()
        await asyncio.sleep(ANSWER_SECONDS + 30)
        fax = faxes.now(fax)
        (first,) = fax.tries
        assert (fax.state, first.cause) == (FaxState.WAITING, FaxCause.NO_ANSWER)
        assert first.ended is not None
        assert fax.due - first.ended == timedelta(minutes=15)
        assert timedelta(seconds=ANSWER_SECONDS) < first.ended - first.began < timedelta(seconds=ANSWER_SECONDS + 20)


async def test_what_is_over_is_kept_for_as_long_as_the_office_wants() -> None:
    async with fax_world() as faxes:
        faxes.machine_outside()
        fax = await faxes.over(await faxes.put())
        await faxes.here.appliance.use(with_sending(faxes.here.appliance.office, FaxSending(kept_days=1)))
        faxes.machine_outside("4075550189")
        await asyncio.sleep(timedelta(days=2).total_seconds())
        await faxes.over(await faxes.put(1, "4075550189"))
        assert faxes.queue.fax(fax.id) is None
        assert not faxes.store.pages(fax).exists()
