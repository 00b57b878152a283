"""What the generator of requests cannot know: sessions, login codes, restaurants, and orders that can be confirmed.

Must not repair what was made wrong on purpose: only requests that are meant to be right are given what there is.
"""

import itertools
import sys
import uuid
from pathlib import Path

import schemathesis

sys.path.insert(0, str(Path(__file__).parent))
from guests import CARD, CART, PHONES, SESSION, ask, challenge, log_in
from tally import is_wrong, next_turn

# So many right requests of an operation are given what a login leaves behind: an address may ask for so many codes only.
LOGINS_EACH = 8

LOGINS = {"logout": itertools.count(), "login/verify": itertools.count()}


@schemathesis.auth()
class Access:
    def get(self, case, context):
        return SESSION.get()

    def set(self, case, data, context):
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@schemathesis.hook
def before_call(context, case, kwargs):
    """Three right requests of four are about what there is."""
    wrong = is_wrong(case)
    turn = next_turn(case)
    path = case.operation.path.removeprefix("/api/v1/")
    if case.operation.method.upper() == "POST" and case.operation.definition.raw.get("requestBody") is None:
        # Without a header that a page elsewhere may not send unasked, 415 is right before 401 is.
        case.headers = {**(case.headers or {}), "Content-Type": "application/json"}
    if path == "logout" and not wrong:
        # Whose session it ends must be nobody else's.
        token = log_in() if next(LOGINS[path]) < LOGINS_EACH else "0" * 64
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}
    elif path == "logout":
        case.headers = {name: value for name, value in (case.headers or {}).items() if name.lower() != "authorization"}
    if wrong or turn % 4 == 3:
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
