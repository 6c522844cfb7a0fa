"""A caller who walks one path after another, and tells what each reached, how long it took, and what was heard."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from appliance.calls.call import Call
from appliance.ear.heard import Heard
from appliance.office.callflow import UNANSWERED, WAITING
from appliance.office.destination import (
    Destination,
    MenuBefore,
    Nowhere,
    RepeatMenu,
    ToMenu,
)
from appliance.office.numbering import menu_plan
from appliance.store.calllog import CallStep
from appliance.walk.ground import CALLER, Ground
from appliance.walk.listening import Listening
from appliance.walk.path import PathKind, WalkPath
from appliance.walk.saying import said_at, said_in
from appliance.walk.telephones import ringing
from hw.audio import FRAME_SECONDS, Frame
from hw.sim.direct import DirectLine
from hw.sim.telephone import Telephone

KEY_MS = 60
"""Pressed for so long, and then as long not: as quickly as a skilful caller."""

AFTER_A_KEY_SECONDS = 0.3
"""Longer than a menu waits for more digits, before the next key is pressed."""

LISTENING_SECONDS = 2.0
"""From the arrival on: enough to know the first sentence by."""

LISTENING_ON_SECONDS = 4.5
"""Behind a wrong key there are two: that it is one, and what may be pressed."""

LONGEST_TO_RING_SECONDS = 20.0
"""A number outside has to be dialled before it can ring."""

LONGEST_WAITING_SECONDS = 1800.0
"""A walk ends, whatever menus there are: ten readings of three minutes."""

LONGEST_TO_COME_SECONDS = 10.0
LONGEST_TO_ANSWER_SECONDS = 15.0
LONGEST_TO_END_SECONDS = 15.0
LONGEST_PAUSE_SECONDS = 0.8
"""Within the reading of a menu; a caller has longer than that to press a key behind it."""

_LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Walked:
    """What came of one path."""

    path: WalkPath
    """Which one."""
    answered: bool
    """Whether the call was."""
    rang: tuple[str, ...]
    """The telephones that did, by the names people know."""
    steps: tuple[str, ...]
    """Of the call's record."""
    reached: str
    """The id of the person, of the call's record."""
    outcome: str
    """Of the call's record."""
    fault: str
    """Of the call's record."""
    seconds: float
    """From the answer to the arrival."""
    ended: bool
    """Whether the call was over soon after the caller had hung up."""
    read: tuple[Heard, ...] = ()
    """What a caller who waits hears of the menu, read once."""
    heard: tuple[Heard, ...] = ()
    """What is heard behind it."""


class Walker:
    """Walks on this ground, one call at a time."""

    def __init__(self, ground: Ground) -> None:
        def watch(name: str, telephone: Telephone) -> None:
            telephone.observers.append(lambda what: self._saw(name, what))

        self._ground = ground
        self._now = ground.office.local(ground.unit.started)
        self._listening = Listening(ground.prompts, ground.plan, self._now)
        self._loop = asyncio.get_running_loop()
        self._sound: list[tuple[float, Frame]] = []
        self._rang: dict[str, None] = {}
        for line in ground.lines.values():
            line.listeners.append(lambda frame: self._sound.append((self._loop.time(), frame)))
            line.on_called = lambda number: self._saw(number, "ringing")
        for name, telephone in ground.telephones.items():
            watch(name, telephone)

    async def walk(self, path: WalkPath) -> Walked:
        """Call, press the keys of the path, listen for a moment, and hang up."""
        line = self._ground.lines[path.entrance]
        for kept in (self._sound, self._rang):
            kept.clear()
        line.call(CALLER)
        call = await self._answered()
        if call is None:
            line.hang_up()
            ended = await self._until(lambda: not self._ongoing, LONGEST_TO_END_SECONDS)
            return Walked(path, False, (), (), "", "", "", 0.0, ended)
        answered_s = self._loop.time()
        for edge in path.way:
            menu = edge.source.menu if isinstance(edge.source, ToMenu) else path.menu
            await self._choose(call, line, menu, "" if edge.by in (WAITING, UNANSWERED) else edge.by, edge.target)
        begun_s = self._loop.time()
        self._rang.clear()
        came_s = await self._choose(call, line, path.menu, path.pressed, path.target, afresh=path.kind.was_ringing)
        arrived_s = self._loop.time()
        listening = LISTENING_ON_SECONDS if path.kind is PathKind.WRONG_KEY else LISTENING_SECONDS
        await self._until(lambda: self._is_over(call), 0.0 if self._rang else listening)
        line.hang_up()
        ended = await self._until(lambda: self._is_over(call), LONGEST_TO_END_SECONDS)
        known = call.record.known
        waiting = path.kind is PathKind.WAITING
        return Walked(
            path,
            answered=True,
            rang=tuple(self._rang),
            steps=tuple(step.what for step in known.steps),
            reached=known.reached,
            outcome=known.outcome,
            fault=known.fault,
            seconds=arrived_s - answered_s,
            ended=ended,
            read=self._read(path, begun_s) if waiting else (),
            heard=self._heard(path, came_s),
        )

    @property
    def _ongoing(self) -> list[Call]:
        return [one.call for one in self._ground.unit.switchboard.ongoing.values()]

    async def _answered(self) -> Call | None:
        """The call, as soon as it is answered."""

        def answered() -> list[Call]:
            return [call for call in self._ongoing if call.record.known.answered is not None]

        await self._until(lambda: bool(answered()), LONGEST_TO_ANSWER_SECONDS)
        return next(iter(answered()), None)

    async def _choose(
        self, call: Call, line: DirectLine, menu: str, keys: str, target: Destination, *, afresh: bool = False
    ) -> float:
        """Press these keys in this menu, or none, and wait until the call is where they lead, and rings there.

        afresh: what rang before is not counted.

        Returns when it came there, as its record tells to a frame: nothing said after that belongs to the menu. Where
        the record tells nothing, when the keys were pressed.
        """
        office = self._ground.office
        before, begun_s = len(call.record.known.steps), self._loop.time()
        if keys:
            await line.press(keys, KEY_MS, KEY_MS)
        step = _step(target)
        if step is None:
            more = menu_plan(office, office.menu_called(menu), call.company.id)(keys) if keys else None
            await asyncio.sleep((more or 0.0) + AFTER_A_KEY_SECONDS)
            return begun_s

        def came() -> CallStep | None:
            return next((one for one in call.record.known.steps[before:] if one.what == step), None)

        longest = LONGEST_TO_COME_SECONDS if keys else LONGEST_WAITING_SECONDS
        await self._until(lambda: self._is_over(call) or came() is not None, longest)
        if afresh:
            self._rang.clear()
        wanted = ringing(self._ground.flow, target, call.company.id, self._now)
        if wanted:
            rung = self._rang.keys()
            await self._until(
                lambda: self._is_over(call) or any(one <= rung for one in wanted), LONGEST_TO_RING_SECONDS
            )
        found = came()
        return begun_s if found is None else self._ground.loop_s(call.record.known.started) + found.seconds

    async def _until(self, condition: Callable[[], bool], seconds: float) -> bool:
        deadline = self._loop.time() + seconds
        while not condition():
            if self._loop.time() >= deadline:
                return False
            await asyncio.sleep(_LOOK_SECONDS)
        return True

    def _is_over(self, call: Call) -> bool:
        return call.record.id not in self._ground.unit.switchboard.ongoing

    def _saw(self, name: str, what: str) -> None:
        if what in ("ringing", "ring-burst"):
            self._rang[name] = None

    def _read(self, path: WalkPath, begun_s: float) -> tuple[Heard, ...]:
        """The first reading of the menu, up to the silence behind it; those that follow are the same."""
        sound = [(at, frame) for at, frame in self._sound if at >= begun_s]
        silent = 0
        for place, (_, frame) in enumerate(sound):
            silent = 0 if frame.any() else silent + 1
            if silent * FRAME_SECONDS > LONGEST_PAUSE_SECONDS:
                sound = sound[:place]
                break
        said = said_in(self._ground.office, path.menu)
        return tuple(self._listening.recognise(sound, f"in {path.menu}", said))

    def _heard(self, path: WalkPath, from_s: float) -> tuple[Heard, ...]:
        stays = _step(path.target) is None
        place = f"from {path.menu} {path.target}" if stays else str(path.target)
        sound = [(at, frame) for at, frame in self._sound if at > from_s + FRAME_SECONDS / 2]
        said = said_at(self._ground.flow, path.menu, path.target)
        return tuple(self._listening.recognise(sound, place, said))


def _step(target: Destination) -> str | None:
    """What the record of a call tells of coming here; None where it tells nothing."""
    return None if isinstance(target, MenuBefore | RepeatMenu | Nowhere) else str(target)
