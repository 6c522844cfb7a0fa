"""What is said in Spanish to who hears messages."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural

HEARING: Final[dict[str, CatalogueEntry]] = {
    # Coming into a mailbox
    "try-again-in": (
        "Lo sentimos, ha habido demasiadas claves equivocadas. Por favor, inténtelo de nuevo dentro de {count:seconds}."
    ),
    "urgent-among-them": Plural(
        "count",
        one="Un mensaje es urgente.",
        other="{count:masculine} mensajes son urgentes.",
    ),
    "mailbox-nearly-full": Plural(
        "count",
        one="Su buzón está casi lleno. Queda sitio para un mensaje más.",
        other="Su buzón está casi lleno. Queda sitio para {count:masculine} mensajes más.",
    ),
    "own-mailbox-full": "Su buzón está lleno. Nadie puede dejarle un mensaje hasta que borre alguno.",
    "heard-are-deleted": Plural(
        "count",
        one="Los mensajes escuchados se borran después de un día.",
        other="Los mensajes escuchados se borran después de {count:masculine} días.",
    ),
    # The menu of a mailbox
    "mailbox-menu": (
        "Para escuchar sus mensajes nuevos, marque 1. Para escuchar sus mensajes guardados, marque 2. Para todas las "
        "opciones, marque 0."
    ),
    "choice-greetings": "Para cambiar los saludos, marque 3.",
    "choice-greetings-and-name": "Para cambiar sus saludos o su nombre, marque 3.",
    "choice-do-not-disturb": "Para activar o desactivar el modo no molestar, marque 6.",
    "choice-forwarding": "Para desviar sus llamadas, marque 7.",
    "choice-send": "Para enviar un mensaje a alguien de la oficina, marque 8.",
    "choice-lost-callers": "Para escuchar quién llamó sin dejar mensaje, marque 9.",
    "choice-deleted": "Para escuchar lo que ha borrado en esta llamada, marque la tecla numeral, o almohadilla.",
    "nothing-deleted": "No ha borrado ningún mensaje en esta llamada.",
    # A message
    "urgent-message-number": "Mensaje urgente {count},",
    "deleted-message-number": "Mensaje borrado {count},",
    "forwarded-by": "Reenviado por {name}.",
    "message-is-private": "Este mensaje es privado.",
    "heard-by": "{name} lo escuchó {when}.",
    "heard-by-name": "{name} lo escuchó.",
    "message-ends": "Se borrará {when}.",
    "message-menu": (
        "Para escucharlo de nuevo, marque 1. Para conservarlo, marque 2. Para borrarlo, marque 3. Para más opciones, "
        "marque 0."
    ),
    "deleted-message-menu": (
        "Para escucharlo de nuevo, marque 1. Para recuperarlo, marque 2. Para el siguiente, marque la tecla numeral, o "
        "almohadilla."
    ),
    "message-choices": (
        "Para responder a este mensaje, marque 1. Para reenviarlo, marque 2. Para marcarlo como nuevo, marque 3. Para "
        "conocer las teclas al escuchar, marque 4. Para volver atrás, marque asterisco."
    ),
    "listening-keys": (
        "Mientras escucha, marque 4 para retroceder cinco segundos. Marque 6 para avanzar. Marque 5 para hacer una "
        "pausa. Marque 7 para escuchar más despacio. Marque 9 para escuchar más deprisa. Marque 8 para oír quién lo "
        "dejó y cuándo. Para el mensaje siguiente, marque la tecla numeral, o almohadilla. Para el anterior, marque 1 "
        "y otra vez 1."
    ),
    "paused": "En pausa. Para continuar, marque 5.",
    "marked-new": "Este mensaje vuelve a ser nuevo.",
    "brought-back": "El mensaje se ha recuperado.",
    "deleted-elsewhere": "Otra persona acaba de borrar este mensaje.",
    # Answering a message
    "answer-menu": (
        "Para devolver la llamada, marque 1. Para enviar un mensaje a {name}, marque 2. Para volver atrás, marque "
        "asterisco."
    ),
    "call-back-menu": "Para devolver la llamada, marque 1. Para volver atrás, marque asterisco.",
    "no-number-to-answer": "Este mensaje llegó sin número, por eso no se puede responder.",
    "may-not-call-back": "Lo sentimos, desde aquí no se puede llamar a ese número.",
    # Sending and forwarding a message
    "record-introduction": (
        "Puede grabar una introducción después del tono. Cuando termine, marque la tecla numeral, o almohadilla. Para "
        "reenviar el mensaje sin introducción, solo marque la tecla numeral, o almohadilla."
    ),
    "private-not-forwarded": "Este mensaje es privado, por eso no se puede reenviar.",
    "send-review-menu": (
        "Para enviar su mensaje, marque 1. Para escucharlo, marque 2. Para grabarlo de nuevo, marque 3. Para "
        "cancelarlo, marque asterisco."
    ),
    "enter-recipient": "¿Quién debe recibirlo? Por favor, marque la extensión. Para cancelar, marque asterisco.",
    "everybody-gets-it": "Para todos los de la oficina, marque 0.",
    "recipient-added": "{name}. Marque otra extensión. Para enviar, marque la tecla numeral, o almohadilla.",
    "no-such-recipient": "Lo sentimos, no hay ningún buzón con esa extensión.",
    "recipients-mailbox-full": "El buzón de {name} está lleno. Allí no se ha enviado.",
    "message-sent": Plural(
        "count",
        one="Su mensaje se ha enviado.",
        other="Su mensaje se ha enviado a {count:masculine} buzones.",
    ),
    "message-not-sent": "No se ha enviado nada.",
    "days-until-deleted": (
        "¿Después de cuántos días debe borrarse, si nadie lo ha escuchado? Marque el número. Después marque la tecla "
        "numeral, o almohadilla. Para conservarlo, solo marque la tecla numeral, o almohadilla."
    ),
}
