"""The figures of a period: the method `figures`."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import Any, TypedDict

from appliance.api.callsearch import day_of, names_of
from appliance.clock import Clock, off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.faultlog import kind_and_place
from appliance.office.erlang import GOOD_ENOUGH, blocking, lines_needed, offered
from appliance.store.tallies import Sum, Tallies
from appliance.unit import Unit
from hw.said import said
from hw.tones.toneplan import TonePlan

log = logging.getLogger(__name__)

LONGEST_PERIOD = timedelta(days=366 * 3)
AT_ONCE = 7
"""Days that are added up while somebody waits for the figures; others are by and by."""
PAUSE_S = 0.25
"""Between two days that are added up by and by: the disk is not kept busy with it."""
LOOK_AGAIN_S = 3600.0
PERIOD = {"first": Param(str, ""), "last": Param(str, ""), "days": Param(int, 7)}
"""The first and the last day. Without the last it is today; without the first so many days end with the last."""
MOST_CHOICES = 20


class FigureSum(TypedDict):
    """So many of a kind, with so many seconds in all."""

    key: str
    number: int
    seconds: float


class FiguresDay(TypedDict):
    """A day's calls."""

    day: str
    came: int
    answered: int
    gave_up: int
    messages: int


class LinesFigures(TypedDict):
    """How busy the lines were. Traffic is in erlangs: lines that are busy, on average."""

    lines: int
    """Those there are."""
    hours: list[FigureSum]
    """Seconds of busy lines by the hour of day."""
    busy_hour: int | None
    """The hour of day with the most traffic; null: there was none."""
    traffic: float
    """In that hour, on average of the days with calls."""
    blocked: float
    """The share of callers, 0 to 1, who find all lines busy with this traffic."""
    enough: int
    """So many lines keep that share at 1 %."""
    at_once: list[FigureSum]
    """Seconds in which exactly so many lines were busy."""


class Figures(TypedDict):
    """The figures of some days."""

    first: str
    """The first day, such as 2026-03-09."""
    last: str
    """The last day, which is in it."""
    missing: int
    """Days that are not added up yet, and so are not in it."""
    came: int
    """Calls that came in, but for those that were blocked."""
    answered: FigureSum
    """Those that were answered, by a person or by the unit, and the seconds until then."""
    early: int
    """Those that were answered by the third ring."""
    gave_up: list[FigureSum]
    """Those who hung up before anything came of it, by the seconds from which on they did."""
    talked: FigureSum
    """Those who talked with somebody, and the seconds until the end of it."""
    waited: list[FigureSum]
    """How often somebody was looked for while the caller waited, by seconds."""
    outcomes: list[FigureSum]
    """What became of them, as `direction outcome`."""
    choices: list[FigureSum]
    """Where callers went from the menus, the most frequent first."""
    names: dict[str, str]
    """What the ids of people and departments in them stand for."""
    heard: FigureSum
    """Messages that were heard, and the seconds they had waited."""
    by_hour: list[FigureSum]
    """Calls that came in, by the hour of day."""
    by_day: list[FiguresDay]
    """The days with calls, the earliest first."""
    lines: LinesFigures
    """How busy the lines were."""


class FiguresKeeper:
    """Adds up the days that are over, by and by, as long as the unit runs."""

    def __init__(self, unit: Unit, clock: Clock, plan: TonePlan) -> None:
        self._unit = unit
        self._clock = clock
        self._ring_seconds = sum(plan.ring)
        self._adding = asyncio.create_task(self._add_up(), name="adds up the days of the call log")

    def offer(self, control: Offers) -> None:
        """Put the method on the socket."""
        control.method("figures", self._figures, PERIOD)

    async def close(self) -> None:
        self._adding.cancel()
        await asyncio.gather(self._adding, return_exceptions=True)

    def _tallies(self) -> Tallies:
        office = self._unit.office
        people = [one.id for one in office.people]
        return Tallies(self._unit.calls, office.time_zone, self._ring_seconds, people)

    async def _add_up(self) -> None:
        while True:
            try:
                more = await off_loop(self._tallies().add_up_one, self._clock.now())
            except OSError as error:
                log.error("the call log was not added up: %s", kind_and_place(error))
                more = False
            await asyncio.sleep(PAUSE_S if more else LOOK_AGAIN_S)

    async def _figures(self, params: dict[str, Any]) -> Figures:
        last = day_of(params["last"]) or self._unit.office.local(self._clock.now()).date()
        days = min(max(params["days"], 1), LONGEST_PERIOD.days)
        first = day_of(params["first"]) or last - timedelta(days=days - 1)
        if not timedelta(0) <= last - first <= LONGEST_PERIOD:
            raise ControlError(
                "wrong-period", said("the first day comes before the last, and at most three years lie between")
            )
        try:
            found = await off_loop(self._tallies().of, first, last, self._clock.now(), AT_ONCE)
        except OSError as error:
            raise ControlError("disk-failed", said("the call log cannot be read")) from error
        sums = found.sums
        kinds = _Kinds(sums)
        days = [
            FiguresDay(
                day=day.isoformat(),
                came=one.get("came", 0),
                answered=one.get("answered", 0),
                gave_up=one.get("gave-up", 0),
                messages=one.get("message-left", 0),
            )
            for day, one in sorted(found.days.items())
        ]
        return Figures(
            first=first.isoformat(),
            last=last.isoformat(),
            missing=found.missing,
            came=sum(one["number"] for one in kinds.of("came")),
            answered=kinds.one("answered"),
            early=kinds.one("by-third-ring")["number"],
            gave_up=kinds.of("gave-up"),
            talked=kinds.one("talked"),
            waited=kinds.of("waited"),
            outcomes=kinds.of("outcome"),
            choices=sorted(kinds.of("choice"), key=lambda one: -one["number"])[:MOST_CHOICES],
            names=names_of((one["key"] for one in kinds.of("choice")), self._unit.office),
            heard=kinds.one("heard"),
            by_hour=kinds.of("came"),
            by_day=days,
            lines=lines_figures(kinds.of("traffic"), kinds.of("busy"), len(self._unit.office.trunks), len(days)),
        )


def lines_figures(hours: list[FigureSum], at_once: list[FigureSum], lines: int, days: int) -> LinesFigures:
    """What the traffic of some days says about the number of lines. days: those with calls."""
    busiest = max(hours, key=lambda one: one["seconds"], default=None)
    carried = busiest["seconds"] / 3600 / max(days, 1) if busiest is not None else 0.0
    traffic = offered(min(carried, float(lines)), lines)
    return LinesFigures(
        lines=lines,
        hours=hours,
        busy_hour=int(busiest["key"]) if busiest is not None else None,
        traffic=traffic,
        blocked=blocking(traffic, lines),
        enough=lines_needed(traffic, GOOD_ENOUGH),
        at_once=at_once,
    )


class _Kinds:
    """Sums, as they are told."""

    def __init__(self, sums: dict[tuple[str, str], Sum]) -> None:
        self._sums = sums

    def of(self, kind: str) -> list[FigureSum]:
        """All keys of a kind, in their order."""
        found = sorted((key, one) for (of, key), one in self._sums.items() if of == kind)
        return [FigureSum(key=key, number=one.number, seconds=round(one.seconds, 1)) for key, one in found]

    def one(self, kind: str) -> FigureSum:
        """The one key of a kind."""
        return next(iter(self.of(kind)), FigureSum(key="", number=0, seconds=0.0))
