"""What is said in Spanish to who hears messages."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

HEARING: Final[dict[str, CatalogueEntry]] = {
    "message-menu": "Para escucharlo de nuevo, marque 1. Para conservarlo, marque 2. Para borrarlo, marque 3.",
    "mailbox-menu": (
        "Para escuchar sus mensajes nuevos, marque 1. Para escuchar sus mensajes guardados, marque 2. Para cambiar su "
        "saludo, marque 3. Para grabar su nombre, marque 4. Para cambiar su saludo del modo no molestar, marque 5. "
        "Para activar o desactivar ese modo, marque 6. Para desviar sus llamadas, marque 7."
    ),
}
