"""Who may call what outside: classes of service, the lock, accounts, log-in, limits; and help, which all may call."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from appliance.calls.guard import may_dial
from appliance.calls.letters import Letter, LetterKind
from appliance.calls.outsidecalls import OutsideCalls
from appliance.office.dialrules import Dialling, TrunkRoute
from appliance.office.forwarding import Forwarding, ForwardWhen
from appliance.office.limits import CallLimits
from appliance.office.model import Office
from appliance.office.numberclass import NumberClass
from appliance.office.rights import CallAccount, Rights, ServiceClass
from tests.calls.world import World, world

BOB = "4075550199"
ABROAD = "01133142345678"
"""Paris."""


def with_rights(**rights: Any) -> Callable[[Office], Office]:
    return lambda office: replace(office, rights=replace(office.rights, **rights))


def of_telephone(service_class: str, **rights: Any) -> Callable[[Office], Office]:
    """The first telephone has this class of service."""

    def change(office: Office) -> Office:
        first, *others = office.stations
        stations = (replace(first, service_class=service_class), *others)
        return replace(office, stations=stations, rights=replace(office.rights, **rights))

    return change


def steps(here: World) -> list[str]:
    """Those of the last call."""
    return [step.what for step in here.appliance.calls.recent(1)[0].steps]


@pytest.mark.parametrize(
    ("service_class", "number", "told"),
    [
        ("inside", "5550199", "may-not-call-outside"),
        ("local", BOB, "may-not-call-national"),
        ("mobile", ABROAD, "may-not-call-abroad"),
        ("abroad", "19005551234", "may-not-call-premium"),
    ],
)
async def test_a_telephone_is_told_what_it_may_not_call(service_class: str, number: str, told: str) -> None:
    async with world(of_telephone(service_class)) as here:
        maria = await here.phone("fxs-1").dials(f"9{number}#")
        await maria.hears(told)
        maria.hangs_up()
        await here.all_is_free()
        assert [outcome for _, outcome, _ in here.outcomes()] == ["refused"]
        assert steps(here)[-1].startswith("the telephone may not call")


async def test_help_is_called_on_a_telephone_that_may_call_nobody_outside() -> None:
    async with world(of_telephone("inside", telephone=CallLimits(1, 1, 1, 1, 1))) as here:
        help = here.subscriber("911", "POLICE")
        maria = await here.phone("fxs-1").dials("*56")
        await maria.hears("telephone-locked")
        maria.hangs_up()
        await here.all_is_free()
        maria = await here.phone("fxs-1").dials("911")
        await help.answers()
        maria.hangs_up()
        await here.logs("front desk", "dialled-out", "on-hook")


async def test_who_is_closed_out_at_night_may_call_by_day() -> None:
    day = replace(Rights().called("abroad"), when_closed="night")
    classes = {"day": day, "night": ServiceClass(frozenset())}
    async with world(of_telephone("day", classes=classes)) as here:
        bob = here.subscriber(BOB, "BOB ROE")
        maria = await here.phone("fxs-1").dials(f"9{BOB}")
        await bob.answers()
        maria.hangs_up()
        bob.hangs_up()
        await here.all_is_free()
        await here.appliance.switches.flip("night-mode", "closed")
        maria = await here.phone("fxs-1").dials(f"9{BOB}")
        await maria.hears("may-not-call-outside")


async def test_the_limit_of_an_hour_is_told_written_of_once_and_still_stands_after_a_restart() -> None:
    async with world(with_rights(telephone=CallLimits(calls_an_hour=1), person=CallLimits(calls_an_hour=1))) as here:
        outbox = Outbox(here)
        bob = here.subscriber(BOB, "BOB ROE")
        maria = await here.phone("fxs-1").dials(f"9{BOB}")
        await bob.answers()
        maria.hangs_up()
        bob.hangs_up()
        await here.all_is_free()
        for _ in range(2):
            maria = await here.phone("fxs-1").dials(f"9{BOB}")
            await maria.hears("limit-of-the-hour")
            maria.hangs_up()
            await here.all_is_free()
            maria.forgets()
        assert [letter.kind for letter in outbox.letters] == [LetterKind.LIMIT_REACHED]
        again = OutsideCalls(here.appliance.calls, here.appliance.services.clock, here.appliance.trouble)
        await again.open()
        assert again.limit(here.appliance.office.rights, "", "front desk") is not None
        assert again.limit(here.appliance.office.rights, "", "surgery") is None


class Outbox:
    """Keeps the letters that the unit sends."""

    def __init__(self, here: World) -> None:
        self.letters: list[Letter] = []
        object.__setattr__(here.appliance.services, "outbox", self)

    def put(self, letter: Letter) -> None:
        self.letters.append(letter)


async def test_the_first_call_abroad_at_night_rings_the_operator_and_is_written_of() -> None:
    async with world() as here:
        outbox = Outbox(here)
        paris, operator = here.subscriber(ABROAD, "PARIS"), here.phone("fxs-1")
        await here.appliance.switches.flip("night-mode", "closed")
        for _ in range(2):
            surgery = await here.phone("fxs-2").dials(f"9{ABROAD}")
            await paris.answers()
            if not operator.heard:
                await operator.answers()
                await operator.hears("abroad-from-extension")
                operator.hangs_up()
            surgery.hangs_up()
            paris.hangs_up()
            await here.all_is_free()
        assert operator.telephone.ring_bursts == 1
        assert [(letter.kind, letter.facts["number"]) for letter in outbox.letters] == [
            (LetterKind.FIRST_ABROAD, ABROAD)
        ]


async def test_a_call_is_booked_on_an_account_that_is_asked_for() -> None:
    everything = {"asked": replace(Rights().called("abroad"), account=True)}
    accounts = (CallAccount("123", "Smith"), CallAccount("200", "Jones"))
    async with world(of_telephone("asked", classes=everything, accounts=accounts)) as here:
        bob = here.subscriber(BOB, "BOB ROE")
        maria = await here.phone("fxs-1").dials(f"9{BOB}")
        await maria.presses("999", at="enter-account")
        await maria.hears("no-such-account")
        await maria.presses("123", at="enter-account")
        await bob.answers()
        maria.hangs_up()
        bob.hangs_up()
        await here.all_is_free()
        assert "for the account 123, Smith" in steps(here)
        maria = await here.phone("fxs-1").dials("*71")
        await maria.presses("200", at="enter-account")
        await maria.presses(f"9{BOB}")
        await bob.answers()
        maria.hangs_up()
        bob.hangs_up()
        await here.all_is_free()
        made = here.appliance.calls.outside_since(here.appliance.started)
        assert [(call.number, call.person, call.account) for call in made] == [
            (BOB, "maria", "123"),
            (BOB, "maria", "200"),
        ]


async def test_a_locked_telephone_is_unlocked_by_the_pin_of_its_owner(here: World) -> None:
    maria = await here.phone("fxs-1").dials("*56")
    await maria.hears("telephone-locked")
    maria.hangs_up()
    await here.all_is_free()
    maria.forgets()
    maria = await here.phone("fxs-1").dials(f"9{BOB}")
    await maria.hears("telephone-locked")
    maria.hangs_up()
    await here.all_is_free()
    maria = await here.phone("fxs-1").dials("*57")
    await maria.presses("7391#", at="enter-pin")
    await maria.hears("telephone-unlocked")


async def logs_in(here: World, port: str, extension: str, pin: str) -> None:
    phone = await here.phone(port).dials("*87")
    await phone.presses(f"{extension}#", at="enter-mailbox")
    await phone.presses(f"{pin}#", at="enter-pin")
    await phone.hears("logged-in-until")
    phone.hangs_up()
    await here.all_is_free()


async def test_whoever_logs_in_at_another_telephone_has_calls_rights_and_mailbox_there() -> None:
    def change(office: Office) -> Office:
        people = tuple(replace(one, service_class="inside") if one.id == "tom" else one for one in office.people)
        return replace(office, people=people)

    async with world(change) as here:
        await logs_in(here, "fxs-4", "102", "4062")
        maria, tom = here.phone("fxs-1"), here.phone("fxs-4")
        await maria.dials("102")
        await tom.answers()
        assert here.phone("fxs-2").telephone.ring_bursts == 0
        maria.hangs_up()
        tom.hangs_up()
        await here.all_is_free()
        await tom.dials(f"9{BOB}")
        await tom.hears("may-not-call-outside")
        tom.hangs_up()
        await here.all_is_free()
        assert here.appliance.calls.recent(1)[0].caller_number == "102"
        await tom.dials("8500")
        await tom.presses("4062#", at="enter-pin")
        await tom.hears("you-have-no-messages")
        tom.hangs_up()
        await here.all_is_free()
        await tom.dials("*88")
        await tom.hears("logged-out")
        tom.hangs_up()
        await here.all_is_free()
        assert here.appliance.switchboard.office == here.appliance.office


async def test_a_log_in_ends_elsewhere_at_its_hour_and_not_by_a_restart(here: World) -> None:
    await logs_in(here, "fxs-4", "102", "4062")
    await logs_in(here, "fxs-3", "102", "4062")
    person = here.appliance.switchboard.office.at_station("billing")
    assert (person and person.id, here.appliance.switchboard.office.at_station("break room")) == ("tom", None)
    ruth = here.appliance.switchboard.office.person("ruth")
    assert ruth is not None
    assert ruth.station is None, "somebody else has it"
    await here.appliance.switches.open()
    await here.appliance.use(here.appliance.office)
    person = here.appliance.switchboard.office.at_station("billing")
    assert person is not None
    assert person.id == "tom"
    await asyncio.sleep(15 * 3600)  # Beyond midnight in New York.
    assert here.appliance.switchboard.office == here.appliance.office


async def test_a_forwarding_that_is_set_from_outside_obeys_the_strictest_class() -> None:
    def change(office: Office) -> Office:
        return replace(office, dialling=replace(office.dialling, abroad=True))

    async with world(change) as here:
        caller = await here.greeted()
        await caller.presses("*72")
        await caller.presses("101#", at="enter-mailbox")
        await caller.presses("7391#", at="enter-pin")
        await caller.presses(f"9{ABROAD}#", at="enter-forward-number")
        await caller.hears("forward-refused")
        caller.hangs_up()
        await here.all_is_free()
        maria = await here.phone("fxs-1").dials("*72")
        await maria.presses(f"9{ABROAD}#", at="enter-forward-number")
        await maria.presses("1", at="forward-menu")
        await maria.hears("forwarded-to")


async def test_a_caller_from_outside_has_nothing_called_abroad_and_help_always(here: World) -> None:
    caller, maria = await here.connected()
    del maria
    call = next(iter(here.appliance.switchboard.ongoing.values())).call
    assert call.from_outside
    forbidden = may_dial(call, ABROAD, None, from_outside=True)
    assert forbidden is not None
    assert str(forbidden) == "nobody outside may call abroad numbers"
    assert may_dial(call, BOB, None, from_outside=True) is None
    assert may_dial(call, "911", None, from_outside=True) is None
    caller.hangs_up()


async def test_a_number_goes_out_on_the_lines_of_its_route_behind_the_code_of_a_carrier() -> None:
    route = TrunkRoute(frozenset({NumberClass.NATIONAL}), trunks=("line 2",), prefix="1010811")

    async with world(lambda office: replace(office, dialling=Dialling(routes=(route,)))) as here:
        bob = here.subscriber(f"1010811{BOB}", "BOB ROE")
        maria = await here.phone("fxs-1").dials(f"9{BOB}")
        await bob.answers()
        assert here.trunk_states() == ["idle", "up", "idle", "idle"]
        maria.hangs_up()
        await here.logs("front desk", "dialled-out", "on-hook")
        assert here.appliance.calls.recent(1)[0].called == BOB


async def test_calls_that_are_forwarded_count_and_the_mailbox_takes_those_beyond_the_limit() -> None:
    def change(office: Office) -> Office:
        forwarding = Forwarding(ForwardWhen.ALWAYS, f"9{BOB}")
        people = tuple(
            replace(one, forwarding=forwarding, screening=False) if one.id == "maria" else one for one in office.people
        )
        return replace(office, people=people, rights=Rights(person=CallLimits(calls_an_hour=1)))

    async with world(change) as here:
        bob = here.subscriber(BOB, "BOB ROE")
        tom = await here.phone("fxs-2").dials("101")
        await bob.answers()
        tom.hangs_up()
        bob.hangs_up()
        await here.all_is_free()
        await tom.dials("101")
        await tom.hears("not-available")
        tom.hangs_up()
        await here.all_is_free()
        assert f"{BOB} for Maria Alvarez: not-allowed" in steps(here)
        (made,) = here.appliance.calls.outside_since(here.appliance.started)
        assert (made.number, made.number_class, made.person, made.telephone) == (BOB, "national", "maria", "")
        assert made.ended is not None


async def test_a_telephone_has_nobody_transferred_to_a_number_that_it_may_not_call() -> None:
    async with world(of_telephone("inside")) as here:
        caller, maria = await here.connected()
        call = next(iter(here.appliance.switchboard.ongoing.values())).call
        desk = call.caller.on_line(call.legs[1], here.appliance.lines.stations["front desk"])
        assert may_dial(call, BOB, None, from_outside=True) is None, "the caller might be led there"
        forbidden = may_dial(call, BOB, call.office.at_station("front desk"), from_outside=False, by=desk)
        assert str(forbidden) == "the telephone may not call local numbers"
        caller.hangs_up()
        maria.hangs_up()


@pytest.mark.parametrize("dialled", ["*71911", "*719911", f"9{BOB}"])
async def test_help_can_be_dialled_in_place_of_an_account(dialled: str) -> None:
    everything = {"asked": replace(Rights().called("abroad"), account=True)}
    accounts = (CallAccount("12", "Smith"), CallAccount("2003", "Jones"))
    async with world(of_telephone("asked", classes=everything, accounts=accounts)) as here:
        help = here.subscriber("911", "POLICE")
        maria = await here.phone("fxs-1").dials(dialled)
        if dialled.endswith(BOB):
            await maria.presses("911", at="enter-account")
        await help.rings(within=20)
        maria.hangs_up()
        await here.all_is_free()
