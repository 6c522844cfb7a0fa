"""What stands in Spanish on the printed card of what is dialled. A code's sentence has the name of its field."""

from __future__ import annotations

from typing import Final

CARD: Final[dict[str, str]] = {
    "title": "Llamar en {office}",
    "first": "Para empezar",
    "calling": "Llamar",
    "taking": "Atender llamadas",
    "being-called": "Recibir llamadas",
    "messages": "Mensajes",
    "managers": "Para encargados",
    "departments": "Departamentos",
    "people": "Personas",
    "emergency": "Emergencias, desde cualquier teléfono, también bloqueado. Un {outside} delante no estorba.",
    "outside-line": "Línea exterior: marque después el número.",
    "operator": "La operadora.",
    "hear-messages": "Escuchar sus mensajes. También con su propia extensión.",
    "without-star": "Los teléfonos de disco no tienen asterisco. Marque {instead} en su lugar: {dialled} para {code}.",
}

CODES: Final[dict[str, str]] = {
    "without_waiting": "Llamar sin que le interrumpan otras llamadas: marque después el número.",
    "last_number": "Marcar de nuevo el último número.",
    "call_return": "Escuchar quién llamó por última vez y cuándo, y devolver la llamada con una tecla.",
    "who_called": "Escuchar quién llamó por última vez y cuándo.",
    "speed": "Marcación rápida: una cifra después para las suyas, dos para las de la oficina.",
    "set_speed": "Guardar una marcación rápida suya.",
    "redial": "Tras un número ocupado: los dos teléfonos suenan cuando queda libre.",
    "redial_no_more": "Dejar de esperar a un número ocupado.",
    "page": "Hablar por todos los teléfonos, o por los del grupo cuyo número marque después.",
    "conference": "Entrar en una conferencia: marque después su número.",
    "account": "Llamar a cargo de una cuenta: marque después su código y luego el número.",
    "park": "Aparcar una llamada: pulse la tecla R y marque esto. Escuchará el lugar.",
    "take_parked": "Recuperar una llamada aparcada: marque después su lugar.",
    "pick_up": "Contestar un teléfono que suena cerca.",
    "pick_up_from": "Contestar el teléfono de otra persona: marque después la extensión.",
    "do_not_disturb": "Activar el modo no molestar.",
    "disturb": "Desactivar el modo no molestar.",
    "forward": "Desviar sus llamadas.",
    "forward_no_more": "Dejar de desviar sus llamadas.",
    "come": "Está en la oficina.",
    "leave": "No está en la oficina.",
    "departments": "Recibir o no las llamadas de un departamento.",
    "block_last": "Bloquear a quien llamó por última vez.",
    "wake_up": "Poner una llamada de despertador, o quitarla.",
    "log_in": "Hacer suyo este teléfono, con su extensión y su clave.",
    "log_out": "Devolver el teléfono.",
    "lock": "Bloquear el teléfono.",
    "unlock": "Desbloquear el teléfono con su clave.",
    "lost_callers": "Escuchar quién llamó sin hablar con nadie, y devolver la llamada con una tecla.",
    "night_mode": "Cerrar o abrir la oficina, o seguir el horario.",
    "record_prompts": "Grabar lo que escuchan quienes llaman.",
    "announcement": "Grabar el aviso que todos escuchan primero, activarlo y desactivarlo.",
    "emergency_test": "Probar lo que hace una llamada de emergencia: solo suena el teléfono de quien debe saberlo.",
    "listen_in": "Para operadoras: escuchar una llamada de emergencia.",
}
