"""Ruth, somebody who calls her, and everybody whose telephone may ring meanwhile: one cell of the table of
`test_everybody_is_found_the_same_way`."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from appliance.office.departments import Department, Member, Strategy
from appliance.office.destination import ToDirectory
from appliance.office.menus import Key
from appliance.office.model import Office, Person, Station
from appliance.office.sip import Sip, SipDevice, SipLine
from hw.audio import Frame, level_dbm0
from hw.cleared import Cleared
from hw.sim.telephone import Telephone
from tests.calls.farlines import FarCard
from tests.calls.hearing import until
from tests.calls.phone import DIAL_TONE_SECONDS, Phone
from tests.calls.world import MORNING, World, world

CELL = "4075550150"
MARIA, TOM, RUTH, RUTHS_CELL = "Maria", "Tom", "Ruth", "Ruth's cell phone"
DESKS = {MARIA: "fxs-1", TOM: "fxs-2", RUTH: "fxs-3"}
SIP_PORT = "phone-2"
"""That of Ruth's telephone where it is a SIP telephone."""
LONGEST_SECONDS = 120.0
"""Nobody is looked for longer than that."""
THINKS_SECONDS = 4.0
"""From the bell to lifting, and from there to a key."""
SILENT_SECONDS = 0.3
"""Nobody says anything for so long, before one of the two does."""
SPOKEN_DBM0 = -40.0
"""Whoever is heard is louder than that."""
STEP_SECONDS, DEPARTMENT_SECONDS = 14.0, 28.0
"""How long each member of the department rings, and all of them."""


@dataclass
class Cell:
    """What a call is like.

    heard: what the caller is told behind the choice, by the names of the phrases. bells: how often each telephone
    rings, and the name that it shows. path, tried: the steps of its record, and among them who is rung, and why in
    vain. message: whose mailbox has a new one, by the id.
    """

    heard: list[str]
    bells: dict[str, tuple[int, str]]
    path: list[str]
    tried: list[tuple[str, str]]
    outcome: str
    reached: str
    message: str = ""


@dataclass
class Crossing:
    """Everybody in one cell. bells: as in `Cell`, so far."""

    here: World
    caller: Phone
    cell: Phone
    bells: dict[str, tuple[int, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        telephones = {whose: self.desk(whose).telephone for whose in DESKS if self.has(whose)}
        for whose, telephone in (telephones | {RUTHS_CELL: self.cell.telephone}).items():
            telephone.observers.append(self._observer(whose, telephone))

    def has(self, whose: str) -> bool:
        """Whether somebody has a telephone on a wire."""
        return DESKS[whose] in self.here.exchange.telephones

    def desk(self, whose: str) -> Phone:
        return self.here.phone(DESKS[whose])

    # How a call comes to Ruth

    async def is_greeted(self) -> None:
        """The caller hears the greeting; what is told behind it counts."""
        await self.caller.dials("5550100")
        await self.caller.hears("dial-extension-any-time")
        self.caller.forgets()

    async def spells(self, letters: str, choice: str) -> None:
        await self.caller.presses(letters, at="directory-spell")
        await self.caller.presses(choice, at="directory-choice")

    async def is_transferred_to(self, extension: str) -> None:
        """Maria, who has answered, presses the hook, dials, and hangs up at once. What comes behind it counts."""
        maria = self.desk(MARIA)
        await maria.answers()
        await asyncio.sleep(DIAL_TONE_SECONDS)
        maria.flashes()
        await asyncio.sleep(2 * DIAL_TONE_SECONDS)
        self.bells.clear()
        self.caller.forgets()
        await maria.presses(extension)
        await asyncio.sleep(0.3)
        maria.hangs_up()

    # What becomes of it

    async def says_name(self) -> None:
        await self.caller.hears("say-your-name", "beep")
        await self.caller.says("Anne Abel.")

    async def talks_to(self, phone: Phone, key: str = "") -> None:
        """Whoever is rung lifts, and presses a key or else says hello. Then the two hear each other."""
        await phone.rings(LONGEST_SECONDS)
        await asyncio.sleep(THINKS_SECONDS)
        phone.lifts()
        if key:
            await asyncio.sleep(THINKS_SECONDS)
            await phone.presses(key)
        else:
            await phone.says("Hello, this is Ruth.")
        await asyncio.sleep(1.0)
        assert await self._is_heard(phone, by=self.caller)
        assert await self._is_heard(self.caller, by=phone)
        phone.hangs_up()

    async def leaves_message(self) -> None:
        await self.caller.hears("beep", within=LONGEST_SECONDS)
        await self.caller.says("Please call me back this afternoon.")

    async def is_over(self) -> Cell:
        """The caller hangs up. What the call was like, once all lines are free."""
        heard, line = self.caller.heard, self.caller.line
        self.caller.hangs_up()
        await self.here.all_is_free()
        await until(lambda: set(self.here.trunk_states()) == {"idle"})
        unit = self.here.appliance
        (record,) = [call for call in unit.calls.recent(10) if call.line == line]
        path, tried = _told_apart([step.what for step in record.steps])
        new = [owner.id for owner in unit.office.mailboxes for _ in range(unit.mail.counts(owner.id).new)]
        return Cell(heard, self.bells, path, tried, record.outcome, record.reached, " ".join(new))

    async def _is_heard(self, speaker: Phone, by: Phone) -> bool:
        """Whether that is heard which one of them says now, and nothing else."""
        frames: list[Frame] = []
        by.telephone.listeners.append(frames.append)
        await asyncio.sleep(SILENT_SECONDS)
        before = len(frames)
        await speaker.says("Hello.")
        by.telephone.listeners.remove(frames.append)
        loud = [level_dbm0(frame) > SPOKEN_DBM0 for frame in frames]
        return any(loud[before:]) and not any(loud[:before])

    def _observer(self, whose: str, telephone: Telephone) -> Callable[[str], None]:
        def told(what: str) -> None:
            rings, shown = self.bells.get(whose, (0, ""))
            if what == "ring-burst":
                self.bells[whose] = (rings + 1, shown)
            elif what == "caller-id" and telephone.caller_id is not None:
                self.bells[whose] = (rings, telephone.caller_id.name)

        return told


def _told_apart(steps: Sequence[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Where a call came, and whom it rang, each with the reason why in vain; the seconds of waiting left out."""
    path: list[str] = []
    tried: list[tuple[str, str]] = []
    for step in steps:
        whom, _, why = step.partition(": ")
        if step.startswith("rings "):
            tried.append((step.removeprefix("rings "), ""))
        elif (whom, "") in tried:
            place = max(at for at, one in enumerate(tried) if one == (whom, ""))
            tried[place] = (whom, why)
        else:
            path.append(re.sub(r"^waited \d+ s", "waited", step))
    return path, tried


def sales(strategy: Strategy) -> Department:
    """Ruth is rung in it before Tom, by any strategy: he was rung first the last time, and has talked since."""
    members = (Member("ruth"), Member("tom"))
    if strategy in (Strategy.ROUND_ROBIN, Strategy.LONGEST_IDLE):
        members = members[::-1]
    return Department("sales", "Sales", "200", members, strategy, STEP_SECONDS, DEPARTMENT_SECONDS, True, "4821")


def tom_had_a_turn(here: World, department: Department) -> None:
    turns = here.appliance.services.turns
    turns.in_turn(department, department.members)
    turns.talked("tom", MORNING)


@asynccontextmanager
async def crossing(
    ruth: Callable[[Person], Person],
    *,
    department: Department | None = None,
    operator: str = "maria",
    from_inside: bool = False,
    by_sip: bool = False,
) -> AsyncIterator[Crossing]:
    """The example office, with a directory, and with Ruth changed so. by_sip: her telephone, which is unplugged, is a
    SIP telephone. from_inside: the caller is Tom."""
    card = FarCard()
    refused = card.telephone(SIP_PORT)
    refused.on_ring = lambda: refused.refuses(Cleared.UNREACHABLE)

    def change(office: Office) -> Office:
        keys = office.menu.keys | {"8": Key(ToDirectory(), "For the directory, press 8.")}
        changed = replace(
            office,
            people=tuple(ruth(person) if person.id == "ruth" else person for person in office.people),
            departments=(department,) if department is not None else (),
            menu=replace(office.menu, keys=keys),
            operator=operator,
        )
        return _with_sip(changed) if by_sip else changed

    async with world(change, beside=card if by_sip else None) as here:
        if department is not None:
            tom_had_a_turn(here, department)
        cell = here.subscriber(CELL)
        yield Crossing(here, here.phone(DESKS[TOM]) if from_inside else here.caller(), cell)


def _with_sip(office: Office) -> Office:
    stations = tuple(Station(one.name, SIP_PORT) if one.name == "billing" else one for one in office.stations)
    device = SipDevice("billing", "t", "192.0.2.7", stations=(SipLine(SIP_PORT, SIP_PORT),))
    return replace(office, stations=stations, sip=Sip((device,)))
