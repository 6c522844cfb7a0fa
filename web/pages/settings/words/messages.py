"""Mailboxes, mail, and what other programs are told."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

WORDS = {
    "office.longest_message_seconds": (_l("Longest message, in seconds"), _l("What holds for all mailboxes.")),
    "office.messages_per_mailbox": (
        _l("Most messages in a mailbox"),
        _l("New ones and old ones. Then callers are told that it is full."),
    ),
    "voicemail.name_operator": (
        _l("Say that 0 leads to the operator"),
        _l("After a greeting that nobody has recorded, callers are told that 0 leads to the operator."),
    ),
    "voicemail.lists": (
        _l("Lists for sending messages"),
        _l("A number of 2 to 6 digits for each list: a message that is sent to it reaches everybody on it."),
    ),
    "voicemail.heard_messages_days": (
        _l("Messages that were heard are deleted after, in days"),
        _l("Leave it empty to keep them until somebody deletes them."),
    ),
    "voicemail.transcripts": (
        _l("Write messages down"),
        _l(
            "Done on the unit itself: nothing leaves the office. English only. It needs 2 GB of memory and a part "
            "that is installed separately."
        ),
    ),
    "notifying.mail": (_l("Mail server"), _l("Who sends the office's mail.")),
    "notifying.post": (_l("Other programs"), _l("They are told what happens, such as a smart home.")),
    "notifying.mqtt": (_l("Smart home (MQTT)"), _l("Told the state of the unit.")),
    "mail-server.host": (
        _l("Mail server"),
        _l("Your mail provider tells its name, such as smtp.example.com. Leave it empty to send no mail."),
    ),
    "mail-server.port": (_l("Port"), _l("587 for most servers; 465 where it is encrypted from the beginning.")),
    "mail-server.security": (_l("Encryption"), _l("A server whose certificate is not valid is refused.")),
    "mail-server.user": (_l("User name"), _l("Most providers want the whole mail address.")),
    "mail-server.password": (_l("Password"), _l("Some providers want one that is made for programs (app password).")),
    "mail-server.sender": (
        _l("Sender"),
        _l("The address that mail comes from. Leave it empty if that is the user name."),
    ),
    "mail-server.largest_mb": (
        _l("Largest message that is attached, in MB"),
        _l("A larger one is mailed without its sound."),
    ),
    "post-address.url": (
        _l("Web address"),
        _l("Every event is sent there (a webhook). Leave it empty to send none."),
    ),
    "post-address.secret": (
        _l("Signing secret"),
        _l("Events are signed with it, so that the receiver can trust them."),
    ),
    "post-address.anywhere": (_l("Outside the office, too"), _l("The address may be in the Internet.")),
    "mqtt-broker.host": (_l("Broker"), _l("The name or address of an MQTT broker. Leave it empty for none.")),
    "mqtt-broker.port": (_l("Port"), _l("1883, or 8883 where it is encrypted.")),
    "mqtt-broker.tls": (_l("Encrypted"), _l("The broker's certificate is checked.")),
    "mqtt-broker.user": (_l("User name"), ""),
    "mqtt-broker.password": (_l("Password"), ""),
    "mqtt-broker.topic": (_l("Topic"), _l("What all that is told there begins with.")),
}
