"""A fax machine calls: whatever it hears then, its fax is received, and comes to whom it is for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from appliance.calls.faxroom import FaxCounts, FaxSheet, SeenBy
from appliance.calls.faxtaking import NO_ROOM
from appliance.calls.station import StationState
from appliance.fax.job import FaxCause, FaxResult
from appliance.office.contact import Blocked, Gets
from appliance.office.destination import ToFax
from appliance.office.fax import OFFICE_BOX, FaxRing, FaxRoute, OfficeFax
from appliance.office.menus import Key
from appliance.office.model import Office
from hw.dsp.faxtone import cng_samples
from tests.calls.farlines import FarWorld
from tests.calls.faxmachines import SENT, Engine
from tests.calls.hearing import until
from tests.calls.mailboxes import voicemail_of_maria
from tests.calls.phone import Phone
from tests.calls.plainlines import PlainWorld, hears_tone
from tests.calls.world import MAIN, World, world
from tests.hw.signals import tone


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    engine = Engine()
    monkeypatch.setattr("appliance.faxdesk.receive_fax", engine)
    return engine


def with_fax(**settings: object) -> Callable[[Office], Office]:
    return lambda office: replace(office, fax=OfficeFax(**settings))  # type: ignore[arg-type]


def new_in(here: World, *boxes: str) -> list[int]:
    """SeenBy many new faxes are in these boxes."""
    return [here.appliance.services.faxes.counts(box).new for box in boxes]


async def beeps(caller: Phone, seconds: float = 9.0) -> None:
    """The tone of a machine that calls, twice and more where nobody stops it."""
    await caller.telephone.send(cng_samples(seconds))


async def the_fax_in(here: World, box: str) -> FaxSheet:
    """What is known of the one fax in this box."""
    faxes = here.appliance.services.faxes
    (id,) = (await faxes.ids(box)).new
    return (await faxes.fax(box, id)).sheet


async def test_a_fax_machine_under_the_greeting_sends_its_fax_to_the_office(here: World, engine: Engine) -> None:
    caller = await here.greeted()
    await beeps(caller, 1.0)
    await here.ended(("main", "fax-received", "released"))
    assert [line for line, _ in engine.asked] == ["main"]
    sheet = await the_fax_in(here, OFFICE_BOX)
    assert (sheet.number, sheet.identity, sheet.line) == ("4075550123", "+1 407 5550123", "main")
    assert (sheet.pages, sheet.cause, sheet.ecm, sheet.bit_rate) == (2, "complete", True, 14400)
    (call,) = here.appliance.calls.recent(1)
    assert (call.id, call.steps[-1].what) == (sheet.call, "fax of 2 pages from +1 407 5550123: complete")


async def test_a_machine_is_known_while_a_person_is_rung_who_is_rung_no_more(here: World, engine: Engine) -> None:
    caller, maria = await here.greeted(), here.phone("fxs-1")
    await caller.presses("101")
    await maria.rings()
    await beeps(caller, 4.5)
    await here.ended(("main", "fax-received", "released"))
    assert not maria.ringing
    assert new_in(here, OFFICE_BOX, "maria") == [1, 0]


async def test_a_machine_is_known_in_the_greeting_of_a_mailbox_and_behind_its_beep(engine: Engine) -> None:
    async with world(voicemail_of_maria()) as here:
        caller = await here.greeted()
        await caller.presses("101")
        await caller.hears("leave-message", within=60)
        await asyncio.sleep(6.0)
        await beeps(caller, 4.5)
        await here.ended(("main", "fax-received", "released"))
        assert [here.appliance.mail.counts(box).new for box in ("maria", "office")] == [0, 0]


async def test_whoever_has_answered_a_machine_is_told_and_let_go_while_the_fax_comes(
    here: World, engine: Engine
) -> None:
    caller, maria = await here.connected()
    maria.forgets()
    await beeps(caller, 4.5)
    await maria.hears("fax-is-coming")
    assert [line for line, _ in engine.asked] == ["main"]
    await until(lambda: here.appliance.lines.stations["front desk"].state is StationState.LOCKED_OUT, within=90)
    maria.hangs_up()
    await here.ended(("main", "fax-received", "released"))
    assert new_in(here, OFFICE_BOX) == [1]


@pytest.mark.parametrize("burst", [0.3, 1.5])
async def test_nobody_is_taken_from_a_talk_by_tones_of_another_rhythm(
    here: World, engine: Engine, burst: float
) -> None:
    caller, maria = await here.connected()
    for _ in range(4):
        await caller.telephone.send(tone((1100,), burst, -15))
        await asyncio.sleep(1.0)
    assert (engine.asked, maria.off_hook) == ([], True)
    maria.hangs_up()
    await here.ended(("main", "connected", "on-hook"))


async def test_a_silent_machine_is_let_in_by_a_code_behind_a_hook_flash(plain: PlainWorld, engine: Engine) -> None:
    caller, maria = await plain.talking()
    maria.flashes()
    await hears_tone(maria, "recall")
    maria.forgets()
    maria.presses("*96")
    await maria.hears("fax-is-coming")
    maria.hangs_up()
    await until(lambda: not caller.off_hook)
    await plain.all_is_free()
    assert plain.steps("gate 1")[-2:] == ["transferred", "fax of 2 pages from +1 407 5550123: complete"]
    assert [line for line, _ in engine.asked] == ["gate 1"]


async def test_a_telephone_that_transfers_to_the_code_has_the_fax_received(far: FarWorld, engine: Engine) -> None:
    engine.seconds = 1.0
    _caller, maria = await far.talking()
    maria.transfers("*96")
    await until(lambda: bool(engine.asked))
    assert maria.told == [True]
    await far.all_is_free()
    assert new_in(far.here, OFFICE_BOX) == [1]


def with_a_key(office: Office) -> Office:
    keys = {**office.menu.keys, "7": Key(ToFax("maria"), "To send a fax by hand, press 7.")}
    return replace(office, menu=replace(office.menu, keys=keys))


async def test_a_key_of_a_menu_leads_to_somebodys_fax(engine: Engine) -> None:
    async with world(with_a_key) as here:
        caller = await here.greeted()
        await caller.presses("7")
        await here.ended(("main", "fax-received", "released"))
        assert new_in(here, OFFICE_BOX, "maria") == [0, 1]
        assert here.appliance.calls.recent(1)[0].reached == "maria"


@pytest.mark.parametrize(
    ("route", "result"),
    [
        (FaxRoute("tom", line="main"), SENT),
        (FaxRoute("tom", sender="4075550123"), SENT),
        (FaxRoute("tom", sender="+1407*"), SENT),
        (FaxRoute("tom", subaddress="77"), replace(SENT, subaddress="77")),
        (None, replace(SENT, subaddress="102")),
    ],
)
async def test_whose_a_fax_is_follows_from_line_sender_and_sub_address(
    engine: Engine, route: FaxRoute | None, result: FaxResult
) -> None:
    engine.result = result
    async with world(with_fax(lines=("main",), routes=(route,) if route else ())) as here:
        await here.caller().dials(MAIN)
        await until(lambda: bool(engine.asked), within=15)
        await here.ended(("main", "fax-received", "released"))
        assert new_in(here, OFFICE_BOX, "tom") == [0, 1]


async def test_an_office_that_takes_no_faxes_says_so(engine: Engine) -> None:
    async with world(with_fax(receives=False)) as here:
        caller = await here.greeted()
        await beeps(caller, 1.0)
        await caller.hears("no-fax")
        await here.ended(("main", "fax-not-accepted", "released"))
        assert engine.asked == []


async def test_a_machine_on_the_block_list_sends_no_fax(here: World, engine: Engine) -> None:
    await here.appliance.contacts.block(Blocked("407*", Gets.VOICEMAIL))
    caller = await here.caller().dials(MAIN)
    await caller.hears("nobody-available", within=15)
    await beeps(caller, 1.0)
    await here.ended(("main", "blocked", "released"))
    assert engine.asked == []


async def test_pages_are_kept_of_a_fax_that_breaks_off_or_whose_engine_fails(here: World, engine: Engine) -> None:
    engine.fails, engine.pages = RuntimeError("it is broken"), 1
    await beeps(await here.greeted(), 1.0)
    await here.logs("main", "fax-received", "released")
    sheet = await the_fax_in(here, OFFICE_BOX)
    assert (sheet.pages, sheet.cause, sheet.complete) == (1, "engine", False)
    assert [fault for fault in here.appliance.faults if "fax engine" in fault] != []


async def test_somebody_who_was_taken_for_a_machine_is_asked_and_gets_the_operator(here: World, engine: Engine) -> None:
    engine.result = FaxResult(FaxCause.SILENT, 0)
    caller = await here.greeted()
    await beeps(caller, 1.0)
    await caller.hears("did-not-hear", within=15)
    await asyncio.sleep(3.0)
    await caller.says("Hello? Is anybody there?")
    await here.phone("fxs-1").answers()
    caller.hangs_up()
    await here.ended(("main", "operator", "loop-break"))


async def test_a_machine_that_sends_no_page_leaves_nothing_but_its_call(here: World, engine: Engine) -> None:
    engine.result = FaxResult(FaxCause.SILENT, 0)
    await beeps(await here.greeted(), 1.0)
    await here.logs("main", "fax-failed", "released")
    assert here.appliance.services.faxes.counts(OFFICE_BOX) == FaxCounts(0, 0)
    assert here.appliance.calls.recent(1)[0].steps[-1].what == "fax of 0 pages: silent"


async def test_a_fax_for_a_full_box_comes_to_the_office_and_none_where_that_is_full(engine: Engine) -> None:
    async with world(with_fax(lines=("main",), routes=(FaxRoute("tom", line="main"),), faxes_per_box=1)) as here:
        for calls in range(1, 4):
            caller = await here.caller().dials(MAIN)
            await until(lambda: [outcome != "" for _, outcome, _ in here.outcomes()] == [True] * calls, within=30)  # noqa: B023
            await caller.puts_down()
        assert new_in(here, "tom", OFFICE_BOX) == [1, 1]
        assert [outcome for _line, outcome, _cause in here.outcomes()][-1] == "fax-not-accepted"
        assert NO_ROOM in here.appliance.faults


async def test_a_new_fax_lights_the_lamp_and_is_told_in_the_mailbox_until_it_was_seen(engine: Engine) -> None:
    async with world(with_fax(lines=("main",), routes=(FaxRoute("maria", line="main"),))) as here:
        await here.caller().dials(MAIN)
        await here.logs("main", "fax-received", "released")
        maria, faxes = here.phone("fxs-1"), here.appliance.services.faxes
        assert here.appliance.led_lit
        await until(lambda: maria.lamp)
        await maria.dials("8500")
        await maria.presses("7391#", at="enter-pin")
        await maria.hears("new-faxes-besides")
        maria.hangs_up()
        await here.all_is_free()
        fax = await faxes.fax("maria", (await faxes.ids("maria")).new[0])
        await faxes.opened(fax, "maria", SeenBy.PAGE)
        await until(lambda: not maria.lamp)
        assert not here.appliance.led_lit
        assert [(one.by, one.how, one.fax) for one in await faxes.who_opened("maria")] == [
            ("maria", SeenBy.PAGE, fax.id)
        ]


async def test_a_fax_that_was_seen_long_ago_is_deleted_at_night(engine: Engine) -> None:
    async with world(with_fax(lines=("main",), seen_faxes_days=2)) as here:
        caller = await here.caller().dials(MAIN)
        await here.logs("main", "fax-received", "released")
        await caller.puts_down()
        faxes = here.appliance.services.faxes
        (id,) = (await faxes.ids(OFFICE_BOX)).new
        await faxes.opened(await faxes.fax(OFFICE_BOX, id), "maria", SeenBy.PAGE)
        await asyncio.sleep(24 * 3600)
        assert list((await faxes.ids(OFFICE_BOX)).seen) == [id]
        await asyncio.sleep(2 * 24 * 3600)
        assert list((await faxes.ids(OFFICE_BOX)).deleted) == [id]
        await asyncio.sleep(25 * 3600)
        assert list((await faxes.ids(OFFICE_BOX)).deleted) == []


async def test_a_call_that_rings_as_for_the_fax_is_a_fax_and_others_are_greeted(engine: Engine) -> None:
    async with world(with_fax(rings=frozenset({FaxRing.DOUBLE}))) as here:
        (await here.greeted()).hangs_up()
        await here.all_is_free()
        here.exchange.lines[MAIN].services.ring = (0.8, 0.4, 0.8, 4.0)
        await here.caller().dials(MAIN)
        await until(lambda: bool(engine.asked), within=20)
        await here.logs("main", "fax-received", "released")


async def test_an_office_that_leaves_out_somebody_with_faxes_says_so(engine: Engine) -> None:
    async with world(with_fax(lines=("main",), routes=(FaxRoute("tom", line="main"),))) as here:
        await here.caller().dials(MAIN)
        await until(lambda: bool(engine.asked), within=15)
        await here.ended(("main", "fax-received", "released"))
        office = here.appliance.office
        others = tuple(person for person in office.people if person.id != "tom")
        assert here.appliance.left_out(replace(office, people=others)) == [
            "Doctor Tom Becker is not in it, and has 1 fax: they are kept, and can be seen again once somebody with "
            "the id 'tom' is in it"
        ]
        assert here.appliance.left_out(office) == []
