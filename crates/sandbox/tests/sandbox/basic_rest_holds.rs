//! Held bonuses: how long, where, how many, and what ends them.

use jiff::SignedDuration;
use sandbox::Kind;
use serde_json::json;

use crate::stand::Stand;
use crate::till::{OLGA, POINT, SADOVAYA};

const NINE_O_CLOCK_S: i64 = 1_772_355_600;

#[tokio::test]
async fn a_hold_ends_to_the_second_at_the_time_that_was_told() {
    for (minutes, lasts_s) in [(json!(1), 60), (json!(10), 600), (json!(null), 600)] {
        let stand = Stand::start().await;
        // A hold is told in whole seconds, whatever the clock says below them.
        stand.pass(SignedDuration::from_millis(700));
        let mut body = json!({ "client": OLGA, "point": POINT, "amount": 800, "duration": minutes });
        if minutes.is_null() {
            body.as_object_mut().expect("an object").remove("duration");
        }
        let held = stand.till("bonuses/hold", body).await.ok();
        assert_eq!(held["held"]["until"], json!(NINE_O_CLOCK_S + lasts_s));
        stand.pass(SignedDuration::from_secs(lasts_s - 2));
        stand.pass(SignedDuration::from_millis(299));
        assert_eq!(stand.olgas_balance().await, json!(78), "a second before");
        stand.pass(SignedDuration::from_millis(1_000));
        assert_eq!(stand.olgas_balance().await, json!(78), "a millisecond before");
        stand.pass(SignedDuration::from_millis(1));
        assert_eq!(stand.olgas_balance().await, json!(878), "at the time");
        assert_eq!(stand.done(), [Kind::Held, Kind::HoldRunOut]);
        stand.pass(SignedDuration::from_secs(1));
        assert_eq!(stand.olgas_balance().await, json!(878), "after it");
        assert_eq!(stand.done(), [Kind::Held, Kind::HoldRunOut]);
        assert_eq!(stand.number("SELECT COUNT(*) FROM hold"), 0);
    }
}

#[tokio::test]
async fn what_has_run_out_is_given_back_by_whichever_operation_comes_next() {
    for operation in ["client", "recalc", "bonuses/hold", "bonuses/release", "retail"] {
        let stand = Stand::start().await;
        stand.hold(POINT, json!(878)).await.ok();
        stand.pass(SignedDuration::from_mins(10));
        let body = match operation {
            "client" => json!({ "search": "AP-4711-OLGA", "point": SADOVAYA }),
            "bonuses/release" => json!({ "client": OLGA, "point": SADOVAYA }),
            "retail" => json!({ "client": OLGA, "point": SADOVAYA, "amount": 878, "spend": 878 }),
            _ => json!({ "client": OLGA, "point": SADOVAYA, "amount": 878 }),
        };
        let answer = stand.till(operation, body).await.ok();
        match operation {
            "client" => assert_eq!(answer["client"]["balance"], json!(878)),
            "recalc" => assert_eq!(answer["recalc"]["spend"], json!(878)),
            _ => {}
        }
        assert_eq!(stand.done()[..2], [Kind::Held, Kind::HoldRunOut], "{operation}");
    }
}

#[tokio::test]
async fn holds_stand_beside_one_another_and_a_release_ends_all_of_the_point() {
    let stand = Stand::start().await;
    for amount in [100, 200, 300] {
        stand.hold(POINT, json!(amount)).await.ok();
    }
    stand.hold(SADOVAYA, json!(200)).await.ok();
    assert_eq!(stand.olgas_balance().await, json!(78));
    stand.hold(POINT, json!(78.01)).await.wrong("spend", "Spend can't be more 78");
    stand.hold(POINT, json!(78)).await.ok();
    stand.hold(SADOVAYA, json!(0.01)).await.wrong("spend", "Spend can't be more 0");
    stand.release(POINT).await;
    assert_eq!(stand.olgas_balance().await, json!(678));
    stand.release(SADOVAYA).await;
    assert_eq!(stand.olgas_balance().await, json!(878));
    let before = stand.done();
    // Nothing is held any more, and that is success too.
    stand.release(POINT).await;
    stand.release(SADOVAYA).await;
    assert_eq!(stand.done(), before);
}

#[tokio::test]
async fn what_is_held_at_one_point_is_spent_there_and_nowhere_else() {
    let stand = Stand::start().await;
    stand.hold(POINT, json!(800)).await.ok();
    assert_eq!(stand.recalc(OLGA, SADOVAYA, json!(1_000)).await["spend"], json!(78));
    let refused = stand.retail(OLGA, SADOVAYA, json!(1_000), json!(78.01)).await;
    refused.wrong("spend", "Spend can't be more 78");
    // A sale there leaves the hold here alone.
    stand.retail(OLGA, SADOVAYA, json!(1_000), json!(78)).await.ok();
    assert_eq!(stand.olgas_balance().await, json!(0));
    stand.retail(OLGA, POINT, json!(1_000), json!(800)).await.ok();
    assert_eq!(stand.olgas_balance().await, json!(0));
    assert_eq!(stand.number("SELECT COUNT(*) FROM hold"), 0);
}

#[tokio::test]
async fn a_sale_ends_the_holds_of_its_point_whatever_is_spent() {
    let stand = Stand::start().await;
    stand.hold(POINT, json!(500)).await.ok();
    stand.hold(POINT, json!(200)).await.ok();
    stand.retail(OLGA, POINT, json!(100), json!(0)).await.ok();
    assert_eq!(stand.olgas_balance().await, json!(888));

    stand.hold(POINT, json!(500)).await.ok();
    // More than was held, which the balance allows.
    stand.retail(OLGA, POINT, json!(888), json!(888)).await.ok();
    assert_eq!(stand.olgas_balance().await, json!(0));
}

#[tokio::test]
async fn a_refused_sale_leaves_the_hold() {
    let stand = Stand::start().await;
    stand.hold(POINT, json!(500)).await.ok();
    stand.retail(OLGA, POINT, json!(1_000), json!(878.01)).await.wrong("spend", "Spend can't be more 878");
    assert_eq!(stand.olgas_balance().await, json!(378));
}

#[tokio::test]
async fn a_sale_after_its_hold_ran_out_is_made_while_the_balance_allows_it() {
    let stand = Stand::start().await;
    stand.hold(POINT, json!(800)).await.ok();
    stand.pass(SignedDuration::from_mins(10));
    stand.retail(OLGA, POINT, json!(800), json!(800)).await.ok();
    assert_eq!(stand.olgas_balance().await, json!(78));

    let stand = Stand::start().await;
    stand.hold(POINT, json!(800)).await.ok();
    stand.pass(SignedDuration::from_mins(10));
    stand.retail(OLGA, SADOVAYA, json!(500), json!(500)).await.ok();
    stand.retail(OLGA, POINT, json!(800), json!(800)).await.wrong("spend", "Spend can't be more 378");
}

#[tokio::test]
async fn each_hold_runs_out_by_itself() {
    let stand = Stand::start().await;
    for minutes in [1, 2, 3] {
        let body = json!({ "client": OLGA, "point": POINT, "amount": 100, "duration": minutes });
        stand.till("bonuses/hold", body).await.ok();
    }
    for balance in [578, 678, 778, 878] {
        assert_eq!(stand.olgas_balance().await, json!(balance));
        stand.pass(SignedDuration::from_mins(1));
    }
}

#[tokio::test]
async fn holds_outlive_a_restart_and_run_out_over_it() {
    let mut stand = Stand::start().await;
    stand.hold(POINT, json!(300)).await.ok();
    stand.restart();
    assert_eq!(stand.olgas_balance().await, json!(578));
    stand.retail(OLGA, SADOVAYA, json!(578), json!(578)).await.ok();
    stand.pass(SignedDuration::from_mins(10));
    stand.restart();
    stand.sandbox.check().expect("what has run out unseen is sound");
    assert_eq!(stand.olgas_balance().await, json!(300));
}
