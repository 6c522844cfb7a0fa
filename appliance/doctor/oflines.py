"""Checks of lines, telephones, cards and the modem.

What is wrong is said here in plain sentences, by the state that the unit lists; `copperdesk hw list` has the details,
for whoever knows the hardware.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from appliance.doctor.examined import Examined
from appliance.doctor.finding import CheckFound, attention, broken, unknown, works
from hw.found import HEALTHY
from hw.said import counted, listed, said

QUIET_FOR = timedelta(days=7)
"""A line without any call for so long may be dead outside, where the unit does not see it."""

_CABLE = said("See that the cable sits in both sockets. If it does, ask your telephone company about this line.")
_PLUGGED_IN = said("See that it is plugged in and has power. “copperdesk hw list” at the unit tells more.")
_SET_UP = said("Whoever looks after the unit has to set it up: “copperdesk hw list” at the unit says how.")
_DEVICE = said("See that the device has power and its network cable, and that its address in the settings is right.")
_CALL_EACH = said("Call each of them from a cell phone, and see whether the unit answers.")
_CALL_IT = said("Call its number from a cell phone, and see whether the unit answers.")


def lines(seen: Examined) -> Iterator[CheckFound]:
    """Is each line, telephone, card and modem healthy?"""
    if seen.status is None:
        yield unknown(said("Lines are not known, as the unit does not run."), said("“copperdesk hw list” looks alone."))
        return
    if why := seen.refused.get("hw.list"):
        yield unknown(said("The unit did not tell how its lines are: %(why)s", why=why))
        return
    names, told = _names(seen.document or {}), _told_dead(seen.status)
    ill = [one for one in seen.hardware if one["state"] != HEALTHY]
    for one in ill:
        name = names.get(one["name"], one["name"])
        if one["kind"] == "modem" or name not in told:
            yield _ill(one["state"], name)
    well = [one for one in seen.hardware if one["state"] == HEALTHY and one["kind"] != "modem"]
    if well:
        yield works(
            counted(
                "%(num)s line, telephone or card is healthy.",
                "%(num)s lines, telephones and cards are healthy.",
                len(well),
            )
        )
    elif not ill:
        yield attention(said("No line is connected."), said("docs/hardware.md says what can be connected, and how."))


def _names(document: Mapping[str, Any]) -> dict[str, str]:
    """What the office calls its lines and telephones, by their ports."""
    wired = [*document.get("trunks", ()), *document.get("stations", ())]
    return {one["port"]: one["name"] for one in wired if isinstance(one, dict) and {"port", "name"} <= set(one)}


def _told_dead(status: Mapping[str, Any]) -> set[str]:
    """The lines that cannot be used: each of them is a fault, which says why, and is told as such."""
    return {one["name"] for one in status["trunks"] if one.get("dead")}


def _ill(state: str, line: str) -> CheckFound:
    """What a state of `hw.list` means. The word itself is told of one that is not known here."""
    match state:
        case "dead":
            return broken(said("%(line)s is dead.", line=line), _CABLE)
        case "no-battery":
            return broken(said("%(line)s has no voltage.", line=line), _CABLE)
        case "no-dial-tone":
            return broken(said("%(line)s has no dial tone.", line=line), _CABLE)
        case "no-answer":
            return broken(said("The device of %(line)s does not answer.", line=line), _DEVICE)
        case "not-heard":
            return attention(said("The device of %(line)s has not told anything yet.", line=line), _DEVICE)
        case "no-modem" | "mute":
            return broken(
                said("The modem is not there, or does not answer."),
                said("Unplug the modem, wait ten seconds, and plug it in again, in the socket where it was."),
            )
        case "no-caller-id":
            return attention(
                said("The modem does not tell who calls."), said("Use another modem, or this one for faxes alone.")
            )
        case "not-used":
            return attention(
                said("A modem is plugged in that the office does not use."),
                said("Say in the settings what it is for, or unplug it."),
            )
        case "no-module" | "no-driver" | "no-card" | "no-such-channel" | "no-codec" | "no-alsa" | "no-pins":
            return broken(said("The card of %(line)s is missing, or its driver is.", line=line), _PLUGGED_IN)
        case "not-configured" | "not-tried":
            return attention(said("%(line)s is not set up yet.", line=line), _SET_UP)
    return broken(said("%(line)s does not work as it should (%(state)s).", line=line, state=state), _PLUGGED_IN)


def modem(seen: Examined) -> Iterator[CheckFound]:
    """Is the modem there that the office wants? One that is not healthy is told with the lines."""
    if any(one["kind"] == "modem" and one["state"] == HEALTHY for one in seen.hardware):
        yield works(said("The modem is there, and answers."))
    elif seen.document is not None and not seen.document.get("modem"):
        yield works(said("The office has no modem, and needs none: faxes go over any line."))


def sip(seen: Examined) -> Iterator[CheckFound]:
    """Is each line over SIP registered, where its server wants that? A device that is silent is told with the lines."""
    if seen.status is None:
        return
    names, told = _names(seen.document or {}), _told_dead(seen.status)
    asked = [line for card in seen.status["cards"] if card.get("kind") == "sip" for line in card["lines"]]
    outside = [names.get(one["port"], one["port"]) for one in asked if one["registered"] is False]
    lost = [name for name in outside if name not in told]
    if lost:
        yield broken(
            said("The telephone provider does not let these lines in: %(lines)s.", lines=listed(lost)),
            said("Look at the user name and the password that the provider has given you."),
        )
    elif not outside and any(one["registered"] for one in asked):
        yield works(said("The telephone provider has let all lines in."))


def last_calls(seen: Examined) -> Iterator[CheckFound]:
    """When was each line last used?"""
    if seen.status is None or "log" in seen.refused:
        return
    never = []
    for trunk in seen.status["trunks"]:
        of_line = [datetime.fromisoformat(one["started"]) for one in seen.calls if one["line"] == trunk["name"]]
        if not of_line:
            never.append(trunk["name"])
        elif seen.now - max(of_line) > QUIET_FOR:
            days = counted("%(num)s day", "%(num)s days", (seen.now - max(of_line)).days)
            yield attention(said("%(line)s: the last call was %(days)s ago.", line=trunk["name"], days=days), _CALL_IT)
        else:
            at = f"{max(of_line):%Y-%m-%d %H:%M}"
            yield works(said("%(line)s: the last call was at %(at)s.", line=trunk["name"], at=at))
    if never:
        yield unknown(
            said("No call yet on these lines, as far as is known: %(lines)s.", lines=listed(never)), _CALL_EACH
        )
