"""Faxes that are sent: who may, when, with which cover, and the ways in which the unit takes them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

WORDS = {
    "office-fax.sending": (_l("Sending"), _l("Who sends faxes, when, and how.")),
    "fax-sending.people": (_l("Who may send faxes"), _l("Without anybody here, everybody may.")),
    "fax-sending.cover": (_l("Put a cover page in front"), _l("Whoever sends a fax can still decide otherwise.")),
    "fax-sending.cover_lines": (
        _l("What the cover page says"),
        _l(
            "One row is one line; the first one is large. Write {to}, {from}, {number}, {pages}, {date}, {note} or "
            "{office} where these belong. Without any row there is a plain page in the language of the office."
        ),
    ),
    "fax-sending.quiet": (_l("Quiet hours"), _l("Faxes wait until they are over.")),
    "quiet-hours.begins": (_l("No faxes from"), _l("What is being sent then comes to its end.")),
    "quiet-hours.ends": (_l("Until"), _l("The same time twice: there are none.")),
    "fax-sending.lines_kept": (
        _l("Lines kept free for calls"),
        _l("Faxes leave so many lines alone. An office with one line still sends faxes, one at a time."),
    ),
    "fax-sending.lists": (_l("Lists"), _l("The same fax goes to every number of a list.")),
    "fax-list.name": (_l("Name"), _l("What the list is called.")),
    "fax-list.numbers": (_l("Numbers"), _l("As they are dialed on a line.")),
    "fax-sending.folder": (_l("Folder"), _l("What is put there is faxed.")),
    "fax-folder.path": (
        _l("Folder on the unit"),
        _l("A file called 5550123.pdf is faxed to 5550123. Leave it empty to watch none."),
    ),
    "fax-folder.person": (_l("Who sends it"), _l("On whose account these faxes go. Without anybody, the office's.")),
    "fax-sending.mail": (_l("Faxing by mail"), _l("In the network of the office.")),
    "fax-by-mail.port": (
        _l("Port at which mail is taken"),
        _l(
            "Such as 2525: enter it as the mail server in your mail program or scanner. 0: none is taken. Only "
            "people with a mail address here can send faxes so."
        ),
    ),
    "fax-by-mail.domain": (_l("Behind the @"), _l("With fax, mail to 5550123@fax is faxed to 5550123.")),
    "fax-sending.kept_days": (
        _l("Faxes that were sent are kept for, in days"),
        _l("With the proof that they arrived."),
    ),
}
