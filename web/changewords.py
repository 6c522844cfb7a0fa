"""What is changed, in words, for the log of changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from web.pages.settings.words import WORDS
from web.pages.settings.words.options import OPTIONS
from web.saying import Told, in_words, sentence

PLAIN: dict[str, LazyString] = {
    "accounts.remove": _l("The account %(one)s was removed."),
    "recovery.set-password": _l("The password of %(one)s was reset by telephone."),
    "tokens.add": _l("A token for programs was made: %(one)s."),
    "tokens.remove": _l("A token for programs was taken back."),
    "webhooks.add": _l("What happens is told to %(one)s from now on."),
    "webhooks.remove": _l("What happens is told to one address less."),
    "backup.begin": _l("A backup was made."),
    "nightly.set": _l("It was set where backups go every night."),
    "nightly.stop": _l("No more backups are made at night."),
    "restore": _l("A backup was put in place of what the unit had."),
    "music.add": _l("Music on hold was added: %(one)s"),
    "music.remove": _l("Music on hold was taken away."),
    "network.try-name": _l("The unit was given the name %(one)s, to try it."),
    "network.confirm": _l("The change of the network was kept."),
    "network.take-back": _l("The change of the network was taken back."),
    "network.set-time-servers": _l("Time servers were chosen: %(all)s"),
    "prompts.record": _l("A text that callers hear was recorded: %(one)s"),
    "sounds.remove": _l("Callers hear the written text again: %(one)s"),
    "sounds.back": _l("Callers hear again what they heard before: %(one)s"),
}
"""By the method that was noted. one: the first of what it is about; all: all of it."""

ON_OFF: dict[tuple[str, str], LazyString] = {
    ("accounts.set-second-factor", "on"): _l("%(one)s signs in with a second step now."),
    ("accounts.set-second-factor", "off"): _l("%(one)s signs in without a second step now."),
    ("people.do-not-disturb", "on"): _l("%(who)s is not to be disturbed."),
    ("people.do-not-disturb", "off"): _l("%(who)s may be disturbed again."),
    ("people.presence", "here"): _l("%(who)s is here."),
    ("people.presence", "away"): _l("%(who)s is away."),
    ("people.member", "in"): _l("%(who)s takes calls of a department."),
    ("people.member", "out"): _l("%(who)s takes no calls of a department."),
    ("announcement.set", "on"): _l("The announcement was switched on."),
    ("announcement.set", "off"): _l("The announcement was switched off."),
    ("night.set", "closed"): _l("The office was closed for callers."),
    ("night.set", "open"): _l("The office was opened for callers."),
    ("night.set", "automatic"): _l("The opening hours decide again."),
}
"""By the method, and one word of what it is about. who: the name of the person."""

FIELDS: dict[str, LazyString] = {
    "role": _l("what it may do"),
    "person": _l("the mailbox"),
    "language": _l("the language"),
    "password": _l("the password"),
}
"""Of an account."""

ROLES: dict[str, LazyString] = {
    "administrator": _l("Administrator"),
    "operator": _l("Operator"),
    "person": _l("Person"),
}
"""Of an account, by the word of the log."""

LABELS = {place.rpartition(".")[2].replace("_", " "): label for place, (label, _help) in reversed(WORDS.items())}
"""What the settings call a field, by its name in the document; of several with one name, what the first is called."""


def on_page(blank: str, text: str) -> str:
    """What a page calls what a change is about."""
    return str(LABELS.get(text, text)) if blank == "field" else text


def told(what: str, about: Sequence[str], wordings: Sequence[Told], people: Mapping[str, str]) -> str:
    """A change as a sentence, or several. wordings: of a change of the office. people: everybody's name, by the id."""
    if wordings:
        return " ".join(sentence(one, on_page) for one in wordings)
    one = about[0] if about else ""
    if what in PLAIN:
        return str(PLAIN[what]) % {"one": one, "all": ", ".join(about)}
    for word in reversed(about):  # How it is now stands behind whom it is about, who may be called the same.
        if text := ON_OFF.get((what, word)):
            return str(text) % {"one": one, "who": people.get(one, one)}
    match what, *about:
        case "update", before, now:
            return _("Copperdesk was updated from %(before)s to %(now)s.", before=before, now=now)
        case "accounts.add", name, role:
            return _("An account for %(name)s was made (%(role)s).", name=name, role=ROLES.get(role, role))
        case "accounts.change", name, *fields:
            changed = ", ".join(str(FIELDS.get(field, field)) for field in fields)
            return _("The account %(name)s was changed: %(fields)s.", name=name, fields=changed)
        case "accounts.set-access", "anywhere", *_names:
            return _("The page can be reached from outside the office's network.")
        case "accounts.set-access", *_names:
            return _("Who can reach the page was changed.")
        case "people.forward", person, "never":
            return _("Calls for %(who)s are forwarded no longer.", who=people.get(person, person))
        case "people.forward", person, when:
            return _(
                "Calls for %(who)s are forwarded: %(when)s.",
                who=people.get(person, person),
                when=OPTIONS["forwarding.when"].get(when, when),
            )
        case "greetings.set", owner:
            return _("A greeting of %(who)s was recorded.", who=people.get(owner, owner))
        case "greetings.remove", owner:
            return _("A greeting of %(who)s was taken away.", who=people.get(owner, owner))
        case "network.try-address", address:
            return _("The unit was given the address %(address)s, to try it.", address=address)
        case "network.try-address", *_nothing:
            return _("The unit was told to take the router's address, to try it.")
    return " ".join(about) or _("The office was set up.")


def change_words(change: Mapping[str, Any]) -> str:
    """All of a change of the office document, as a page shows it."""
    return in_words(change["wording"], on_page)


def change_parts(change: Mapping[str, Any]) -> dict[str, str]:
    """What is changed, its old value and its new one, as a page shows them."""
    return {name: in_words(change[f"{name}_wording"], on_page) for name in ("what", "before", "after")}
