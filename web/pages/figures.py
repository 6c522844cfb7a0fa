"""The figures: plots of a period, each with its table."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from appliance.control.errors import ControlError
from web.figures import PLOTS, FiguresPlot, decimal, number, share
from web.plots import NARROW, WIDTH, picture
from web.roles import OFFICE, allowed
from web.unit import ask

pages = Blueprint("figures", __name__)

PERIODS = {"week": (_l("Week"), 7), "month": (_l("Month"), 30), "year": (_l("Year"), 365)}
"""By their names in addresses: what they are called, and how many days they have, today the last."""


@pages.get("/figures")
@allowed(*OFFICE)
def page() -> Any:
    wrong, chosen = "", _chosen()
    try:
        found = ask("figures", **_period())
    except ControlError as error:
        if error.code not in ("wrong-period", "wrong-filter"):
            raise
        wrong = _("The first day must come before the last, and at most three years may lie between.")
        found, chosen = ask("figures", days=PERIODS["week"][1]), "week"
    plots: dict[str, FiguresPlot] = {name: make(found) for name, make in PLOTS.items()}
    return render_template(
        "figures/page.html",
        figures=found,
        plots=plots,
        first=date.fromisoformat(found["first"]),
        last=date.fromisoformat(found["last"]),
        wrong=wrong,
        periods=PERIODS,
        period=chosen,
        tell={"number": number, "decimal": decimal, "share": share},
    ), 400 if wrong else 200


@pages.get("/figures/<name>.svg")
@allowed(*OFFICE)
def plot(name: str) -> Response:
    if name not in PLOTS:
        abort(404)
    try:
        found = ask("figures", **_period())
    except ControlError as error:
        if error.code not in ("wrong-period", "wrong-filter"):
            raise
        abort(404)
    return picture(PLOTS[name](found).draw(NARROW if request.args.get("narrow") else WIDTH))


def _chosen() -> str:
    """A period by its name; empty for one's own."""
    period = request.args.get("period", "")
    own = request.args.get("first") or request.args.get("last")
    return "" if own else period if period in PERIODS else "month"


def _period() -> dict[str, Any]:
    """What is asked for, in the words of the method `figures`."""
    if chosen := _chosen():
        return {"days": PERIODS[chosen][1]}
    return {"first": request.args.get("first", ""), "last": request.args.get("last", "")}
