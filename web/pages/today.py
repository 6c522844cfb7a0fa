"""What goes on at this moment."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from web.roles import OFFICE, allowed
from web.unit import ask

pages = Blueprint("today", __name__)


@pages.get("/today")
@allowed(*OFFICE)
def page() -> Any:
    return render_template("today.html", state=ask("status"))
