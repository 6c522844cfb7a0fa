"""What is said in Spanish of messages and lost callers, by calls and in mailboxes."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural

NOTICES: Final[dict[str, CatalogueEntry]] = {
    # Callers who got nobody
    "lost-callers-none": "Todos los que llamaron han hablado con alguien.",
    "lost-callers": Plural(
        "count",
        one="Una persona llamó sin hablar con nadie.",
        other="{count:feminine} personas llamaron sin hablar con nadie.",
    ),
    "lost-callers-besides": Plural(
        "count",
        one="Y una persona llamó sin dejar mensaje.",
        other="Y {count:feminine} personas llamaron sin dejar mensaje.",
    ),
    "new-faxes-besides": Plural(
        "count",
        one="Y hay un fax nuevo.",
        other="Y hay {count} faxes nuevos.",
    ),
    "lost-caller-number": "El {number} llamó {when}.",
    "lost-caller-private": "Un número privado llamó {when}.",
    "lost-caller-unknown": "Un número desconocido llamó {when}.",
    "lost-caller-often": Plural(
        "count",
        one="Fue una llamada.",
        other="Fueron {count:feminine} llamadas.",
    ),
    "lost-caller-asks": "Pide que le devuelvan la llamada.",
    "lost-caller-menu": "Para devolver la llamada, marque 1. Si ya está hecho, marque 2. Para la siguiente, marque 3.",
    "lost-caller-menu-no-number": "Si ya está hecho, marque 2. Para la siguiente, marque 3.",
    "lost-caller-done": "Hecho.",
    "lost-callers-no-more": "Eso es todo.",
    # The call about a message
    "message-call": "Hola. Este es el buzón de voz de {name}. Hay un mensaje nuevo.",
    "web-wish": "Hola. Le habla {name}. Usted nos pidió en nuestro sitio web que "
    "le llamáramos. Para hablar con nosotros, pulse 1.",
}
