"""Does what a scenario says that people, lines and the power do."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from appliance.hardware.buttons import NIGHT
from appliance.scenario import actions as act
from appliance.scenario.environment import Environment
from appliance.scenario.panelactions import NightButton
from hw.dsp.faxtone import cng_samples


async def perform(environment: Environment, action: act.Act) -> None:
    """Do this, and return when it is done: `Says` takes as long as the words.

    Raises LineError for what a telephone cannot do now, as to press keys on hook, and ValueError for a digit that
    cannot be dialled by pulse.
    """
    match action:
        case act.Waits(seconds):
            await asyncio.sleep(seconds)
        case act.WaitsUntil(at):
            now = environment.office.local(environment.clock.now())
            then = datetime.combine(now.date(), at, now.tzinfo)
            await asyncio.sleep(((then if then > now else then + timedelta(days=1)) - now).total_seconds())
        case act.Fault(trunk, kind):
            environment.exchange.fault(environment.trunk_port(trunk), kind)
        case act.PowerFails(seconds):
            await environment.power_fails(seconds)
        case NightButton(seconds):
            if NIGHT not in environment.buttons.simulated:
                raise ValueError("the office has no button for night mode: panel.night_button names one")
            environment.buzzer.told.clear()
            await environment.buttons.press(NIGHT, seconds)
        case act.Circuits(prefix, busy):
            if busy:
                environment.exchange.congest(prefix)
            else:
                environment.exchange.relieve(prefix)
        case _:
            await _party_acts(environment, action)


async def _party_acts(environment: Environment, action: act.Act) -> None:
    assert not isinstance(action, act.Waits | act.WaitsUntil | act.Fault | act.Circuits)
    assert not isinstance(action, act.PowerFails | NightButton)
    party = environment.parties[action.party]
    match action:
        case act.Calls(_, number):
            await party.call(number)
        case act.Lifts():
            party.lift()
        case act.HangsUp():
            party.hang_up()
        case act.Flashes(_, milliseconds):
            party.flash(milliseconds)
        case act.Presses(_, digits, on_ms, off_ms, echo_ms, cellular):
            await party.press(digits, on_ms, off_ms, echo_ms, cellular=cellular)
        case act.Dials(_, digits, by_pulse):
            await party.dial(digits, by_pulse)
        case act.Says(_, text):
            await party.say(environment.words(text), text)
        case act.Plays(_, file):
            await party.say(environment.file(file), file)
        case act.SendsFaxTone(_, seconds):
            await party.send(cng_samples(seconds))
        case act.SendsFax(_, pages, subaddress):
            await party.send_fax(pages, subaddress)


def doer(action: act.Act) -> str:
    """Who does it, as a transcript names them; empty for time that only passes."""
    match action:
        case act.Waits() | act.WaitsUntil():
            return ""
        case act.Fault(trunk):
            return trunk
        case act.PowerFails():
            return "power"
        case act.Circuits():
            return "exchange"
        case NightButton():
            return "button"
        case _:
            return action.party


def told(action: act.Act) -> str:
    """What is done, as a transcript tells it."""
    match action:
        case act.Fault(_, kind):
            return f"fault: {kind}"
        case act.PowerFails(seconds):
            return f"fails for {seconds:g} s"
        case NightButton(seconds):
            return f"night button, for {seconds:g} s"
        case act.Circuits(prefix, busy):
            return f"circuits to {prefix}: {'busy' if busy else 'free'}"
        case act.Calls(_, number):
            return f"calls {number}"
        case act.Lifts():
            return "lifts"
        case act.HangsUp():
            return "hangs up"
        case act.Flashes():
            return "flashes"
        case act.Presses(_, digits):
            return f"presses {digits}"
        case act.Dials(_, digits, by_pulse):
            return f"dials {digits}" + (" by pulse" if by_pulse else "")
        case act.Says(_, text):
            return f'says "{text}"'
        case act.Plays(_, file):
            return f"plays {file}"
        case act.SendsFax(_, pages):
            return f"sends a fax of {pages} pages"
        case _:
            return "sends fax calling tone"
