"""What is said in English to who hears messages."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural

HEARING: Final[dict[str, CatalogueEntry]] = {
    # Coming into a mailbox
    "try-again-in": "I'm sorry, there have been too many wrong tries. Please try again in {count:seconds}.",
    "urgent-among-them": Plural("count", "One message is urgent.", "{count} messages are urgent."),
    "mailbox-nearly-full": Plural(
        "count",
        "Your mailbox is nearly full. There is room for one more message.",
        "Your mailbox is nearly full. There is room for {count} more messages.",
    ),
    "own-mailbox-full": "Your mailbox is full. Nobody can leave you a message until you delete some.",
    "heard-are-deleted": Plural(
        "count",
        "Messages that you have heard are deleted after one day.",
        "Messages that you have heard are deleted after {count} days.",
    ),
    # The menu of a mailbox
    "mailbox-menu": (
        "To hear your new messages, press 1. To hear your saved messages, press 2. For all choices, press 0."
    ),
    "choice-greetings": "To change the greetings, press 3.",
    "choice-greetings-and-name": "To change your greetings or your name, press 3.",
    "choice-do-not-disturb": "For do not disturb, press 6.",
    "choice-forwarding": "To forward your calls, press 7.",
    "choice-send": "To send a message to somebody at the office, press 8.",
    "choice-lost-callers": "To hear who called without leaving a message, press 9.",
    "choice-deleted": "To hear what you have deleted in this call, press pound.",
    "nothing-deleted": "You have deleted no message in this call.",
    # A message
    "urgent-message-number": "Urgent message {count},",
    "deleted-message-number": "Deleted message {count},",
    "forwarded-by": "Forwarded by {name}.",
    "message-is-private": "This message is private.",
    "heard-by": "{name} heard it {when}.",
    "heard-by-name": "{name} heard it.",
    "message-ends": "It will be deleted {when}.",
    "message-menu": (
        "To hear it again, press 1. To keep it, press 2. To delete it, press 3. For more choices, press 0."
    ),
    "deleted-message-menu": "To hear it again, press 1. To bring it back, press 2. For the next one, press pound.",
    "message-choices": (
        "To answer this message, press 1. To forward it, press 2. To mark it as new, press 3. "
        "To learn the keys for listening, press 4. To go back, press star."
    ),
    "listening-keys": (
        "While you listen, press 4 to go back five seconds. Press 6 to go forward. Press 5 to pause. Press 7 to hear "
        "it slower. Press 9 to hear it faster. Press 8 to hear who left it and when. Press pound for the next message. "
        "Press 1 twice for the message before."
    ),
    "paused": "Paused. To go on, press 5.",
    "marked-new": "This message is new again.",
    "brought-back": "The message is back.",
    "deleted-elsewhere": "Somebody else has just deleted this message.",
    # Answering a message
    "answer-menu": "To call back, press 1. To send a message to {name}, press 2. To go back, press star.",
    "call-back-menu": "To call back, press 1. To go back, press star.",
    "no-number-to-answer": "This message came without a number, so it cannot be answered.",
    "may-not-call-back": "I'm sorry, this number cannot be called from here.",
    # Sending and forwarding a message
    "record-introduction": (
        "You can record an introduction after the tone. When you are finished, press pound. "
        "To forward the message without one, just press pound."
    ),
    "private-not-forwarded": "This message is private, so it cannot be forwarded.",
    "send-review-menu": (
        "To send your message, press 1. To listen to it, press 2. To record it again, press 3. "
        "To cancel it, press star."
    ),
    "enter-recipient": "Who should get it? Please enter the extension. To cancel, press star.",
    "everybody-gets-it": "For everybody at the office, press 0.",
    "recipient-added": "{name}. Enter another extension, or press pound to send it.",
    "no-such-recipient": "I'm sorry, there is no mailbox with this extension.",
    "recipients-mailbox-full": "The mailbox of {name} is full. It was not sent there.",
    "message-sent": Plural("count", "Your message was sent.", "Your message was sent to {count} mailboxes."),
    "message-not-sent": "Nothing was sent.",
    "days-until-deleted": (
        "After how many days should it be deleted, if it was not heard until then? Enter the number, then press pound. "
        "To have it kept, just press pound."
    ),
}
