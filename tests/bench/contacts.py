"""Contacts at ring time, at start, and while a file of them is imported."""

from __future__ import annotations

import asyncio
import io
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from appliance.contacts.book import Contacts
from appliance.contacts.importing import Import
from appliance.office.contact import Blocked, Contact
from appliance.store.calllog import CallLog, CallRecord
from appliance.store.contacts import ContactStore
from hw.callerid.coding import CallerId
from hw.tones.toneplan import tone_plan
from tests.bench.figure import Figure

MANY, MOST = 10_000, 100_000
CALLS = 50_000
TIMES = 5_000
LONGEST_LOOK_UP_MS, LONGEST_LOAD_S, LONGEST_PIECE_MS = 2.0, 2.0, 5.0


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        return [*_at_ring_time(Path(folder)), *_history(Path(folder)), *_import(Path(folder))]


def some_contacts(many: int) -> Iterator[Contact]:
    """So many contacts, one in a hundred of them a pattern."""
    for number in range(many):
        digits = f"{200 + number // 100_000}{number % 100_000:05}*" if number % 100 == 0 else f"407{number:07}"
        yield Contact(digits, f"Person Number {number}", f"Company {number % 500}", "prefers mornings" * (number % 2))


def _at_ring_time(folder: Path) -> list[Figure]:
    store = ContactStore.open(folder / "many.sqlite")
    store.put(some_contacts(MANY))
    for number in range(200):
        store.block(Blocked(f"1900{number:03}*"))
    before = _resident_megabytes()
    began = time.perf_counter()
    contacts = Contacts(store, tone_plan("us").number_forms)
    contacts.load()
    loaded = time.perf_counter() - began
    grown = _resident_megabytes() - before
    source = random.Random(9)
    numbers = [f"+1407{source.randrange(2 * MANY):07}" for _ in range(TIMES)]
    late = []
    for number in numbers:
        began = time.perf_counter()
        contacts.who(number)
        contacts.blocked(CallerId(number))
        late.append(1000 * (time.perf_counter() - began))
    store.close()
    slow = sorted(late)[int(TIMES * 0.99)]
    of = f"{MANY:,} contacts"
    return [
        Figure(f"{of}: who calls, and whether blocked, 99 %", slow, "ms", "<= 2", slow <= LONGEST_LOOK_UP_MS),
        Figure(f"{of}: loaded at start", loaded, "s", "<= 2", loaded <= LONGEST_LOAD_S),
        Figure(f"{of}: memory", grown, "MB"),
    ]


def _history(folder: Path) -> list[Figure]:
    calls = CallLog.open(folder / "calls.sqlite")
    calls.close()
    first = datetime(2026, 1, 1, tzinfo=UTC)
    calls = CallLog.in_memory()
    for number in range(CALLS):
        at = first + timedelta(minutes=number)
        calls.begin(CallRecord(str(number), at, "in", "main", caller_number=f"407{number % 5000:07}", ended=at))
    forms = Contacts(ContactStore.in_memory(), tone_plan("us").number_forms).numbers.written("4070000042")
    began = time.perf_counter()
    for _ in range(100):
        calls.history(forms, first + timedelta(days=365))
    each = 10 * (time.perf_counter() - began)
    calls.close()
    return [Figure(f"{CALLS:,} calls in the log: how often somebody has called", each, "ms", "<= 2", each <= 2)]


def _import(folder: Path) -> list[Figure]:
    """The loop waits for a piece of work no longer than the piece takes: that is measured, whatever else runs here."""
    rows = "".join(f"407{number:07},Person {number},Company {number % 500}\n" for number in range(MOST))
    content = f"number,name,company\n{rows}".encode()
    contacts = Contacts(ContactStore.open(folder / "most.sqlite"), tone_plan("us").number_forms)
    began = time.perf_counter()
    asyncio.run(contacts.take(io.BytesIO(content)))
    seconds = time.perf_counter() - began
    contacts.store.close()
    importing = Import(io.BytesIO(content), contacts.numbers, lambda _number: None, 0)
    pieces = []
    more = True
    while more:
        began = time.thread_time()
        more = importing.piece()
        pieces.append(1000 * (time.thread_time() - began))
    longest = sorted(pieces)[int(len(pieces) * 0.999)]
    of = f"{MOST:,} lines imported"
    return [
        Figure(f"{of}: time", seconds, "s"),
        Figure(f"{of}: a piece of the work, 99.9 %", longest, "ms", "<= 5", longest <= LONGEST_PIECE_MS),
    ]


def _resident_megabytes() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS:")).split()[1]) / 1024
