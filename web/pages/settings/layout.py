"""Which settings there are, and which fields of the office document stand where, in which order.

Every field of the document has one place here; a test compares this with the schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from web.pages.settings.collections import COLLECTIONS, Collection, PagePart


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """A page of fields, of lists of entries, or of both."""

    name: str
    """In its address."""
    title: object
    intro: object
    parts: tuple[PagePart, ...] = ()
    """The fields it has, by their paths in the document."""
    lists: tuple[str, ...] = ()
    """The collections whose entries it lists, by their names."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Several pages about one thing."""

    title: object
    pages: tuple[SettingsPage, ...]


CODES = (
    PagePart(
        _l("Everybody"), ("mailbox_access", "outside_prefix", "codes.lost_callers", "codes.wake_up", "codes.conference")
    ),
    PagePart(
        _l("How I am reached"),
        (
            *("codes.do_not_disturb", "codes.disturb", "codes.forward", "codes.forward_no_more", "codes.come"),
            *("codes.leave", "codes.departments", "codes.block_last"),
        ),
    ),
    PagePart(
        _l("During calls"),
        (
            *("codes.park", "codes.take_parked", "codes.pick_up", "codes.pick_up_from", "codes.without_waiting"),
            "codes.fax",
        ),
    ),
    PagePart(
        _l("Dialing again"),
        (
            *("codes.last_number", "codes.call_return", "codes.who_called", "codes.redial", "codes.redial_no_more"),
            *("codes.speed", "codes.set_speed", "codes.account"),
        ),
    ),
    PagePart(
        _l("Telephones"),
        ("codes.page", "codes.log_in", "codes.log_out", "codes.lock", "codes.unlock", "codes.without_star"),
    ),
    PagePart(
        _l("Managers and operators"),
        (
            "codes.night_mode",
            "codes.record_prompts",
            "codes.announcement",
            "codes.emergency_test",
            "codes.listen_in",
            "codes.spoken_code",
            "codes.address",
            "codes.version",
        ),
    ),
)

CHAPTERS = (
    Chapter(
        _l("People"),
        (
            SettingsPage("people", _l("People"), _l("Everybody who can be called."), lists=("people",)),
            SettingsPage(
                "departments",
                _l("Departments"),
                _l("Several people behind one extension, rung together or in turn."),
                lists=("departments",),
            ),
            SettingsPage(
                "operator",
                _l("Operator"),
                _l("Who answers for the office, and who gets its messages."),
                (PagePart("", ("operator", "operators", "general_mailbox")),),
            ),
        ),
    ),
    Chapter(
        _l("The office"),
        (
            SettingsPage(
                "office",
                _l("Name and place"),
                _l("What the office is called, where it is, and what it speaks."),
                (
                    PagePart("", ("name", "country", "time_zone", "language")),
                    PagePart(_l("Time of day in greetings"), ("morning_until", "evening_from")),
                ),
            ),
            SettingsPage(
                "hours",
                _l("Opening hours"),
                _l(
                    "When you are open, public holidays, and days that differ. "
                    "More hours can be made for a line, a company or a person."
                ),
                lists=("hours",),
            ),
            SettingsPage(
                "companies",
                _l("Companies"),
                _l(
                    "Where several companies share the lines of the office. "
                    "Callers of one never hear the name of another."
                ),
                lists=("companies",),
            ),
            SettingsPage(
                "emergency",
                _l("Emergency calls"),
                _l("Help can be called from every telephone, at any time. Set here who is told of it."),
                (PagePart("", ("emergency.place", "emergency.told")),),
            ),
        ),
    ),
    Chapter(
        _l("What callers meet"),
        (
            SettingsPage(
                "first-menu",
                _l("First menu"),
                _l("What callers hear first, and what each key does."),
                (
                    PagePart(_l("Greeting"), ("menu.greeting", "menu.greetings", "menu.language")),
                    PagePart(_l("Keys"), ("menu.keys", "menu.extensions", "menu.waits")),
                    PagePart(
                        _l("Waiting for keys"),
                        (
                            *("menu.first_digit_seconds", "menu.between_digits_seconds", "menu.shared_prefix_seconds"),
                            *("menu.silent_tries", "menu.wrong_tries"),
                        ),
                    ),
                ),
            ),
            SettingsPage(
                "menus",
                _l("More menus"),
                _l("Menus that a key, the hours or a line lead to, and what callers can be told."),
                lists=("menus", "information"),
            ),
            SettingsPage(
                "announcement",
                _l("Announcement"),
                _l("What every caller hears first while a manager has switched it on, such as on a day of snow."),
                (PagePart("", ("announcement.says", "announcement.language", "announcement.then")),),
            ),
            SettingsPage(
                "callers",
                _l("Who calls"),
                _l("What the office does by who calls, and how people are found for them."),
                (
                    PagePart(_l("Callers"), ("callers.ask_number", "callers.ranked_from", "callers.ranked")),
                    PagePart(_l("Their languages"), ("callers.languages", "callers.language_of_country")),
                    PagePart(
                        _l("Finding people"),
                        ("reaching.ways", "reaching.keep_lines_free", "reaching.longest_seconds", "reaching.music"),
                    ),
                ),
            ),
        ),
    ),
    Chapter(
        _l("Lines and telephones"),
        (
            SettingsPage(
                "lines",
                _l("Lines"),
                _l("The lines to the telephone company, in the order in which calls take them."),
                lists=("lines",),
            ),
            SettingsPage("telephones", _l("Telephones"), _l("The telephones of the office."), lists=("telephones",)),
            SettingsPage(
                "behaviour",
                _l("How telephones behave"),
                _l("Hold, parking, and how it rings for whom."),
                (
                    PagePart(
                        _l("On hold and parked"),
                        (
                            "telephones.hold_asks_after_seconds",
                            "telephones.parking_places",
                            "telephones.parked_return_seconds",
                        ),
                    ),
                    PagePart(
                        _l("How it rings"),
                        (
                            *("telephones.inside_ring", "telephones.outside_ring", "telephones.department_ring"),
                            *("telephones.returned_ring", "telephones.parked_ring", "telephones.page_ring"),
                        ),
                    ),
                ),
            ),
            SettingsPage(
                "devices",
                _l("Network devices"),
                _l("Boxes with sockets for lines and telephones, telephones on the network, providers (SIP)."),
                (PagePart(_l("This unit"), ("sip.address", "sip.port", "sip.rtp_port")),),
                ("gateways", "network-telephones", "servers"),
            ),
            SettingsPage(
                "board",
                _l("A board of your own"),
                _l("Chips for lines and telephones, soldered to the pins of the Raspberry Pi."),
                lists=("board-telephones", "board-lines"),
            ),
            SettingsPage(
                "cards",
                _l("Line cards"),
                _l("Loudness, echo and lamps of cards with a kernel driver (DAHDI), where they are not as usual."),
                lists=("card-ports",),
            ),
            SettingsPage(
                "modem",
                _l("Modem"),
                _l("A USB modem beside a line: it tells who calls, and sends and receives faxes."),
                (PagePart("", ("modem.use", "modem.receives", "modem.line", "modem.model", "modem.socket")),),
            ),
            SettingsPage(
                "lamp",
                _l("Lamps and buttons"),
                _l("What is connected to the unit itself to be seen, heard and pressed."),
                (
                    PagePart(_l("Lamps"), ("led.gpio", "led.mailboxes", "led.lines", "lamp.command")),
                    PagePart(_l("Buttons"), ("panel.night_button", "panel.password_button")),
                    PagePart(_l("Buzzer"), ("panel.buzzer", "panel.buzzer_rings", "panel.buzzer_faults")),
                ),
            ),
        ),
    ),
    Chapter(
        _l("Calling out"),
        (
            SettingsPage(
                "rights",
                _l("Who may call what"),
                _l("Help can be called by everybody, at any time."),
                (
                    PagePart(_l("Rights"), ("rights.service_class", "rights.from_outside", "rights.classes")),
                    PagePart(_l("Limits"), ("rights.person", "rights.telephone")),
                    PagePart(_l("Against misuse"), ("rights.abroad_told", "rights.logged_in_until")),
                ),
            ),
            SettingsPage(
                "accounts",
                _l("Accounts for calls"),
                _l("What calls can be made for, such as clients or projects. The call log tells them apart."),
                lists=("accounts",),
            ),
            SettingsPage(
                "dialling",
                _l("Numbers and routes"),
                _l("Which line is taken for which number, and where calls are never forwarded to."),
                (
                    PagePart(_l("Which line"), ("dialling.routes",)),
                    PagePart(_l("Forwarding"), ("dialling.never", "dialling.premium", "dialling.abroad")),
                    PagePart(_l("Local calls"), ("dialling.local",)),
                ),
            ),
            SettingsPage(
                "shortcuts",
                _l("Short numbers"),
                _l("Speed numbers of the office, and groups of telephones to speak to."),
                (PagePart("", ("shortcuts.speed", "shortcuts.page_groups")),),
            ),
            SettingsPage("codes", _l("Codes"), _l("What is dialed on a telephone to do something."), CODES),
        ),
    ),
    Chapter(
        _l("Messages"),
        (
            SettingsPage(
                "mailboxes",
                _l("Mailboxes"),
                _l("What holds for all mailboxes. Each person and department can have its own settings."),
                (
                    PagePart(
                        "",
                        (
                            "longest_message_seconds",
                            "messages_per_mailbox",
                            "voicemail.name_operator",
                            "voicemail.lists",
                        ),
                    ),
                ),
            ),
            SettingsPage(
                "faxes",
                _l("Faxes"),
                _l("A fax machine can call any line of the office. Set here whose its fax is, and who is told."),
                (
                    PagePart("", ("fax.receives", "fax.number", "fax.header")),
                    PagePart(_l("Faxes of the office"), ("fax.mail", "fax.attach", "fax.printer", "fax.seen_by")),
                    PagePart(_l("Faxes of people"), ("fax.routes", "fax.boxes")),
                    PagePart(_l("Only for faxes"), ("fax.lines", "fax.numbers", "fax.rings")),
                    PagePart(_l("How long they are kept"), ("fax.seen_faxes_days", "fax.faxes_per_box")),
                ),
            ),
            SettingsPage(
                "fax-sending",
                _l("Sending faxes"),
                _l("Who may send faxes, when they go, and the ways to send one besides this page."),
                (
                    PagePart("", ("fax.sending.people", "fax.sending.cover", "fax.sending.cover_lines")),
                    PagePart(
                        _l("When faxes go"),
                        ("fax.sending.quiet.begins", "fax.sending.quiet.ends", "fax.sending.lines_kept"),
                    ),
                    PagePart(_l("Several at once"), ("fax.sending.lists",)),
                    PagePart(_l("From a folder"), ("fax.sending.folder.path", "fax.sending.folder.person")),
                    PagePart(_l("By mail"), ("fax.sending.mail.port", "fax.sending.mail.domain")),
                    PagePart(_l("How long they are kept"), ("fax.sending.kept_days",)),
                ),
            ),
            SettingsPage(
                "privacy",
                _l("Privacy"),
                _l("How long messages are kept, whether they are written down, and who knows that somebody listens."),
                (
                    PagePart(
                        "", ("voicemail.heard_messages_days", "voicemail.transcripts", "telephones.listening_announced")
                    ),
                ),
            ),
            SettingsPage(
                "mail",
                _l("Mail server"),
                _l("Who sends mail about messages, callers and faults."),
                (
                    PagePart(
                        "",
                        (
                            *("notifying.mail.host", "notifying.mail.port", "notifying.mail.security"),
                            *("notifying.mail.user", "notifying.mail.password", "notifying.mail.sender"),
                            "notifying.mail.largest_mb",
                        ),
                    ),
                ),
            ),
            SettingsPage(
                "notices",
                _l("Other programs"),
                _l("What happens can be told to programs in your network, such as a smart home."),
                (PagePart(_l("Events"), ("notifying.post",)), PagePart(_l("Status"), ("notifying.mqtt",))),
            ),
        ),
    ),
)

PAGES = {page.name: page for chapter in CHAPTERS for page in chapter.pages}


def page_listing(collection: Collection) -> SettingsPage:
    """The page on which the entries of a collection are listed."""
    return next(page for page in PAGES.values() if collection.name in page.lists)


def listed_on(page: SettingsPage) -> Iterator[Collection]:
    """The collections of a page."""
    return (COLLECTIONS[name] for name in page.lists)
