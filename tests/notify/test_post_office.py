"""Letters: who gets which, and that none is lost, however long the network is away."""

from __future__ import annotations

import asyncio
import errno
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from appliance.api.mail import offer_mail
from appliance.calls.faults import Faults
from appliance.calls.letters import Letter, LetterKind
from appliance.clock import LoopClock
from appliance.control.errors import ControlError
from appliance.notify.parcel import Job, Parcel, SendFailed
from appliance.notify.parcels import ParcelStore
from appliance.notify.postoffice import LONGEST_WAIT, THROWN_AWAY, PostOffice, wait_after
from appliance.notify.recording import RecordingCarrier
from appliance.office.model import Office
from appliance.office.notifying import PersonNotices, WhichMessages
from appliance.store.disk import Disk
from appliance.store.messages import Envelope, MessageStore
from tests.calls.around import leave
from tests.calls.hearing import until
from tests.calls.world import MORNING, example_office, world
from tests.notify.offered import Offered
from tests.notify.office import HOOK, MARIA_BY_MAIL, writes_to
from tests.store.conftest import FailingDisk, PowerCutError, write_wav

AWAY = "mail.example.org does not answer at port 587 within 30 seconds"
WEEK_SECONDS = 7 * 24 * 3600.0
FAULT = Letter(LetterKind.FAULT, "maria", {"fault": "the disk is full", "when": MORNING.isoformat()})
LONGEST_WAIT_SECONDS = LONGEST_WAIT.total_seconds()


class Desk:
    """A post office with its queue on disk, which can be closed and opened again."""

    def __init__(self, folder: Path, office: Office) -> None:
        self.carrier = RecordingCarrier()
        self.faults = Faults()
        self._store = ParcelStore(folder)
        self._clock = LoopClock(asyncio.get_running_loop(), MORNING)
        self._office = office
        self.post = self._made()

    def _made(self) -> PostOffice:
        return PostOffice(self._store, self.carrier, self._clock, self.faults, lambda: self._office)

    async def restarts(self) -> None:
        await self.post.close()
        self.post = self._made()
        await self.post.start()


async def opened(tmp_path: Path, office: Office | None = None) -> Desk:
    desk = Desk(tmp_path / "mail", office or MARIA_BY_MAIL(example_office()))
    await desk.post.start()
    return desk


def test_the_wait_doubles_from_a_minute_to_four_hours() -> None:
    minutes = [wait_after(failures) / timedelta(minutes=1) for failures in (1, 2, 3, 8, 9, 10_000)]
    assert minutes == [1, 2, 4, 128, 240, 240]


async def test_a_week_without_the_network_and_a_restart_in_between_lose_nothing(tmp_path: Path) -> None:
    desk = await opened(tmp_path)
    desk.carrier.down = AWAY
    for number in range(20):
        desk.post.put(replace(FAULT, facts={"fault": f"fault {number}"}))
        await asyncio.sleep(WEEK_SECONDS / 20)
        if number in (5, 12):
            await desk.restarts()
    assert desk.faults.now[0] == f"letters cannot be sent: {AWAY}"
    assert len(desk.post.queue) == 20
    assert desk.carrier.tries < 100
    desk.carrier.down = ""
    await asyncio.sleep(LONGEST_WAIT_SECONDS + 1)
    assert [job.text.splitlines()[2] for job in desk.carrier.carried] == [f"Fault: fault {n}" for n in range(20)]
    assert (desk.post.queue, desk.faults.now) == ([], [])
    await desk.restarts()
    await asyncio.sleep(1)
    assert len(desk.carrier.carried) == 20
    await desk.post.close()


async def test_one_address_that_takes_nothing_holds_up_no_other_and_is_told_after_a_week(tmp_path: Path) -> None:
    office = writes_to("tom", PersonNotices("tom@nowhere.example"))(MARIA_BY_MAIL(example_office()))
    desk = await opened(tmp_path, office)
    desk.carrier.refused["tom@nowhere.example"] = "mail.example.org refuses mail for tom@nowhere.example: 550"
    desk.post.put(Letter(LetterKind.EMERGENCY, "tom", {"number": "911"}))
    await asyncio.sleep(0.1)
    desk.post.put(Letter(LetterKind.EMERGENCY, "maria", {"number": "911"}))
    await asyncio.sleep(0.1)
    assert [job.to for job in desk.carrier.carried] == ["maria@example.org"]
    await asyncio.sleep(WEEK_SECONDS + LONGEST_WAIT_SECONDS)
    (parcel,) = desk.post.queue
    assert parcel.given_up
    assert desk.faults.now == ["a letter to tom (emergency) could not be sent for a week; see `copperdesk mail queue`"]
    tries = desk.carrier.tries
    await asyncio.sleep(WEEK_SECONDS)
    assert desk.carrier.tries == tries
    desk.carrier.refused.clear()
    assert await desk.post.retry() == 1
    await asyncio.sleep(0.1)
    assert (len(desk.carrier.carried), desk.post.queue, desk.faults.now) == (2, [], [])
    await desk.post.close()


async def test_a_server_that_is_gone_for_good_does_not_fill_the_disk(tmp_path: Path) -> None:
    desk = await opened(tmp_path)
    desk.carrier.down = AWAY
    desk.post.put(FAULT)
    await asyncio.sleep(4.5 * WEEK_SECONDS)
    assert desk.post.queue == []
    assert THROWN_AWAY in desk.faults.now
    assert list((tmp_path / "mail" / "queue").iterdir()) == []
    desk.carrier.down = ""
    desk.post.put(replace(FAULT, facts={"fault": "another"}))
    await asyncio.sleep(LONGEST_WAIT_SECONDS + 1)
    assert (len(desk.carrier.carried), desk.faults.now) == (1, [])
    await desk.post.close()


async def test_a_letter_that_is_sent_while_all_are_tried_again_is_not_sent_twice(tmp_path: Path) -> None:
    desk = await opened(tmp_path)
    desk.carrier.down = AWAY
    for number in range(5):
        desk.post.put(replace(FAULT, facts={"fault": f"fault {number}"}))
    await asyncio.sleep(10)
    tries = {desk.post.next_try(parcel) for parcel in desk.post.queue}
    assert [one - MORNING > timedelta(seconds=50) for one in tries if one is not None] == [True]
    desk.carrier.down = ""
    desk.post.put(replace(FAULT, facts={"fault": "the last"}))
    await asyncio.gather(desk.post.retry(), desk.post.retry(), desk.post.retry())
    await asyncio.sleep(10)
    assert len(desk.carrier.carried) == len({job.id for job in desk.carrier.carried}) == 6
    assert desk.post.queue == []
    await desk.post.close()


async def test_a_power_cut_while_a_letter_is_kept_leaves_all_of_it_or_nothing(tmp_path: Path) -> None:
    desk = await opened(tmp_path)
    desk.carrier.down = AWAY
    assert await desk.post.keep(FAULT)
    half = tmp_path / "mail" / "tmp" / "half"
    half.mkdir()
    (half / "sound.wav").write_bytes(b"RIFF")
    gone = tmp_path / "mail" / "queue" / "gone"
    gone.mkdir()
    await desk.restarts()
    assert (half.exists(), gone.exists(), len(desk.post.queue)) == (False, False, 1)
    await desk.post.close()


class FullDisk(Disk):
    def write(self, path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))


def test_after_a_power_cut_at_any_moment_a_letter_is_there_whole_or_not_yet(tmp_path: Path) -> None:
    parcel = Parcel("7", "mail", "maria@example.org", "fault", "maria", {"fault": "none"}, MORNING, MORNING)
    for operations in range(100):
        root = tmp_path / str(operations)
        ParcelStore(root).load()
        disk = FailingDisk(operations)
        kept = False
        with suppress(PowerCutError):
            ParcelStore(root, disk).put(parcel, None)
            kept = True
        disk.lose(root)
        found = ParcelStore(root).load()
        assert found == [parcel] or (found == [] and not kept)
        if kept:
            return
    raise AssertionError("a letter was never kept")


async def test_a_full_disk_is_told_and_stops_nothing(tmp_path: Path) -> None:
    store = ParcelStore(tmp_path / "mail", FullDisk())
    faults = Faults()
    office = MARIA_BY_MAIL(example_office())
    clock = LoopClock(asyncio.get_running_loop(), MORNING)
    post = PostOffice(store, RecordingCarrier(), clock, faults, lambda: office)
    await post.start()
    assert not await post.keep(FAULT)
    assert faults.now == ["letters cannot be kept: the disk is full or failing"]
    await post.close()


async def test_a_message_is_written_about_once_with_its_sound_and_after_the_lamp() -> None:
    carrier = RecordingCarrier()
    async with world(MARIA_BY_MAIL, carrier=carrier) as here:
        await leave(here, "maria", "4075550142")
        assert (here.appliance.led_lit, carrier.carried) == (True, [])
        await until(lambda: bool(carrier.carried))
        (job,) = carrier.carried
        assert (job.to, job.subject) == ("maria@example.org", "New message from 4075550142")
        assert Path(job.sound).name == "sound.wav"
        assert "Received: 2026-03-03 09:15" in job.text
        kept = await here.appliance.mail.keep((await here.appliance.mail.new_messages("maria"))[0])
        await asyncio.sleep(1)
        await here.appliance.mail.mark_new(kept)
        await leave(here, "tom")
        await asyncio.sleep(1)
        assert len(carrier.carried) == 1


async def test_a_message_that_was_deleted_before_the_network_came_back_still_has_its_sound() -> None:
    carrier = RecordingCarrier()
    carrier.down = AWAY
    async with world(MARIA_BY_MAIL, carrier=carrier) as here:
        await leave(here, "maria")
        await until(lambda: bool(here.appliance.telling.post_office.queue))
        await here.appliance.mail.delete((await here.appliance.mail.new_messages("maria"))[0])
        carrier.carry = reading = Reading()  # type: ignore[method-assign]
        await here.appliance.telling.post_office.retry()
        await until(lambda: bool(reading.bytes_read))
        assert reading.bytes_read[0] > 1000


class Reading:
    """Reads the sound while it is carried, as a real carrier does."""

    def __init__(self) -> None:
        self.bytes_read: list[int] = []

    async def __call__(self, job: object) -> None:
        self.bytes_read.append(len(Path(job.sound).read_bytes()))  # type: ignore[attr-defined]


async def test_a_message_of_the_moment_before_a_power_cut_is_written_about_after_it_but_no_older_one(
    tmp_path: Path,
) -> None:
    def message(data: Path, minutes: int) -> None:
        store = MessageStore(data / "messages")
        envelope = Envelope("4075550142", "", MORNING - timedelta(minutes=minutes), seconds=2.0)
        path = store.begin("maria", envelope)
        write_wav(path, 2.0)
        store.commit(path, envelope)

    def before_the_first_start(data: Path) -> None:
        message(data, 60)

    def after_a_power_cut(data: Path) -> None:
        message(data, 60)
        (data / "mail").mkdir()
        (tmp_path / "seen.json").replace(data / "mail" / "seen.json")
        message(data, 1)

    carrier = RecordingCarrier()
    async with world(MARIA_BY_MAIL, carrier=carrier, spoil=before_the_first_start) as here:
        await asyncio.sleep(1)
        assert carrier.carried == []
        seen = here.appliance.messages.list("maria")[0].path.parents[4] / "mail" / "seen.json"
        (tmp_path / "seen.json").write_bytes(seen.read_bytes())
    async with world(MARIA_BY_MAIL, carrier=carrier, spoil=after_a_power_cut):
        await asyncio.sleep(1)
    assert [job.text.splitlines()[3] for job in carrier.carried] == ["Received: 2026-03-03 09:14"]


@pytest.mark.parametrize(("which", "urgent", "sent"), [("all", False, 1), ("urgent", False, 0), ("urgent", True, 1)])
async def test_each_is_written_to_of_the_messages_wanted(tmp_path: Path, which: str, urgent: bool, sent: int) -> None:
    notices = PersonNotices("maria@example.org", messages=WhichMessages(which))
    desk = await opened(tmp_path, writes_to("maria", notices)(example_office()))
    desk.post.put(Letter(LetterKind.MESSAGE, "maria", {"urgent": "yes" if urgent else ""}))
    await asyncio.sleep(1)
    assert len(desk.carrier.carried) == sent
    await desk.post.close()


async def test_a_mail_that_waits_is_completed_behind_a_restart_or_goes_as_it_is(tmp_path: Path) -> None:
    desk = await opened(tmp_path)
    for key in ("maria 1", "maria 2"):
        facts = {"key": key, "number": key}
        await desk.post.keep(Letter(LetterKind.MESSAGE, "maria", facts, waits=timedelta(minutes=5)))
    await asyncio.sleep(60)
    await desk.restarts()
    await desk.post.complete("maria 2", {"text": "Call me back.", "sure": "0.7"})
    await asyncio.sleep(1)
    assert [(job.subject, job.text.splitlines()[-1]) for job in desk.carrier.carried] == [
        ("New message from maria 2", "Call me back.")
    ]
    await asyncio.sleep(240)
    assert [job.subject for job in desk.carrier.carried][1:] == ["New message from maria 1"]
    await desk.post.close()


async def test_a_mail_that_is_completed_while_it_is_refused_has_all_the_next_time(tmp_path: Path) -> None:
    desk = await opened(tmp_path)
    carry = desk.carrier.carry

    async def refuses_late(_job: Job) -> None:
        desk.carrier.carry = carry  # type: ignore[method-assign]
        await asyncio.sleep(20)
        raise SendFailed("mail.example.org refuses mail for maria@example.org: 451", server=False)

    desk.carrier.carry = refuses_late  # type: ignore[method-assign]
    await desk.post.keep(Letter(LetterKind.MESSAGE, "maria", {"key": "maria 1"}))
    await asyncio.sleep(10)
    await desk.post.complete("maria 1", {"text": "Call me back.", "sure": "0.7"})
    await asyncio.sleep(10 + wait_after(1).total_seconds() + 1)
    assert [job.text.splitlines()[-1] for job in desk.carrier.carried] == ["Call me back."]
    await desk.post.close()


async def test_a_private_message_is_mailed_without_its_sound(tmp_path: Path) -> None:
    sound = tmp_path / "maria" / "new" / "000001" / "audio.wav"
    sound.parent.mkdir(parents=True)
    write_wav(sound, 2.0)
    desk = await opened(tmp_path)
    desk.post.put(Letter(LetterKind.MESSAGE, "maria", {"private": "yes"}, attached=sound))
    await asyncio.sleep(1)
    (job,) = desk.carrier.carried
    assert job.sound == ""
    assert "private" in job.sound_words["not-attached"]
    await desk.post.close()


async def test_a_lost_caller_and_a_fault_are_written_about() -> None:
    carrier = RecordingCarrier()
    async with world(MARIA_BY_MAIL, carrier=carrier) as here:
        caller = here.subscriber("4075550142", "JANE")
        await caller.dials("5550100")
        await caller.hears("dial-extension-any-time")
        caller.hangs_up()
        await here.all_is_free()
        here.appliance.trouble.report("main is dead: no battery")
        await until(lambda: len(carrier.carried) == 2)
        assert [job.subject for job in carrier.carried] == [
            "JANE (4075550142) called and reached nobody",
            "Copperdesk: something is wrong",
        ]


async def test_an_event_is_posted_once_whoever_else_is_told(tmp_path: Path) -> None:
    office = writes_to("maria", PersonNotices(), post=HOOK)(example_office())
    desk = await opened(tmp_path, office)
    for person in ("maria", "tom"):
        desk.post.put(Letter(LetterKind.LOST_CALLER, person, {"key": "call 7", "number": "4075550142"}))
    await asyncio.sleep(1)
    (job,) = desk.carrier.carried
    assert (job.by, job.to) == ("post", "http://192.168.1.9/events")
    assert '"event": "lost-caller"' in job.text
    await desk.post.close()


async def test_the_command_sees_what_waits_and_tries_the_server() -> None:
    carrier = RecordingCarrier()
    async with world(MARIA_BY_MAIL, carrier=carrier) as here:
        control = Offered()
        offer_mail(control, here.appliance)
        carrier.down = AWAY
        here.appliance.telling.post_office.put(FAULT)
        await until(lambda: carrier.tries == 1)
        (shown,) = await control.call("mail.queue")
        assert (shown["to"], shown["kind"], shown["why"]) == ("maria@example.org", "fault", AWAY)
        assert await control.call("mail.test", to="maria") == {"to": "maria@example.org", "wrong": AWAY}
        with pytest.raises(ControlError, match="neither a mail address nor somebody who has one"):
            await control.call("mail.test", to="tom")
        carrier.down = ""
        assert await control.call("mail.retry") == 1
        await until(lambda: not here.appliance.telling.post_office.queue)


async def test_a_letter_that_breaks_the_program_holds_up_no_other(tmp_path: Path) -> None:
    desk = await opened(tmp_path)
    carry = desk.carrier.carry

    async def breaks_once(_job: Job) -> None:
        desk.carrier.carry = carry  # type: ignore[method-assign]
        raise KeyError("subject")

    desk.carrier.carry = breaks_once  # type: ignore[method-assign]
    desk.post.put(Letter(LetterKind.EMERGENCY, "maria", {"number": "911"}))
    await asyncio.sleep(0.1)
    desk.post.put(FAULT)
    await asyncio.sleep(0.1)
    assert [job.subject for job in desk.carrier.carried] == ["Copperdesk: something is wrong"]
    assert [parcel.why for parcel in desk.post.queue] == ["a fault in the program: KeyError"]
    await asyncio.sleep(wait_after(1).total_seconds())
    assert desk.post.queue == []
    await desk.post.close()
