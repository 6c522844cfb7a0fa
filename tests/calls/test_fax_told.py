"""Who is told of a new fax: by mail with its pages, on paper, by programs; each once, also behind a restart."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from appliance.calls.faxroom import SeenBy
from appliance.fax.job import FaxCause
from appliance.notify.recording import RecordingCarrier
from appliance.office.fax import OFFICE_BOX, FaxBox, FaxRoute, OfficeFax
from appliance.office.model import Office
from appliance.office.notifying import MailServer, Notifying, PersonNotices, PostAddress
from tests.calls.faxmachines import SENT, Engine
from tests.calls.hearing import until
from tests.calls.world import MAIN, World, world
from tests.fax.fakelp import PrintService

POST = PostAddress(url="http://192.168.1.2/events", secret="secret")


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    engine = Engine()
    monkeypatch.setattr("appliance.faxdesk.receive_fax", engine)
    return engine


def told(post: PostAddress | None = None, **fax: object) -> Callable[[Office], Office]:
    """An office with a mail server, in which Maria has an address."""

    def changed(office: Office) -> Office:
        people = [
            replace(one, notify=PersonNotices(mail="maria@example.org")) if one.id == "maria" else one
            for one in office.people
        ]
        notifying = Notifying(mail=MailServer(host="mail.example.org", sender="unit@example.org"))
        if post is not None:
            notifying = replace(notifying, post=post)
        whole = OfficeFax(lines=("main",), **fax)  # type: ignore[arg-type]
        return replace(office, people=tuple(people), notifying=notifying, fax=whole)

    return changed


async def a_fax_comes(here: World) -> None:
    before = len(here.outcomes())
    caller = await here.caller().dials(MAIN)
    await until(lambda: "fax-received" in [outcome for _, outcome, _ in here.outcomes()[before:]], within=30)
    await caller.puts_down()
    await until(lambda: not here.appliance.telling.post_office.queue)


async def test_the_office_s_addresses_get_mail_with_the_pages_as_pdf(engine: Engine) -> None:
    carrier = RecordingCarrier()
    async with world(told(mail=("desk@example.org", "boss@example.org")), carrier=carrier) as here:
        await a_fax_comes(here)
        assert sorted(job.to for job in carrier.carried) == ["boss@example.org", "desk@example.org"]
        (job, _) = carrier.carried
        assert (job.subject, job.sound_as, Path(job.sound).name) == (
            "New fax from CALLER 1 (4075550123)",
            "pdf",
            "pages.pdf",
        )
        assert job.text.splitlines()[2:5] == [
            "From: CALLER 1 (4075550123)",
            "Fax machine: +1 407 5550123",
            "Received: 2026-03-03 09:15",
        ]
        opened = await here.appliance.services.faxes.who_opened(OFFICE_BOX)
        assert sorted((one.by, one.how) for one in opened) == [
            ("boss@example.org", SeenBy.MAIL),
            ("desk@example.org", SeenBy.MAIL),
        ]


async def test_a_person_gets_the_mail_and_reads_that_the_fax_is_not_whole(engine: Engine) -> None:
    carrier, engine.result = RecordingCarrier(), replace(SENT, cause=FaxCause.LINE_CUT)
    office = told(POST, routes=(FaxRoute("maria", line="main"),), boxes={"maria": FaxBox(attach=False)})
    async with world(office, carrier=carrier) as here:
        await a_fax_comes(here)
        mail, post = sorted(carrier.carried, key=lambda job: job.by)
        assert (mail.to, mail.sound) == ("maria@example.org", "")
        assert "It broke off: pages may be missing." in mail.text
        assert '"event": "new-fax"' in post.text
        assert '"pages": "2"' in post.text


async def test_a_fax_is_printed_and_nobody_gets_mail_who_wants_none(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carrier, service = RecordingCarrier(), PrintService(tmp_path / "cups", "laser")
    monkeypatch.setenv("PATH", f"{service.path}:{os.environ['PATH']}")
    office = told(routes=(FaxRoute("maria", line="main"),), boxes={"maria": FaxBox(mail=False, printer="laser")})
    async with world(office, carrier=carrier) as here:
        await a_fax_comes(here)
        await until(lambda: bool(service.jobs))
        assert carrier.carried == []


async def test_a_fax_is_told_once_also_where_the_office_is_loaded_anew(engine: Engine) -> None:
    carrier = RecordingCarrier()
    async with world(told(mail=("desk@example.org",)), carrier=carrier) as here:
        await a_fax_comes(here)
        await here.appliance.use(here.appliance.office)
        await a_fax_comes(here)
        assert [job.to for job in carrier.carried] == ["desk@example.org"] * 2


async def test_a_fax_that_is_seen_before_it_was_told_is_told_and_printed_all_the_same(engine: Engine) -> None:
    carrier = RecordingCarrier()
    async with world(told(mail=("desk@example.org",)), carrier=carrier) as here:
        faxes = here.appliance.services.faxes
        changed = faxes.on_change

        def seen_at_once() -> None:
            changed()
            asyncio.get_running_loop().create_task(see(here))

        faxes.on_change = seen_at_once
        await a_fax_comes(here)
        assert faxes.counts(OFFICE_BOX).seen == 1
        assert [(job.to, Path(job.sound).name) for job in carrier.carried] == [("desk@example.org", "pages.pdf")]


async def see(here: World) -> None:
    """Somebody sees all new faxes of the office."""
    faxes = here.appliance.services.faxes
    for id in (await faxes.ids(OFFICE_BOX)).new:
        await faxes.opened(await faxes.fax(OFFICE_BOX, id), "maria", SeenBy.PAGE)
