//! Everything the widget knows.

use std::sync::Arc;

use contract::capabilities::Capabilities;
use contract::cart::Cart;
use contract::error::ErrorCode;
use contract::login::LoginKey;
use contract::order::OrderResponse;
use contract::payment_code::PaymentCodeResponse;
use contract::preview::{PreviewRequest, PreviewResponse};

use super::message::{Effect, Failure, HostEvent};
use super::spend::Spend;

/// The screen the guest sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Enter the phone, or the key in its place.
    Phone,
    /// Enter the code from the SMS.
    Code,
    /// See what the programme gives, choose what to spend.
    Preview,
    /// What is frozen.
    Confirmed,
    /// The payment code for the till.
    PaymentCode,
    /// Nobody can tell whether the restaurant has the order.
    Unknown,
}

/// What is under way, one at a time; a preview goes on beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// A code is being sent.
    StartLogin,
    /// The code or the key is being checked.
    VerifyLogin,
    /// The order is being confirmed.
    Confirm,
    /// The order is being reset.
    Reset,
    /// The order is being cancelled.
    Cancel,
    /// The order is being read.
    ReadOrder,
    /// A payment code is being issued.
    IssueCode,
}

/// A sentence about what happened, which is no failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The session ended; the guest must log in again.
    SessionEnded,
    /// The order changed after it was confirmed, so it must be confirmed again.
    ConfirmAgain,
    /// The limits changed before the confirm arrived.
    PreviewChanged,
    /// The spend was given up, the bonuses are back.
    SpendCancelled,
    /// The order is already paid.
    OrderPaid,
    /// The hold was given up shortly before its end, to be begun anew.
    HoldAgain,
    /// The hold's time is over, the bonuses are back.
    HoldOver,
}

/// What failed, and the effect that would try it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Why.
    pub failure: Failure,
    /// What repeats it, if repeating may help.
    pub retry: Option<Effect>,
}

/// What says to the proxy who the guest is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Session {
    /// A token, which is nowhere but here.
    Token(String),
    /// A cookie, which the browser sends and nobody here sees.
    Cookie,
}

/// A login that waits for its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// The proxy's name for it.
    pub id: String,
    /// The phone it was sent to, in E.164.
    pub phone: String,
    /// When another code may be asked for, in seconds since the page was opened.
    pub resend_at_s: u32,
    /// How many digits the code has.
    pub code_length: u32,
}

/// Everything the widget knows.
#[derive(Clone, Debug)]
pub struct Model {
    /// The screen.
    pub step: Step,
    /// Counts the changes of the language, so that what is read follows it.
    pub language: u32,
    /// Seconds since the page was opened.
    pub now_s: u32,
    /// What is under way.
    pub action: Option<Action>,
    /// The request of the action under way or last failed, to be repeated as it was.
    pub under_way: Option<Effect>,
    /// What failed last.
    pub problem: Option<Problem>,
    /// What happened last.
    pub notice: Option<Notice>,

    /// The phone field, formatted.
    pub phone: String,
    /// By what the guest logs in.
    pub login_by: LoginKey,
    /// By what guests of this restaurant may log in; the phone always, whatever is said here.
    pub login_keys: Vec<LoginKey>,
    /// The field of a card's number or an application's code.
    pub key: String,
    /// The guest has submitted what cannot be a phone or a key.
    pub key_incomplete: bool,
    /// The login under way.
    pub challenge: Option<Challenge>,
    /// The code field: digits only.
    pub code: String,
    /// The guest's session.
    pub session: Option<Session>,

    /// The host's cart; none where the order is a registered one.
    pub cart: Option<Cart>,
    /// The token of the order that the restaurant's server has registered.
    pub order_token: Option<String>,
    /// Counts the changes of what is previewed; an answer to an older revision is void.
    pub revision: u32,
    /// The preview of the current revision is under way.
    pub calculating: bool,
    /// The last preview. It may be of an older revision only while `calculating`.
    pub preview: Option<PreviewResponse>,
    /// What the restaurant's loyalty system can do, as the last preview said.
    pub capabilities: Option<Capabilities>,
    /// The promo code field.
    pub promo: String,
    /// The promo codes entered.
    pub promo_codes: Vec<String>,
    /// How many bonuses the guest wants to spend.
    pub spend: Spend,

    /// The order's name at the proxy, once a preview has given it one.
    pub order_id: Option<String>,
    /// The order as confirmed.
    pub order: Option<OrderResponse>,
    /// The revision that was sent to be confirmed.
    pub confirmed_revision: u32,
    /// How the confirm failed, while the order is asked after because the restaurant may have it.
    pub doubt: Option<Problem>,
    /// The order may have changed since it was asked after, so that the answer on its way counts for nothing.
    pub looks_again: bool,
    /// When what is frozen falls off by itself, in seconds since the page was opened, where it does.
    pub hold_until_s: Option<u32>,
    /// The end of the hold has been noticed, and the order is asked after.
    pub hold_is_over: bool,
    /// How often a confirm under way was looked after.
    pub looks: u32,
    /// When it is looked after again, in seconds since the page was opened.
    pub look_at_s: Option<u32>,

    /// The payment code.
    pub payment_code: Option<PaymentCodeResponse>,
    /// The QR symbol of the payment code, row by row, 1 for a dark module; empty until it is drawn.
    pub qr: Vec<u8>,
    /// Counts the changes of the code and of its symbol, so that each is shown once.
    pub payment_code_revision: u32,
    /// When it expires, in seconds since the page was opened.
    pub payment_code_until_s: u32,

    new_key: fn() -> String,
}

impl Model {
    /// A widget nobody has touched. `new_key` makes idempotency keys, each different from all others.
    #[must_use]
    pub fn new(new_key: fn() -> String) -> Self {
        Self {
            step: Step::Phone,
            language: 0,
            now_s: 0,
            action: None,
            under_way: None,
            problem: None,
            notice: None,
            phone: String::new(),
            login_by: LoginKey::Phone,
            login_keys: Vec::new(),
            key: String::new(),
            key_incomplete: false,
            challenge: None,
            code: String::new(),
            session: None,
            cart: None,
            order_token: None,
            revision: 0,
            calculating: false,
            preview: None,
            capabilities: None,
            promo: String::new(),
            promo_codes: Vec::new(),
            spend: Spend::default(),
            order_id: None,
            order: None,
            confirmed_revision: 0,
            doubt: None,
            looks_again: false,
            hold_until_s: None,
            hold_is_over: false,
            looks: 0,
            look_at_s: None,
            payment_code: None,
            qr: Vec::new(),
            payment_code_revision: 0,
            payment_code_until_s: 0,
            new_key,
        }
    }

    /// Whether time must pass for this model: something counts down.
    #[must_use]
    pub fn counts_down(&self) -> bool {
        matches!(self.step, Step::Code | Step::PaymentCode)
            || self.hold_until_s.is_some()
            || self.look_at_s.is_some()
    }

    /// Whether the restaurant's loyalty system can do something; before the first preview it can do nothing.
    #[must_use]
    pub fn can(&self, read: fn(&Capabilities) -> bool) -> bool {
        self.capabilities.as_ref().is_some_and(read)
    }

    /// Whether the guest has bonuses, can spend or get any. A guest of a rank that only takes something off has none.
    #[must_use]
    pub fn has_bonuses(&self) -> bool {
        self.preview.as_ref().is_some_and(|preview| {
            let spend = &preview.spend;
            [
                preview.guest.balance_minor,
                spend.max_minor,
                spend.accrual_without_minor,
                spend.accrual_with_minor,
            ]
            .into_iter()
            .any(contract::Money::is_positive)
        })
    }

    /// Seconds until what is frozen falls off by itself, where it does.
    #[must_use]
    pub fn hold_left_s(&self) -> Option<u32> {
        self.hold_until_s.map(|until_s| until_s.saturating_sub(self.now_s))
    }

    /// Whether there is an order to calculate: a registered one, or a cart with something in it.
    #[must_use]
    pub fn has_order(&self) -> bool {
        self.order_token.is_some() || self.cart.as_ref().is_some_and(|cart| !cart.lines.is_empty())
    }

    /// Whether confirming gives the order to the restaurant. A registered order is there already.
    #[must_use]
    pub fn sends(&self) -> bool {
        self.order_token.is_none() && !self.can(|c| c.cancel)
    }

    /// An idempotency key of its own for a new request.
    pub(super) fn key(&self) -> String {
        (self.new_key)()
    }

    /// Sends an effect off and remembers that it is under way.
    pub(super) fn start(&mut self, effect: Effect, out: &mut Vec<Effect>) {
        self.problem = None;
        match action(&effect) {
            Some(action) => {
                self.action = Some(action);
                self.under_way = Some(effect.clone());
            }
            None => self.calculating = true,
        }
        out.push(effect);
    }

    /// The preview of what is there now; none without a session or an order.
    pub(super) fn request(&self) -> Option<Effect> {
        if self.session.is_none() || !self.has_order() {
            return None;
        }
        let request = PreviewRequest {
            // A token says which order it is.
            order_id: if self.order_token.is_none() { self.order_id.clone() } else { None },
            order_token: self.order_token.clone(),
            cart: self.cart.clone(),
            promo_codes: self.promo_codes.clone(),
        };
        Some(Effect::Preview(self.revision, Arc::new(request)))
    }

    /// Asks for a preview of what is there now, where there is anything to ask.
    pub(super) fn calculate(&mut self, out: &mut Vec<Effect>) {
        self.revision += 1;
        match self.request() {
            Some(effect) => self.start(effect, out),
            None => {
                self.calculating = false;
                self.preview = None;
            }
        }
    }

    /// Takes note that the action under way failed. It is repeated as it was, idempotency key included, so that it happens
    /// once whether or not the first request arrived. What was refused has its answer, which is all that its key will ever
    /// bring: trying again is another request.
    pub(super) fn fail_action(&mut self, failure: Failure, out: &mut Vec<Effect>) {
        let retry = if failure.is_repeatable() { self.under_way.clone() } else { None };
        let is_answered = failure.refusal() == Some(ErrorCode::UpstreamRefused);
        let retry = retry.map(|effect| if is_answered { effect.under_key(self.key()) } else { effect });
        self.fail(failure, retry, out);
    }

    /// Takes note of a failure. A lost session leads back to the phone, with everything else kept.
    pub(super) fn fail(&mut self, failure: Failure, retry: Option<Effect>, out: &mut Vec<Effect>) {
        if failure.refusal() == Some(ErrorCode::NotLoggedIn) {
            self.forget_session();
            self.notice = Some(Notice::SessionEnded);
            out.push(Effect::Tell(HostEvent::Logout));
            return;
        }
        // Nobody can go on as a guest the programme does not know: another phone or key may.
        if failure.refusal() == Some(ErrorCode::NotAMember) {
            if self.session.is_some() {
                out.push(Effect::Tell(HostEvent::Logout));
            }
            self.forget_session();
        }
        self.problem = Some(Problem { failure, retry });
        out.push(Effect::Tell(HostEvent::Error));
    }

    /// Back to the phone. The cart, the promo codes, the chosen spend and what is frozen stay.
    pub(super) fn forget_session(&mut self) {
        self.step = Step::Phone;
        self.session = None;
        self.challenge = None;
        self.code.clear();
        self.action = None;
        self.problem = None;
        self.calculating = false;
        self.preview = None;
        self.payment_code = None;
        self.doubt = None;
        self.look_at_s = None;
        // An answer still on its way belongs to the session that is gone.
        self.revision += 1;
    }
}

/// The action an effect is, or `None` for a preview, which blocks nothing.
fn action(effect: &Effect) -> Option<Action> {
    match effect {
        Effect::StartLogin(_) => Some(Action::StartLogin),
        Effect::VerifyLogin { .. } | Effect::KeyLogin(..) => Some(Action::VerifyLogin),
        Effect::Confirm(..) => Some(Action::Confirm),
        Effect::Reset(..) => Some(Action::Reset),
        Effect::Cancel(..) => Some(Action::Cancel),
        Effect::ReadOrder(_) => Some(Action::ReadOrder),
        Effect::IssueCode => Some(Action::IssueCode),
        Effect::ReadRestaurant
        | Effect::Preview(..)
        | Effect::Logout(_)
        | Effect::DrawQr(_)
        | Effect::Tell(_) => None,
    }
}
