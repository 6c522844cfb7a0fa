"""`copperdesk card`: what can be dialled on a telephone of the office, to read here or to print on one page."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from appliance.card.content import card_of
from appliance.card.layout import paper
from appliance.card.text import as_text
from appliance.control.folder import DataFolder
from appliance.office.document import load_document, parse_office
from appliance.office.languages import LANGUAGES
from appliance.office.model import Office
from appliance.office.problem import OfficeErrors
from appliance.store.documentfile import document_text
from appliance.store.office import OfficeStore
from appliance.wav.target import cannot_write
from hw.sip.profile import profiles
from hw.tones.toneplan import COUNTRIES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--office", type=Path, metavar="FILE", help="the office document (the one in use)")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--pdf", type=Path, metavar="FILE", help="write it to this file, to be printed")
    where.add_argument("--text", action="store_true", help="show it here, as without --pdf")
    parser.add_argument("--language", choices=sorted(LANGUAGES), help="its language (the office's)")


def run(args: argparse.Namespace) -> int:
    if args.pdf is not None and (refused := cannot_write(args.pdf)):
        return _wrong(refused)
    try:
        office = _office(args.office, args.data)
    except UnicodeDecodeError:
        return _wrong(f"{args.office} is not a text file in UTF-8")
    except OfficeErrors as errors:
        print(*errors.problems, sep="\n", file=sys.stderr)
        return _wrong(f"{args.office or 'the office in use'} has mistakes")
    if office is None:
        return _wrong(f"{args.data} holds no office yet; name one with --office FILE, or load one")
    card = card_of(office, args.language or "")
    if args.pdf is None:
        print(as_text(card))
        return 0
    try:
        from appliance.card.pdf import printed
    except ImportError:
        return _wrong("ReportLab, which writes PDF, is not installed; `copperdesk card --text` needs nothing")
    made = printed(card, paper(office.country))
    args.pdf.write_bytes(made.pdf)
    if not made.whole_font:
        print("copperdesk: letters may lack their marks without the package fonts-dejavu-core", file=sys.stderr)
    elif made.unwritten:
        print(f"copperdesk: these letters could not be written: {' '.join(made.unwritten)}", file=sys.stderr)
    print(f"{args.pdf}: {'one page' if made.pages == 1 else f'{made.pages} pages'}")
    return 0


def _office(file: Path | None, data: Path) -> Office | None:
    """OfficeErrors where the document has mistakes; None where none is in use."""
    if file is not None:
        return parse_office(load_document(document_text(file)), COUNTRIES, profiles())
    document = OfficeStore(DataFolder(data).office).load().document
    return None if document is None else parse_office(document, COUNTRIES, profiles())


def _wrong(message: str) -> int:
    print(f"copperdesk: {message}", file=sys.stderr)
    return 1
