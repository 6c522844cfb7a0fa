"""What stands in the navigation of every page, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from web.roles import OFFICE, Role


@dataclass(frozen=True, slots=True)
class Entry:
    """endpoint: the view it leads to. icon: its name in static/icons.svg."""

    endpoint: str
    label: LazyString
    icon: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Section:
    """heading: empty for none."""

    heading: LazyString | str
    entries: tuple[Entry, ...]


SECTIONS = (
    Section(
        "",
        (
            Entry("today.page", _l("Today"), "today", OFFICE),
            # The day's work: inbox, desk, log, figures.
        ),
    ),
    # Settings: menus, people, and so on, under a heading each.
)
"""In the order in which they are shown."""


def sections() -> list[Section]:
    """What whoever is signed in may go to."""
    role = current_user.role
    kept = [Section(one.heading, tuple(entry for entry in one.entries if role in entry.roles)) for one in SECTIONS]
    return [one for one in kept if one.entries]
