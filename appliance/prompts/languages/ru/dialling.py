"""What is said in Russian to who dials outside: classes of service, accounts, limits, log-in, lock."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

DIALLING: Final[dict[str, CatalogueEntry]] = {
    # Classes of service
    "may-not-call-outside": "К сожалению, с этого телефона нельзя звонить за пределы офиса.",
    "may-not-call-national": "К сожалению, с этого телефона нельзя звонить по междугородной связи.",
    "may-not-call-mobile": "К сожалению, с этого телефона нельзя звонить на мобильные.",
    "may-not-call-abroad": "К сожалению, с этого телефона нельзя звонить за границу.",
    "may-not-call-premium": "К сожалению, с этого телефона нельзя звонить на платные номера.",
    "may-not-be-called-from-outside": "К сожалению, на этот номер нельзя позвонить извне.",
    # Limits
    "limit-of-the-hour": "К сожалению, внешние звонки на этот час исчерпаны. Пожалуйста, попробуйте позже.",
    "limit-of-the-day": "К сожалению, внешние звонки на сегодня исчерпаны. Пожалуйста, обратитесь к оператору.",
    "limit-at-once": "К сожалению, у вас слишком много внешних звонков сразу. Сначала завершите один из них.",
    "limit-from-outside": "К сожалению, на этот номер сейчас нельзя позвонить. Пожалуйста, попробуйте позже.",
    # The first call abroad while the office is closed, as the operator hears it
    "abroad-from-extension": "Офис закрыт, а внутренний номер {extension} звонит за границу. Номер: {number}.",
    "abroad-from-nobody": "Офис закрыт, а один из телефонов звонит за границу. Номер: {number}.",
    "abroad-from-outside": "Офис закрыт, а звонок переадресован за границу. Номер: {number}.",
    # Accounts
    "enter-account": "Введите код счёта, затем нажмите решётку.",
    "no-such-account": "К сожалению, такого счёта нет.",
    # Logging in at another telephone
    "logged-in-until": "Теперь этот телефон ваш. Он перестанет быть вашим {when}.",
    "logged-out": "Телефон возвращён. Спасибо.",
    "nobody-logged-in": "Этот телефон никто не занимал.",
    # The lock
    "telephone-locked": "Этот телефон заблокирован. С него можно звонить в офисе и на экстренные номера.",
    "telephone-unlocked": "Этот телефон разблокирован.",
    "nobody-could-unlock": (
        "К сожалению, этот телефон нельзя заблокировать: ни у кого нет пин-кода, чтобы его разблокировать."
    ),
    "not-yours-to-unlock": "К сожалению, этот телефон может разблокировать только его владелец или руководитель.",
}
