"""What the library's completion codes (T30_ERR_ of spandsp/t30.h) say about why a fax ended."""

from __future__ import annotations

from appliance.fax.job import FaxCause

_SENDING = {
    FaxCause.COMPLETE: (0,),
    FaxCause.NOT_A_FAX: (1, 2, 3, 19),
    FaxCause.TRAINING: (6, 14, 20),
    FaxCause.INCOMPATIBLE: (8, 9, 10, 11, 12, *range(50, 62)),
    FaxCause.SILENT: (21, 22, 48),
    FaxCause.BAD_PAGES: (41, 42, 43, 44, 45, 46),
    FaxCause.ENGINE: (47,),
    FaxCause.LINE_CUT: (49,),
}
_RECEIVING = {
    FaxCause.COMPLETE: (0,),
    FaxCause.NOT_A_FAX: (1, 2, 3),
    FaxCause.TRAINING: (6,),
    FaxCause.INCOMPATIBLE: (8, 9, 10, 11, 12, *range(50, 62)),
    FaxCause.SILENT: (26, 27, 28, 29, 30, 31, 32, 33, 34, 48),
    FaxCause.STORAGE: (41, 42, 43, 44, 45, 46),
    FaxCause.ENGINE: (47,),
    FaxCause.LINE_CUT: (49,),
}


def cause_of(code: int, *, sending: bool) -> FaxCause:
    """Why it ended. What is not listed above is a far end that ended it, or broke the rules."""
    table = _SENDING if sending else _RECEIVING
    return next((cause for cause, codes in table.items() if code in codes), FaxCause.FAR_END)
