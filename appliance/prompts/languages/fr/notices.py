"""What is said in French of messages and lost callers, by calls and in mailboxes."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural

NOTICES: Final[dict[str, CatalogueEntry]] = {
    # Callers who got nobody
    "lost-callers-none": "Tous ceux qui ont appelé ont joint quelqu'un.",
    "lost-callers": Plural(
        "count",
        one="{count:feminine} personne a appelé sans joindre quelqu'un.",
        other="{count:feminine} personnes ont appelé sans joindre quelqu'un.",
    ),
    "lost-callers-besides": Plural(
        "count",
        one="Et {count:feminine} personne a appelé sans laisser de message.",
        other="Et {count:feminine} personnes ont appelé sans laisser de message.",
    ),
    "new-faxes-besides": Plural(
        "count",
        one="Et il y a un nouveau fax.",
        other="Et il y a {count} nouveaux fax.",
    ),
    "lost-caller-number": "Le {number} a appelé {when}.",
    "lost-caller-private": "Un numéro masqué a appelé {when}.",
    "lost-caller-unknown": "Un numéro inconnu a appelé {when}.",
    "lost-caller-often": Plural(
        "count",
        one="Il y a eu {count} appel.",
        other="Il y a eu {count} appels.",
    ),
    "lost-caller-asks": "Cette personne souhaite être rappelée.",
    "lost-caller-menu": "Pour rappeler, tapez 1. Si c'est réglé, tapez 2. Pour l'appel suivant, tapez 3.",
    "lost-caller-menu-no-number": "Si c'est réglé, tapez 2. Pour l'appel suivant, tapez 3.",
    "lost-caller-done": "C'est noté.",
    "lost-callers-no-more": "C'était tout.",
    # The call about a message
    "message-call": "Bonjour. Cet appel vient de la messagerie vocale, pour {name}. Il y a un nouveau message.",
    "web-wish": "Bonjour. Ici {name}. Vous nous avez demandé sur notre site de "
    "vous appeler. Pour nous parler, appuyez sur 1.",
}
