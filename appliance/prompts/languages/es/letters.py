"""What is written in Spanish: the subject and the text of each letter, by its kind.

A blank that a letter has no fact for stays empty, and a line of which nothing but empty blanks would be left is left
out. Words of the fields `when` and `sound` are entries of their own.
"""

from __future__ import annotations

from typing import Final

LETTERS: Final[dict[str, str]] = {
    "message-subject": "Mensaje nuevo de {caller}",
    "message-text": (
        "{name}, tiene un mensaje nuevo.\n\nDe: {caller}\nRecibido: {when}\nDuración: {length}\nBuzón: "
        "{mailbox}\n\n{words}\n{mark}\n{sound}\n\n"
        "Una máquina lo ha puesto por escrito y puede haber oído mal. Está segura al {sure} por ciento:\n{text}"
    ),
    "written-subject": "Mensaje para usted de {caller}",
    "written-text": (
        "{name}, la oficina ha tomado un mensaje para usted.\n\n"
        "De: {caller}\nRecibido: {when}\nBuzón: {mailbox}\n\n{mark}\n\n{words}"
    ),
    "new-fax-subject": "Nuevo fax de {caller}",
    "new-fax-text": (
        "Ha llegado un fax nuevo.\n\n"
        "De: {caller}\nEquipo de fax: {identity}\nRecibido: {when}\nPáginas: {pages}\nPara: {mailbox}"
        "\n\n{incomplete}\n{sound}"
    ),
    "fax-incomplete": "Se ha cortado: pueden faltar páginas.",
    "fax-attached": "El fax va adjunto.",
    "fax-too-large": "El fax es demasiado grande para adjuntarlo. Lo encontrará en la página de la centralita.",
    "fax-not-attached": "Lo encontrará en la página de la centralita.",
    "urgent": "Está marcado como urgente.",
    "private": "Está marcado como privado. Para escucharlo, llame por favor a su buzón.",
    "attached": "El mensaje va adjunto.",
    "too-large": "El mensaje es demasiado largo para adjuntarlo. Para escucharlo, llame por favor a su buzón.",
    "not-attached": "Para escucharlo, llame por favor a su buzón.",
    "unknown-caller": "un número desconocido",
    "private-caller": "un número privado",
    "lost-caller-subject": "Llamada sin hablar con nadie, de {caller}",
    "lost-caller-text": (
        "{name}, alguien llamó y colgó sin hablar con nadie.\n\nDe: {caller}\nLlamó: {when}\nHasta dónde: "
        "{got_to}\n\n{asks}"
    ),
    "asks": "Pide que le devuelvan la llamada.",
    "emergency-subject": "Llamada de emergencia desde {telephone}",
    "emergency-text": (
        "Se está haciendo una llamada de emergencia.\n\nNúmero: {number}\nTeléfono: {telephone}\nLugar: "
        "{place}\nCuándo: {when}"
    ),
    "first-abroad-subject": "Primera llamada nocturna al extranjero",
    "first-abroad-text": (
        "Por primera vez se ha llamado de noche al extranjero. Si nadie de la oficina lo sabe, bloquee el "
        "teléfono.\n\nNúmero: {number}\nTeléfono: {telephone}\nPor: {who}\nCuándo: {when}"
    ),
    "limit-reached-subject": "Se ha alcanzado un límite de llamadas exteriores",
    "limit-reached-text": (
        "Por ahora no se hacen más llamadas exteriores. Las llamadas de emergencia siempre salen.\n\nLímite: "
        "{limit}\nTeléfono: {telephone}\nPor: {who}\nCuándo: {when}"
    ),
    "fault-subject": "Copperdesk: algo va mal",
    "fault-text": "La centralita telefónica de {office} avisa de un fallo.\n\nFallo: {fault}\nCuándo: {when}",
    "password-reset-subject": "Se ha puesto una contraseña nueva",
    "password-reset-text": (
        "Se ha puesto una contraseña nueva para la página de la centralita telefónica de {office}, "
        "con un código de uno de sus teléfonos y la etiqueta del aparato. Si no lo ha hecho nadie de "
        "la oficina, avise enseguida a quien se ocupa de la centralita.\n"
        "\n"
        "Cuenta: {account}\n"
        "Cuándo: {when}"
    ),
    "test-subject": "Copperdesk: una prueba",
    "test-text": "Si puede leer esto, los correos de la centralita telefónica de {office} llegan.",
    "fax-sent-subject": "Su fax al {number} se ha entregado",
    "fax-sent-text": (
        "El fax se ha entregado: la otra máquina ha confirmado todas las páginas.\n\n"
        "Para: {to}\nNúmero: {number}\nQué: {what}\nPáginas: {pages}\nCuándo: {when}\nMotivo: {reason}\n\n{proof}"
    ),
    "fax-not-sent-subject": "Su fax al {number} no se ha entregado",
    "fax-not-sent-text": (
        "Ya no se intenta enviar el fax.\n\n"
        "Para: {to}\nNúmero: {number}\nQué: {what}\nPáginas: {pages}\nCuándo: {when}\nMotivo: {reason}\n\n{proof}"
    ),
    "fax-proof-attached": "Se adjunta el comprobante.",
    "fax-cover": (
        "Fax\n{office}\n\n"
        "Para: {to}\nNúmero de fax: {number}\nDe: {from}\nFecha: {date}\nPáginas, con esta: {pages}\n\n{note}"
    ),
    "fax-page": "página {n} de {m}",
    "fax-delivered": "Fax entregado",
    "fax-unsure": "Fax: todas las páginas confirmadas, el final no",
    "fax-not-delivered": "Fax no entregado",
    "fax-number": "Número",
    "fax-to": "Para",
    "fax-answered-as": "La otra máquina",
    "fax-from": "De",
    "fax-what": "Qué",
    "fax-pages": "Páginas confirmadas",
    "fax-queued": "Entregado a la centralita",
    "fax-began": "Inicio de la última llamada",
    "fax-ended": "Fin",
    "fax-tries": "Llamadas",
    "fax-speed": "Velocidad",
    "fax-id": "Señal",
}
