"""Which program the unit runs, and how it is updated today: by hand, at the unit itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Blueprint, render_template

from appliance.clock import RealClock
from web.roles import ADMINISTRATOR, allowed
from web.unit import ask

pages = Blueprint("update", __name__, url_prefix="/update")

BACKUP_GOOD_FOR = timedelta(days=1)
"""An update needs one that is not older."""


@pages.get("")
@allowed(*ADMINISTRATOR)
def page() -> str:
    last = ask("backup.last")["made"]
    made = datetime.fromisoformat(last).astimezone(UTC) if last else None
    fresh = made is not None and RealClock().now() - made < BACKUP_GOOD_FOR
    return render_template("update/page.html", program=ask("update.get"), made=last, fresh=fresh)
