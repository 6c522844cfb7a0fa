"""What is said in Russian of messages and lost callers, by calls and in mailboxes."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural

NOTICES: Final[dict[str, CatalogueEntry]] = {
    # Callers who got nobody
    "lost-callers-none": "Все, кто звонил, с кем-нибудь поговорили.",
    "lost-callers": Plural(
        "count",
        one="Звонил и никого не застал {count} человек.",
        few="Звонили и никого не застали {count} человека.",
        many="Звонили и никого не застали {count} человек.",
    ),
    "lost-callers-besides": Plural(
        "count",
        one="И ещё {count} человек звонил и не оставил сообщения.",
        few="И ещё {count} человека звонили и не оставили сообщения.",
        many="И ещё {count} человек звонили и не оставили сообщения.",
    ),
    "new-faxes-besides": Plural(
        "count",
        one="И есть {count} новый факс.",
        few="И есть {count} новых факса.",
        many="И есть {count} новых факсов.",
    ),
    "lost-caller-number": "Был звонок с номера {number} {when}.",
    "lost-caller-private": "Был звонок со скрытого номера {when}.",
    "lost-caller-unknown": "Был звонок с неизвестного номера {when}.",
    "lost-caller-often": Plural(
        "count",
        one="Всего {count} звонок.",
        few="Всего {count} звонка.",
        many="Всего {count} звонков.",
    ),
    "lost-caller-asks": "Просят перезвонить.",
    "lost-caller-menu": (
        "Чтобы перезвонить, нажмите 1. Если это уже сделано, нажмите 2. Чтобы перейти к следующему, нажмите 3."
    ),
    "lost-caller-menu-no-number": "Если это уже сделано, нажмите 2. Чтобы перейти к следующему, нажмите 3.",
    "lost-caller-done": "Сделано.",
    "lost-callers-no-more": "Это были все.",
    # The call about a message
    "message-call": "Здравствуйте. Это голосовая почта. Абонент: {name}. Есть новое сообщение.",
    "web-wish": "Здравствуйте. Это {name}. На нашем сайте вы попросили вам "
    "позвонить. Чтобы поговорить с нами, нажмите 1.",
}
