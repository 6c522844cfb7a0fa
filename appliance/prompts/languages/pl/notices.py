"""What is said in Polish of messages and lost callers, by calls and in mailboxes."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural

NOTICES: Final[dict[str, CatalogueEntry]] = {
    # Callers who got nobody
    "lost-callers-none": "Każdy, kto dzwonił, z kimś rozmawiał.",
    "lost-callers": Plural(
        "count",
        one="Jedna osoba dzwoniła i nikogo nie zastała.",
        few="{count:feminine} osoby dzwoniły i nikogo nie zastały.",
        many="{count:feminine} osób dzwoniło i nikogo nie zastało.",
    ),
    "lost-callers-besides": Plural(
        "count",
        one="A jedna osoba dzwoniła i nie zostawiła wiadomości.",
        few="A {count:feminine} osoby dzwoniły i nie zostawiły wiadomości.",
        many="A {count:feminine} osób dzwoniło i nie zostawiło wiadomości.",
    ),
    "new-faxes-besides": Plural(
        "count",
        one="I jest jeden nowy faks.",
        few="I są {count} nowe faksy.",
        many="I jest {count} nowych faksów.",
    ),
    "lost-caller-number": "Numer {number} dzwonił {when}.",
    "lost-caller-private": "Numer zastrzeżony dzwonił {when}.",
    "lost-caller-unknown": "Nieznany numer dzwonił {when}.",
    "lost-caller-often": Plural(
        "count",
        one="Było to jedno połączenie.",
        few="Były {count} połączenia.",
        many="Było {count} połączeń.",
    ),
    "lost-caller-asks": "Jest prośba o oddzwonienie.",
    "lost-caller-menu": (
        "Aby oddzwonić, naciśnij 1. Jeśli to załatwione, naciśnij 2. Aby przejść do następnego, naciśnij 3."
    ),
    "lost-caller-menu-no-number": "Jeśli to załatwione, naciśnij 2. Aby przejść do następnego, naciśnij 3.",
    "lost-caller-done": "Załatwione.",
    "lost-callers-no-more": "To już wszyscy.",
    # The call about a message
    "message-call": "Dzień dobry. Tu skrzynka głosowa. Abonent: {name}. Jest nowa wiadomość.",
    "web-wish": "Dzień dobry. Tu {name}. Na naszej stronie internetowej poproszono nas "
    "o telefon. Aby z nami porozmawiać, proszę nacisnąć 1.",
}
