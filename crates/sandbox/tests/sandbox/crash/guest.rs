//! One guest's orders, one after another, and what must be true of them whenever the program ends.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use serde_json::{Value, json};

use super::known;
use crate::orders::roubles;
use crate::process::Program;

/// Each order is of 200.00, half of it payable, 2 % back at the first rank.
const TOTAL_MINOR: i64 = 20_000;

/// Enough for all the orders there will be.
const WEALTH_MINOR: i64 = 5_000_000;

pub(super) fn phone(worker: u32) -> String {
    format!("+7911000000{worker}")
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Confirm,
    Reset,
    Abort,
    Close,
}

/// What an order goes through.
const LIVES: [&[Step]; 3] = [
    &[Step::Confirm, Step::Close],
    &[Step::Confirm, Step::Reset, Step::Confirm, Step::Close],
    &[Step::Confirm, Step::Abort],
];

/// What a guest and the guest's latest order must look like.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Account {
    balance_minor: i64,
    order: usize,
    steps_done: usize,
    /// As `orders/get` shows them; `None` before the order is there.
    shown: Option<(&'static str, i64)>,
}

impl Account {
    fn order_id(&self, worker: u32) -> String {
        format!("{worker:08}-0000-4000-8000-{:012}", self.order)
    }

    fn payment_minor(&self) -> i64 {
        let hundreds = i64::try_from(self.order * 7 % 100).expect("small");
        hundreds * 100 + 100
    }

    /// The account on which the next step is taken, and the step.
    fn next(&self) -> (Self, Step) {
        if let Some(step) = LIVES[self.order % 3].get(self.steps_done) {
            return (self.clone(), *step);
        }
        let order = self.order + 1;
        (Self { order, steps_done: 0, shown: None, ..*self }, LIVES[order % 3][0])
    }

    fn after(&self, step: Step) -> Self {
        let payment_minor = self.payment_minor();
        let (change_minor, shown) = match step {
            Step::Confirm => (-payment_minor, ("open", payment_minor)),
            Step::Reset => (payment_minor, ("open", 0)),
            Step::Abort => (payment_minor, ("aborted", 0)),
            Step::Close => ((TOTAL_MINOR - payment_minor) / 50, ("closed", payment_minor)),
        };
        Self {
            balance_minor: self.balance_minor + change_minor,
            order: self.order,
            steps_done: self.steps_done + 1,
            shown: Some(shown),
        }
    }
}

/// A request that was sent and not answered.
struct InDoubt {
    operation: &'static str,
    body: Value,
    /// Where it leads to.
    to: Account,
}

/// How the operations in doubt turned out.
#[derive(Debug, Default)]
pub(super) struct Met {
    pub(super) done: u32,
    pub(super) undone: u32,
}

pub(super) struct Guest {
    worker: u32,
    account: Account,
    in_doubt: Option<InDoubt>,
    answered: u32,
}

impl Guest {
    pub(super) fn new(worker: u32) -> Self {
        let account = Account { balance_minor: WEALTH_MINOR, order: 0, steps_done: 0, shown: None };
        Self { worker, account, in_doubt: None, answered: 0 }
    }

    pub(super) fn answered(&self) -> u32 {
        self.answered
    }

    pub(super) fn balance(&self) -> Value {
        let roubles = roubles(self.account.balance_minor);
        // Whole numbers are written without a fraction.
        serde_json::from_str(roubles.to_string().trim_end_matches('0').trim_end_matches('.'))
            .expect("a number")
    }

    /// Makes the guest known, and rich.
    pub(super) fn join(&self, program: &Program, token: &str) {
        let mut saved = known(self.worker);
        saved["guest"] = json!({ "phone": phone(self.worker) });
        program.ask(token, "guests/save", &saved);
        let mut given = known(self.worker);
        given["amount"] = roubles(WEALTH_MINOR);
        given["comment"] = "wealth".into();
        program.ask(token, "guests/addBonus", &given);
    }

    /// Takes steps until the program does not answer any more.
    pub(super) fn work(&mut self, address: &str, token: &str) {
        loop {
            let (account, step) = self.account.next();
            let Some((operation, body)) = self.request(&account, step, address, token) else { return };
            self.in_doubt = Some(InDoubt { operation, body: body.clone(), to: account.after(step) });
            if post(address, token, operation, &body).is_none() {
                return;
            }
            self.in_doubt = None;
            self.account = account.after(step);
            self.answered += 1;
        }
    }

    /// The step's request. A confirm needs a calculation before it, which may be what is not answered any more.
    fn request(
        &self,
        account: &Account,
        step: Step,
        address: &str,
        token: &str,
    ) -> Option<(&'static str, Value)> {
        let id = account.order_id(self.worker);
        let at = "2026-11-23T11:00:00Z";
        Some(match step {
            Step::Reset => ("orders/reset", json!({ "id": id, "resetAt": at })),
            Step::Abort => ("orders/abort", json!({ "id": id, "abortedAt": at })),
            Step::Close => ("orders/close", json!({ "id": id, "closedAt": at })),
            Step::Confirm => {
                let mut body = known(self.worker);
                body["order"] = order();
                let calculated = post(address, token, "orders/calculate", &body)?;
                body["id"] = id.into();
                body["loyalty"] = json!({ "pattern": "fingerprint", "fingerprint": {
                    "value": calculated["loyalty"]["fingerprint"],
                    "options": { "bonuses": { "payment": roubles(account.payment_minor()) } }
                }});
                ("orders/confirm", body)
            }
        })
    }

    /// After a restart: what was answered is there; what was in doubt is there with all it does or with nothing of it,
    /// and its repetition brings it to its end.
    pub(super) fn settle(&mut self, program: &Program, token: &str, met: &mut Met) {
        let Some(InDoubt { operation, body, to }) = self.in_doubt.take() else {
            self.looks_like(&self.account, program, token);
            return;
        };
        // Seen from the new order, where the step in doubt was its first.
        let before = if to.order == self.account.order {
            self.account.clone()
        } else {
            Account { order: to.order, steps_done: 0, shown: None, ..self.account.clone() }
        };
        let seen = self.see(&to, program, token);
        if seen == (to.balance_minor, to.shown.map(owned)) {
            met.done += 1;
        } else {
            assert_eq!(seen, (before.balance_minor, before.shown.map(owned)), "half of {operation} {body}");
            met.undone += 1;
        }
        program.ask(token, operation, &body);
        self.looks_like(&to, program, token);
        self.account = to;
    }

    fn looks_like(&self, account: &Account, program: &Program, token: &str) {
        let seen = self.see(account, program, token);
        assert_eq!(seen, (account.balance_minor, account.shown.map(owned)), "{account:?}");
    }

    /// The balance and the account's order as the program shows them.
    fn see(&self, account: &Account, program: &Program, token: &str) -> (i64, Option<(String, i64)>) {
        let wallet = program.ask(token, "guests/getWallet", &known(self.worker));
        let asked = json!({ "id": account.order_id(self.worker) });
        let (status, answer) = program.post("loyalty/orders/get", &authorization(token), &asked);
        let order = (status == 200).then(|| {
            let order = &answer["order"];
            (order["status"].as_str().expect("a status").to_owned(), minor(&order["paidWithBonuses"]))
        });
        (minor(&wallet["balance"]), order)
    }
}

fn owned((status, payment_minor): (&str, i64)) -> (String, i64) {
    (status.to_owned(), payment_minor)
}

/// Hundredths out of a number of roubles.
fn minor(value: &Value) -> i64 {
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    format!("{whole}{fraction:0<2}").parse().expect("an amount of at most two decimals")
}

fn authorization(token: &str) -> String {
    format!("Authorization: {token}")
}

fn order() -> Value {
    let line =
        json!({ "product": { "code": "plain", "name": "Блюдо" }, "price": 200, "cost": 200, "quantity": 1 });
    json!({ "openedAt": "2026-11-23T10:00:00Z", "items": [line] })
}

/// The answer's body; `None` where the program was killed before it had sent all of it.
fn post(address: &str, token: &str, operation: &str, body: &Value) -> Option<Value> {
    let body = body.to_string();
    let mut stream = TcpStream::connect(address).ok()?;
    write!(
        stream,
        "POST /plazius/b2b/v1/loyalty/{operation} HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n\
         Authorization: {token}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let whole = serde_json::from_str(body).ok()?;
    assert!(head.starts_with("HTTP/1.1 200"), "{operation}: {answer}");
    Some(whole)
}
