"""Where the calls of a person may be forwarded to."""

from __future__ import annotations

from appliance.office.destination import ToDepartment, ToElsewhere, ToOutside, ToPerson
from appliance.office.model import Office, Person
from appliance.office.numbering import station_destination


def may_forward(office: Office, dialled: str, person: Person) -> bool:
    """Whether calls for the person may go to this number, as a telephone of the office dials it."""
    match station_destination(office, dialled):
        case ToPerson(id):
            return id != person.id
        case ToDepartment() | ToElsewhere():
            return True
        case ToOutside(emergency=emergency):
            return not emergency
        case _:
            return False
