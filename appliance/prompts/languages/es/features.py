"""What is said in Spanish by the codes that a telephone dials: numbers, pages, wake-up calls, conferences, help."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

FEATURES: Final[dict[str, CatalogueEntry]] = {
    # The number dialled last, and who called
    "nothing-dialled": "Desde este teléfono todavía no se ha marcado ningún número exterior.",
    "nobody-called": "Aquí todavía no ha llamado nadie.",
    "last-caller-name": "La última llamada fue de {name}.",
    "last-caller-private": "La última llamada fue de un número privado.",
    "last-caller-unknown": "El número de la última llamada no se conoce.",
    "called-at": "La llamada llegó {when}.",
    "call-last-back-menu": "Para devolver la llamada, marque 1.",
    "cannot-call-back": "Lo sentimos, esta llamada no se puede devolver.",
    # Speed numbers
    "no-speed-number": "Ahí no hay ningún número guardado.",
    "enter-speed-key": "Por favor, marque la cifra que tendrá su marcación rápida.",
    "enter-speed-number": (
        "Por favor, marque el número igual que en la oficina. Después marque la tecla numeral, o almohadilla. Para "
        "quitar un número guardado, solo marque la tecla numeral, o almohadilla."
    ),
    "speed-stored": "Su marcación rápida {key} es ahora el {number}.",
    "speed-removed": "Su marcación rápida {key} se ha quitado.",
    "speed-refused": "Lo sentimos, este número no se puede guardar.",
    # A busy number or colleague is called again
    "redial-number": "Su teléfono sonará en cuanto el {number} quede libre. Ya puede colgar.",
    "redial-name": "Su teléfono sonará en cuanto {name} deje de hablar. Ya puede colgar.",
    "redial-impossible": "Lo siento, no hay ningún número que pueda intentar de nuevo.",
    "redial-ended": "He dejado de intentarlo. Su teléfono ya no sonará por eso.",
    "redial-none": "No estaba intentando ningún número para usted.",
    "busy-again": "{name} está hablando de nuevo. Sigo intentándolo.",
    "redial-gone": "Lo siento, la otra parte acaba de colgar.",
    # The same, to whoever answers outside before the telephone here is lifted
    "hold-for-call": "Hola. Espere en línea, por favor, alguien desea hablar con usted.",
    "call-not-taken": "Lo sentimos, nadie puede hablar con usted ahora. Adiós.",
    # Pages
    "no-such-group": "Lo sentimos, no hay ningún grupo con ese número.",
    "page-nobody": "Lo sentimos, nadie está escuchando.",
    # Wake-up calls
    "enter-wake-up-time": (
        "Por favor, marque la hora de su llamada de despertador con cuatro cifras. Las dos primeras son la hora, de 0 "
        "a 23."
    ),
    "wake-up-set": "Su teléfono sonará {when}.",
    "wake-up-menu": "Para quitar esta llamada de despertador, marque 1. Para poner otra hora, marque 2.",
    "wake-up-ended": "Su llamada de despertador se ha quitado.",
    "wake-up": "Hola. Esta es su llamada de despertador para {when}.",
    # Conferences
    "enter-conference": "Por favor, marque la cifra de su conferencia.",
    "conference-first": "Usted ha llegado primero. Espere en línea, por favor, hasta que entre alguien.",
    "conference-alone": "Todos los demás se han ido. Espere en línea, por favor, o cuelgue.",
    "conference-joined": "{name} está aquí.",
    "conference-full": "Lo sentimos, esta conferencia está llena.",
    # Whoever answers for the office listens to a call, to those who talk
    "somebody-listens": "A partir de ahora, alguien de la oficina escucha esta llamada.",
    # Emergency calls, to people in the office
    "emergency-called": "Alguien ha pedido ayuda al {number}. El teléfono es {name}.",
    "emergency-place": "El lugar es {place}.",
    "listen-menu": "Para escuchar la llamada, marque 1.",
    "listening-in": "Ahora escuchará la llamada. Nadie le oye a usted.",
    "emergency-over": "Esa llamada ha terminado.",
    "no-emergency-call": "No hay ninguna llamada de emergencia en este momento.",
    "operators-only": "Lo sentimos, solo una operadora puede hacer esto.",
    "emergency-test-only": "Esto es solo una prueba.",
    "emergency-test": (
        "Esto es una prueba de las llamadas de emergencia. No se llama a nadie de fuera. Espere en línea, por favor."
    ),
    "emergency-test-told": "{name} ya lo sabe.",
    "emergency-test-nobody": (
        "No ha contestado nadie. Por favor, compruebe a quién se avisa de las llamadas de emergencia."
    ),
    # Setting the unit up at its local page
    "spoken-code": "Su código para la página local es {number}.",
    "no-spoken-code": "Ahora no se necesita ningún código.",
    "unit-address": "La dirección de este equipo es {first} punto {second} punto {third} punto {fourth}.",
    "unit-name": "Se llama {name}.",
    "no-unit-address": "Este equipo no tiene dirección en la red. Compruebe el cable.",
    "unit-mistakes": "El archivo de la tarjeta de memoria tiene errores y no se usa. Están escritos al lado.",
    "unit-version": "Este equipo usa la versión {version}.",
    "update-gone": "La actualización a la versión {version} no se ha quedado.",
    "update-no-start": "No arrancó.",
    "update-no-call": "No atendió ninguna llamada.",
    "update-no-office": "No pudo leer los ajustes de la oficina.",
    "update-interrupted": "El equipo se reinició durante su prueba.",
    "update-asked": "Alguien pidió la versión anterior.",
    "line-found": "Hola. Esta línea llega a su nueva centralita. Adiós.",
    "telephone-found": "Gracias. Hemos encontrado este teléfono, ya puede colgar.",
}
