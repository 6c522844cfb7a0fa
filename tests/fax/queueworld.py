"""A queue of faxes beside a unit of the example office, with a fax machine outside that does what a test says."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image

from appliance.calls.faxcarriers import FaxCarriers
from appliance.calls.faxing import receive_fax
from appliance.calls.party import Party
from appliance.fax.job import FaxCause, FaxProgress, FaxResult, FaxTold, Sending
from appliance.fax.making.orders import Cover, FileToSend, HeaderLine
from appliance.fax.making.pagewriter import PageWriter
from appliance.fax.making.refusal import CannotBeFaxed
from appliance.fax.making.stamping import stamp
from appliance.fax.sending.handing import FaxIntake
from appliance.fax.sending.queue import FaxQueue
from appliance.fax.sending.queued import FaxState, HandedInBy, QueuedFax
from appliance.fax.sending.queuestore import FaxQueueStore
from appliance.office.faxsending import FaxSending
from appliance.office.model import Office
from appliance.store.disk import Disk
from hw.said import said
from tests.calls.phone import Phone
from tests.calls.world import World, world

NUMBER = "4075550188"
PAGE_SECONDS = 5.0


@dataclass
class Machine:
    """The engine's part: what it sends is only counted. A page takes some seconds."""

    ends: list[FaxResult] = field(default_factory=list)
    """How the next calls end, the next one first; then all are complete."""
    sent: list[tuple[int, int]] = field(default_factory=list)
    """Of each call: the most bit/s, and the pages confirmed in it."""
    cut_off: Callable[[], object] = lambda: None
    """Called behind a call that has lost its line."""

    async def send(self, party: Party, sending: Sending, told: FaxTold) -> FaxResult:
        pages = count_pages(sending.pages)
        result = self.ends.pop(0) if self.ends else FaxResult(FaxCause.COMPLETE, pages, "+1 407 555 0188", "", 14400)
        for page in range(1, result.pages + 1):
            await asyncio.wait([party.leg.gone], timeout=PAGE_SECONDS)
            if party.leg.gone.done():
                self.sent.append((sending.most_bit_rate, page - 1))
                asyncio.get_running_loop().call_soon(self.cut_off)
                return FaxResult(FaxCause.LINE_CUT, page - 1)
            told(FaxProgress(page, "+1 407 555 0188", 14400, True))
        self.sent.append((sending.most_bit_rate, result.pages))
        return result


def with_sending(office: Office, settings: FaxSending) -> Office:
    return replace(office, fax=replace(office.fax, sending=settings))


def stamped(pages: Path, into: Path, *, skip: int, header: HeaderLine) -> int:
    """In this process: to begin another one takes longer than the whole test."""
    return stamp(pages, into, skip, f"{header.when} {header.sender}", header.page_words)


def pages_made(
    files: Sequence[FileToSend], into: Path, *, paper: str, coarse: bool, language: str, cover: Cover | None
) -> int:
    """A page a file and one for a cover, in this process; a file that says `bad` has none."""
    if any(file.path.read_bytes() == b"bad" for file in files):
        raise CannotBeFaxed(said("%(name)s is damaged.", name=files[0].name))
    count = len(files) + (cover is not None)
    into.write_bytes(tiff(count))
    return count


def count_pages(path: Path) -> int:
    with Image.open(path) as file:
        return getattr(file, "n_frames", 1)


class FaxWorld:
    """The unit, and a queue beside it."""

    def __init__(self, here: World, machine: Machine, store: FaxQueueStore, carriers: FaxCarriers) -> None:
        unit = here.appliance
        self.here = here
        self.machine = machine
        self.store = store
        self.carriers = carriers
        self.queue = FaxQueue(store, unit.services, unit.switchboard, unit.engine, carriers, stamped)
        self.intake = FaxIntake(self.queue, unit.services, unit.switchboard, pages_made)

    async def put(self, pages: int = 1, number: str = NUMBER) -> QueuedFax:
        """A fax in the queue whose pages were made before."""
        id = f"fax-{len(self.queue.faxes) + 1}"
        room = self.store.room(id)
        (room / "pages.tif").write_bytes(tiff(pages))
        now = self.here.appliance.now()
        fax = QueuedFax(id, number, "", "offer.pdf", pages, now, now, HandedInBy.COMMAND)
        await self.queue.put(id, [fax])
        return fax

    def stands(self, fax: QueuedFax) -> FaxState:
        found = self.queue.fax(fax.id)
        assert found is not None
        return found.state

    def now(self, fax: QueuedFax) -> QueuedFax:
        found = self.queue.fax(fax.id)
        assert found is not None
        return found

    async def over(self, fax: QueuedFax, within: float = 4000.0) -> QueuedFax:
        """The fax once it is delivered or given up."""
        over = asyncio.Event()
        unsubscribe = self.queue.ended.subscribe(lambda _fax: over.set() if self.now(fax).state.over else None)
        if not self.now(fax).state.over:
            await asyncio.wait_for(over.wait(), within)
        unsubscribe()
        return self.now(fax)

    def machine_outside(self, number: str = NUMBER) -> Phone:
        """A fax machine outside, which lifts by itself."""
        return self.here.subscriber(number, behaviour="fax")


@asynccontextmanager
async def fax_world(
    settings: FaxSending | None = None,
    change: Callable[[Office], Office] = replace,
    ends: Sequence[FaxResult] = (),
    folder: Path | None = None,
    disk: Disk | None = None,
) -> AsyncIterator[FaxWorld]:
    """The example office with a queue beside it. ends: how the first calls end. folder, disk: where the queue is."""

    async with world(change) as here:
        board = here.appliance.switchboard
        board.office = with_sending(board.office, settings or FaxSending())  # The unit itself takes no faxes.
        with tempfile.TemporaryDirectory() as other:
            store = FaxQueueStore((folder or Path(other)) / "queue", (folder or Path(other)) / "over", disk)
            services, machine = here.appliance.services, Machine(list(ends))
            memory = Path(other) / "fax-carriers.sqlite"
            carriers = FaxCarriers(memory, services.clock, services.faults, machine.send, receive_fax)
            beside = FaxWorld(here, machine, store, carriers)
            await beside.queue.start()
            here.appliance.switchboard.on_change = beside.queue.look
            try:
                yield beside
            finally:
                await beside.queue.close()
                await carriers.close()


_TIFFS: dict[int, bytes] = {}


def tiff(pages: int) -> bytes:
    """So many small pages."""
    if pages not in _TIFFS:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "pages.tif"
            with PageWriter(path) as file:
                for _ in range(pages):
                    file.add(Image.new("1", (1728, 200), 255))
            _TIFFS[pages] = path.read_bytes()
    return _TIFFS[pages]
