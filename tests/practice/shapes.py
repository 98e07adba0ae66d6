"""The five shapes that the API documents, messages bent away from them, and who sends them."""

from typing import Any

import httpx

STANDARD = "/api/CascadeMessage/send_message/async"
TELEGRAM_VIBER = "/api/CascadeMessage/send_message/tg-viber/async"
KEY = {"X-Authorization-Key": "practice-key"}
NOW = 1_796_000_000.0
"""2026-11-30T00:53:20Z."""

DOCUMENTED: dict[str, list[dict[str, Any]]] = {
    "transaction with ttl": [
        {
            "id": "order-1001",
            "fromName": "MyBrand",
            "toPhone": "+380501112233",
            "messageType": "transaction",
            "text": "Вітаємо, Олено! Замовлення №1001 прибуло.",
            "ttl": 3600,
        }
    ],
    "promo with ttl and schedule": [
        {
            "id": "promo-winter-2026",
            "fromName": "MyBrand",
            "toPhone": "+380501112234",
            "messageType": "promo",
            "text": "Зимовий розпродаж 🎁",
            "ttl": 172800,
            "scheduledSent": "2026-12-05T10:00:00Z",
        }
    ],
    "array of three": [
        {
            "id": f"visit-{number}",
            "fromName": "Clinic",
            "toPhone": f"+38050111224{number}",
            "messageType": "transaction",
            "text": f"Чекаємо на вас о 1{number}:00",
        }
        for number in range(3)
    ],
    "survey with options": [
        {
            "id": "survey-1",
            "fromName": "MyBrand",
            "toPhone": "+380501112235",
            "messageType": "viber_survey",
            "text": "Чи сподобався вам наш сервіс? 💛",
            "surveyOptions": ["Так", "Ні", "Не знаю"],
            "ttl": 604800,
        }
    ],
    "flash call without text": [
        {
            "id": "login-77",
            "fromName": "MyBrand",
            "toPhone": "+380501112236",
            "messageType": "flashcall",
            "ttl": 120,
        }
    ],
}

ABSENT = object()
_OF_KIND: dict[str, dict[str, Any]] = {
    "transaction": DOCUMENTED["transaction with ttl"][0],
    "promo": DOCUMENTED["promo with ttl and schedule"][0],
    "viber_survey": DOCUMENTED["survey with options"][0],
    "flashcall": DOCUMENTED["flash call without text"][0],
}


def bent(kind: str = "transaction", **changes: Any) -> dict[str, Any]:
    """Return a documented message of this kind with some fields changed, or ABSENT."""
    changed = {**_OF_KIND[kind], **changes}
    return {name: value for name, value in changed.items() if value is not ABSENT}


def batch_of(size: int, start: int = 0) -> list[dict[str, Any]]:
    """Return an array of plain messages to different people."""
    return [
        bent(id=f"batch-{number}", toPhone=f"+38050{number:07d}")
        for number in range(start, start + size)
    ]


class Caller:
    """Talks to the practice service over a real socket."""

    def __init__(self, base_url: str) -> None:
        self.http = httpx.Client(base_url=base_url, trust_env=False, timeout=20)

    def send(self, batch: Any, route: str = STANDARD, **headers: str) -> httpx.Response:
        return self.http.post(route, json=batch, headers={**KEY, **headers})

    def behave(self, *behaviours: dict[str, Any]) -> httpx.Response:
        return self.http.post("/practice/behave", json=list(behaviours))

    def told(self, what: str) -> Any:
        return self.http.get(f"/practice/{what}").raise_for_status().json()

    def status(self, message_id: str) -> httpx.Response:
        return self.http.get(f"/bat/message/{message_id}", headers=KEY)
