//! The basic REST API from the search to the sale: the makers' examples to the letter, levels, rights.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use contract::Money;
use rusqlite::Connection;
use sandbox::Kind;
use serde_json::{Value, json};

use crate::stand::{IVAN, Stand};
use crate::till::{KEY, OLGA, OLGAS_PHONE, POINT, PYOTR, SADOVAYA, SADOVAYA_KEY, till_request};

fn search(text: &str) -> Value {
    json!({ "search": text, "point": POINT })
}

#[tokio::test]
async fn the_documented_client_is_found_with_everything_that_is_documented() {
    let stand = Stand::start().await;
    let mut found = stand.till("client", search(OLGAS_PHONE)).await.ok();
    let level_id = found["client"]["level"]["id"].take();
    let expected = json!({
        "success": true,
        "client": {
            "id": OLGA,
            "name": "Ольга",
            "photo": "https://chashka.example/guests/olga.jpeg",
            "birthday": "1991-03-29",
            "level": {
                "id": null,
                "title": "Бонусы",
                "percent": 10,
                "type": "cashback",
                "maxSpendPercent": 100
            },
            "phone": 79_990_005_566_i64,
            "email": "olga@mail.example",
            "balance": 878
        }
    });
    assert_eq!(found, expected);
    let level_id = level_id.as_str().expect("a text");
    assert!(level_id.len() == 24 && level_id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{level_id}");
}

#[tokio::test]
async fn a_client_is_found_by_phone_with_and_without_its_plus_by_card_and_by_the_apps_code() {
    let stand = Stand::start().await;
    for text in [OLGAS_PHONE, "79990005566", "2200770012345678", "AP-4711-OLGA"] {
        assert_eq!(stand.till("client", search(text)).await.ok()["client"]["id"], OLGA, "{text}");
    }
    for text in
        ["0", "+", "++79990005566", " 79990005566", "89990005566", "AP-4711", "ap-4711-olga", IVAN, OLGA]
    {
        stand.till("client", search(text)).await.wrong("client", "Client not found.");
    }
}

#[tokio::test]
async fn the_documented_calculation_hold_and_sales() {
    let stand = Stand::start().await;
    let recalc = stand.recalc(OLGA, POINT, json!(100)).await;
    let expected = json!({ "amount": 100, "percent": 10, "type": "cashback", "spend": 100, "earn": 10 });
    assert_eq!(recalc, expected);

    let body = json!({ "client": OLGA, "point": POINT, "amount": 100, "duration": 10 });
    let held = stand.till("bonuses/hold", body).await.ok();
    // Ten minutes after 2026-03-01T09:00:00Z.
    assert_eq!(held, json!({ "success": true, "held": { "until": 1_772_356_200, "amount": 100 } }));

    let spent = stand.retail(OLGA, POINT, json!(100), json!(100)).await.ok();
    let retail = json!({ "amount": 100, "total": 0, "percent": 10, "type": "cashback", "spend": 100 });
    assert_eq!(spent, json!({ "success": true, "retail": retail }));
    assert_eq!(stand.olgas_balance().await, json!(778));

    let earned = stand.retail(OLGA, POINT, json!(100), json!(0)).await.ok();
    let retail = json!({ "amount": 100, "total": 100, "percent": 10, "type": "cashback", "earn": 10 });
    assert_eq!(earned, json!({ "success": true, "retail": retail }));
    assert_eq!(stand.olgas_balance().await, json!(788));
}

#[tokio::test]
async fn the_documented_errors() {
    let stand = Stand::start().await;
    stand.retail(OLGA, POINT, json!(100), json!(101)).await.wrong("spend", "Spend can't be more 100");
    stand.hold(POINT, json!(878.01)).await.wrong("spend", "Spend can't be more 878");
    let strangers = [
        (
            "client",
            json!({ "search": "79990009999", "point": POINT }),
            json!({ "search": "0", "point": "1" }),
        ),
        (
            "recalc",
            json!({ "client": "62a1f0c27be94d3a15e8c009", "point": POINT, "amount": 1 }),
            json!({ "client": "1", "point": "62a1f0c27be94d3a15e8b7f9", "amount": 1 }),
        ),
        (
            "bonuses/hold",
            json!({ "client": "1", "point": POINT, "amount": 1 }),
            json!({ "client": OLGA, "point": "4174244", "amount": 1 }),
        ),
        (
            "bonuses/release",
            json!({ "client": "1", "point": POINT }),
            json!({ "client": OLGA, "point": "1" }),
        ),
        (
            "retail",
            json!({ "client": "1", "point": POINT, "amount": 1, "spend": 0 }),
            json!({ "client": OLGA, "point": "1", "amount": 1, "spend": 0 }),
        ),
    ];
    for (operation, no_client, no_point) in strangers {
        stand.till(operation, no_client).await.wrong("client", "Client not found.");
        // Where both are unknown, the point is what is told.
        stand.till(operation, no_point).await.wrong("point", "Point not found.");
    }
}

#[tokio::test]
async fn a_till_goes_the_whole_way() {
    let stand = Stand::start().await;
    let client = stand.till("client", search("AP-4711-OLGA")).await.ok()["client"].clone();
    let id = client["id"].as_str().expect("a text");
    assert_eq!(stand.recalc(id, POINT, json!(1_000)).await["spend"], json!(878));
    stand.hold(POINT, json!(600)).await.ok();
    assert_eq!(stand.olgas_balance().await, json!(278));
    stand.release(POINT).await;
    assert_eq!(stand.recalc(id, POINT, json!(500.5)).await["spend"], json!(500.5));
    stand.hold(POINT, json!(500.5)).await.ok();
    let sold = stand.retail(id, POINT, json!(600.75), json!(500.5)).await.ok();
    assert_eq!(sold["retail"]["total"], json!(100.25));
    assert_eq!(stand.olgas_balance().await, json!(377.5));
    // A confirmation and a close stand in the ledger for a sale.
    let held = [Kind::Held, Kind::HoldReleased];
    let sold = [Kind::Confirmed, Kind::Closed];
    assert_eq!(stand.done(), [&held[..], &held, &sold].concat());
    let last = stand.entries().pop().expect("an entry");
    assert_eq!((last.payment, last.accrual), (Money::from_minor(50_050), Money::ZERO));
    // The money counts as for any other order.
    assert_eq!(stand.number("SELECT paid_total_minor FROM guest WHERE phone = '+79990005566'"), 10_025);
    assert_eq!(stand.number("SELECT closed_orders FROM guest WHERE phone = '+79990005566'"), 1);
}

#[tokio::test]
async fn what_is_earned_is_rounded_half_up_and_a_sale_of_nothing_earns_nothing() {
    let stand = Stand::start().await;
    for (amount, earn) in [(json!(0.05), json!(0.01)), (json!(0.04), json!(0)), (json!(0), json!(0))] {
        assert_eq!(stand.recalc(OLGA, POINT, amount.clone()).await["earn"], earn, "{amount}");
        let sold = stand.retail(OLGA, POINT, amount.clone(), json!(0)).await.ok();
        assert_eq!(sold["retail"]["earn"], earn, "{amount}");
    }
    assert_eq!(stand.olgas_balance().await, json!(878.01));
}

#[tokio::test]
async fn a_level_with_a_discount_takes_it_off_and_has_no_bonuses() {
    let stand = Stand::start().await;
    let found = stand.till("client", search("79990006677")).await.ok()["client"].clone();
    assert_eq!((&found["balance"], &found["name"]), (&json!(0), &json!("Пётр")));
    assert_eq!((&found["photo"], &found["email"]), (&Value::Null, &Value::Null));
    let level = &found["level"];
    assert_eq!((&level["type"], &level["percent"]), (&json!("discount"), &json!(7)));
    assert!(level.get("maxSpendPercent").is_none(), "{level}");

    let expected = json!({ "amount": 99.5, "percent": 7, "type": "discount", "spend": 0, "earn": 0 });
    assert_eq!(stand.recalc(PYOTR, POINT, json!(99.5)).await, expected);
    let hold = json!({ "client": PYOTR, "point": POINT, "amount": 0.01 });
    stand.till("bonuses/hold", hold).await.wrong("spend", "Spend can't be more 0");
    stand.retail(PYOTR, POINT, json!(99.5), json!(0.01)).await.wrong("spend", "Spend can't be more 0");
    // 7 % of 99.50 is 6.965.
    let sold = stand.retail(PYOTR, POINT, json!(99.5), json!(0)).await.ok();
    let retail = json!({ "amount": 99.5, "total": 92.53, "percent": 7, "type": "discount", "earn": 0 });
    assert_eq!(sold["retail"], retail);
    assert_eq!(stand.entries().pop().expect("an entry").discount, Money::from_minor(697));
}

/// Changes the programme of «Чашка», whose place in the books no option has.
fn change_programme(stand: &mut Stand, change: impl FnOnce(&mut Value)) {
    let books = Connection::open(stand.database()).expect("the database opens beside the sandbox");
    let of_chashka = "SELECT programme FROM network WHERE name = 'Чашка'";
    let text: String = books.query_row(of_chashka, [], |row| row.get(0)).expect("a programme");
    let mut programme: Value = serde_json::from_str(&text).expect("JSON");
    change(&mut programme);
    let update = "UPDATE network SET programme = ?1 WHERE name = 'Чашка'";
    books.execute(update, [programme.to_string()]).expect("the network");
    drop(books);
    stand.restart();
}

#[tokio::test]
async fn the_levels_own_share_bounds_what_is_spent_and_without_one_the_programmes_does() {
    let mut stand = Stand::start().await;
    for (own, percent, most) in [(json!(2_500), 25, "25.02"), (Value::Null, 50, "50.05")] {
        change_programme(&mut stand, |programme| {
            programme["ranks"][0]["max_payable_share_bp"] = own.clone();
            if own.is_null() {
                programme["ranks"][0].as_object_mut().expect("a rank").remove("max_payable_share_bp");
            }
        });
        let level = stand.till("client", search(OLGAS_PHONE)).await.ok()["client"]["level"].clone();
        assert_eq!(level["maxSpendPercent"], json!(percent));
        let spend = stand.recalc(OLGA, POINT, json!(100.1)).await["spend"].to_string();
        assert_eq!(spend, most);
        let message = format!("Spend can't be more {most}");
        stand.retail(OLGA, POINT, json!(100.1), json!(60)).await.wrong("spend", &message);
    }
}

#[tokio::test]
async fn the_money_paid_reaches_the_next_level() {
    let mut stand = Stand::start().await;
    change_programme(&mut stand, |programme| programme["ranks"][1]["threshold_minor"] = json!(15_000));
    for (amount, spend, level) in [(149, 0, "Бонусы"), (100, 100, "Бонусы"), (1, 0, "Друзья дома")]
    {
        stand.retail(OLGA, POINT, json!(amount), json!(spend)).await.ok();
        let found = stand.till("client", search(OLGAS_PHONE)).await.ok()["client"].clone();
        assert_eq!(found["level"]["title"], level);
    }
    // Her bonuses rest while the level has a discount.
    assert_eq!(stand.olgas_balance().await, json!(0));
    assert_eq!(stand.number("SELECT balance_minor FROM guest WHERE phone = '+79990005566'"), 77_800 + 1_500);
}

#[tokio::test]
async fn campaigns_of_the_programme_do_not_touch_an_operation() {
    let mut stand = Stand::start().await;
    change_programme(&mut stand, |programme| {
        programme["campaigns"] = json!([{ "id": "6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c03", "name": "Скидка",
            "trigger": "automatic", "effect": { "percent": { "share_bp": 1000 } }, "bonuses": "forbidden" }]);
        programme["unpayable"] = json!({ "codes": ["operation"] });
    });
    let expected = json!({ "amount": 100, "percent": 10, "type": "cashback", "spend": 100, "earn": 10 });
    assert_eq!(stand.recalc(OLGA, POINT, json!(100)).await, expected);
    let sold = stand.retail(OLGA, POINT, json!(100), json!(0)).await.ok();
    assert_eq!(sold["retail"]["total"], json!(100));
}

#[tokio::test]
async fn only_a_key_of_this_system_gets_in_and_it_sees_its_own_points() {
    let stand = Stand::start().await;
    for key in [None, Some(""), Some("demo"), Some("Demo-basic"), Some("demo-plazius"), Some("' OR 1=1 --")] {
        let answer = stand.till_as(key, "client", search(OLGAS_PHONE)).await;
        answer.status_is(StatusCode::UNAUTHORIZED);
        // What the body says is not looked at without a key.
        let answer = stand.send_from_till(till_request(key, "retail", "[")).await;
        answer.status_is(StatusCode::UNAUTHORIZED);
    }
    for password in ["demo", ""] {
        stand.gen_token(Some(KEY), password).await.status_is(StatusCode::UNAUTHORIZED);
    }
    let of_first = json!({ "client": OLGA, "point": POINT, "amount": 1, "spend": 0 });
    stand.till_as(Some(SADOVAYA_KEY), "retail", of_first).await.wrong("point", "Point not found.");
    let of_second = json!({ "client": OLGA, "point": SADOVAYA, "amount": 1, "spend": 0 });
    stand.till_as(Some(SADOVAYA_KEY), "retail", of_second).await.ok();
}

#[tokio::test]
async fn what_is_no_operation_and_no_post_is_told_in_the_shape_of_the_errors() {
    let stand = Stand::start().await;
    let to = |method: Method, path: &str| {
        let request = Request::builder().method(method).uri(format!("/basic/{path}"));
        request.header("apikey", KEY).body(Body::empty()).expect("a request")
    };
    for path in ["integration/general", "integration/general/hold", "b2b/v1/loyalty/guests/get"] {
        stand.send_from_till(to(Method::POST, path)).await.status_is(StatusCode::NOT_FOUND);
    }
    let answer = stand.send_from_till(to(Method::GET, "integration/general/client")).await;
    answer.status_is(StatusCode::METHOD_NOT_ALLOWED);
}
