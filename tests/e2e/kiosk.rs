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

use crate::host::cart;
use crate::pages::{KIOSK, Kiosk};
use crate::stage::Stage;

/// The national part of the phone of the makers' example guest, as it is pressed.
const IVAN_KEYS: &str = "9990001122";

/// His phone as the widget and the SMS know it.
const IVAN_PHONE: &str = "+79990001122";

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
    let stage = Stage::at(KIOSK).await;
    begin(&stage).await;
    stage
}

/// Hands an order over to a kiosk nobody has used yet.
async fn begin(stage: &Stage) {
    stage.kiosk().is_fresh().await;
    stage.kiosk().hand_over(cart()).await;
    stage.kiosk().mark().await;
}

/// Leads a guest of a fresh kiosk up to a step, by the screen alone.
async fn lead_to(stage: &Stage, step: Step) {
    let kiosk = stage.kiosk();
    if step == Step::Phone {
        return kiosk.press_keys(&IVAN_KEYS[..7]).await;
    }
    kiosk.ask_for_code(IVAN_KEYS).await;
    if step == Step::Code {
        return;
    }
    enter_code(stage, kiosk).await;
    if step == Step::Preview {
        return;
    }
    stage.preview().slide_to_most().await;
    stage.preview().confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "380 ₽").await;
    if step == Step::PaymentCode {
        stage.confirmed().show_payment_code().await;
        stage.payment_code().eight_digits().await;
    }
}

/// Enters the code that has come, up to the preview.
async fn enter_code(stage: &Stage, kiosk: Kiosk<'_>) -> String {
    let sent = sms_to_ivan(stage).await.max(1);
    let code = stage.inbox().nth_code_for(IVAN_PHONE, sent).await;
    kiosk.press_keys(&code).await;
    stage.browser.hears("loyalty-preview", 1).await;
    code
}

async fn sms_to_ivan(stage: &Stage) -> usize {
    stage.inbox().messages().await.iter().filter(|message| message["phone"] == IVAN_PHONE).count()
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
