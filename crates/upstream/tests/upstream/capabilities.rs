//! Every system does what its capabilities say, and refuses the rest as unsupported.

use std::time::Duration;

use contract::Phone;
use contract::cart::Expedition;
use jiff::Timestamp;
use upstream::program::{Finish, GuestKey, GuestKeyKind, LostConfirm, OrderContents, Question, Refund};
use upstream::{LoyaltyProgram, UpstreamError};
use uuid::Uuid;

use crate::calls::{System, Systems, confirmed, contents, documented, guest};
use crate::fault_server::FaultServer;
use crate::order::question;

/// Whether the system did what was asked; any failure but `Unsupported` is the test's.
fn able<T>(outcome: Result<T, UpstreamError>, place: &str) -> bool {
    match outcome {
        Ok(_) => true,
        Err(UpstreamError::Unsupported { .. }) => false,
        Err(error) => panic!("{place}: {error:?}"),
    }
}

/// What the system can do, found out by asking: each line is what was asked, what its capabilities say, what it did.
async fn asked(system: System, program: &dyn LoyaltyProgram) -> Vec<(&'static str, bool, bool)> {
    let capabilities = program.capabilities();
    let (guest, at) = (guest(system), Timestamp::UNIX_EPOCH);
    let order = contents(system);
    let pickup = OrderContents { expedition: Expedition::Pickup, ..order.clone() };
    let brought = OrderContents { expedition: Expedition::Delivery, ..order };
    let (known, lost) = (confirmed(&guest, Some("1")), confirmed(&guest, None));
    let codes = ["PROMOCODE1".to_owned()];
    let with_codes = Question { promo_codes: &codes, ..question(&guest, &pickup) };
    let for_nobody = Question { guest: None, ..question(&guest, &pickup) };
    let phone = Phone::parse("+79990001122").expect("E.164");
    let refund = Refund { refund_id: Uuid::nil(), at, items: None };
    let (by_call, lost_confirm) = (capabilities.finish == Finish::ByCall, capabilities.lost_confirm);
    vec![
        ("calculate", true, able(program.calculate(question(&guest, &pickup)).await, "calculate")),
        (
            "courier",
            capabilities.courier,
            able(program.calculate(question(&guest, &brought)).await, "courier"),
        ),
        ("codes", capabilities.promo_codes, able(program.calculate(with_codes).await, "codes")),
        (
            "tells",
            capabilities.calculation_tells_guest,
            program.calculate(question(&guest, &pickup)).await.is_ok_and(|told| told.wallet.is_some()),
        ),
        ("nobody", capabilities.anonymous_preview, able(program.calculate(for_nobody).await, "nobody")),
        ("join", capabilities.join, able(program.join(&phone).await, "join")),
        ("wallet", capabilities.wallet_details, able(program.wallet(&guest).await, "wallet")),
        ("code", capabilities.payment_codes, able(program.payment_code(&guest).await, "code")),
        ("send", capabilities.login_codes, able(program.send_code(&phone).await, "send")),
        ("check", capabilities.login_codes, able(program.check_code(&phone, "0").await, "check")),
        ("close", by_call, able(program.close(known, at).await, "close")),
        ("abort", by_call, able(program.abort(known, at).await, "abort")),
        ("refund", capabilities.refunds, able(program.refund(known, refund).await, "refund")),
        ("reset", true, able(program.reset(known, at).await, "reset")),
        ("lost", lost_confirm != LostConfirm::SeenAtTheTill, able(program.reset(lost, at).await, "lost")),
        ("order", lost_confirm == LostConfirm::LookedUp, able(program.order(known).await, "order")),
    ]
}

#[tokio::test]
async fn every_system_can_what_it_says_and_nothing_else() {
    let server = FaultServer::start(("NONE", "nowhere"), documented).await;
    let systems = Systems::at(server.address, Duration::from_secs(20));
    for (system, program) in systems.programs() {
        for (what, said, did) in asked(system, program).await {
            assert_eq!(said, did, "{system:?} {what}");
        }
    }
}

#[tokio::test]
async fn every_system_looks_guests_up_by_the_keys_it_names() {
    let server = FaultServer::start(("NONE", "nowhere"), documented).await;
    let systems = Systems::at(server.address, Duration::from_secs(20));
    for (system, program) in systems.programs() {
        let keys = [guest(system), GuestKey::Card("1".to_owned()), GuestKey::AppCode("1".to_owned())];
        for key in keys {
            let said = program.capabilities().guest_keys.contains(&key.kind());
            assert_eq!(said, able(program.guest(&key).await, "guest"), "{system:?} {key:?}");
        }
    }
    assert_eq!(guest(System::Plazius).kind(), GuestKeyKind::Phone);
}

#[tokio::test]
async fn every_system_is_reached_where_it_answers() {
    let server = FaultServer::start(("NONE", "nowhere"), documented).await;
    let systems = Systems::at(server.address, Duration::from_secs(20));
    for (system, program) in systems.programs() {
        assert_eq!(program.reach().await.map_err(|error| format!("{error:?}")), Ok(()), "{system:?}");
    }
}

#[test]
fn a_guests_key_is_not_written_into_a_log() {
    for key in [guest(System::Plazius), GuestKey::Card("23000001GF".into()), GuestKey::AppCode("0042".into())]
    {
        let text = format!("{key:?}");
        assert!(!text.contains(['0', '2', '9']), "{text}");
    }
}
