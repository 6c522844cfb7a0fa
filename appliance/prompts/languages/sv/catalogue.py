"""What the system says in Swedish. Everybody is addressed with "du", as Swedish telephone systems do."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural
from appliance.prompts.languages.sv.dialling import DIALLING
from appliance.prompts.languages.sv.features import FEATURES
from appliance.prompts.languages.sv.hearing import HEARING
from appliance.prompts.languages.sv.leaving import LEAVING
from appliance.prompts.languages.sv.notices import NOTICES
from appliance.prompts.languages.sv.telephone import TELEPHONE

CATALOGUE: Final[dict[str, CatalogueEntry]] = {
    # The attendant
    "builtin-greeting": "Tack för att du ringer. Vänta kvar, så letar vi upp någon som kan hjälpa dig.",
    "dial-extension-any-time": "Om du vet anknytningen kan du slå den när som helst.",
    "for-operator": "För växeln, tryck 0.",
    "did-not-hear": "Tyvärr uppfattade vi inget val.",
    "not-valid": "Det valet finns tyvärr inte.",
    "connecting-operator": "Du kopplas nu till växeln.",
    "one-moment": "Ett ögonblick, tack.",
    "line-test-hang-up": "Tack för att du ringer linjetestet. Lägg på nu.",
    "line-test-stay": "Tack. Stanna kvar på linjen. Det blir tyst en stund, och du kan höra toner.",
    "line-test-thanks": "Linjetestet är klart. Tack och hej då.",
    "system-fault": "Vi har tyvärr ett fel på våra telefoner. Ring gärna igen om några minuter.",
    "goodbye": "Hej då.",
    "thank-you-goodbye": "Tack för att du ringde. Hej då.",
    "no-line-free": "Alla våra linjer är tyvärr upptagna. Försök gärna igen om några minuter.",
    # Information, hours, fax
    "information-menu": "För att höra det igen, tryck 1. För att gå tillbaka, tryck stjärna.",
    "closed-now": "Vi har stängt just nu.",
    "away-for-a-break": "Vi tar en kort paus.",
    "closed-for-a-holiday": "Vi har stängt i dag på grund av helgdag.",
    "no-fax": "Tyvärr kan vi inte ta emot fax på den här linjen.",
    "fax-is-coming": "Ett fax är på väg in. Du kan lägga på.",
    # Night mode
    "managers-only": "Tyvärr kan bara en chef ändra det här.",
    "night-mode-automatic": "Kontoret öppnas och stängs enligt öppettiderna.",
    "night-mode-closed": "Kontoret är stängt tills du öppnar det igen.",
    "night-mode-open": "Kontoret är öppet tills du stänger det igen.",
    "night-mode-menu": (
        "För att stänga kontoret, tryck 1. För att öppna det, tryck 2. För att låta öppettiderna styra, tryck 3."
    ),
    "not-changed": "Det gick tyvärr inte att spara. Ingenting har ändrats.",
    # Recording what callers hear
    "enter-prompt-number": "Slå numret på meddelandet, och tryck sedan fyrkant.",
    "no-such-prompt": "Det finns inget meddelande med det numret.",
    "nothing-recorded": "Ingenting har spelats in ännu.",
    "prompt-menu": (
        "För att höra det igen, tryck 1. För att spela in det, tryck 2. För att återställa den förra versionen, tryck "
        "3. För ett annat meddelande, tryck stjärna."
    ),
    "record-prompt-after-tone": "Tala efter tonen. Tryck fyrkant när du är klar.",
    "prompt-review-menu": (
        "För att behålla inspelningen, tryck 1. För att lyssna på den, tryck 2. För att spela in den på nytt, tryck 3."
    ),
    "prompt-saved": "Din inspelning har sparats.",
    "prompt-too-short": "Inspelningen blev för kort för att sparas.",
    "no-version-before": "Det finns ingen tidigare version.",
    "version-before-is-back": "Den förra versionen är tillbaka. Det är den som hörs nu.",
    # The announcement that overrides all
    "announcement-on": "Meddelandet är på. Alla som ringer hör det först.",
    "announcement-off": "Meddelandet är av.",
    "announcement-menu": (
        "För att slå på det, tryck 1. För att stänga av det, tryck 2. För att höra det, tryck 3. För att spela in det, "
        "tryck 4. För att återställa den förra versionen, tryck 5."
    ),
    # Callers known and unwanted
    "call-refused": "Tyvärr tar det här numret inte emot ditt samtal.",
    "challenge": "Tryck {key} för att bli kopplad.",
    "enter-your-number": "Slå ditt telefonnummer med riktnummer, och tryck sedan fyrkant.",
    "no-last-caller": "Det finns inget tidigare samtal med nummer.",
    "last-caller": "Det senaste samtalet kom från {number}.",
    "block-menu": "För att spärra numret, tryck 1. För att låta det vara, tryck stjärna.",
    "caller-blocked": "Numret är nu spärrat.",
    # The directory
    "directory-spell": (
        "Bokstavera efternamnet på telefonens knappar, och sedan förnamnet. Tre bokstäver räcker ofta. För att gå "
        "tillbaka, tryck stjärna."
    ),
    "directory-several": "Det finns flera personer. Fortsätt att bokstavera.",
    "directory-nobody": "Tyvärr hittade vi ingen med det namnet.",
    "directory-choice": "Tryck {key} för {name}, anknytning {extension}.",
    # The same around a name in the person's own voice:
    "directory-choice-before": "Tryck {key} för",
    "directory-choice-behind": "anknytning {extension}.",
    "directory-more": "För fler namn, tryck 9.",
    "directory-another": "För att bokstavera ett annat namn, tryck stjärna.",
    # Reaching a person
    "not-available": "{name} kan inte svara just nu.",
    "on-the-phone": "{name} sitter i telefon.",
    "nobody-available": "Tyvärr kan ingen ta emot ditt samtal just nu.",
    "connecting-operator-again": "{name} svarade inte. Du kopplas nu till växeln igen.",
    # What a caller hears who waits while somebody is looked for
    "still-trying": "Vi försöker fortfarande nå {name}.",
    "still-looking": "Tack för att du väntar. {name} har inte svarat än, men vi fortsätter att försöka.",
    "still-nobody": "Ingen har svarat än, men vi fortsätter att försöka.",
    "while-waiting": "För att lämna ett meddelande, tryck fyrkant. För växeln, tryck 0.",
    "while-waiting-for-operator": "För att lämna ett meddelande, tryck fyrkant.",
    "is-coming": "{name} är strax hos dig. Vänta gärna kvar.",
    "say-your-name": "Säg ditt namn efter tonen.",
    "trying-to-connect": "Tack. Vänta kvar, så försöker vi koppla dig.",
    "line-will-be-silent": "Nu kan det bli tyst en liten stund.",
    "back-again": "Tack för att du väntade.",
    # Whoever is called outside is told who calls, and presses a key
    "call-for": "Samtal till {company}.",
    "call-for-from": "Samtal till {company} från {name}.",
    "call-for-from-number": "Samtal till {company} från {number}.",
    # The same in front of a name in the caller's own voice:
    "call-for-from-before": "Samtal till {company} från",
    "screening-accept": "För att ta samtalet, tryck 1.",
    "screening-menu": (
        "För att ta samtalet, tryck 1. För att skicka det till din röstbrevlåda, tryck 2. För att höra det här igen, "
        "tryck 3. För att avvisa samtalet och spärra den som ringer, tryck 4. Om du behöver en stund på dig, tryck 5."
    ),
    "caller-waits": "Den som ringer väntar på dig. För att ta samtalet, tryck 1.",
    "sent-to-voicemail": "Samtalet går till din röstbrevlåda. Hej då.",
    "caller-turned-away": "Samtalet har avvisats. Hej då.",
    "call-taken": "Någon annan har redan tagit samtalet. Hej då.",
    "caller-has-left": "Den som ringde har lagt på. Hej då.",
    # Not to be disturbed
    "cannot-take-calls": "{name} tar inte emot samtal just nu.",
    "for-help-dial": "Om du behöver hjälp, slå anknytning {extension}.",
    "do-not-disturb-on": "Stör ej är på. De som ringer hör din hälsning för stör ej.",
    "do-not-disturb-until": "Din telefon ringer igen {when}.",
    "do-not-disturb-off": "Stör ej är av. De som ringer hör din vanliga hälsning.",
    "do-not-disturb-hours": (
        "För att stör ej ska sluta av sig självt, slå antalet timmar. För att ha det på tills du stänger av det, tryck "
        "fyrkant."
    ),
    # Forwarding
    "enter-forward-number": (
        "Slå numret att vidarekoppla till, precis som på kontoret, och tryck sedan fyrkant. För din mobiltelefon, "
        "tryck stjärna."
    ),
    "forward-menu": (
        "För att vidarekoppla alla samtal, tryck 1. För att vidarekoppla samtal som du inte svarar på, tryck 2. För "
        "att vidarekoppla samtal medan du sitter i telefon, tryck 3. För att båda telefonerna ska ringa, tryck 4."
    ),
    "forwarded-to": "Dina samtal vidarekopplas nu till {number}.",
    "forwarded-no-more": "Dina samtal vidarekopplas inte längre.",
    "forward-refused": "Tyvärr går det inte att vidarekoppla samtal till det numret.",
    # Being at the office, and departments
    "you-are-here": "Välkommen. Du är nu inloggad på kontoret.",
    "you-are-away": "Du är nu utloggad från kontoret.",
    "member-of-none": "Du är inte med i någon avdelning.",
    "member-in": "Du är inloggad på avdelningen {name}. Samtalen dit ringer hos dig.",
    "member-out": "Du är utloggad från avdelningen {name}. Samtalen dit ringer inte hos dig.",
    "member-menu": "För att ändra det, tryck 1. För att låta det vara, tryck fyrkant.",
    # Leaving a message
    "greeting-default": "Du har kommit till röstbrevlådan för {name}.",
    "greeting-default-general": "Du har kommit till vår gemensamma röstbrevlåda.",
    "leave-message": (
        "Lämna ett meddelande efter tonen. När du är klar kan du lägga på, eller trycka fyrkant för fler val."
    ),
    "mailbox-full": "Röstbrevlådan är tyvärr full och kan inte ta emot fler meddelanden.",
    "message-saved": "Meddelandet har sparats.",
    "message-too-short": "Det blev för kort för att sparas. Tala in meddelandet efter tonen.",
    "message-not-recorded": "Tyvärr spelades ingenting in.",
    "recording-stopped-disk-full": "Tyvärr finns det inte plats för mer. Det du har sagt hittills har sparats.",
    # Coming into a mailbox
    "enter-mailbox": "Slå din anknytning.",
    "enter-pin": "Slå din pinkod.",
    "wrong-pin": "Pinkoden är tyvärr fel.",
    # Hearing messages
    "you-have-no-messages": "Du har inga meddelanden.",
    "you-have-new": Plural("count", one="Du har ett nytt meddelande.", other="Du har {count} nya meddelanden."),
    "you-have-saved": Plural("count", one="Du har ett sparat meddelande.", other="Du har {count} sparade meddelanden."),
    "you-have-new-and-saved": (
        "Du har ",
        Plural("new", one="ett nytt", other="{new} nya"),
        " och ",
        Plural("saved", one="ett sparat meddelande.", other="{saved} sparade meddelanden."),
    ),
    "message-number": "Meddelande {count},",
    "from-number": "från {number}.",
    "from-unknown": "från okänt nummer.",
    "from-private": "från skyddat nummer.",
    "received": "Mottaget {when}.",
    "message-length": "Längden är {count:seconds}.",
    "message-unreadable": "Det här meddelandet kan tyvärr inte spelas upp.",
    "message-written": "Det här meddelandet har skrivits ner åt dig. Läs det på kontorets webbsida.",
    "kept": "Meddelandet sparas.",
    "deleted": "Meddelandet är raderat.",
    "no-more-messages": "Det finns inga fler meddelanden.",
    # A person's own greeting
    "greeting-menu": (
        "För att höra din hälsning, tryck 1. För att spela in en ny hälsning, tryck 2. För att ta bort hälsningen, "
        "tryck 3. För att gå tillbaka, tryck stjärna."
    ),
    "no-greeting": "Du har inte spelat in någon hälsning. De som ringer hör standardhälsningen.",
    "record-greeting-after-tone": "Tala in din hälsning efter tonen. Tryck fyrkant när du är klar.",
    "greeting-review-menu": (
        "För att behålla hälsningen, tryck 1. För att lyssna på den, tryck 2. För att spela in den på nytt, tryck 3."
    ),
    "greeting-saved": "Hälsningen har sparats.",
    "greeting-removed": "Hälsningen har tagits bort.",
    "greeting-too-short": "Hälsningen blev för kort för att sparas.",
    # A person's greeting for when the person does not want to be disturbed
    "unavailable-menu": (
        "För att höra din hälsning för stör ej, tryck 1. För att spela in den, tryck 2. För att ta bort den, tryck 3. "
        "För att gå tillbaka, tryck stjärna."
    ),
    "no-unavailable": "Du har inte spelat in någon hälsning för stör ej. De som ringer hör standardhälsningen.",
    "record-unavailable-after-tone": "Tala in din hälsning för stör ej efter tonen. Tryck fyrkant när du är klar.",
    # A person's own name, as callers hear it in the directory
    "name-menu": (
        "För att höra ditt namn, tryck 1. För att spela in det, tryck 2. För att ta bort inspelningen, tryck 3. För "
        "att gå tillbaka, tryck stjärna."
    ),
    "no-name": "Du har inte spelat in ditt namn. Jag säger det åt dig.",
    "record-name-after-tone": "Säg ditt för- och efternamn efter tonen, och tryck sedan fyrkant.",
    "name-review-menu": (
        "För att behålla namnet, tryck 1. För att lyssna på det, tryck 2. För att spela in det på nytt, tryck 3."
    ),
    "name-saved": "Ditt namn har sparats.",
    "name-removed": "Din inspelning har tagits bort.",
    "name-too-short": "Tyvärr hörde jag inget namn.",
    "name-too-long": "Det blev för långt. Säg bara ditt namn.",
    **TELEPHONE,
    **FEATURES,
    **DIALLING,
    **LEAVING,
    **HEARING,
    **NOTICES,
}
