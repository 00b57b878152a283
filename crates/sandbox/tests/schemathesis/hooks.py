"""What the generator of requests cannot know: the token, who the guests are, and which orders there are.

Must not repair what was made wrong on purpose: a value is replaced only where it is of the described form already.
"""

import itertools
import json
import os
import re
import threading
import time
import uuid
from pathlib import Path

import requests
import schemathesis

URL = os.environ["TRIED_URL"] + "/b2b/v1"
TALLY = Path(os.environ["TRIED_TALLY"])
CORRECTIONS = Path(__file__).parent.parent / "sandbox" / "plazius.corrections.json"

PREFIX = "/b2b/v1/loyalty/"

# By operation: how often each status was answered, and which request is the next.
COUNTS = {}
TURNS = {}
LOCK = threading.Lock()

GUESTS = ["+79990001122", "+79990002233"]
RESTAURANT = "4174244"
TIME_SPAN = re.compile(r"-?([0-9]{1,8}\.)?([01]?[0-9]|2[0-3]):[0-5]?[0-9]:[0-5]?[0-9](\.[0-9]{1,7})?")

# Every sum is of one dish at 300.00, so that orders, discounts and payments fit one another.
SUMS = {"price": 300, "cost": 300, "quantity": 1, "discount": 0, "extraCharge": 0, "amount": 1.5, "payment": 1}
PAGE = {"skip": 0, "take": 50}


class Token:
    """The token of the demo's key, renewed before it ends."""

    def __init__(self):
        self.lock = threading.Lock()
        self.text, self.renew_at = "", 0.0

    def get(self):
        with self.lock:
            if time.monotonic() >= self.renew_at:
                answer = requests.post(
                    f"{URL}/auth/gentoken", json={"password": "demo"}, headers={"ApiKey": "demo-plazius"}, timeout=10
                )
                answer.raise_for_status()
                self.text, self.renew_at = answer.json()["token"], time.monotonic() + 600
            return self.text


TOKEN = Token()


def ask(operation, body):
    """An operation beside those under test; it must succeed."""
    answer = requests.post(
        f"{URL}/loyalty/{operation}", json=body, headers={"Authorization": TOKEN.get()}, timeout=10
    )
    if answer.status_code != 200:
        raise RuntimeError(f"{operation}: {answer.status_code} {answer.text}")
    return answer.json() if answer.text else None


@schemathesis.auth()
class Access:
    def get(self, case, context):
        return TOKEN.get()

    def set(self, case, data, context):
        case.headers = {**(case.headers or {}), "Authorization": data}


@schemathesis.hook
def before_load_schema(context, raw_schema):
    for correction in json.loads(CORRECTIONS.read_text(encoding="utf-8")):
        *parents, name = correction["at"].split("/")[1:]
        holder = raw_schema
        for parent in parents:
            holder = holder[parent]
        holder[name] = correction["becomes"]
    # The makers tell of access on a page of its own, and of what is no operation nowhere.
    raw_schema["components"]["securitySchemes"] = {
        "token": {"type": "apiKey", "in": "header", "name": "Authorization"}
    }
    raw_schema["security"] = [{"token": []}]
    for path, item in raw_schema["paths"].items():
        COUNTS[path.removeprefix(PREFIX)] = {}
        TURNS[path.removeprefix(PREFIX)] = itertools.count()
        item["post"]["responses"]["401"] = {"description": "no token, or one that has ended"}


@schemathesis.hook
def before_call(context, case, kwargs):
    """Wrong requests, and three right ones of four, are about guests and orders that there are.

    So what is wrong in them is wrong alone: whoever accepts it is found out.
    """
    operation = name_of(case)
    turn = next(TURNS[operation])
    is_wrong = case.meta is not None and case.meta.generation.mode.is_negative
    if isinstance(case.body, dict) and (is_wrong or turn % 4 != 0):
        case.body = known(case.body, GUESTS[turn % len(GUESTS)])
        if is_uuid(case.body.get("id")) and operation.startswith("orders/"):
            case.body["id"] = order_for(operation)
        if operation == "orders/confirm":
            give_fingerprint(case.body)


def known(value, phone, name=""):
    """The value with known names and fitting sums where it has values of their kind."""
    if isinstance(value, dict):
        fields = {key: known(field, phone, key) for key, field in value.items()}
        # A guest's phone may be left out by the description, but then nobody is meant.
        return {"phone": phone, **fields} if fields.get("type") == "phone" else fields
    if isinstance(value, list):
        return [known(item, phone, name) for item in value]
    if name == "phone" and (value is None or isinstance(value, str)):
        return phone
    if isinstance(value, str) and name == "id" and value and not is_uuid(value):
        return RESTAURANT
    if is_uuid(value) and name == "refundId":
        return str(uuid.uuid4())
    if isinstance(value, str) and name == "code":
        return "pie-cherry"
    if isinstance(value, str) and name == "organizationsInNetwork":
        return RESTAURANT
    if isinstance(value, str) and name in ("cardTrack", "cardNumber"):
        return uuid.uuid4().hex
    if isinstance(value, str) and name == "activationPeriod" and TIME_SPAN.fullmatch(value):
        return "00:05:00"
    if is_int32(value) and name in PAGE:
        return PAGE[name]
    if isinstance(value, (int, float)) and not isinstance(value, bool) and name in SUMS:
        return SUMS[name]
    return value


def is_int32(value):
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31


def is_uuid(value):
    try:
        return isinstance(value, str) and str(uuid.UUID(value)) == value.lower()
    except ValueError:
        return False


def order_for(operation):
    """The id of a new order that the operation can be done to."""
    order = str(uuid.uuid4())
    if operation == "orders/confirm":
        return order
    items = [{"product": {"code": "pie-cherry", "name": "Пирог с вишней"}, "price": 300, "cost": 300, "quantity": 1}]
    contents = {
        "order": {"openedAt": "2026-03-01T09:00:00Z", "items": items},
        "organization": {"type": "rkObjectId", "id": RESTAURANT},
        "guest": {"type": "phone", "phone": GUESTS[0]},
    }
    value = ask("orders/calculate", contents)["loyalty"]["fingerprint"]
    loyalty = {"pattern": "fingerprint", "fingerprint": {"value": value}}
    ask("orders/confirm", {**contents, "id": order, "loyalty": loyalty})
    if operation == "orders/refund":
        ask("orders/close", {"id": order, "closedAt": "2026-03-01T09:10:00Z"})
    return order


def give_fingerprint(body):
    """The fingerprint of the body's own order, where both are of the described form."""
    try:
        fingerprint = body["loyalty"]["fingerprint"]
        fits = isinstance(fingerprint["value"], str)
    except (KeyError, TypeError):
        return
    fields = ("order", "organization", "guest", "delivery")
    answer = requests.post(
        f"{URL}/loyalty/orders/calculate",
        json={name: body[name] for name in fields if name in body},
        headers={"Authorization": TOKEN.get()},
        timeout=10,
    )
    if fits and answer.status_code == 200:
        fingerprint["value"] = answer.json()["loyalty"]["fingerprint"]


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
    return case.operation.path.removeprefix(PREFIX)
