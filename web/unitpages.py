"""The pages of the unit itself, which stand among the settings though they are no part of the office document."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class UnitPage:
    """endpoint: the view it leads to. intro: what is there."""

    endpoint: str
    title: LazyString
    intro: LazyString


UNIT_PAGES = (
    UnitPage("doctor.page", _l("Check the unit"), _l("What works, what does not, and what to do about it.")),
    UnitPage("network.page", _l("Network and time"), _l("The unit's name and address, and what sets its clock.")),
    UnitPage("linetest.page", _l("Test a line"), _l("What is wrong with a line, and what should be set for it.")),
    UnitPage("music.page", _l("Music on hold"), _l("What callers hear while they wait.")),
    UnitPage("update.page", _l("Update"), _l("Which version runs, and how to get a newer one.")),
    UnitPage("changes.page", _l("Log of changes"), _l("Who changed what, and when.")),
)
"""In the order in which they are shown."""
