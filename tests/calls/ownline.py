"""A caller whose call is taken to an outside number on the caller's own line, by a flow that a test gives."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from appliance.calls.call import Call
from appliance.calls.consultation import Consultation, Consulted, consult
from appliance.calls.outcome import Outcome
from appliance.flows.route import go
from appliance.office.destination import Destination, ToPerson
from appliance.office.phrase import phrase
from hw.sim.circuit import LineCircuit
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.world import MAIN, World

BOB = "4075550199"


class Told(list[object]):
    """What a flow has been told, in order."""

    async def until(self, *told: object, within: float = 30.0) -> None:
        """Wait until it has been told so much; it has been told just that."""
        await until(lambda: len(self) >= len(told), within)
        assert self == list(told)


Consulting = Callable[[Call, Consultation], Awaitable[None]]


def calls_bob(here: World, then: Consulting, number: str = BOB) -> Told:
    """From now on who presses an extension has Bob called on their own line, and `then` goes on once he is.

    What `consult` gives otherwise is told; then the caller hears goodbye.
    """
    told = Told()

    async def flow(call: Call, destination: Destination) -> Outcome:
        if not isinstance(destination, ToPerson):
            return await go(call, destination)
        match await consult(call.caller, number, call.services.faults):
            case Consulted() as failed:
                told.append(failed)
                await call.caller.play(phrase("goodbye"))
            case Consultation() as consultation:
                await then(call, consultation)
        return Outcome.CONNECTED

    here.appliance.switchboard.route = flow
    return told


def line_of(here: World, phone: Phone) -> LineCircuit:
    return here.exchange.lines[phone.telephone.name]


def connected(here: World, phone: Phone) -> list[str]:
    """The lines whose parties this telephone hears now, by their numbers."""
    return [line.number for line in line_of(here, phone).hears]


async def until_connected(here: World, phone: Phone, *numbers: str, within: float = 10.0) -> None:
    """Wait until this telephone hears the parties on these lines, and nobody else."""
    await until(lambda: sorted(connected(here, phone)) == sorted(numbers), within)


async def caller_for_bob(here: World) -> Phone:
    """An outside caller who has pressed an extension on the main line."""
    caller = await here.greeted()
    assert connected(here, caller) == [MAIN]
    await caller.presses("101")
    return caller
