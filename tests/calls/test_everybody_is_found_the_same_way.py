"""There is one way to people: however a call comes to Ruth, her own rules hold. Every way is crossed with every rule;
the suite takes each way with some of the rules and each rule with some of the ways.

A rule says once what becomes of a call for Ruth (`RULES`), and a way what it adds to that (`WAYS`). Each cell of the
table is a whole call with its sound: what the caller heard, whose telephone rang and what it showed, what was logged,
and that the two heard each other, or whose mailbox has the message.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from itertools import product

import pytest

from appliance.office.availability import ON, do_not_disturb_switch
from appliance.office.departments import Strategy
from appliance.office.forwarding import Forwarding, ForwardWhen
from tests.calls.crossing import CELL, DESKS, MARIA, RUTH, RUTHS_CELL, TOM, Cell, Crossing, crossing, sales
from tests.proofs import some

RUTHS_DESK = "the telephone of Ruth Olsen"
CELL_OF_RUTH = f"{CELL} for Ruth Olsen"
TOMS_DESK = "the telephone of Doctor Tom Becker"
MARIAS_DESK = "the telephone of Maria Alvarez"
QUIET = "Ruth Olsen does not want to be disturbed"
EXPLAINED = ("still-trying", "while-waiting")
EXPLAINED_TO_OPERATOR_S = ("still-nobody", "while-waiting-for-operator")
"""The same for callers of the operator."""
"""What a caller hears who has waited for 15 s; then the log tells of the wait."""
NAME_ASKED = ("say-your-name", "trying-to-connect")


@dataclass(frozen=True)
class Rule:
    """What becomes of every call for Ruth, and how that comes to be.

    tried: what of hers is rung, and why in vain. rings: how often it does; 0 where no bell is heard. heard: by the
    caller meanwhile. taken: the outcome, where she takes the call. because: what is said before the caller leaves a
    message. at_once: nothing is waited for.
    """

    tried: tuple[tuple[str, str], ...]
    rings: int = 0
    heard: tuple[str, ...] = ()
    taken: str = ""
    because: str = "not-available"
    at_once: bool = False
    forwarded: bool = False
    screened: bool = True
    by_sip: bool = False


RULES = {
    "free": Rule(((RUTHS_DESK, ""),), rings=1, taken="connected"),
    "busy": Rule(((RUTHS_DESK, "busy"),), because="on-the-phone", at_once=True),
    "no answer": Rule(((RUTHS_DESK, "no-answer"),), rings=4, heard=EXPLAINED),
    "do not disturb": Rule((), because="cannot-take-calls", at_once=True),
    "forwarded, screened": Rule(((CELL_OF_RUTH, ""),), rings=1, heard=NAME_ASKED, taken="forwarded", forwarded=True),
    "forwarded, not screened": Rule(((CELL_OF_RUTH, ""),), rings=1, taken="forwarded", forwarded=True, screened=False),
    "unplugged": Rule(((RUTHS_DESK, "no-answer"),), heard=EXPLAINED),
    "unplugged, over SIP": Rule(((RUTHS_DESK, "no-answer"),), at_once=True, by_sip=True),
}
"""An analog telephone that is unplugged cannot be told from one that nobody answers; of another it is known at once."""


def alone(rule: Rule, *path: str, heard: tuple[str, ...] = (), shows: str = "CALLER 1") -> Cell:
    """Just Ruth's rule: she takes the call, or else her mailbox does. path, heard: before she is looked for."""
    bells = {RUTHS_CELL: (rule.rings, "")} if rule.forwarded else {RUTH: (rule.rings, shows)}
    cell = Cell(
        heard=[*heard, "one-moment", *rule.heard],
        bells=bells if rule.rings else {},
        path=[*path, *(["waited for Ruth Olsen"] if EXPLAINED[0] in rule.heard else [])],
        tried=list(rule.tried),
        outcome=rule.taken,
        reached="ruth",
    )
    if not rule.tried:  # She is not even looked for.
        cell.heard, cell.path = [*heard], [*path, QUIET]
    return cell if rule.taken else into_mailbox(cell, "ruth", rule.because)


def into_mailbox(cell: Cell, owner: str, *because: str) -> Cell:
    """The caller is told why, and leaves a message."""
    heard = [*cell.heard, *because, "leave-message"]
    return replace(cell, heard=heard, outcome="message-left", reached=owner, message=owner)


STEP, WHOLE = 3, 5
"""How often a telephone rings in the 14 s of a step, and in the 28 s that the department rings in all."""
RUNG = {
    Strategy.ALL: (WHOLE, WHOLE, WHOLE),
    Strategy.IN_TURN: (STEP, STEP, STEP),
    Strategy.ESCALATING: (WHOLE, STEP, WHOLE),
    Strategy.ROUND_ROBIN: (STEP, STEP, STEP),
    Strategy.LONGEST_IDLE: (STEP, STEP, STEP),
}
"""How often Ruth's telephone rings without an answer; Tom's besides; and Tom's where hers is passed over."""


def in_department(rule: Rule, strategy: Strategy) -> Cell:
    """Telephones show the department, which has a mailbox of its own. Tom is rung, too: together with Ruth, or behind
    her if she does not take the call. He does not answer.
    """
    cell = alone(rule, "to the menu", "to sales", shows="Sales: CALLER 1")
    cell.path = ["to the menu", "to sales", *([] if rule.tried else [QUIET])]
    if rule.taken and strategy is not Strategy.ALL:
        return cell
    cell.tried.append((TOMS_DESK, "no-answer"))
    if rule.taken:
        cell.bells[TOM] = (2 if rule.forwarded else 1, "Sales: CALLER 1")
        return cell
    hers, his, his_alone = RUNG[strategy]
    cell.bells = {RUTH: (hers, "Sales: CALLER 1")} if rule.rings else {}
    cell.bells[TOM] = (his_alone if rule.at_once else his, "Sales: CALLER 1")
    cell.heard = ["one-moment"]
    if not rule.at_once or his_alone == WHOLE:
        cell.heard += EXPLAINED
        cell.path.append("waited for Sales")
    return into_mailbox(cell, "sales", "not-available")


def as_operator(rule: Rule) -> Cell:
    """Callers hear no name, for they have asked for none, and can press no 0. Messages are for the office."""
    cell = alone(rule, "to the menu", "to the operator")
    told = {
        "one-moment": "connecting-operator",
        "still-trying": "still-nobody",
        "while-waiting": "while-waiting-for-operator",
    }
    if rule.taken:
        return replace(cell, heard=[told.get(what, what) for what in cell.heard], outcome="operator")
    cell.heard = [told.get(what, what) for what in cell.heard[: cell.heard.index(rule.because)]]
    return into_mailbox(cell, "office", "nobody-available", "greeting-default-general")


def transferred(rule: Rule) -> Cell:
    """By Maria, the operator. She is rung again if Ruth is not reached, does not answer, and Ruth's mailbox does."""
    cell = alone(rule, "to the menu", "to maria", "held by front desk", "transferred", "to ruth")
    cell.tried.insert(0, (MARIAS_DESK, ""))
    if rule.taken or not rule.tried:
        return cell
    cell.heard = ["one-moment", *rule.heard, "connecting-operator-again", *EXPLAINED_TO_OPERATOR_S]
    cell.bells[MARIA] = (4, "returned: Ruth")
    cell.path += ["returned: Ruth Olsen did not answer", "waited for Maria Alvarez"]
    cell.tried.append((MARIAS_DESK, "no-answer"))
    return into_mailbox(cell, "ruth", "not-available")


def from_inside(rule: Rule) -> Cell:
    """A colleague, whose name is known, is not asked for it; telephones show it."""
    named = replace(rule, heard=tuple(what for what in rule.heard if what not in NAME_ASKED))
    return alone(named, "to ruth", shows="Doctor Tom Beck")


@dataclass(frozen=True)
class Way:
    """How a call comes to Ruth, and what it is like under each of her rules."""

    calls: Callable[[Crossing], Awaitable[object]]
    becomes: Callable[[Rule], Cell]
    strategy: Strategy | None = None
    operator: str = "maria"
    inside: bool = False


async def presses(here: Crossing, keys: str) -> None:
    await here.is_greeted()
    await here.caller.presses(keys)


async def spells(here: Crossing) -> None:
    await presses(here, "8")
    await here.spells("657", choice="1")


async def is_transferred(here: Crossing) -> None:
    await presses(here, "101")
    await here.is_transferred_to("103")


def department(strategy: Strategy) -> Way:
    return Way(lambda here: presses(here, "200"), lambda rule: in_department(rule, strategy), strategy)


WAYS = {
    "key of the menu": Way(lambda here: presses(here, "2"), lambda rule: alone(rule, "to the menu", "to ruth")),
    "extension": Way(lambda here: presses(here, "103"), lambda rule: alone(rule, "to the menu", "to ruth")),
    "directory": Way(
        spells,
        lambda rule: alone(
            rule, "to the menu", "to the directory", "to ruth", heard=("directory-spell", "directory-choice")
        ),
    ),
    **{f"department, {strategy.value}": department(strategy) for strategy in Strategy},
    "operator": Way(lambda here: presses(here, "0"), as_operator, operator="ruth"),
    "transfer": Way(is_transferred, transferred),
    "call from a telephone": Way(lambda here: here.caller.dials("103"), from_inside, inside=True),
}


async def comes_about(here: Crossing, name: str) -> None:
    """Let Ruth be as the rule says that has this name."""
    match name:
        case "busy":
            here.desk(RUTH).lifts()
        case "do not disturb":
            await here.here.appliance.switches.flip(do_not_disturb_switch("ruth"), ON)
        case "unplugged":
            here.here.exchange.fault(DESKS[RUTH], "cut")


@pytest.mark.parametrize(("way", "rule"), some(list(product(WAYS, RULES)), 3))
async def test_everybody_is_found_the_same_way(way: str, rule: str) -> None:
    by, hers = WAYS[way], RULES[rule]
    forwarding = Forwarding(ForwardWhen.ALWAYS if hers.forwarded else ForwardWhen.NEVER)
    async with crossing(
        lambda ruth: replace(ruth, cell=CELL, forwarding=forwarding, screening=hers.screened),
        department=sales(by.strategy) if by.strategy is not None else None,
        operator=by.operator,
        from_inside=by.inside,
        by_sip=hers.by_sip,
    ) as here:
        await comes_about(here, rule)
        await by.calls(here)
        expected = by.becomes(hers)
        if "say-your-name" in expected.heard:
            await here.says_name()
        if not hers.taken:
            await here.leaves_message()
        elif hers.forwarded:
            await here.talks_to(here.cell, key="1" if hers.screened else "")
        else:
            await here.talks_to(here.desk(RUTH))
        assert await here.is_over() == expected
