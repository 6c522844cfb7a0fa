"""What is said in Spanish to who leaves a message, and to who records what such callers hear."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

LEAVING: Final[dict[str, CatalogueEntry]] = {
    # In a greeting
    "closed-mailbox": "La oficina está cerrada en este momento. Ha llamado al buzón de voz de {name}.",
    "for-person-press-zero": "Para hablar con {name}, marque 0.",
    "for-call-back-press-nine": "Para que le devolvamos la llamada, marque 9.",
    "dial-another-extension": "Para hablar con otra persona, marque ahora su extensión.",
    # To be called back
    "call-back-at": (
        "Podemos devolverle la llamada al {number}. Si es correcto, marque 1. Para dar otro número, marque 2."
    ),
    "call-back-booked": "Gracias. Le devolveremos la llamada.",
    "call-back-without-number": "Lo sentimos, no hemos recibido ningún número. Por favor, deje un mensaje.",
    "call-back-not-noted": "Lo sentimos, no se pudo anotar. Por favor, deje un mensaje.",
    # After a message
    "review-menu": (
        "Para guardar su mensaje, marque 1. Para escucharlo, marque 2. Para grabarlo de nuevo, marque 3. Para añadir "
        "algo, marque 4. Para marcarlo como urgente, marque 5. Para marcarlo como privado, marque 6. Para cancelarlo, "
        "marque asterisco."
    ),
    "go-on-after-tone": "Por favor, continúe después del tono.",
    "marked-urgent": "Su mensaje está marcado como urgente.",
    "marked-urgent-no-more": "Su mensaje ya no está marcado como urgente.",
    "marked-private": "Su mensaje está marcado como privado.",
    "marked-private-no-more": "Su mensaje ya no está marcado como privado.",
    "message-cancelled": "Su mensaje se ha cancelado. No se ha guardado nada.",
    "message-as-long-as-it-may-be": "Su mensaje ya no puede ser más largo. Se ha guardado.",
    # The greetings of a mailbox
    "greetings-menu": (
        "Para su saludo normal, marque 1. Para el saludo del modo no molestar, marque 2. Para el saludo cuando usted "
        "habla por teléfono, marque 3. Para el saludo con la oficina cerrada, marque 4. Para un saludo temporal, "
        "marque 5. Para su nombre, marque 6. Para volver atrás, marque asterisco."
    ),
    "department-greetings-menu": (
        "Para el saludo normal, marque 1. Para el saludo con la oficina cerrada, marque 4. Para un saludo temporal, "
        "marque 5. Para volver atrás, marque asterisco."
    ),
    "busy-greeting-menu": (
        "Para escuchar el saludo cuando usted habla por teléfono, marque 1. Para grabarlo, marque 2. Para quitarlo, "
        "marque 3. Para volver atrás, marque asterisco."
    ),
    "no-busy-greeting": "No ha grabado ningún saludo para cuando habla por teléfono.",
    "record-busy-greeting-after-tone": (
        "Puede grabar después del tono el saludo para cuando habla por teléfono. Cuando termine, marque la tecla "
        "numeral, o almohadilla."
    ),
    "closed-greeting-menu": (
        "Para escuchar el saludo con la oficina cerrada, marque 1. Para grabarlo, marque 2. Para quitarlo, marque 3. "
        "Para volver atrás, marque asterisco."
    ),
    "no-closed-greeting": "No ha grabado ningún saludo para la oficina cerrada.",
    "record-closed-greeting-after-tone": (
        "Puede grabar después del tono el saludo para la oficina cerrada. Cuando termine, marque la tecla numeral, o "
        "almohadilla."
    ),
    "temporary-greeting-menu": (
        "Para escuchar su saludo temporal, marque 1. Para grabarlo, marque 2. Para terminarlo, marque 3. Para volver "
        "atrás, marque asterisco."
    ),
    "no-temporary-greeting": "Ahora no hay ningún saludo temporal.",
    "record-temporary-greeting-after-tone": (
        "Puede grabar su saludo temporal después del tono. Cuando termine, marque la tecla numeral, o almohadilla."
    ),
    "temporary-greeting-days": (
        "¿Cuántos días lo escucharán quienes llaman, contando hoy? Marque el número. Después marque la tecla numeral, "
        "o almohadilla."
    ),
    "temporary-greeting-until": "Su saludo temporal termina {when}.",
    "temporary-greeting-over": "Su saludo temporal ha terminado. Quienes llaman escuchan de nuevo sus otros saludos.",
}
