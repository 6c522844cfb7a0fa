"""What the system says in English: name -> text with `{blanks}`.

A text may hold several sentences; each sentence without a blank is one clip, a blank splits its sentence into clips.
Blanks: a number is spoken as an amount, `{x:seconds}` as a length of time, `Digits` digit by digit, a `datetime` as
the moment it is from now, a text as it stands. Where grammar follows a number the entry is a `Plural`.
"""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural
from appliance.prompts.languages.en.dialling import DIALLING
from appliance.prompts.languages.en.features import FEATURES
from appliance.prompts.languages.en.hearing import HEARING
from appliance.prompts.languages.en.leaving import LEAVING
from appliance.prompts.languages.en.notices import NOTICES
from appliance.prompts.languages.en.telephone import TELEPHONE

CATALOGUE: Final[dict[str, CatalogueEntry]] = {
    # The attendant
    "builtin-greeting": "Thank you for calling. Please hold the line while we find somebody for you.",
    "dial-extension-any-time": "If you know your party's extension, you may dial it at any time.",
    "for-operator": "For the operator, press 0.",
    "did-not-hear": "I'm sorry, I didn't hear anything.",
    "not-valid": "I'm sorry, that is not a valid choice.",
    "connecting-operator": "I'm connecting you to the operator.",
    "one-moment": "One moment, please.",
    "line-test-hang-up": "Thank you for calling the line test. Please hang up now.",
    "line-test-stay": "Thank you. Please stay on the line now. It will be silent for a while, and you may hear tones.",
    "line-test-thanks": "The line test is done. Thank you, and goodbye.",
    "system-fault": "I'm sorry, we are having a problem with our telephones. Please call again in a few minutes.",
    "goodbye": "Goodbye.",
    "thank-you-goodbye": "Thank you for calling. Goodbye.",
    "no-line-free": "I'm sorry, all our lines are in use. Please try again in a few minutes.",
    # Information, hours, fax
    "information-menu": "To hear this again, press 1. To go back, press star.",
    "closed-now": "Our office is closed now.",
    "away-for-a-break": "We are away for a short break.",
    "closed-for-a-holiday": "Our office is closed for the holiday.",
    "no-fax": "I'm sorry, we cannot take a fax on this line.",
    "fax-is-coming": "A fax is coming. You can hang up.",
    # Night mode
    "managers-only": "I'm sorry, only a manager can change this.",
    "night-mode-automatic": "The office opens and closes by its hours.",
    "night-mode-closed": "The office is closed until you open it again.",
    "night-mode-open": "The office is open until you close it again.",
    "night-mode-menu": ("To close the office, press 1. To open it, press 2. To let the hours decide, press 3."),
    "not-changed": "I'm sorry, that could not be saved. Nothing was changed.",
    # Recording what callers hear
    "enter-prompt-number": "Please enter the number of the prompt, then press pound.",
    "no-such-prompt": "There is no prompt with this number.",
    "nothing-recorded": "Nothing has been recorded yet.",
    "prompt-menu": (
        "To hear it again, press 1. To record it, press 2. To bring back the version before, press 3. "
        "For another prompt, press star."
    ),
    "record-prompt-after-tone": "Please speak after the tone. When you are finished, press pound.",
    "prompt-review-menu": "To keep this recording, press 1. To listen to it, press 2. To record it again, press 3.",
    "prompt-saved": "Your recording has been saved.",
    "prompt-too-short": "That recording was too short to keep.",
    "no-version-before": "There is no version before this one.",
    "version-before-is-back": "The version before is back. This is what callers hear now.",
    # The announcement that overrides all
    "announcement-on": "The announcement is on. All callers hear it first.",
    "announcement-off": "The announcement is off.",
    "announcement-menu": (
        "To switch it on, press 1. To switch it off, press 2. To hear it, press 3. To record it, press 4. "
        "To bring back the version before, press 5."
    ),
    # Callers known and unwanted
    "call-refused": "I'm sorry, this number does not take your call.",
    "challenge": "To be connected, please press {key}.",
    "enter-your-number": "Please enter your telephone number with its area code, then press pound.",
    "no-last-caller": "There is no last caller with a number.",
    "last-caller": "The last caller was {number}.",
    "block-menu": "To block this number, press 1. To leave it as it is, press star.",
    "caller-blocked": "This number is blocked now.",
    # The directory
    "directory-spell": (
        "Please spell the last name on your telephone's keys, then the first name. Three letters are often enough. "
        "To go back, press star."
    ),
    "directory-several": "There are several people. Please go on spelling.",
    "directory-nobody": "I'm sorry, I found nobody by that name.",
    "directory-choice": "Press {key} for {name}, extension {extension}.",
    # The same around a name in the person's own voice:
    "directory-choice-before": "Press {key} for",
    "directory-choice-behind": "extension {extension}.",
    "directory-more": "For more names, press 9.",
    "directory-another": "To spell another name, press star.",
    # Reaching a person
    "not-available": "{name} is not available.",
    "on-the-phone": "{name} is on the phone.",
    "nobody-available": "I'm sorry, nobody can take your call right now.",
    "connecting-operator-again": "{name} did not answer. I'm connecting you to the operator again.",
    # What a caller hears who waits while somebody is looked for
    "still-trying": "I'm still trying to reach {name}.",
    "still-looking": "Thank you for waiting. {name} has not answered yet, but I'll keep trying.",
    "still-nobody": "Nobody has answered yet, but I'll keep trying.",
    "while-waiting": "To leave a message, press pound. For the operator, press 0.",
    "while-waiting-for-operator": "To leave a message, press pound.",
    "is-coming": "{name} will be with you in a moment. Please hold the line.",
    "say-your-name": "Please say your name after the tone.",
    "trying-to-connect": "Thank you. Please hold the line while I try to connect you.",
    "line-will-be-silent": "It may be quiet for a moment now.",
    "back-again": "Thank you for waiting.",
    # Whoever is called outside is told who calls, and presses a key
    "call-for": "There is a call for {company}.",
    "call-for-from": "There is a call for {company} from {name}.",
    "call-for-from-number": "There is a call for {company} from {number}.",
    # The same in front of a name in the caller's own voice:
    "call-for-from-before": "There is a call for {company} from",
    "screening-accept": "To take the call, press 1.",
    "screening-menu": (
        "To take the call, press 1. To send the caller to your mailbox, press 2. To hear this again, press 3. "
        "To decline the call and block the caller, press 4. If you need a moment, press 5."
    ),
    "caller-waits": "The caller is waiting for you. To take the call, press 1.",
    "sent-to-voicemail": "The caller can leave a message. Goodbye.",
    "caller-turned-away": "The call has been declined. Goodbye.",
    "call-taken": "Somebody else has already taken the call. Goodbye.",
    "caller-has-left": "The caller has hung up. Goodbye.",
    # Not to be disturbed
    "cannot-take-calls": "{name} cannot take calls right now.",
    "for-help-dial": "For help, please dial extension {extension}.",
    "do-not-disturb-on": "Do not disturb is on. Callers hear your unavailable greeting.",
    "do-not-disturb-until": "Your telephone will ring again {when}.",
    "do-not-disturb-off": "Do not disturb is off. Callers hear your regular greeting.",
    "do-not-disturb-hours": (
        "To have do not disturb end by itself, enter the number of hours. "
        "To keep it on until you turn it off, press pound."
    ),
    # Forwarding
    "enter-forward-number": (
        "Please enter the number to forward your calls to, then press pound. Dial it as you do at the office. "
        "For your cell phone, press star."
    ),
    "forward-menu": (
        "To forward all calls, press 1. To forward calls that you do not answer, press 2. "
        "To forward calls while you are on the phone, press 3. To have both telephones ring, press 4."
    ),
    "forwarded-to": "Your calls are now forwarded to {number}.",
    "forwarded-no-more": "Your calls are no longer forwarded.",
    "forward-refused": "I'm sorry, calls cannot be forwarded to this number.",
    # Being at the office, and departments
    "you-are-here": "Welcome. You are at the office now.",
    "you-are-away": "You are away now.",
    "member-of-none": "You are not in any department.",
    "member-in": "You are logged in to {name}. Its calls ring your telephone.",
    "member-out": "You are logged out of {name}. Its calls do not ring your telephone.",
    "member-menu": "To change this, press 1. To leave it as it is, press pound.",
    # Leaving a message
    "greeting-default": "You have reached the mailbox of {name}.",
    "greeting-default-general": "You have reached our general mailbox.",
    "leave-message": (
        "Please leave a message after the tone. When you are finished, hang up or press pound for more options."
    ),
    "mailbox-full": "I'm sorry, this mailbox is full and cannot take another message.",
    "message-saved": "Your message has been saved.",
    "message-too-short": "That was too short to keep. Please leave your message after the tone.",
    "message-not-recorded": "I'm sorry, nothing was recorded.",
    "recording-stopped-disk-full": (
        "I'm sorry, there is no more room to record. What you have said so far has been kept."
    ),
    # Coming into a mailbox
    "enter-mailbox": "Please enter your extension.",
    "enter-pin": "Please enter your PIN.",
    "wrong-pin": "I'm sorry, that PIN is not right.",
    # Hearing messages
    "you-have-no-messages": "You have no messages.",
    "you-have-new": Plural("count", "You have one new message.", "You have {count} new messages."),
    "you-have-saved": Plural("count", "You have one saved message.", "You have {count} saved messages."),
    "you-have-new-and-saved": Plural(
        "saved",
        "You have {new} new and one saved message.",
        "You have {new} new and {saved} saved messages.",
    ),
    "message-number": "Message {count},",
    "from-number": "from {number}.",
    "from-unknown": "from an unknown number.",
    "from-private": "from a private number.",
    "received": "Received {when}.",
    "message-length": "Its length is {count:seconds}.",
    "message-unreadable": "I'm sorry, this message cannot be played.",
    "message-written": "This message was written down for you. Please read it on the office's web page.",
    "kept": "Message kept.",
    "deleted": "Message deleted.",
    "no-more-messages": "There are no more messages.",
    # A person's own greeting
    "greeting-menu": (
        "To hear your greeting, press 1. To record a new greeting, press 2. "
        "To remove your greeting, press 3. To go back, press star."
    ),
    "no-greeting": "You have not recorded a greeting. Callers hear the standard one.",
    "record-greeting-after-tone": "You can record your greeting after the tone. When you are finished, press pound.",
    "greeting-review-menu": "To keep this greeting, press 1. To listen to it, press 2. To record it again, press 3.",
    "greeting-saved": "Your greeting has been saved.",
    "greeting-removed": "Your greeting has been removed.",
    "greeting-too-short": "That greeting was too short to keep.",
    # A person's greeting for when the person does not want to be disturbed
    "unavailable-menu": (
        "To hear your unavailable greeting, press 1. To record it, press 2. "
        "To remove your recording, press 3. To go back, press star."
    ),
    "no-unavailable": "You have not recorded an unavailable greeting. Callers hear the standard one.",
    "record-unavailable-after-tone": (
        "You can record your unavailable greeting after the tone. When you are finished, press pound."
    ),
    # A person's own name, as callers hear it in the directory
    "name-menu": (
        "To hear your name, press 1. To record it, press 2. To remove your recording, press 3. To go back, press star."
    ),
    "no-name": "You have not recorded your name. I'll say it for you.",
    "record-name-after-tone": "Please say your first and last name after the tone, then press pound.",
    "name-review-menu": "To keep this name, press 1. To listen to it, press 2. To record it again, press 3.",
    "name-saved": "Your name has been saved.",
    "name-removed": "Your recording has been removed.",
    "name-too-short": "I'm sorry, I didn't hear a name.",
    "name-too-long": "That was too long. Please say just your name.",
    **TELEPHONE,
    **FEATURES,
    **DIALLING,
    **LEAVING,
    **HEARING,
    **NOTICES,
}
