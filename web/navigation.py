"""What stands in the navigation of every page, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from web.roles import ADMINISTRATOR, EVERYBODY, OFFICE, Role


@dataclass(frozen=True, slots=True)
class Entry:
    """endpoint: the view it leads to. icon: its name in static/icons.svg."""

    endpoint: str
    label: LazyString
    icon: str
    roles: frozenset[Role]
    owners: bool = False
    """Only for accounts that have a person's mailbox."""

    def shows(self, endpoint: str | None) -> bool:
        """Whether the page of this view belongs to it. endpoint: None for an address that is none of ours."""
        return endpoint is not None and endpoint.partition(".")[0] == self.endpoint.partition(".")[0]


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
            Entry("desk.page", _l("Desk"), "desk", OFFICE),
            Entry("log.index", _l("Call log"), "log", EVERYBODY),
            Entry("contacts.page", _l("Contacts"), "contacts", OFFICE),
            Entry("figures.page", _l("Figures"), "figures", OFFICE),
            Entry("phone.page", _l("Test telephone"), "try", OFFICE),
        ),
    ),
    Section(
        _l("Yours"),
        (
            Entry("inbox.page", _l("Inbox"), "inbox", EVERYBODY, owners=True),
            Entry("faxes.page", _l("Faxes"), "fax", EVERYBODY, owners=True),
            Entry("greetings.page", _l("Greetings"), "music", EVERYBODY, owners=True),
            Entry("reached.page", _l("Reaching you"), "phone", EVERYBODY, owners=True),
            Entry("card.page", _l("What can be dialed"), "lines", EVERYBODY),
        ),
    ),
    Section(
        _l("Set up"),
        (
            Entry("menus.page", _l("Menus"), "menus", ADMINISTRATOR),
            Entry("settings.index", _l("Settings"), "settings", ADMINISTRATOR),
            Entry("backup.page", _l("Backup"), "backup", ADMINISTRATOR),
            Entry("accounts.page", _l("Accounts"), "safety", ADMINISTRATOR),
            Entry("programs.page", _l("Programs"), "programs", ADMINISTRATOR),
        ),
    ),
)
"""In the order in which they are shown."""


def sections() -> list[Section]:
    """What whoever is signed in may go to."""
    kept = [Section(one.heading, tuple(entry for entry in one.entries if _for_them(entry))) for one in SECTIONS]
    return [one for one in kept if one.entries]


def _for_them(entry: Entry) -> bool:
    return current_user.role in entry.roles and (bool(current_user.person) or not entry.owners)
