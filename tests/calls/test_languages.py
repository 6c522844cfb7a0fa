"""Whoever hears something hears it in a language of their own, which a flow may change at any time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import numpy as np

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.calls.party import Party
from appliance.flows.looking import look_for
from appliance.office.destination import Destination
from appliance.office.model import Office
from appliance.office.phrase import Phrase, Sayable, Words, phrase
from appliance.officewords import office_words
from appliance.prompts.language import Language
from appliance.prompts.languages import language
from tests.calls.world import ENGLISH, MAIN, MORNING, World, voice_of_its_own, world

SWEDISH, POLISH = language("sv"), language("pl")
GOODBYE = phrase("goodbye")


def in_swedish(office: Office) -> Office:
    return replace(office, language="sv")


async def heard(party: Party, *said: Sayable) -> bytes:
    """The sound of what a party is told."""
    return np.concatenate(await party.speaks(said, party.language)).tobytes()


def sound(here: World, said: Phrase | Words, spoken: Language) -> bytes:
    return np.concatenate(here.prompts.clips([said], MORNING, spoken)).tobytes()


async def calling(here: World, flow: Callable[[Call], Awaitable[Outcome]]) -> None:
    """A call comes in, and is led by `flow`. Returns when it is over, and fails where it failed."""
    over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def route(call: Call, _destination: Destination) -> Outcome:
        try:
            outcome = await flow(call)
        except BaseException as error:
            over.set_exception(error)
            raise
        over.set_result(None)
        return outcome

    here.appliance.switchboard.route = route
    await here.caller().dials(MAIN)
    await over


async def test_a_call_begins_in_the_office_s_language() -> None:
    async with world(in_swedish, prompts=voice_of_its_own) as here:

        async def flow(call: Call) -> Outcome:
            assert call.caller.language == "sv"
            assert await heard(call.caller, GOODBYE) == sound(here, GOODBYE, SWEDISH)
            return Outcome.CONNECTED

        await calling(here, flow)
        assert here.prompts.languages == (SWEDISH,)


async def test_a_caller_s_language_can_be_set_in_the_call_and_who_is_reached_hears_the_office_s(here: World) -> None:
    await here.prompts.prepare(office_words(here.appliance.office), [ENGLISH, SWEDISH])

    async def flow(call: Call) -> Outcome:
        assert await heard(call.caller, GOODBYE) == sound(here, GOODBYE, ENGLISH)
        call.caller.language = "sv"
        assert await heard(call.caller, GOODBYE) == sound(here, GOODBYE, SWEDISH)
        person = call.office.person("maria")
        assert person is not None
        answering = asyncio.create_task(here.phone("fxs-1").answers())
        callee = await look_for(call, call.finder.person(person))
        await answering
        assert isinstance(callee, Party)
        assert callee.language == "en"
        assert await heard(callee, GOODBYE) == sound(here, GOODBYE, ENGLISH)
        assert await heard(call.caller, GOODBYE) == sound(here, GOODBYE, SWEDISH)
        return Outcome.CONNECTED

    await calling(here, flow)


async def test_the_office_s_own_words_and_people_s_names_reach_who_is_spoken_to_in_another_language(
    here: World,
) -> None:
    office = here.appliance.office
    await here.prompts.prepare(office_words(office), [ENGLISH, SWEDISH])
    greeting = Words(next(iter(office.menu.greetings.values())), "en")
    away = phrase("not-available", name=office.people[0].name)

    async def flow(call: Call) -> Outcome:
        call.caller.language = "sv"
        assert await heard(call.caller, greeting) == sound(here, greeting, ENGLISH)
        assert await heard(call.caller, away) == sound(here, away, SWEDISH)
        return Outcome.CONNECTED

    await calling(here, flow)
    assert here.appliance.faults == []


async def test_a_language_that_was_not_prepared_is_told_and_another_is_heard() -> None:
    async with world(prompts=voice_of_its_own) as here:

        async def flow(call: Call) -> Outcome:
            call.caller.language = POLISH.code
            assert await heard(call.caller, GOODBYE) == sound(here, GOODBYE, ENGLISH)
            return Outcome.CONNECTED

        await calling(here, flow)
        assert here.appliance.faults == ["nothing can be said in Polish: English is spoken instead"]


async def test_an_office_loaded_meanwhile_speaks_its_own_language(here: World) -> None:
    office = in_swedish(here.appliance.office)
    await here.appliance.prepare(office)
    await here.appliance.use(office)

    async def flow(call: Call) -> Outcome:
        assert await heard(call.caller, GOODBYE) == sound(here, GOODBYE, SWEDISH)
        return Outcome.CONNECTED

    await calling(here, flow)
