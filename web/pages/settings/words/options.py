"""What the words of enumerations are called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTIONS = {
    "person": _l("Call a person"),
    "department": _l("Call a department"),
    "mailbox": _l("Take a message for a person"),
    "operator": _l("Call the operator"),
    "message": _l("Take a message for the office"),
    "messages": _l("Let people of the office hear their messages"),
    "menu": _l("Go to another menu"),
    "back": _l("Back to the previous menu"),
    "information": _l("Tell something"),
    "directory": _l("Find a person by name"),
    "same-person": _l("The person the caller talked to last"),
    "fax": _l("Receive a fax"),
    "outside": _l("Dial a number outside"),
    "repeat": _l("Read the menu again"),
    "hang-up": _l("End the call"),
}

_MESSAGES = {"all": _l("All of them"), "urgent": _l("Urgent ones"), "none": _l("None")}

_RINGS = {
    "country": _l("As usual in this country"),
    "double": _l("Two short ones"),
    "triple": _l("Three short ones"),
    "long-short": _l("One long, one short"),
    "long-short-short": _l("One long, two short"),
}

_CHANNELS = {"left": _l("Left"), "right": _l("Right")}

_WAYS = {
    "two-lines": _l("On a second line of the office"),
    "transfer": _l("By transfer, which frees the line (Centrex)"),
    "three-way": _l("By a three-way call on the caller's own line"),
}

_CLASSES = {
    "local": _l("Local numbers"),
    "national": _l("Other area codes"),
    "mobile": _l("Cell phones"),
    "abroad": _l("Abroad"),
    "premium": _l("Premium rate"),
}

OPTIONS = {
    "key.action": ACTIONS,
    "destination.action": ACTIONS,
    "trunk.endings": {
        "loop-break": _l("A short break of the current"),
        "polarity": _l("A reversal of the current"),
        "tone": _l("A busy tone"),
        "silence": _l("Nothing but silence"),
    },
    "trunk.ways": _WAYS,
    "reaching.ways": _WAYS,
    "office-fax.rings": {
        "long": _l("One long ring"),
        "double": _l("Two short rings"),
        "triple": _l("Three short rings"),
    },
    "station.reminders": {"tone": _l("Dial tone that stutters"), "lamp": _l("Its own lamp")},
    "forwarding.when": {
        "never": _l("None"),
        "always": _l("All, at once"),
        "busy": _l("Those that find the telephone busy"),
        "no-answer": _l("Those that nobody answers"),
        "unreached": _l("Busy, or nobody answers"),
        "with-desk": _l("All, while the telephone rings as well"),
    },
    "follow-me-step.ring": {
        "desk": _l("The telephone at the desk"),
        "cell": _l("The cell phone"),
        "number": _l("A number"),
    },
    "follow-me-step.when": {
        "anywhere": _l("Anywhere"),
        "at-office": _l("At the office"),
        "away": _l("Away"),
    },
    "own-voicemail.zero": {
        "operator": _l("The operator"),
        "assistant": _l("The assistant"),
        "nobody": _l("Nobody"),
    },
    "person-notices.messages": _MESSAGES,
    "person-notices.lamp": _MESSAGES,
    "person-notices.sound": {
        "opus": _l("A small file (Opus)"),
        "wav": _l("A file for every player (WAV)"),
        "none": _l("Not attached"),
    },
    "message-call.of": _MESSAGES,
    "department.strategy": {
        "all": _l("All at once"),
        "in-turn": _l("One after the other"),
        "escalating": _l("One after the other; those before go on ringing"),
        "round-robin": _l("One after the other, another one first each time"),
        "longest-idle": _l("Whoever has gone longest without a call, first"),
    },
    "service-class.calls": _CLASSES,
    "trunk-route.classes": _CLASSES,
    "telephones.inside_ring": _RINGS,
    "telephones.outside_ring": _RINGS,
    "telephones.department_ring": _RINGS,
    "telephones.returned_ring": _RINGS,
    "telephones.parked_ring": _RINGS,
    "telephones.page_ring": _RINGS,
    "mail-server.security": {
        "starttls": _l("Encrypted (STARTTLS)"),
        "tls": _l("Encrypted from the beginning (TLS)"),
        "none": _l("Not encrypted"),
    },
    "dahdi-port.lamp": {
        "reversal": _l("By a reversal of the current"),
        "high-voltage": _l("By a steady high voltage"),
        "neon": _l("By pulses, for a neon lamp"),
    },
    "usb-modem.use": {
        "nothing": _l("Nothing"),
        "caller-id": _l("It tells who calls"),
        "fax": _l("Faxes"),
        "both": _l("Both"),
    },
    "usb-modem.model": {
        "automatic": _l("Let the unit find out"),
        "conexant-cx93010": _l("Conexant CX930xx: StarTech, Zoom, Dell and others"),
        "usrobotics-usr5637": _l("USRobotics USR5637"),
        "generic": _l("Any other modem"),
    },
    "gpio-telephone.channel": _CHANNELS,
    "gpio-trunk.channel": _CHANNELS,
    "server.transport": {"udp": _l("UDP"), "tcp": _l("TCP"), "tls": _l("TLS, encrypted")},
}
