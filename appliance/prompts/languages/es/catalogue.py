"""What the system says in Spanish, in words understood on both sides of the ocean. Everybody is addressed with "usted".

The key # is "numeral" in America and "almohadilla" in Spain, so it is called by both names where it is to be pressed.
"""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural
from appliance.prompts.languages.es.dialling import DIALLING
from appliance.prompts.languages.es.features import FEATURES
from appliance.prompts.languages.es.hearing import HEARING
from appliance.prompts.languages.es.leaving import LEAVING
from appliance.prompts.languages.es.notices import NOTICES
from appliance.prompts.languages.es.telephone import TELEPHONE

CATALOGUE: Final[dict[str, CatalogueEntry]] = {
    # The attendant
    "builtin-greeting": "Gracias por llamar. Espere en línea, por favor, mientras buscamos a alguien que le atienda.",
    "dial-extension-any-time": "Si conoce la extensión, puede marcarla en cualquier momento.",
    "for-operator": "Para hablar con la operadora, marque 0.",
    "did-not-hear": "Lo sentimos, no hemos recibido ninguna opción.",
    "not-valid": "Lo sentimos, esa opción no es válida.",
    "connecting-operator": "Le comunicamos con la operadora.",
    "one-moment": "Un momento, por favor.",
    "line-test-hang-up": "Gracias por llamar a la prueba de línea. Cuelgue ahora, por favor.",
    "line-test-stay": "Gracias. No cuelgue, por favor. Habrá silencio un rato, y quizá oiga tonos.",
    "line-test-thanks": "La prueba de línea ha terminado. Gracias y adiós.",
    "system-fault": (
        "Lo sentimos, tenemos un problema con nuestros teléfonos. Por favor, llame de nuevo en unos minutos."
    ),
    "goodbye": "Adiós.",
    "thank-you-goodbye": "Gracias por llamar. Adiós.",
    "no-line-free": "Lo sentimos, todas nuestras líneas están ocupadas. Por favor, inténtelo de nuevo en unos minutos.",
    # Information, hours, fax
    "information-menu": "Para escucharlo de nuevo, marque 1. Para volver atrás, marque asterisco.",
    "closed-now": "Nuestra oficina está cerrada en este momento.",
    "away-for-a-break": "Estamos haciendo una breve pausa.",
    "closed-for-a-holiday": "Nuestra oficina está cerrada por ser día festivo.",
    "no-fax": "Lo sentimos, no podemos recibir un fax en esta línea.",
    "fax-is-coming": "Está llegando un fax. Puede colgar.",
    # Night mode
    "managers-only": "Lo sentimos, solo un encargado puede cambiar esto.",
    "night-mode-automatic": "La oficina se abre y se cierra según su horario.",
    "night-mode-closed": "La oficina está cerrada hasta que usted la abra de nuevo.",
    "night-mode-open": "La oficina está abierta hasta que usted la cierre de nuevo.",
    "night-mode-menu": "Para cerrar la oficina, marque 1. Para abrirla, marque 2. Para seguir el horario, marque 3.",
    "not-changed": "Lo sentimos, no se pudo guardar. No se ha cambiado nada.",
    # Recording what callers hear
    "enter-prompt-number": "Por favor, marque el número del anuncio. Después marque la tecla numeral, o almohadilla.",
    "no-such-prompt": "No hay ningún anuncio con ese número.",
    "nothing-recorded": "Todavía no se ha grabado nada.",
    "prompt-menu": (
        "Para escucharlo de nuevo, marque 1. Para grabarlo, marque 2. Para recuperar la versión anterior, marque 3. "
        "Para otro anuncio, marque asterisco."
    ),
    "record-prompt-after-tone": (
        "Por favor, hable después del tono. Cuando termine, marque la tecla numeral, o almohadilla."
    ),
    "prompt-review-menu": (
        "Para conservar esta grabación, marque 1. Para escucharla, marque 2. Para grabarla de nuevo, marque 3."
    ),
    "prompt-saved": "Su grabación se ha guardado.",
    "prompt-too-short": "Esa grabación fue demasiado corta para guardarla.",
    "no-version-before": "No hay ninguna versión anterior.",
    "version-before-is-back": "Ha vuelto la versión anterior. Es lo que se escucha ahora.",
    # The announcement that overrides all
    "announcement-on": "El aviso está activado. Todos los que llaman lo escuchan primero.",
    "announcement-off": "El aviso está desactivado.",
    "announcement-menu": (
        "Para activarlo, marque 1. Para desactivarlo, marque 2. Para escucharlo, marque 3. Para grabarlo, marque 4. "
        "Para recuperar la versión anterior, marque 5."
    ),
    # Callers known and unwanted
    "call-refused": "Lo sentimos, este número no acepta su llamada.",
    "challenge": "Para comunicarse, por favor marque {key}.",
    "enter-your-number": (
        "Por favor, marque su número de teléfono con el código de área. Después marque la tecla numeral, o almohadilla."
    ),
    "no-last-caller": "No hay ninguna llamada reciente con número.",
    "last-caller": "La última llamada fue del número {number}.",
    "block-menu": "Para bloquear este número, marque 1. Para dejarlo como está, marque asterisco.",
    "caller-blocked": "Este número ha quedado bloqueado.",
    # The directory
    "directory-spell": (
        "Deletree el apellido con las teclas de su teléfono, y después el nombre. A menudo bastan tres letras. Para "
        "volver atrás, marque asterisco."
    ),
    "directory-several": "Hay varias personas. Por favor, siga deletreando.",
    "directory-nobody": "Lo sentimos, no hemos encontrado a nadie con ese nombre.",
    "directory-choice": "Marque {key} para {name}, extensión {extension}.",
    # The same around a name in the person's own voice:
    "directory-choice-before": "Marque {key} para",
    "directory-choice-behind": "extensión {extension}.",
    "directory-more": "Para más nombres, marque 9.",
    "directory-another": "Para deletrear otro nombre, marque asterisco.",
    # Reaching a person
    "not-available": "{name} no puede atenderle ahora.",
    "on-the-phone": "{name} está hablando por teléfono.",
    "nobody-available": "Lo sentimos, nadie puede atender su llamada en este momento.",
    "connecting-operator-again": "{name} no contesta. Le comunicamos de nuevo con la operadora.",
    # What a caller hears who waits while somebody is looked for
    "still-trying": "Seguimos intentando comunicarle con {name}.",
    "still-looking": "Gracias por esperar. {name} todavía no contesta, pero seguimos intentándolo.",
    "still-nobody": "Todavía no contesta nadie, pero seguimos intentándolo.",
    "while-waiting": (
        "Para dejar un mensaje, marque la tecla numeral, o almohadilla. Para hablar con la operadora, marque 0."
    ),
    "while-waiting-for-operator": "Para dejar un mensaje, marque la tecla numeral, o almohadilla.",
    "is-coming": "{name} le atiende enseguida. Espere en línea, por favor.",
    "say-your-name": "Por favor, diga su nombre después del tono.",
    "trying-to-connect": "Gracias. Espere en línea, por favor, mientras intentamos comunicarle.",
    "line-will-be-silent": "Puede haber ahora un momento de silencio.",
    "back-again": "Gracias por esperar.",
    # Whoever is called outside is told who calls, and presses a key
    "call-for": "Hay una llamada para {company}.",
    "call-for-from": "Hay una llamada para {company}, de parte de {name}.",
    "call-for-from-number": "Hay una llamada para {company}, del número {number}.",
    # The same in front of a name in the caller's own voice:
    "call-for-from-before": "Hay una llamada para {company}, de parte de",
    "screening-accept": "Para atender la llamada, marque 1.",
    "screening-menu": (
        "Para atender la llamada, marque 1. Para pasarla a su buzón de voz, marque 2. Para escuchar esto de nuevo, "
        "marque 3. Para rechazar la llamada y bloquear a quien llama, marque 4. Si necesita un momento, marque 5."
    ),
    "caller-waits": "Le están esperando al teléfono. Para atender la llamada, marque 1.",
    "sent-to-voicemail": "La llamada pasa a su buzón de voz. Adiós.",
    "caller-turned-away": "La llamada se ha rechazado. Adiós.",
    "call-taken": "Otra persona ya ha atendido la llamada. Adiós.",
    "caller-has-left": "Quien llamaba ha colgado. Adiós.",
    # Not to be disturbed
    "cannot-take-calls": "{name} no puede atender llamadas en este momento.",
    "for-help-dial": "Si necesita ayuda, por favor marque la extensión {extension}.",
    "do-not-disturb-on": "El modo no molestar está activado. Quienes llaman escuchan su saludo del modo no molestar.",
    "do-not-disturb-until": "Su teléfono volverá a sonar {when}.",
    "do-not-disturb-off": "El modo no molestar está desactivado. Quienes llaman escuchan su saludo normal.",
    "do-not-disturb-hours": (
        "Para que el modo se desactive solo, marque el número de horas. Para mantenerlo hasta que usted lo desactive, "
        "marque la tecla numeral, o almohadilla."
    ),
    # Forwarding
    "enter-forward-number": (
        "Por favor, marque el número al que desea desviar sus llamadas, igual que en la oficina. Después marque la "
        "tecla numeral, o almohadilla. Para su teléfono móvil, marque asterisco."
    ),
    "forward-menu": (
        "Para desviar todas las llamadas, marque 1. Para desviar las que no conteste, marque 2. Para desviar las que "
        "lleguen mientras habla por teléfono, marque 3. Para que suenen los dos teléfonos, marque 4."
    ),
    "forwarded-to": "Sus llamadas se desvían ahora al número {number}.",
    "forwarded-no-more": "Sus llamadas ya no se desvían.",
    "forward-refused": "Lo sentimos, no se pueden desviar llamadas a ese número.",
    # Being at the office, and departments
    "you-are-here": "Hola. Ahora figura como presente en la oficina.",
    "you-are-away": "Ahora figura como ausente de la oficina.",
    "member-of-none": "Usted no pertenece a ningún departamento.",
    "member-in": "Usted recibe las llamadas del departamento {name}.",
    "member-out": "Usted no recibe las llamadas del departamento {name}.",
    "member-menu": "Para cambiarlo, marque 1. Para dejarlo como está, marque la tecla numeral, o almohadilla.",
    # Leaving a message
    "greeting-default": "Ha llamado al buzón de voz de {name}.",
    "greeting-default-general": "Ha llamado a nuestro buzón de voz general.",
    "leave-message": (
        "Por favor, deje un mensaje después del tono. Cuando termine, cuelgue. Para más opciones, marque la tecla "
        "numeral, o almohadilla."
    ),
    "mailbox-full": "Lo sentimos, este buzón está lleno y no puede recibir más mensajes.",
    "message-saved": "Su mensaje se ha guardado.",
    "message-too-short": "Fue demasiado corto para guardarlo. Por favor, deje su mensaje después del tono.",
    "message-not-recorded": "Lo sentimos, no se ha grabado nada.",
    "recording-stopped-disk-full": (
        "Lo sentimos, no queda espacio para grabar. Lo que ha dicho hasta ahora se ha guardado."
    ),
    # Coming into a mailbox
    "enter-mailbox": "Por favor, marque su extensión.",
    "enter-pin": "Por favor, marque su clave.",
    "wrong-pin": "Lo sentimos, esa clave no es correcta.",
    # Hearing messages
    "you-have-no-messages": "No tiene mensajes.",
    "you-have-new": Plural("count", one="Tiene un mensaje nuevo.", other="Tiene {count:masculine} mensajes nuevos."),
    "you-have-saved": Plural(
        "count",
        one="Tiene un mensaje guardado.",
        other="Tiene {count:masculine} mensajes guardados.",
    ),
    "you-have-new-and-saved": (
        "Tiene ",
        Plural("new", one="un mensaje nuevo", other="{new:masculine} mensajes nuevos"),
        " y ",
        Plural("saved", one="un mensaje guardado.", other="{saved:masculine} mensajes guardados."),
    ),
    "message-number": "Mensaje {count},",
    "from-number": "del número {number}.",
    "from-unknown": "de un número desconocido.",
    "from-private": "de un número privado.",
    "received": "Recibido {when}.",
    "message-length": "Dura {count:seconds}.",
    "message-unreadable": "Lo sentimos, este mensaje no se puede reproducir.",
    "message-written": "Este mensaje se ha anotado para usted. Léalo en la página web de la oficina.",
    "kept": "Mensaje conservado.",
    "deleted": "Mensaje borrado.",
    "no-more-messages": "No hay más mensajes.",
    # A person's own greeting
    "greeting-menu": (
        "Para escuchar su saludo, marque 1. Para grabar un saludo nuevo, marque 2. Para quitar su saludo, marque 3. "
        "Para volver atrás, marque asterisco."
    ),
    "no-greeting": "No ha grabado ningún saludo. Quienes llaman escuchan el saludo predeterminado.",
    "record-greeting-after-tone": (
        "Puede grabar su saludo después del tono. Cuando termine, marque la tecla numeral, o almohadilla."
    ),
    "greeting-review-menu": (
        "Para conservar este saludo, marque 1. Para escucharlo, marque 2. Para grabarlo de nuevo, marque 3."
    ),
    "greeting-saved": "Su saludo se ha guardado.",
    "greeting-removed": "Su saludo se ha quitado.",
    "greeting-too-short": "Ese saludo fue demasiado corto para guardarlo.",
    # A person's greeting for when the person does not want to be disturbed
    "unavailable-menu": (
        "Para escuchar su saludo del modo no molestar, marque 1. Para grabarlo, marque 2. Para quitarlo, marque 3. "
        "Para volver atrás, marque asterisco."
    ),
    "no-unavailable": (
        "No ha grabado ningún saludo para el modo no molestar. Quienes llaman escuchan el saludo predeterminado."
    ),
    "record-unavailable-after-tone": (
        "Puede grabar su saludo del modo no molestar después del tono. Cuando termine, marque la tecla numeral, o "
        "almohadilla."
    ),
    # A person's own name, as callers hear it in the directory
    "name-menu": (
        "Para escuchar su nombre, marque 1. Para grabarlo, marque 2. Para quitar su grabación, marque 3. Para volver "
        "atrás, marque asterisco."
    ),
    "no-name": "No ha grabado su nombre. Lo digo yo por usted.",
    "record-name-after-tone": (
        "Por favor, diga su nombre y apellido después del tono, y marque la tecla numeral, o almohadilla."
    ),
    "name-review-menu": (
        "Para conservar este nombre, marque 1. Para escucharlo, marque 2. Para grabarlo de nuevo, marque 3."
    ),
    "name-saved": "Su nombre se ha guardado.",
    "name-removed": "Su grabación se ha quitado.",
    "name-too-short": "Lo siento, no he oído ningún nombre.",
    "name-too-long": "Fue demasiado largo. Por favor, diga solo su nombre.",
    **TELEPHONE,
    **FEATURES,
    **DIALLING,
    **LEAVING,
    **HEARING,
    **NOTICES,
}
