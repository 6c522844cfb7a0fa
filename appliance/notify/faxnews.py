"""New faxes are told by mail and to programs, and printed, as far as that is wanted: each once, whatever happens.

That a fax was told stands in its own sheet. Letters and printouts are on the disk before it does, and have a key by
which the same one is not kept twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

from appliance.calls.faxroom import FaxGone, FaxRoom, ReceivedFax, SeenBy
from appliance.calls.letters import Letter, LetterKind
from appliance.clock import off_loop
from appliance.faultlog import kind_and_place
from appliance.fax.pages.converting import PageConverter, PagesUnusable
from appliance.fax.pages.order import PageOrder
from appliance.fax.pages.printing import FaxPrinting, Printout
from appliance.notify.postoffice import PostOffice
from appliance.office.fax import OFFICE_BOX
from appliance.office.faxbox import box_name, boxes, fax_title, printed_on
from appliance.office.model import Office
from appliance.store.disk import second_name
from appliance.store.listing import number_of

log = logging.getLogger(__name__)


class FaxNews:
    """Tells of new faxes. folder: for PDF files while they are put into letters."""

    def __init__(
        self,
        post: PostOffice,
        faxes: FaxRoom,
        converter: PageConverter,
        printing: FaxPrinting,
        office: Callable[[], Office],
        folder: Path,
    ) -> None:
        self._post = post
        self._faxes = faxes
        self._converter = converter
        self._printing = printing
        self._office = office
        self._folder = folder
        self._pending: dict[str, set[str]] = {}
        """By box, the ids of faxes that are not told yet, whether somebody has seen them meanwhile or not."""
        self._again = False
        self._looking: asyncio.Task[None] | None = None

    def look(self) -> None:
        """Something in the boxes may have changed."""
        self._again = True
        if self._looking is None:
            self._looking = asyncio.get_running_loop().create_task(self._look(), name="looks for new faxes")

    async def close(self) -> None:
        """Tell of nothing more. What was begun is told after the next start."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)

    async def _look(self) -> None:
        try:
            while self._again:
                self._again = False
                for box in boxes(self._office()):
                    if self._faxes.counts(box).new or self._pending.get(box):
                        await self._look_into(box)
        finally:
            self._looking = None

    async def _look_into(self, box: str) -> None:
        pending = self._pending.setdefault(box, set())
        pending |= set((await self._faxes.ids(box)).new)
        for id in sorted(pending, key=number_of):
            try:
                fax = await self._faxes.fax(box, id)
                if fax.sheet.told or fax.deleted or await self._told(fax):
                    pending.discard(id)
            except FaxGone:
                pending.discard(id)
            except OSError as error:  # Such as that somebody has just seen it, so that it stands elsewhere now.
                log.error("a new fax was not told: %s", kind_and_place(error))

    async def _told(self, fax: ReceivedFax) -> bool:
        """Put letters into the post office, and have it printed. False where the disk kept nothing."""
        office = self._office()
        pages = self._folder / f"{fax.mailbox}-{fax.id}.tif"
        await off_loop(second_name, fax.path, pages)
        try:
            if not await self._written(fax, pages, office):
                return False
            await self._print(fax, pages, office)
            await self._faxes.note_told(fax)
        finally:
            await off_loop(_remove, pages)
        return True

    async def _written(self, fax: ReceivedFax, pages: Path, office: Office) -> bool:
        """Put the letters into the post office, with the pages as far as that is wanted."""
        whole = list(letters(fax, office))
        attached = attaches(office, fax.mailbox) and any(letter.address for letter in whole)
        pdf = await self._pdf(fax, pages, office) if attached and office.notifying.mail.host else None
        try:
            for letter in whole:
                if not await self._post.keep(_with(letter, pdf)):
                    return False
                if pdf is not None and letter.address:
                    await self._faxes.note_opened(fax, letter.address, SeenBy.MAIL)
        finally:
            if pdf is not None:
                await off_loop(_remove, pdf)
        return True

    async def _pdf(self, fax: ReceivedFax, pages: Path, office: Office) -> Path | None:
        """The pages as a PDF file; None where they cannot be read, so that mail goes without them."""
        pdf = pages.with_suffix(".pdf")
        try:
            await self._converter.convert(
                PageOrder(
                    pages,
                    pdf=pdf,
                    title=fax_title(fax.sheet.received),
                    paper=printed_on(office),
                    languages=office.languages,
                )
            )
        except PagesUnusable as error:
            log.error("no PDF was made of a fax: %s", kind_and_place(error))
            return None
        return pdf

    async def _print(self, fax: ReceivedFax, pages: Path, office: Office) -> None:
        printer = office.fax.printer if fax.mailbox == OFFICE_BOX else office.fax.box(fax.mailbox).printer
        if not printer:
            return
        id = f"{fax.mailbox.removeprefix('@')}-{fax.id}"
        try:
            await self._printing.put(pages, Printout(id, printer, fax_title(fax.sheet.received), printed_on(office)))
        except PagesUnusable as error:
            log.error("a fax was not printed: %s", kind_and_place(error))
            return
        await self._faxes.note_opened(fax, printer, SeenBy.PRINT)


def letters(fax: ReceivedFax, office: Office) -> Iterator[Letter]:
    """To the person, to each member of the department, or to the addresses of the office; and to programs."""
    sheet = fax.sheet
    facts = {
        "key": f"fax {fax.mailbox} {fax.id}@{sheet.received.isoformat()}",
        "number": sheet.number,
        "caller_name": sheet.name,
        "identity": sheet.identity,
        "when": sheet.received.isoformat(),
        "pages": str(sheet.pages),
        "mailbox": box_name(office, fax.mailbox),
        "incomplete": "" if sheet.complete else "yes",
        "cause": sheet.cause,
    }
    if fax.mailbox == OFFICE_BOX:
        for address in office.fax.mail:
            yield Letter(LetterKind.NEW_FAX, "", facts, address=address)
        if not office.fax.mail:  # Programs are told of every fax.
            yield Letter(LetterKind.NEW_FAX, "", facts)
        return
    department = office.department(fax.mailbox)
    own = [one.person for one in department.members if one.person] if department is not None else [fax.mailbox]
    for id in own:
        person = office.person(id)
        address = person.notify.mail if person is not None and office.fax.box(fax.mailbox).mail else ""
        yield Letter(LetterKind.NEW_FAX, id if address else "", facts, address=address)


def attaches(office: Office, box: str) -> bool:
    """Whether the pages of the faxes in this box go with the mail."""
    return office.fax.attach if box == OFFICE_BOX else office.fax.box(box).attach


def _with(letter: Letter, pdf: Path | None) -> Letter:
    return Letter(letter.kind, letter.person, letter.facts, pdf, letter.waits, letter.address)


def _remove(file: Path) -> None:
    file.unlink(missing_ok=True)
