"""The directory by name, in an office with as many people as there can be, while a caller presses letters."""

from __future__ import annotations

import statistics
import time

from appliance.office.directory import Directory
from appliance.office.people import MOST_PEOPLE
from tests.bench.figure import Figure
from tests.office.test_directory import office

FIRSTS = ("Мария", "Łukasz", "Jürgen", "Quentin", "An")
LASTS = ("Щербаков", "Zimmermann", "Nguyễn", "Smith", "Müller")
PRESSED = ("764", "946", "648", "742", "685")
LONGEST_MS = 5.0
"""The event loop is kept no longer by anything."""


def figures() -> list[Figure]:
    """How long all keys of one name take together, in ms, the first of them with the making of the directory."""
    people = office(*[f"{FIRSTS[n % 5]} {LASTS[n // 5 % 5]}{'abcde'[n // 25 % 5]}{n}" for n in range(MOST_PEOPLE)])
    took = []
    for letters in PRESSED * 4:
        directory = Directory(people)
        began = time.process_time()
        for count in range(1, len(letters) + 1):
            directory.wait(letters[:count])
        if len(directory.find(letters)) < 20:
            raise AssertionError(f"{letters} finds too few people")
        took.append(1000 * (time.process_time() - began))
    usual = statistics.median(took)
    what = f"directory: all keys of a name, {MOST_PEOPLE} people, median"
    return [Figure(what, usual, "ms", f"<= {LONGEST_MS:.0f}", usual <= LONGEST_MS)]
