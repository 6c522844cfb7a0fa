"""What somebody should see to at leisure, with its age."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.advice import Advice, Advised
from appliance.advicewatch import AdviceWatch
from appliance.backup.making import LAST
from appliance.backup.nightlysetting import NightlySetting, NightlyState, write_setting, write_state
from appliance.calls.mail import OwnRecording
from appliance.fax.sending.queued import FaxState, QueuedFax
from appliance.fax.sending.queuestore import PAGES
from appliance.store.atomic import AtomicFile
from hw.said import said, wording
from tests.calls.around import leave
from tests.calls.world import ENGLISH, MORNING, world

DAY = timedelta(days=1)


class Calendar:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 3, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


async def test_the_age_of_advice_counts_from_when_it_was_first_seen_also_over_a_restart(tmp_path: Path) -> None:
    clock = Calendar()
    began, file = clock.time, AtomicFile(tmp_path / "advice.json")
    await Advice(file, clock).found("backup", [Advised("no-backup")])
    clock.time += DAY
    again = Advice(file, clock)
    assert again.now == []
    await again.found("unit", [Advised("line-dead", ("main", "no current"), "main")])
    await again.found("backup", [Advised("no-backup", ("2",))])
    assert [(one.kind, since) for one, since in again.now] == [("no-backup", began), ("line-dead", clock.time)]
    await again.found("backup", [])
    clock.time += DAY
    await again.found("backup", [Advised("no-backup")])
    assert again.now[-1][1] == clock.time, "what was over begins anew"


@pytest.mark.real_time
async def test_two_parts_of_the_unit_may_find_something_at_the_same_time(tmp_path: Path) -> None:
    advice = Advice(AtomicFile(tmp_path / "advice.json"), Calendar())
    await asyncio.gather(
        advice.found("backup", [Advised("no-backup")]), advice.found("machine", [Advised("power-was-weak")])
    )
    assert sorted(one.kind for one, _ in advice.now) == ["no-backup", "power-was-weak"]


async def test_a_damaged_file_costs_only_the_ages(tmp_path: Path) -> None:
    file = AtomicFile(tmp_path / "advice.json")
    file.write(b'{"no-backup/": 7}')
    advice = Advice(file, Calendar())
    await advice.found("backup", [Advised("no-backup")])
    assert len(advice.now) == 1


async def test_greetings_that_are_missing_and_messages_that_nobody_hears_are_found(tmp_path: Path) -> None:
    async with world() as here:
        unit = here.appliance
        path = await unit.mail.begin_own("tom")
        path.write_bytes(here.prompts.path(ENGLISH, "Message kept.").read_bytes())
        await unit.mail.commit_own(path, OwnRecording.GREETING)
        await leave(here, "ruth")
        (tmp_path / LAST).write_text(f'{{"made": "{MORNING.isoformat()}"}}')
        watch = AdviceWatch(unit, tmp_path)
        await watch.look()
        assert [(one.kind, one.about) for one, _ in unit.advice.now] == [("greeting-missing", ("maria", "ruth"))]
        unit.now = lambda: MORNING + 4 * DAY  # type: ignore[method-assign]
        await watch.look()
        unheard, since = unit.advice.now[-1]
        assert (unheard.kind, unheard.about, since) == ("message-unheard", ("ruth",), MORNING)


async def test_a_fax_that_was_given_up_is_advised_for_some_days(tmp_path: Path) -> None:
    async with world() as here:
        unit = here.appliance
        queue = unit.faxes_out.queue
        for id, state in (("lost", FaxState.FAILED), ("there", FaxState.DELIVERED)):
            (queue.store.room(id) / PAGES).write_bytes(b"pages")
            fax = QueuedFax(id, "5550188", "maria", "offer.pdf", 1, MORNING, MORNING, state=state, over=MORNING)
            await queue.put(id, [fax])
        watch = AdviceWatch(unit, tmp_path)
        await watch.look()
        found = [(one, since) for one, since in unit.advice.now if one.kind == "fax-not-sent"]
        assert [(one.about, since) for one, since in found] == [(("5550188", "offer.pdf"), MORNING)]
        unit.now = lambda: MORNING + 4 * DAY  # type: ignore[method-assign]
        await watch.look()
        assert "fax-not-sent" not in [one.kind for one, _ in unit.advice.now]


async def test_a_backup_that_was_never_made_or_is_old_is_advised(tmp_path: Path) -> None:
    async with world() as here:
        unit, watch = here.appliance, AdviceWatch(here.appliance, tmp_path)

        async def advised() -> list[tuple[str, ...]]:
            await watch.look()
            return [one.about for one, _ in unit.advice.now if one.kind == "no-backup"]

        assert await advised() == [()]
        for days, expected in ((29, []), (30, [("30",)])):
            (tmp_path / LAST).write_text(f'{{"made": "{(unit.now() - days * DAY).isoformat()}"}}')
            assert await advised() == expected
        (tmp_path / LAST).write_text('{"made": "2026-01-01T00:00:00"}')
        assert await advised() == [()], "a time without a zone tells nothing"


async def test_backups_that_do_not_arrive_at_night_are_advised_after_three_days_with_the_reason(tmp_path: Path) -> None:
    async with world() as here:
        unit, since = here.appliance, MORNING - 3 * DAY
        write_setting(tmp_path, NightlySetting("stick", "BACKUP", since=since.isoformat()))
        why = wording(said("the stick is full"))
        write_state(tmp_path, NightlyState(failed=why, unrestorable=why, rehearsed=MORNING.isoformat()))
        await AdviceWatch(unit, tmp_path).look()
        told = {one.kind: (one.about, at) for one, at in unit.advice.now}
        assert told["backup-missed"] == (("the stick is full",), since)
        assert told["backup-unrestorable"] == (("the stick is full",), MORNING)
        write_state(tmp_path, NightlyState(succeeded=MORNING.isoformat()))
        await AdviceWatch(unit, tmp_path).look()
        assert not {"backup-missed", "backup-unrestorable"} & {one.kind for one, _ in unit.advice.now}
