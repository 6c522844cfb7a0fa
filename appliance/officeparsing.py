"""The office of a document, worked out in a process of its own, which ends with it.

What checks a document is large: the schema's library takes some 6 MB, and that of public holidays 12 MB, and both are
needed for a moment only. The office itself, which is what the daemon keeps, is small.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from appliance.office.model import Office
from appliance.office.problem import OfficeErrors, Problem


class ParserFailed(RuntimeError):
    """The process ended before it had an answer."""


def office_of(document: object) -> Office:
    """Blocking. Raises OfficeErrors with all mistakes, and ParserFailed.

    A process that has no thread yet is copied, which takes no time; otherwise a new one is begun, as a copy could wait
    for ever for what another thread held.
    """
    answer, told = multiprocessing.Pipe(duplex=False)
    process: BaseProcess
    if threading.active_count() == 1:
        process = multiprocessing.get_context("fork").Process(target=_parse, args=(document, told), daemon=True)
    else:
        process = multiprocessing.get_context("spawn").Process(target=_parse, args=(document, told), daemon=True)
    process.start()
    told.close()
    try:
        found: Office | Sequence[Problem] = answer.recv()
    except EOFError:
        process.join()
        raise ParserFailed(f"the check of the office ended early (exit code {process.exitcode})") from None
    finally:
        answer.close()
    process.join()
    if isinstance(found, Office):
        return found
    raise OfficeErrors(list(found))


def _parse(document: object, told: Connection) -> None:
    """In the process: import what checks a document, and answer."""
    from appliance.office.document import parse_office
    from hw.sip.profile import profiles
    from hw.tones.toneplan import COUNTRIES

    try:
        told.send(parse_office(document, COUNTRIES, profiles()))
    except OfficeErrors as errors:
        told.send(tuple(errors.problems))
