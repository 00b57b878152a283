"""What the generator of requests to the restaurants' API cannot know: the key, and orders that stand where a step is right.

Must not repair what was made wrong on purpose: only requests that are meant to be right are given what there is.
"""

import itertools
import sys
import threading
import time
import uuid
from pathlib import Path

import requests
import schemathesis

sys.path.insert(0, str(Path(__file__).parent))
from guests import CART, SESSION, URL, ask
from tally import is_wrong, next_turn

MERCHANT = URL + "/merchant/v1/"
KEY = "demo-merchant-key-of-the-restaurant-pirogi"

REFS = itertools.count()
SENT_ANEW = set()
LOCK = threading.Lock()


@schemathesis.auth()
class Access:
    def get(self, case, context):
        return KEY

    def set(self, case, data, context):
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


def merchant(path, body=None):
    """An operation beside those under test; it must succeed."""
    headers = {"Authorization": f"Bearer {KEY}", "Idempotency-Key": str(uuid.uuid4())}
    method = "GET" if body is None else "POST"
    answer = requests.request(method, MERCHANT + path, json=body, headers=headers, timeout=20)
    if not answer.ok:
        raise RuntimeError(f"{path}: {answer.status_code} {answer.text}")
    return answer.json() if answer.text else None


def registered():
    """An order that no guest has."""
    return merchant("orders", {"order_ref": f"order-{next(REFS)}", "cart": CART})


def confirmed():
    order = registered()
    preview = ask("preview", {"order_token": order["order_token"], "promo_codes": []}, SESSION.get())
    wish = {"order_id": preview["order_id"], "preview_id": preview["preview_id"], "spend_minor": 0}
    ask("order/confirm", wish, SESSION.get(), str(uuid.uuid4()))
    return order


def closed():
    order = confirmed()
    merchant(f"orders/{order['order_ref']}/close", {})
    return order


def undelivered():
    """Something the restaurant's server was not told, and that nobody has asked to be sent anew."""
    for wait_s in (0, 0.1, 0.3, 1, 3, 5):
        time.sleep(wait_s)
        with LOCK:
            for webhook in merchant("webhooks/dead")["webhooks"]:
                if webhook["webhook_id"] not in SENT_ANEW:
                    SENT_ANEW.add(webhook["webhook_id"])
                    return webhook["webhook_id"]
        confirmed()
    raise RuntimeError("nothing is on the list of what could not be told")


@schemathesis.hook
def before_call(context, case, kwargs):
    """Three right requests of four are about what there is."""
    if is_wrong(case) or next_turn(case) % 4 == 3:
        return
    path = case.operation.path.removeprefix("/merchant/v1/")
    if case.operation.method.upper() == "POST":
        case.headers = {**(case.headers or {}), "Idempotency-Key": str(uuid.uuid4())}
    if path == "orders":
        case.body = {**case.body, "order_ref": f"order-{next(REFS)}", "cart": CART, "guest_phone": None}
    elif path == "orders/{order_ref}":
        case.path_parameters = {"order_ref": registered()["order_ref"]}
    elif path == "orders/{order_ref}/abort":
        order = registered() if next(REFS) % 2 else confirmed()
        case.path_parameters = {"order_ref": order["order_ref"]}
    elif path == "orders/{order_ref}/close":
        case.path_parameters = {"order_ref": confirmed()["order_ref"]}
    elif path == "orders/{order_ref}/refund":
        items = [{"code": CART["lines"][0]["code"], "quantity_milli": 500}]
        case.path_parameters = {"order_ref": closed()["order_ref"]}
        case.body = {} if next(REFS) % 2 else {"items": items}
    elif path == "webhooks/dead/{webhook_id}/resend":
        case.path_parameters = {"webhook_id": undelivered()}
