"""What is said in English by the codes that a telephone dials: numbers, pages, wake-up calls, conferences, help."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

FEATURES: Final[dict[str, CatalogueEntry]] = {
    # The number dialled last, and who called
    "nothing-dialled": "No outside number has been dialed on this telephone yet.",
    "nobody-called": "Nobody has called here yet.",
    "last-caller-name": "The last caller was {name}.",
    "last-caller-private": "The last caller kept the number private.",
    "last-caller-unknown": "The number of the last caller is not known.",
    "called-at": "The call came {when}.",
    "call-last-back-menu": "To call back, press 1.",
    "cannot-call-back": "I'm sorry, this caller cannot be called back.",
    # Speed numbers
    "no-speed-number": "No number is stored there.",
    "enter-speed-key": "Please press the digit that your speed number is to have.",
    "enter-speed-number": (
        "Please enter the number as you dial it at the office, then press pound. "
        "To remove a number that is stored there, just press pound."
    ),
    "speed-stored": "Your speed number {key} is now {number}.",
    "speed-removed": "Your speed number {key} is removed.",
    "speed-refused": "I'm sorry, this number cannot be stored.",
    # A busy number or colleague is called again
    "redial-number": "Your telephone will ring as soon as {number} is free. You can hang up now.",
    "redial-name": "Your telephone will ring as soon as {name} is free. You can hang up now.",
    "redial-impossible": "I'm sorry, there is no number that I could try again for you.",
    "redial-ended": "I have stopped trying. Your telephone will not ring for it any more.",
    "redial-none": "I was not trying any number for you.",
    "busy-again": "{name} is on the phone again. I'll keep trying.",
    "redial-gone": "I'm sorry, the other side has just hung up.",
    # The same, to whoever answers outside before the telephone here is lifted
    "hold-for-call": "Hello. Please hold the line, somebody would like to speak with you.",
    "call-not-taken": "I'm sorry, nobody can speak with you right now. Goodbye.",
    # Pages
    "no-such-group": "I'm sorry, there is no group with this number.",
    "page-nobody": "I'm sorry, nobody is listening.",
    # Wake-up calls
    "enter-wake-up-time": (
        "Please enter the time of your wake-up call with four digits. The first two are the hour, from 0 to 23."
    ),
    "wake-up-set": "Your telephone will ring {when}.",
    "wake-up-menu": "To end this wake-up call, press 1. To set another time, press 2.",
    "wake-up-ended": "Your wake-up call is canceled.",
    "wake-up": "Hello. This is your wake-up call for {when}.",
    # Conferences
    "enter-conference": "Please press the digit of your conference.",
    "conference-first": "You are the first one here. Please hold the line until somebody joins you.",
    "conference-alone": "Everybody else has left. Please hold the line, or hang up.",
    "conference-joined": "{name} is here.",
    "conference-full": "I'm sorry, this conference is full.",
    # Whoever answers for the office listens to a call, to those who talk
    "somebody-listens": "Somebody at the office is listening to this call from now on.",
    # Emergency calls, to people in the office
    "emergency-called": "Somebody has called {number} for help. The telephone is {name}.",
    "emergency-place": "It is at {place}.",
    "listen-menu": "To listen to the call, press 1.",
    "listening-in": "You will hear the call now. Nobody hears you.",
    "emergency-over": "That call is over.",
    "no-emergency-call": "There is no emergency call at the moment.",
    "operators-only": "I'm sorry, only an operator can do this.",
    "emergency-test-only": "This is only a test.",
    "emergency-test": "This is a test of emergency calls. Nobody outside is called. Please hold the line.",
    "emergency-test-told": "{name} has been told.",
    "emergency-test-nobody": "Nobody has answered. Please check who is told of emergency calls.",
    # Setting the unit up at its local page
    "spoken-code": "Your code for the local page is {number}.",
    "no-spoken-code": "No code is needed at the moment.",
    "unit-address": "The address of this unit is {first} dot {second} dot {third} dot {fourth}.",
    "unit-name": "It is called {name}.",
    "no-unit-address": "This unit has no address in the network. Please check the cable.",
    "unit-mistakes": "The file on the memory card has mistakes, and is not in use. They are written beside it.",
    "unit-version": "This unit runs version {version}.",
    "update-gone": "The update to version {version} did not stay.",
    "update-no-start": "It did not run.",
    "update-no-call": "It took no call.",
    "update-no-office": "It could not read the settings of the office.",
    "update-interrupted": "The unit was switched off during its trial.",
    "update-asked": "Somebody asked for the version before.",
    "line-found": "Hello. This line reaches your new telephone system. Goodbye.",
    "telephone-found": "Thank you. This telephone is found, you can hang up now.",
}
