//! The kiosk: one guest after another at one screen, and nothing of the last for the next.

mod faults;
mod forgetting;
mod handing_over;
mod idle;
mod keys;
mod looks;
mod scanner;
mod traces;

use proxy::demo;
use sandbox::ledger::Kind;

use crate::embedding::Embedding;
use crate::host::cart;
use crate::pages::Kiosk;
use crate::stage::{MARIA, Setting, Stage};

/// The national part of Maria's phone, as it is pressed. Not the makers' example guest: that one's phone is an example in the
/// widget's own texts, so that it would be found everywhere.
const MARIA_KEYS: &str = "9990002233";

/// How far a guest has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Phone,
    Code,
    Preview,
    Confirmed,
    PaymentCode,
}

const STEPS: [Step; 5] = [Step::Phone, Step::Code, Step::Preview, Step::Confirmed, Step::PaymentCode];

/// A kiosk with an order in it.
async fn with_order() -> Stage {
    let stage = Stage::embedded(Embedding::Kiosk).await;
    begin(&stage).await;
    stage
}

/// A kiosk at this address.
async fn at(page: &'static str) -> Stage {
    Stage::with(Setting { page, embedding: Embedding::Kiosk, ..Setting::default() }).await
}

/// Hands an order over to a kiosk nobody has used yet.
async fn begin(stage: &Stage) {
    stage.kiosk().is_fresh().await;
    stage.hand_over(cart()).await;
    stage.kiosk().mark().await;
}

/// Leads a guest of a fresh kiosk up to a step, by the screen alone.
async fn lead_to(stage: &Stage, step: Step) {
    let kiosk = stage.kiosk();
    if step == Step::Phone {
        return kiosk.press_keys(&MARIA_KEYS[..9]).await;
    }
    kiosk.ask_for_code(MARIA_KEYS).await;
    if step == Step::Code {
        return;
    }
    enter_code(stage, kiosk).await;
    if step == Step::Preview {
        return;
    }
    stage.preview().slide_to_most().await;
    stage.browser.widget().press_beginning("Списать ").await;
    stage.browser.widget().has("heading", "Применили к заказу").await;
    if step == Step::PaymentCode {
        stage.confirmed().show_payment_code().await;
        stage.payment_code().eight_digits().await;
    }
}

/// Enters the code that has come, up to the preview.
async fn enter_code(stage: &Stage, kiosk: Kiosk<'_>) -> String {
    let code = stage.inbox().code_for(MARIA).await;
    kiosk.press_keys(&code).await;
    stage.browser.hears("loyalty-preview", 1).await;
    code
}

/// Waits until the sandbox has done this to orders and nothing more.
async fn until_done(demo: &demo::Running, wanted: &[Kind]) {
    let done = || -> Vec<Kind> {
        let entries = demo.sandbox().ledger().expect("the books open");
        entries.into_iter().filter(|entry| entry.order_id.is_some()).map(|entry| entry.kind).collect()
    };
    let deadline = tokio::time::Instant::now() + crate::browser::PATIENCE;
    while done() != wanted {
        assert!(tokio::time::Instant::now() < deadline, "the books have {:?}, not {wanted:?}", done());
        tokio::time::sleep(crate::browser::LOOK_EVERY).await;
    }
}
