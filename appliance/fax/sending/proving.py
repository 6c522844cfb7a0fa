"""The proof of a fax, made when somebody wants it, from its pages and what is known of its calls."""

from __future__ import annotations

from pathlib import Path

from appliance.fax.making.orders import make_proof
from appliance.fax.sending.queued import QueuedFax
from appliance.fax.sending.queuestore import FaxQueueStore
from appliance.fax.sending.wording import paper, proof_words
from appliance.office.model import Office


def prove(store: FaxQueueStore, fax: QueuedFax, into: Path, office: Office) -> None:
    """Write the proof of a fax that is over as PDF. Blocks. Raises CannotBeFaxed and OSError."""
    title, facts = proof_words(office, fax)
    make_proof(store.pages(fax), into, paper=paper(office), language=office.language, title=title, facts=facts)
