"""What the generator of requests cannot know: sessions, login codes, restaurants, and orders that can be confirmed.

Must not repair what was made wrong on purpose: only requests that are meant to be right are given what there is.
"""

import itertools
import os
import threading
import uuid
from pathlib import Path

import requests
import schemathesis

URL = os.environ["TRIED_URL"]
TALLY = Path(os.environ["TRIED_TALLY"])
API = URL + "/api/v1/"

CARD = "2200770012345678"
LINE = {
    "code": "hot-pelmeni", "name": "Пельмени домашние", "category": "Горячее", "quantity_milli": 1000,
    "unit_price_minor": 48000, "modifiers": [],
}
CART = {"currency": "RUB", "expedition": "pickup", "lines": [LINE]}

# So many right requests of an operation are given what a login leaves behind: an address may ask for so many codes only.
LOGINS_EACH = 8

# By operation: how often each status was answered, and which request is the next.
COUNTS = {}
TURNS = {}
LOGINS = {"logout": itertools.count(), "login/verify": itertools.count()}
LOCK = threading.Lock()
PHONES = itertools.count(1000000)


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


@schemathesis.auth()
class Access:
    def get(self, case, context):
        return SESSION.get()

    def set(self, case, data, context):
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@schemathesis.hook
def before_load_schema(context, raw_schema):
    for path, item in raw_schema["paths"].items():
        for method in item:
            if method in ("get", "post"):
                COUNTS[f"{method} {path}"] = {}
                TURNS[f"{method} {path}"] = itertools.count()


@schemathesis.hook
def before_call(context, case, kwargs):
    """Three right requests of four are about what there is."""
    is_wrong = case.meta is not None and case.meta.generation.mode.is_negative
    turn = next(TURNS[name_of(case)])
    path = case.operation.path.removeprefix("/api/v1/")
    if case.operation.method.upper() == "POST" and case.operation.definition.raw.get("requestBody") is None:
        # Without a header that a page elsewhere may not send unasked, 415 is right before 401 is.
        case.headers = {**(case.headers or {}), "Content-Type": "application/json"}
    if path == "logout" and not is_wrong:
        # Whose session it ends must be nobody else's.
        token = log_in() if next(LOGINS[path]) < LOGINS_EACH else "0" * 64
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}
    elif path == "logout":
        case.headers = {name: value for name, value in (case.headers or {}).items() if name.lower() != "authorization"}
    if is_wrong or turn % 4 == 3:
        return
    if path == "restaurant/{restaurant}":
        case.path_parameters = {"restaurant": "pirogi"}
    elif path == "order/{order_id}":
        case.path_parameters = {"order_id": previewed()["order_id"]}
    elif path == "login/start":
        case.body = {**case.body, "restaurant": "pirogi", "phone": f"+7999{next(PHONES)}"}
    elif path == "login/verify" and next(LOGINS[path]) < LOGINS_EACH:
        case.body = {**case.body, **challenge()}
    elif path == "login/key":
        case.body = {**case.body, "restaurant": "chashka", "kind": "card", "key": CARD}
    elif path == "preview":
        case.body = {"cart": CART, "promo_codes": []}
    elif path.startswith("order/"):
        case.headers = {**(case.headers or {}), "Idempotency-Key": str(uuid.uuid4())}
        preview = previewed()
        case.body = {"order_id": preview["order_id"]}
        if path == "order/confirm":
            case.body.update(preview_id=preview["preview_id"], spend_minor=0)


def previewed():
    return ask("preview", {"cart": CART, "promo_codes": []}, SESSION.get())


@schemathesis.hook
def after_call(context, case, response):
    """How often each operation answered each status, for whoever started the run."""
    with LOCK:
        statuses = COUNTS[name_of(case)]
        statuses[response.status_code] = statuses.get(response.status_code, 0) + 1
        tables = (
            f'["{operation}"]\n' + "".join(f"{status} = {count}\n" for status, count in sorted(statuses.items()))
            for operation, statuses in COUNTS.items()
        )
        TALLY.write_text("".join(tables), encoding="utf-8")


def name_of(case):
    return f"{case.operation.method.lower()} {case.operation.path}"
