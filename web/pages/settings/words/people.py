"""People and departments."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

_PIN = _l("4 to 12 digits, asked for when messages are heard by telephone. Without it they cannot be heard there.")

WORDS = {
    "person.id": (
        _l("Short word"),
        _l("Made from the name. Folders and settings know this person by it: it never changes."),
    ),
    "person.name": (_l("Name"), _l("As callers hear it.")),
    "person.extension": (_l("Extension"), _l("The number that callers and colleagues dial.")),
    "person.station": (_l("Telephone"), _l("Which telephone rings. Without one, calls go straight to the mailbox.")),
    "person.pin": (_l("PIN"), _PIN),
    "person.ring_seconds": (_l("Rings for, in seconds"), _l("Then the mailbox answers.")),
    "person.mailbox": (_l("Has a mailbox"), _l("Callers can leave a message.")),
    "person.manager": (
        _l("Is a manager"),
        _l("May change by telephone what all callers hear, such as the night mode."),
    ),
    "person.language": (_l("Language"), _l("What messages are announced in. Leave it empty for that of the office.")),
    "person.companies": (_l("Companies"), _l("For which this person works. None checked: for all of them.")),
    "person.directory": (_l("Is in the directory"), _l("Callers find this person by the letters of the name.")),
    "person.last_name": (_l("Last name"), _l("For the directory. Leave it empty if it is the last word of the name.")),
    "person.cell": (_l("Cell phone"), _l("The number, as it is dialed on a line of the office.")),
    "person.forwarding": (
        _l("Forwarding"),
        _l("Where calls go as well. What is dialed on the telephone itself counts more."),
    ),
    "forwarding.when": (_l("Which calls"), _l("Which calls are forwarded.")),
    "forwarding.to": (
        _l("Where to"),
        _l("An extension or a number outside, as it is dialed on a telephone. Leave it empty for the cell phone."),
    ),
    "forwarding.delay_seconds": (
        _l("The other rings later, in seconds"),
        _l("How long the telephone rings alone, where both ring."),
    ),
    "forwarding.hours": (_l("In which hours"), _l("Leave it empty for all hours.")),
    "person.follow_me": (
        _l("Follow me"),
        _l("What rings, step by step. Without any step: the telephone, and what forwarding says."),
    ),
    "follow-me-step.ring": (_l("What rings"), _l("The telephone at the desk, the cell phone, or a number.")),
    "follow-me-step.number": (_l("Number"), _l("Where a number rings: as it is dialed on a telephone.")),
    "follow-me-step.seconds": (_l("For how long, in seconds"), _l("Then comes the next step.")),
    "follow-me-step.together": (_l("Together with the step before"), _l("What rang before goes on ringing.")),
    "follow-me-step.hours": (_l("In which hours"), _l("Leave it empty for all hours.")),
    "follow-me-step.when": (_l("Where the person is"), _l("Whether the step is for the office, or for being away.")),
    "person.screening": (
        _l("A key accepts the call"),
        _l(
            "When called outside, this person hears who calls, and presses a key. No other voicemail can take the call."
        ),
    ),
    "person.ask_name": (
        _l("Callers say their name"),
        _l("Asked for before this person is called outside. People in the contacts never are."),
    ),
    "person.assistant": (
        _l("Assistant"),
        _l("Whom callers are told to ask while this person does not want to be disturbed."),
    ),
    "person.service_class": (
        _l("May call"),
        _l("Which numbers outside. Leave it empty for what the telephone may."),
    ),
    "person.voicemail": (_l("Mailbox"), _l("What callers can do in the greeting, and what the mailbox holds.")),
    "own-voicemail.takes_messages": (
        _l("Takes messages"),
        _l("Otherwise callers hear the greeting, and then goodbye."),
    ),
    "own-voicemail.zero": (_l("0 leads to"), _l("Whom callers reach who press 0 in the greeting.")),
    "own-voicemail.extensions": (_l("Other extensions can be dialed"), _l("In the greeting.")),
    "own-voicemail.call_back": (_l("9 asks to be called back"), _l("In the greeting.")),
    "own-voicemail.log_in": (
        _l("Messages can be heard from outside"),
        _l("By pressing * in the greeting, and then the PIN."),
    ),
    "own-voicemail.hours": (
        _l("Hours"),
        _l("Outside of these hours callers hear that you are closed. Leave it empty for those of the office."),
    ),
    "own-voicemail.longest_message_seconds": (
        _l("Longest message, in seconds"),
        _l("Leave it empty for what holds for all."),
    ),
    "own-voicemail.messages": (_l("Most messages"), _l("Leave it empty for what holds for all.")),
    "own-voicemail.heard_messages_days": (
        _l("Messages that were heard are deleted after, in days"),
        _l("Leave it empty for what holds for all."),
    ),
    "person.notify": (_l("Notices"), _l("What this person is told of, and how.")),
    "person-notices.mail": (_l("Mail address"), _l("Without it no mail is sent.")),
    "person-notices.messages": (_l("Mail about messages"), _l("About which ones.")),
    "person-notices.lamp": (_l("Lamp and dial tone"), _l("For which messages they tell.")),
    "person-notices.sound": (
        _l("The message in the mail"),
        _l("As a small file, as a file for every player, or not at all. Private ones never are."),
    ),
    "person-notices.lost_callers": (_l("Mail about callers who got nobody"), ""),
    "person-notices.faults": (_l("Mail about faults"), _l("When something is wrong with the unit.")),
    "person-notices.call": (_l("Called about messages"), _l("The unit calls, and tells of new messages.")),
    "message-call.of": (_l("About which messages"), _l("About which ones somebody is called.")),
    "message-call.number": (_l("Number"), _l("Leave it empty for the cell phone.")),
    "message-call.after_minutes": (_l("First call after, in minutes"), _l("How old the message is then.")),
    "message-call.every_minutes": (_l("Repeated every, in minutes"), _l("As long as it was not heard.")),
    "message-call.most_calls": (_l("Calls in a row"), _l("After this many calls, nobody is called any more.")),
    "message-call.begins": (_l("Not before"), _l("The time of the day.")),
    "message-call.ends": (_l("Not after"), _l("The time of the day.")),
    "department.id": (_l("Short word"), _l("Made from the name; it never changes.")),
    "department.name": (_lp("a thing", "Name"), _l("As callers hear it, and as telephones show it.")),
    "department.extension": (_l("Extension"), _l("The number that callers and colleagues dial.")),
    "department.members": (_l("Members"), _l("Who is rung, in this order.")),
    "member.person": (_l("Person"), _l("Who is rung; or give a number instead.")),
    "member.number": (_l("Number"), _l("In place of a person: as it is dialed on a telephone.")),
    "member.desk_only": (_l("Only at the desk"), _l("The person's own forwarding does not count here.")),
    "member.hours": (_l("In which hours"), _l("Leave it empty for all hours.")),
    "department.strategy": (_l("Who rings when"), _l("All at once, or one after the other.")),
    "department.step_seconds": (_l("Each rings for, in seconds"), _l("Where they ring one after the other.")),
    "department.longest_seconds": (_l("Rings in all, in seconds"), _l("Then callers get what is chosen below.")),
    "department.mailbox": (_l("Has a mailbox"), _l("For callers whom nobody answers.")),
    "department.pin": (_l("PIN"), _PIN),
    "department.forwarding": (_l("Forwarding"), _l("Where its calls go in addition to its members, or instead.")),
    "department.otherwise": (
        _l("When nobody answers"),
        _l("Leave it empty: the mailbox of the department, or else that of the office."),
    ),
    "department.companies": (_l("Companies"), _l("For which it works. None checked: for all of them.")),
    "department.voicemail": (_l("Mailbox"), _l("What callers can do in the greeting, and what the mailbox holds.")),
}
