"""People in the office are told when somebody calls for help, and may listen; the call itself waits for none of it."""

from __future__ import annotations

from dataclasses import replace

from appliance.calls.letters import Letter, LetterKind
from appliance.office.emergency import Emergency
from appliance.office.model import Office
from tests.calls.around import only_trunks
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.world import World, world


def placed(office: Office) -> Office:
    """Maria at the front desk is told, and Ruth in billing."""
    stations = tuple(replace(one, place="the first floor") if one.name == "surgery" else one for one in office.stations)
    told = Emergency(place="12 Mill Road", told=("maria", "ruth"))
    return replace(office, stations=stations, emergency=told)


def help_answers(here: World) -> Phone:
    return here.subscriber("911", behaviour="answers", answers_after_s=1.0)


class Kept:
    """An outbox that keeps what is put into it."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def put(self, letter: Letter) -> None:
        self.letters.append(letter)


async def test_both_who_are_to_be_told_are_rung_and_hear_who_calls_from_where() -> None:
    async with world(placed) as here:
        called = help_answers(here)
        surgery = await here.phone("fxs-2").dials("911")
        maria, ruth = here.phone("fxs-1"), here.phone("fxs-3")
        await maria.rings(within=3)
        await ruth.rings(within=3)
        await called.lifted()
        maria.lifts()
        await maria.hears("emergency-called", "emergency-place", "emergency-place")
        await maria.presses("1", at="listen-menu")
        await maria.hears("listening-in")
        surgery.hangs_up()
        await maria.hears("emergency-over", "goodbye")


def only_ruth_is_told(office: Office) -> Office:
    return replace(office, emergency=Emergency(told=("ruth",)))


async def test_an_operator_listens_by_code_unheard_and_ends_nothing_by_hanging_up() -> None:
    async with world(only_ruth_is_told) as here:
        called = help_answers(here)
        surgery = await here.phone("fxs-2").dials("911")
        await called.lifted()
        maria = await here.phone("fxs-1").dials("*92")
        await maria.hears("listening-in")
        emergency = here.appliance.services.emergencies.newest
        assert emergency is not None
        assert [leg.name for leg in emergency.legs()] == ["fxs-2", "fxo-4"]
        assert all(len(leg.talks_to) == 1 for leg in emergency.legs())
        maria.hangs_up()
        await here.logs("front desk", "told", "on-hook")
        assert here.appliance.services.emergencies.going_on == [emergency]
        surgery.hangs_up()
        await until(lambda: not here.appliance.services.emergencies.going_on)


async def test_a_busy_telephone_is_rung_as_soon_as_it_is_free() -> None:
    async with world(placed) as here:
        help_answers(here)
        maria = await here.phone("fxs-1").dials("8500")
        await maria.hears("enter-pin")
        await here.phone("fxs-2").dials("911")
        maria.hangs_up()
        await maria.rings(within=7)


async def test_those_who_are_told_are_written_to_with_the_place() -> None:
    async with world(placed) as here:
        help_answers(here)
        kept = Kept()
        object.__setattr__(here.appliance.services, "outbox", kept)
        surgery = await here.phone("fxs-2").dials("911")
        await here.phone("fxs-1").rings(within=3)
        surgery.hangs_up()
        facts = {
            "telephone": "surgery",
            "number": "911",
            "place": "the first floor, 12 Mill Road",
            "when": "2026-03-03T14:15:01.448000+00:00",
        }
        assert kept.letters == [Letter(LetterKind.EMERGENCY, person, facts) for person in ("maria", "ruth")]


async def test_it_is_told_as_a_fault_where_nobody_lifts() -> None:
    async with world(placed) as here:
        help_answers(here)
        surgery = await here.phone("fxs-2").dials("911")
        await until(lambda: any("nobody of those" in fault for fault in here.appliance.faults), within=70)
        surgery.hangs_up()


async def test_the_test_rings_whoever_is_told_and_takes_no_line() -> None:
    async with world(placed) as here:
        surgery = await here.phone("fxs-2").dials("*91")
        await surgery.hears("emergency-test")
        maria = here.phone("fxs-1")
        await maria.rings(within=8)
        assert here.trunk_states() == ["idle"] * len(here.trunk_states())
        maria.lifts()
        await maria.hears("emergency-test-only", "emergency-called")
        await surgery.hears("emergency-test-told", "goodbye")
        assert not here.appliance.faults


async def test_a_test_that_nobody_answers_says_so() -> None:
    async with world(placed) as here:
        surgery = await here.phone("fxs-2").dials("*91")
        await surgery.hears("emergency-test-nobody", "goodbye", within=80)
        assert not here.appliance.faults


async def test_nobody_else_may_listen_and_where_nobody_calls_that_is_said() -> None:
    async with world(placed) as here:
        tom = await here.phone("fxs-2").dials("*92")
        await tom.hears("operators-only")
        maria = await here.phone("fxs-1").dials("*92")
        await maria.hears("no-emergency-call")


async def test_help_is_called_on_the_only_line_while_those_who_are_told_talk_on_it() -> None:
    def one_line(office: Office) -> Office:
        return placed(only_trunks(1)(office))

    async with world(one_line) as here:
        called = help_answers(here)
        await here.caller().dials("5550100")
        await here.phone("fxs-2").dials("911")
        await called.lifted()


class Broken:
    """An outbox that fails."""

    def put(self, letter: Letter) -> None:
        raise RuntimeError(letter.person)


async def test_help_is_called_though_telling_of_it_fails_and_that_is_a_fault() -> None:
    async with world(placed) as here:
        called = help_answers(here)
        object.__setattr__(here.appliance.services, "outbox", Broken())
        surgery = await here.phone("fxs-2").dials("911")
        await called.lifted()
        told = "something inside the unit failed: telling of an emergency call (RuntimeError)"
        assert here.appliance.faults == [told]
        surgery.hangs_up()
        await here.logs("surgery", "dialled-out", "on-hook")
