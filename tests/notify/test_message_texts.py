"""Messages as text: written down one at a time, by nobody's clock but their own, and told in the mail."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from appliance.notify.messagetexts import FAILS
from appliance.notify.news import TEXT_WAIT
from appliance.notify.recording import RecordingCarrier
from appliance.office.model import Office
from appliance.office.voicemail import Voicemail
from appliance.store.messages import Envelope, Message, MessageStore, MessageText
from tests.calls.hearing import until
from tests.calls.test_hearing_messages import left
from tests.calls.world import MORNING, World, world
from tests.notify.office import HOOK, MARIA_BY_MAIL, writes_to
from tests.store.conftest import write_wav

SAID = MessageText("It is Tom. Call me back.", 0.71)
SOON_SECONDS = 20.0
TOO_SMALL = "this machine has 1.0 GB of memory, and the recognizer needs a machine with 2 GB"


class Dictation:
    """Knows what is said in recordings. says: by the number of the message, what that is; SAID in all others."""

    def __init__(self, seconds: float = SOON_SECONDS, impossible: str = "") -> None:
        self.begun: list[str] = []
        """The messages it was given, as mailbox and number."""
        self.says: dict[str, MessageText | None] = {}
        self.opens_after = 0.0
        """It takes so many seconds until it reads the file."""
        self._seconds = seconds
        self._impossible = impossible
        self._busy = False

    def impossible(self) -> str:
        return self._impossible

    async def write(self, recording: Path) -> MessageText | None:
        assert not self._busy
        self._busy = True
        message = recording.parent
        self.begun.append(f"{message.parents[1].name} {message.name}")
        try:
            await asyncio.sleep(self.opens_after)
            there = recording.exists()
            await asyncio.sleep(self._seconds)
        finally:
            self._busy = False
        return self.says.get(message.name, SAID) if there else MessageText("", 0.0)

    async def close(self) -> None:
        assert not self._busy


def texts(office: Office) -> Office:
    return replace(MARIA_BY_MAIL(office), voicemail=Voicemail(transcripts=True))


def spoken_by_maria(language: str) -> Callable[[Office], Office]:
    def change(office: Office) -> Office:
        people = (replace(one, language=language) if one.id == "maria" else one for one in texts(office).people)
        return replace(texts(office), people=tuple(people))

    return change


async def text_of(here: World, message: Message) -> MessageText | None:
    return await here.appliance.mail.text(message)


async def seconds_until_mailed(carrier: RecordingCarrier) -> float:
    began = asyncio.get_running_loop().time()
    await until(lambda: bool(carrier.carried), within=2 * TEXT_WAIT.total_seconds())
    return asyncio.get_running_loop().time() - began


async def test_a_mail_waits_for_the_text_of_its_message_and_says_how_sure_it_is() -> None:
    carrier, dictation = RecordingCarrier(), Dictation()
    async with world(texts, carrier=carrier, writer=dictation) as here:
        message = await left(here)
        assert here.appliance.led_lit
        assert dictation.begun == []
        assert SOON_SECONDS <= await seconds_until_mailed(carrier) < SOON_SECONDS + 1
        assert carrier.carried[0].text.splitlines()[-2:] == [
            "A machine has written it down; it may have misheard. It is 71 percent sure:",
            "It is Tom. Call me back.",
        ]
        assert await text_of(here, message) == SAID


async def test_a_mail_does_not_wait_for_ever_and_programs_are_told_at_once() -> None:
    def both(office: Office) -> Office:
        maria = next(one for one in MARIA_BY_MAIL(office).people if one.id == "maria")
        return replace(writes_to("maria", maria.notify, post=HOOK)(office), voicemail=Voicemail(transcripts=True))

    carrier = RecordingCarrier()
    longer = TEXT_WAIT.total_seconds() + 60
    async with world(both, carrier=carrier, writer=Dictation(longer)) as here:
        message = await left(here)
        await until(lambda: [job.by for job in carrier.carried] == ["post"])
        await asyncio.sleep(TEXT_WAIT.total_seconds() - 1)
        assert len(carrier.carried) == 1
        await asyncio.sleep(1)
        assert [job.by for job in carrier.carried] == ["post", "mail"]
        assert "A machine" not in carrier.carried[1].text
        await asyncio.sleep(60)
        assert await text_of(here, message) == SAID
        assert len(carrier.carried) == 2


async def test_the_mail_about_a_private_message_has_no_text_and_does_not_wait() -> None:
    carrier = RecordingCarrier()
    async with world(texts, carrier=carrier, writer=Dictation()) as here:
        message = await left(here, private=True)
        assert await seconds_until_mailed(carrier) < 1
        assert "Tom" not in carrier.carried[0].text
        await asyncio.sleep(SOON_SECONDS)
        assert await text_of(here, message) == SAID
        assert len(carrier.carried) == 1


@pytest.mark.parametrize(
    ("change", "impossible", "fault"),
    [
        (MARIA_BY_MAIL, "", []),
        (MARIA_BY_MAIL, "this machine has 1.0 GB of memory", []),
        (
            texts,
            "this machine has 1.0 GB of memory",
            ["messages are not written down: this machine has 1.0 GB of memory"],
        ),
        (spoken_by_maria("de"), "", []),
    ],
    ids=["not wanted", "not wanted where it cannot be", "not on this machine", "not in German"],
)
async def test_where_nothing_is_written_down_no_mail_waits(
    change: Callable[[Office], Office], impossible: str, fault: list[str]
) -> None:
    carrier, dictation = RecordingCarrier(), Dictation(impossible=impossible)
    async with world(change, carrier=carrier, writer=dictation) as here:
        await left(here)
        assert await seconds_until_mailed(carrier) < 1
        assert dictation.begun == []
        assert here.appliance.faults == fault
        if fault:
            await here.appliance.use(replace(here.appliance.office, voicemail=Voicemail()))
            await until(lambda: here.appliance.faults == [])


async def test_a_recogniser_that_fails_is_told_and_holds_up_no_mail() -> None:
    carrier, dictation = RecordingCarrier(), Dictation()
    dictation.says["000001"] = None
    async with world(texts, carrier=carrier, writer=dictation) as here:
        await left(here)
        assert await seconds_until_mailed(carrier) < SOON_SECONDS + 1
        assert here.appliance.faults == [FAILS]
        await left(here, seconds=3.0)
        await until(lambda: here.appliance.faults == [], within=60)
        assert dictation.begun == ["maria 000001", "maria 000002"]


async def test_a_message_of_which_no_word_is_made_out_is_not_tried_again() -> None:
    carrier, dictation = RecordingCarrier(), Dictation()
    dictation.says["000001"] = MessageText("", 0.0)
    async with world(texts, carrier=carrier, writer=dictation) as here:
        message = await left(here)
        assert await seconds_until_mailed(carrier) < SOON_SECONDS + 1
        assert "A machine" not in carrier.carried[0].text
        assert await text_of(here, message) == MessageText("", 0.0)
        await here.appliance.mail.keep(message)
        await asyncio.sleep(60)
        assert dictation.begun == ["maria 000001"]


async def test_what_has_no_text_yet_is_written_down_after_a_start_new_ones_first() -> None:
    def before(data: Path) -> None:
        store = MessageStore(data / "messages")
        for number in range(5):
            envelope = Envelope("", "", MORNING - timedelta(minutes=60 - number), seconds=2.0)
            path = store.begin("maria", envelope)
            write_wav(path, 2.0)
            message = store.commit(path, envelope)
            if number == 0:
                store.keep(message)
            elif number == 2:
                store.write_text("maria", message.id, SAID)
            elif number == 3:
                store.delete(message, MORNING)

    dictation = Dictation()
    async with world(texts, writer=dictation, spoil=before) as here:
        await asyncio.sleep(5)
        await left(here, "tom", seconds=3.0)
        await asyncio.sleep(200)
        assert dictation.begun == ["maria 000005", "tom 000001", "maria 000002", "maria 000001"]


async def test_a_message_that_is_heard_before_the_recogniser_opens_its_file_is_written_down() -> None:
    dictation = Dictation()
    dictation.opens_after = 5.0
    async with world(texts, writer=dictation) as here:
        message = await left(here)
        await asyncio.sleep(1)
        kept = await here.appliance.mail.keep(message)
        await asyncio.sleep(100)
        assert await text_of(here, kept) == SAID
        assert dictation.begun == ["maria 000001", "maria 000001"]


async def test_a_message_to_everybody_is_written_down_once() -> None:
    dictation = Dictation()
    async with world(texts, writer=dictation) as here:
        message = await left(here)
        for mailbox in ("tom", "ruth"):
            await here.appliance.mail.deliver(message.path, mailbox, Envelope("", "", MORNING, 2.0))
        await asyncio.sleep(100)
        for mailbox in ("maria", "tom", "ruth"):
            (one,) = await here.appliance.mail.new_messages(mailbox)
            assert await text_of(here, one) == SAID
        assert len(dictation.begun) == 1


async def test_a_unit_that_ends_meanwhile_leaves_nothing_running() -> None:
    dictation = Dictation()
    async with world(texts, writer=dictation) as here:
        await left(here)
        await until(lambda: bool(dictation.begun))
