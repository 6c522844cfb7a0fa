"""Which fields are filled in in a way that their type does not tell: by choosing, secretly, or not at all."""

from __future__ import annotations

CHOOSERS = {
    "office.country": "countries",
    "office.time_zone": "time_zones",
    "office.operator": "people",
    "office.general_mailbox": "people",
    "trunk.port": "ports",
    "trunk.company": "companies",
    "trunk.menu": "menus",
    "trunk.hours": "hours",
    "station.port": "ports",
    "station.service_class": "classes",
    "forwarding.hours": "hours",
    "follow-me-step.hours": "hours",
    "own-voicemail.hours": "hours",
    "person.station": "stations",
    "person.companies": "companies",
    "person.assistant": "people",
    "person.service_class": "classes",
    "key.person": "people",
    "key.department": "departments",
    "key.menu": "menus",
    "key.information": "information",
    "destination.person": "people",
    "destination.department": "departments",
    "destination.menu": "menus",
    "destination.information": "information",
    "operator-turn.person": "people",
    "operator-turn.hours": "hours",
    "member.person": "people",
    "member.hours": "hours",
    "department.companies": "companies",
    "company.menu": "menus",
    "company.hours": "hours",
    "company.operator": "people",
    "company.general_mailbox": "people",
    "service-class.when_closed": "classes",
    "rights.service_class": "classes",
    "rights.from_outside": "classes",
    "trunk-route.trunks[]": "trunks",
    "shortcuts.page_groups[][]": "stations",
    "public-holidays.country": "territories",
    "voicemail.lists[][]": "mailboxes",
    "emergency.told[]": "people",
    "office-fax.lines[]": "trunks",
    "office-fax.seen_by[]": "people",
    "fax-box.seen_by[]": "people",
    "fax-sending.people[]": "people",
    "fax-folder.person": "people",
    "fax-route.owner": "mailboxes",
    "fax-route.line": "trunks",
    "gateway.model": "gateway_models",
    "telephone.model": "telephone_models",
    "usb-modem.line": "trunk_ports",
}
"""What is chosen from, by the place of the field: a name of `choices.py`."""

KEY_CHOOSERS = {
    "menu.keys": "keys",
    "message-lamp.mailboxes": "mailboxes",
    "message-lamp.lines": "trunk_ports",
    "office-fax.boxes": "mailboxes",
}
"""The same for the names of a table's rows."""

SECRETS = {
    "person.pin",
    "department.pin",
    "mail-server.password",
    "post-address.secret",
    "mqtt-broker.password",
    "account.password",
}
"""Never sent to the browser: shown as set or not, and replaced by what is typed."""

FIXED = {"person.id", "department.id", "company.id"}
"""FieldWords that other parts of the document and folders on the disk know an entry by: made once, of its name."""

USUAL = {"trunk.endings", "trunk.ways", "station.reminders"}
"""Ticks that are the usual ones where they are left out; none of them is another thing."""
