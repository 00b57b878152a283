"""Guests of the running demo: their logins, and the requests beside those under test, which must succeed."""

import itertools
import os
import threading
from pathlib import Path

import requests

URL = os.environ["TRIED_URL"]
API = URL + "/api/v1/"

CARD = "2200770012345678"
LINE = {
    "code": "hot-pelmeni", "name": "Пельмени домашние", "category": "Горячее", "quantity_milli": 1000,
    "unit_price_minor": 48000, "modifiers": [],
}
CART = {"currency": "RUB", "expedition": "pickup", "lines": [LINE]}

# No two runs on one demo have a phone in common.
PHONES = itertools.count(5000000 if Path(os.environ["SCHEMATHESIS_HOOKS"]).name == "merchant.py" else 1000000)


def ask(path, body, token=None, key=None):
    """An operation beside those under test; it must succeed."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if key:
        headers["Idempotency-Key"] = key
    answer = requests.post(API + path, json=body, headers=headers, timeout=20)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code} {answer.text}")
    return answer.json()


def challenge():
    """A login that waits for its code."""
    phone = f"+7999{next(PHONES)}"
    started = ask("login/start", {"restaurant": "pirogi", "phone": phone})
    inbox = requests.get(URL + "/demo/sms.json", timeout=20).json()
    code = next(message["code"] for message in inbox if message["phone"] == phone)
    return {"challenge_id": started["challenge_id"], "code": code}


def log_in():
    return ask("login/verify", challenge())["token"]


class Session:
    """One guest's session for all requests but those that end it."""

    def __init__(self):
        self.lock = threading.Lock()
        self.token = None

    def get(self):
        with self.lock:
            if self.token is None:
                self.token = log_in()
            return self.token


SESSION = Session()
