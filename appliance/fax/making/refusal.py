"""Why something cannot be made pages of, for whoever wanted it sent, with what to do about it."""

from __future__ import annotations

from hw.said import Said, said


class CannotBeFaxed(ValueError):
    """No pages are made of it. why: a whole sentence for people, or two."""

    def __init__(self, why: Said) -> None:
        super().__init__(why)
        self.why = why

    def __reduce__(self) -> tuple[type[CannotBeFaxed], tuple[Said]]:
        return type(self), (self.why,)


def takes_too_much(name: str) -> CannotBeFaxed:
    """It was stopped at a limit of time or memory."""
    return CannotBeFaxed(
        said(
            "%(name)s takes more time or memory than a file of its kind should, and is not sent. Print it, scan it, and"
            " send that.",
            name=name,
        )
    )


def broken(name: str) -> CannotBeFaxed:
    """It is not what it seems to be, or is damaged."""
    return CannotBeFaxed(said("%(name)s is damaged and cannot be read. Save it anew, and send that.", name=name))


def too_many(name: str, pages: int, most: int) -> CannotBeFaxed:
    return CannotBeFaxed(
        said(
            "%(name)s has %(pages)s pages; a fax may have %(most)s. Send it in parts.",
            name=name,
            pages=pages,
            most=most,
        )
    )
