"""The figures of a period as plots, each with the table of what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from flask_babel import format_date, format_decimal, format_percent, format_timedelta, ngettext
from flask_babel import gettext as _
from flask_babel import pgettext as _p

from web.callwords import OUTCOMES, length
from web.plots import PlotSeries, bars, lying_bars
from web.stepwords import step

MOST_DAYS = 45
"""Up to so many days have a bar each; of more, weeks have one, and of more than `MOST_WEEKS` of these, months."""
MOST_WEEKS = 60
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PlotTable:
    """What a plot shows, in numbers: headings, and rows of which the first cell is the label."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class FiguresPlot:
    """One plot with its table."""

    title: str
    says: str
    """What is to be seen in it, in a sentence."""
    table: PlotTable
    draw: Callable[[int], bytes]
    """Makes the plot, as wide as said, which takes longer than the table."""


Figures = Mapping[str, Any]


def by_hour(figures: Figures) -> FiguresPlot:
    came = {one["key"]: one["number"] for one in figures["by_hour"]}
    hours = [f"{hour:02}" for hour in range(24)]
    values = [came.get(hour, 0) for hour in hours]
    busiest = max(range(24), key=lambda hour: values[hour])
    says = _("Most calls came between %(hour)s and %(next)s o'clock.", hour=busiest, next=busiest + 1)
    rows = [(f"{hour}:00", number(value)) for hour, value in zip(hours, values, strict=True)]
    table = PlotTable((_("Hour"), _("Calls")), rows)
    svg = partial(bars, hours, [PlotSeries(_("Calls"), values)])
    return FiguresPlot(_("Calls by the hour of day"), says if any(values) else "", table, svg)


def by_day(figures: Figures) -> FiguresPlot:
    labels, sums = grouped(figures)
    came, gave_up = [one["came"] for one in sums], [one["gave_up"] for one in sums]
    left = [one["messages"] for one in sums]
    rows = [
        (label, number(all_), number(gone), number(message))
        for label, all_, gone, message in zip(labels, came, gave_up, left, strict=True)
    ]
    table = PlotTable((_("Day"), _("Calls"), _("Hung up too early"), _("Messages left")), rows)
    svg = partial(bars, labels, [PlotSeries(_("Calls"), came), PlotSeries(_("Hung up too early"), gave_up)])
    days = len(figures["by_day"])
    says = _("Calls a day, on average: %(calls)s.", calls=decimal(figures["came"] / days)) if days else ""
    return FiguresPlot(_("Calls by day"), says, table, svg)


def answered(figures: Figures) -> FiguresPlot:
    came, taken, early = figures["came"], figures["answered"]["number"], figures["early"]
    parts = [
        (_("By the third ring"), early),
        (_("Later"), taken - early),
        (_("Not answered"), came - taken),
    ]
    rows = [(name, number(many), share(many, came)) for name, many in parts]
    table = PlotTable((_p("how soon", "Answered"), _("Calls"), _p("percentage", "Share")), rows)
    says = (
        _("Share of all calls that were answered by the third ring: %(share)s.", share=share(early, came))
        if came
        else ""
    )
    return FiguresPlot(_("Answered by the third ring"), says, table, _lying(parts))


def waits(figures: Figures) -> FiguresPlot:
    searches = {one["key"]: one["number"] for one in figures["waited"]}
    gone = {one["key"]: one["number"] for one in figures["gave_up"]}
    names = _buckets()
    rows = [(name, number(searches.get(key, 0)), number(gone.get(key, 0))) for key, name in names.items()]
    table = PlotTable((_("Seconds"), _("Waited for somebody"), _("Gave up")), rows)
    series = [
        PlotSeries(_("Waited for somebody"), [searches.get(key, 0) for key in names]),
        PlotSeries(_("Gave up"), [gone.get(key, 0) for key in names]),
    ]
    many = sum(gone.values())
    says = ngettext(
        "%(number)s caller hung up too early: %(share)s.",
        "%(number)s callers hung up too early: %(share)s.",
        many,
        number=number(many),
        share=share(many, figures["came"]),
    )
    return FiguresPlot(
        _("Waits and give-ups"), says if many else "", table, partial(bars, list(names.values()), series)
    )


def choices(figures: Figures) -> FiguresPlot:
    parts = [(step(one["key"], figures["names"]), one["number"]) for one in figures["choices"]]
    table = PlotTable((_("Choice"), _("How often")), [(name, number(many)) for name, many in parts])
    return FiguresPlot(_("What callers chose"), "", table, _lying(parts))


def outcomes(figures: Figures) -> FiguresPlot:
    came = [(one["key"].removeprefix("in "), one["number"]) for one in figures["outcomes"] if one["key"][:3] == "in "]
    came.sort(key=lambda one: -one[1])
    total = sum(many for _word, many in came)
    parts = [(str(OUTCOMES.get(word, word)), many) for word, many in came]
    rows = [(name, number(many), share(many, total)) for name, many in parts]
    table = PlotTable((_("Outcome"), _("Calls"), _p("percentage", "Share")), rows)
    return FiguresPlot(_("Outcomes of the calls"), "", table, _lying(parts))


def lines(figures: Figures) -> FiguresPlot:
    found = figures["lines"]
    levels = [(one["key"].lstrip("0"), one["seconds"]) for one in found["at_once"]]
    rows = [(many, length(seconds)) for many, seconds in levels]
    table = PlotTable((_("Lines busy at once"), _("Time")), rows)
    says = ""
    if found["busy_hour"] is not None:
        says = _(
            "The busiest hour begins at %(hour)s:00. Lines busy then, on average: %(traffic)s. "
            "Lines that are enough for 99 of 100 callers to find a free one: %(enough)s. "
            "Lines of the office: %(lines)s. Callers who hear a busy tone with them: %(blocked)s.",
            hour=found["busy_hour"],
            traffic=format_decimal(round(found["traffic"], 2)),
            enough=found["enough"],
            lines=found["lines"],
            blocked=format_percent(found["blocked"], "#,##0.0%"),
        )
    minutes = [round(seconds / 60, 1) for _level, seconds in levels]
    svg = partial(bars, [many for many, _seconds in levels], [PlotSeries(_("Minutes"), minutes)])
    return FiguresPlot(_("Busy lines"), says, table, svg)


def messages(figures: Figures) -> FiguresPlot:
    labels, sums = grouped(figures)
    left = [one["messages"] for one in sums]
    table = PlotTable((_("Day"), _("Messages left")), [(a, number(b)) for a, b in zip(labels, left, strict=True)])
    heard = figures["heard"]
    says = ""
    if heard["number"]:
        waited = timedelta(seconds=heard["seconds"] / heard["number"])
        says = ngettext(
            "%(number)s message was heard. It had waited: %(time)s.",
            "%(number)s messages were heard. They had waited, on average: %(time)s.",
            heard["number"],
            number=number(heard["number"]),
            time=format_timedelta(waited, granularity="minute", threshold=3),
        )
    return FiguresPlot(_("Messages"), says, table, partial(bars, labels, [PlotSeries(_("Messages left"), left)]))


PLOTS: Mapping[str, Callable[[Figures], FiguresPlot]] = {
    "by-day": by_day,
    "by-hour": by_hour,
    "answered": answered,
    "waits": waits,
    "outcomes": outcomes,
    "choices": choices,
    "lines": lines,
    "messages": messages,
}
"""By the name of the file, in the order of the page."""


def grouped(figures: Figures) -> tuple[list[str], list[dict[str, int]]]:
    """The days of the period, or its weeks or months, with a label and the sums of each; those without calls too."""
    first, last = date.fromisoformat(figures["first"]), date.fromisoformat(figures["last"])
    known = {date.fromisoformat(one["day"]): one for one in figures["by_day"]}
    days = (last - first).days + 1
    by_month = days > 7 * MOST_WEEKS
    sums: dict[date, dict[str, int]] = {}
    for number_ in range(days):
        day = first + timedelta(days=number_)
        begins = day
        if by_month:
            begins = day.replace(day=1)
        elif days > MOST_DAYS:
            begins = day - timedelta(days=day.weekday())
        into = sums.setdefault(begins, {"came": 0, "gave_up": 0, "messages": 0})
        for name in into:
            into[name] += known.get(day, {}).get(name, 0)
    form = "MMM y" if by_month else "d MMM"
    return [format_date(begins, form) for begins in sums], list(sums.values())


def number(value: int) -> str:
    return str(format_decimal(value))


def decimal(value: float) -> str:
    return str(format_decimal(round(value, 1)))


def share(part: int, whole: int) -> str:
    return str(format_percent(part / whole, "#,##0.0%")) if whole else "–"


def _lying(parts: Sequence[tuple[str, int]]) -> Callable[[int], bytes]:
    return partial(lying_bars, [name for name, _many in parts], [many for _name, many in parts])


def _buckets() -> dict[str, str]:
    """By the seconds from which on they are."""
    return {"000": "0–10", "010": "10–20", "020": "20–30", "030": "30–60", "060": "60–120", "120": _("longer")}
