"""What is said in Russian to who hears messages."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

HEARING: Final[dict[str, CatalogueEntry]] = {
    "message-menu": (
        "Чтобы прослушать его ещё раз, нажмите 1. Чтобы сохранить его, нажмите 2. Чтобы удалить его, нажмите 3."
    ),
    "mailbox-menu": (
        "Чтобы прослушать новые сообщения, нажмите 1. Чтобы прослушать сохранённые сообщения, нажмите 2. Чтобы "
        "изменить приветствие, нажмите 3. Чтобы записать своё имя, нажмите 4. Чтобы изменить приветствие для режима не "
        "беспокоить, нажмите 5. Чтобы включить или выключить этот режим, нажмите 6. Чтобы переадресовать звонки, "
        "нажмите 7."
    ),
}
