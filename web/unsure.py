"""Times that the unit may have wrong, as it had not learnt the time yet when it wrote them down."""

from __future__ import annotations

from datetime import datetime

from flask import g
from flask_babel import gettext as _

from appliance.clock import is_within, spans_of
from web.unit import ask


def is_unsure(moment: datetime) -> bool:
    """Whether this is one of them. The unit is asked once for each request."""
    if moment.tzinfo is None:
        return False
    if "unsure" not in g:
        g.unsure = spans_of(ask("clock.get")["unsure"])
    return is_within(moment, g.unsure)


def about(moment: datetime, written: str) -> str:
    """A moment as it is written out; marked where it is uncertain."""
    return str(_("about %(when)s", when=written)) if is_unsure(moment) else written
