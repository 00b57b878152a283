//! What is no programme, and where its author is told to look.

use loyalty::Programme;
use serde_json::Value;

/// The programme of the documentation, which uses every field.
const EXAMPLE: &str = include_str!("../../../../docs/programme.example.json");

/// The example with `value` at `pointer`, or without what is there.
fn changed(pointer: &str, value: Option<&str>) -> String {
    let mut programme: Value = serde_json::from_str(EXAMPLE).expect("the example is JSON");
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer to a field");
    let parent = programme.pointer_mut(parent).unwrap_or_else(|| panic!("nothing at {parent}"));
    let value = value.map(|text| serde_json::from_str(text).expect("a JSON value"));
    match (parent, value) {
        (Value::Object(fields), Some(value)) => {
            fields.insert(key.to_owned(), value);
        }
        (Value::Object(fields), None) => {
            fields.remove(key).expect("a field to take away");
        }
        (Value::Array(items), Some(value)) => items[key.parse::<usize>().expect("an index")] = value,
        (other, _) => panic!("no fields in {other}"),
    }
    programme.to_string()
}

/// Each row: where the example is changed, to what, the path that is named, and a part of the reason.
fn assert_refused(table: &[(&str, Option<&str>, &str, &str)]) {
    for (pointer, value, path, reason) in table {
        let refused = match Programme::from_json(&changed(pointer, *value)) {
            Ok(_) => panic!("{pointer} = {value:?} was taken"),
            Err(refused) => refused,
        };
        assert_eq!(refused.path, *path, "{pointer} = {value:?}: {refused}");
        assert!(refused.reason.contains(reason), "{pointer} = {value:?}: {refused}");
    }
}

#[test]
fn the_example_is_a_programme_and_survives_being_written_and_read() {
    let programme = Programme::from_json(EXAMPLE).expect("the example is a programme");
    let written = serde_json::to_string(&programme).expect("a programme can be written");
    assert_eq!(Programme::from_json(&written), Ok(programme));
}

#[test]
fn a_wrong_head_or_rank_is_refused_with_its_path() {
    assert_refused(&[
        ("/name", Some(r#"" ""#), "name", "blank"),
        ("/name", Some("5"), "name", "invalid type"),
        ("/name", Some("null"), "name", "invalid type"),
        ("/name", None, ".", "missing field `name`"),
        ("/title", Some("1"), "title", "unknown field"),
        ("/max_payable_share_bp", Some("10001"), "max_payable_share_bp", "more than the whole"),
        ("/max_payable_share_bp", Some("-1"), "max_payable_share_bp", "invalid value"),
        ("/max_payable_share_bp", Some("\"half\""), "max_payable_share_bp", "invalid type"),
        ("/max_payable_share_bp", Some("99999999999"), "max_payable_share_bp", "invalid value"),
        ("/utc_offset_minutes", Some("841"), "utc_offset_minutes", "within 14 hours"),
        ("/utc_offset_minutes", Some("-841"), "utc_offset_minutes", "within 14 hours"),
        ("/utc_offset_minutes", Some("-2147483648"), "utc_offset_minutes", "within 14 hours"),
        ("/utc_offset_minutes", Some("\"+03:00\""), "utc_offset_minutes", "invalid type"),
        ("/ranks", Some("[]"), "ranks", "at least one rank"),
        ("/ranks", None, ".", "missing field `ranks`"),
        ("/ranks/0/name", Some("\"\""), "ranks[0].name", "blank"),
        ("/ranks/1/name", Some("\"Бронзовый\""), "ranks[1].name", "another rank"),
        ("/ranks/1/cashback_bp", Some("10001"), "ranks[1].cashback_bp", "more than the whole"),
        ("/ranks/1/cashback", Some("500"), "ranks[1].cashback", "unknown field"),
        ("/ranks/0/threshold_minor", Some("1"), "ranks[0].threshold_minor", "must be zero"),
        ("/ranks/1/threshold_minor", Some("-1"), "ranks[1].threshold_minor", "above zero"),
        ("/ranks/2/threshold_minor", Some("1000000"), "ranks[2].threshold_minor", "above the threshold"),
        ("/ranks/2/threshold_minor", None, "ranks[2].threshold_minor", "above the threshold"),
        (
            "/ranks/0/confirmation",
            Some(r#"{"sum_minor": 1, "period_hours": 1}"#),
            "ranks[0].confirmation",
            "cannot be lost",
        ),
        ("/ranks/1/confirmation/sum_minor", Some("0"), "ranks[1].confirmation.sum_minor", "above zero"),
        ("/ranks/1/confirmation/period_hours", Some("0"), "ranks[1].confirmation.period_hours", "above zero"),
        ("/ranks/1/confirmation/days", Some("3"), "ranks[1].confirmation.days", "unknown field"),
        ("/campaigns", Some("{}"), "campaigns", "invalid type"),
    ]);
}

#[test]
fn a_wrong_campaign_is_refused_with_its_path() {
    assert_refused(&[
        ("/campaigns/1/id", Some("\"1\""), "campaigns[1].id", "UUID"),
        (
            "/campaigns/1/id",
            Some("\"6F1D0C3A-2A57-4D0E-9F53-0B7A7A5A1C02\""),
            "campaigns[1].id",
            "small letters",
        ),
        ("/campaigns/1/id", None, "campaigns[1]", "missing field `id`"),
        (
            "/campaigns/1/id",
            Some("\"6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c01\""),
            "campaigns[1].id",
            "another campaign",
        ),
        ("/campaigns/0/name", Some("\"\\t\""), "campaigns[0].name", "blank"),
        ("/campaigns/0/description", Some("\"\""), "campaigns[0].description", "blank"),
        ("/campaigns/1/image_url", Some("\" \""), "campaigns[1].image_url", "blank"),
        ("/campaigns/5/exclusive_group", Some("\"\""), "campaigns[5].exclusive_group", "blank"),
        ("/campaigns/7/bonuses", Some("\"sometimes\""), "campaigns[7].bonuses", "unknown variant"),
        ("/campaigns/7/discount", Some("5"), "campaigns[7].discount", "unknown field"),
        ("/campaigns/0/target", Some("{\"codes\": []}"), "campaigns[0].target.codes", "at least one"),
        (
            "/campaigns/0/target",
            Some("{\"categories\": []}"),
            "campaigns[0].target.categories",
            "at least one",
        ),
        ("/campaigns/1/target/codes/1", Some("\" \""), "campaigns[1].target.codes[1]", "blank"),
        ("/campaigns/0/target", Some("\"drinks\""), "campaigns[0].target", "unknown variant"),
        ("/campaigns/7/trigger", None, "campaigns[7]", "missing field `trigger`"),
        ("/campaigns/7/trigger", Some("\"always\""), "campaigns[7].trigger", "unknown variant"),
        ("/campaigns/5/trigger/promo_code", Some("\" \""), "campaigns[5].trigger.promo_code", "blank"),
        ("/campaigns/5/trigger/promo_code", Some("7"), "campaigns[5].trigger.promo_code", "invalid type"),
        (
            "/campaigns/6/trigger/single_use_promo_codes",
            Some("[]"),
            "campaigns[6].trigger.single_use_promo_codes",
            "at least one",
        ),
        (
            "/campaigns/6/trigger/single_use_promo_codes/1",
            Some("\"\""),
            "campaigns[6].trigger.single_use_promo_codes[1]",
            "blank",
        ),
        (
            "/campaigns/6/trigger/single_use_promo_codes/1",
            Some("\"pie-7k2p-xr4m \""),
            "campaigns[6].trigger.single_use_promo_codes[1]",
            "already",
        ),
        (
            "/campaigns/6/trigger",
            Some("{\"promo_code\": \" весна26\"}"),
            "campaigns[6].trigger.promo_code",
            "already",
        ),
        (
            "/campaigns/1/trigger/bought/price_minor",
            Some("0"),
            "campaigns[1].trigger.bought.price_minor",
            "above zero",
        ),
        (
            "/campaigns/1/trigger/bought/old_price_minor",
            Some("99000"),
            "campaigns[1].trigger.bought.old_price_minor",
            "above the price",
        ),
        (
            "/campaigns/1/trigger/bought/old_price_minor",
            Some("1000000000001"),
            "campaigns[1].trigger.bought.old_price_minor",
            "within range",
        ),
        ("/campaigns/1/trigger/bought/vat", Some("1"), "campaigns[1].trigger.bought.vat", "unknown field"),
        ("/campaigns/8/trigger", Some("\"privilege\""), "campaigns[8].trigger", "a privilege sets off"),
        ("/campaigns/10/trigger", Some("\"activated\""), "campaigns[10].trigger", "must be `automatic`"),
        (
            "/campaigns/11/trigger",
            Some("{\"promo_code\": \"HI\"}"),
            "campaigns[11].trigger",
            "must be `automatic`",
        ),
    ]);
}

#[test]
fn a_wrong_condition_is_refused_with_its_path() {
    assert_refused(&[
        ("/campaigns/4/from", Some("\"2026-03-02\""), "campaigns[4].from", "date and time"),
        ("/campaigns/4/from", Some("\"2026-02-29 00:00:00\""), "campaigns[4].from", "that exists"),
        ("/campaigns/4/from", Some("20260302"), "campaigns[4].from", "invalid type"),
        ("/campaigns/4/to", Some("\"2026-03-02 00:00:00\""), "campaigns[4].to", "after `from`"),
        ("/campaigns/4/from", Some("\"2026-03-10 00:00:00\""), "campaigns[4].to", "after `from`"),
        ("/campaigns/7/min_order_minor", Some("0"), "campaigns[7].min_order_minor", "above zero"),
        ("/campaigns/7/min_order_minor", Some("-5"), "campaigns[7].min_order_minor", "above zero"),
        (
            "/campaigns/7/min_order_minor",
            Some("1000000000001"),
            "campaigns[7].min_order_minor",
            "within range",
        ),
        ("/campaigns/7/min_order_minor", Some("\"100\""), "campaigns[7].min_order_minor", "invalid type"),
        ("/campaigns/7/min_order_minor", Some("10.5"), "campaigns[7].min_order_minor", "invalid type"),
        ("/campaigns/2/expeditions/1", Some("\"drone\""), "campaigns[2].expeditions[1]", "unknown variant"),
        ("/campaigns/2/expeditions", Some("\"pickup\""), "campaigns[2].expeditions", "invalid type"),
        (
            "/campaigns/2/contains/0/target",
            Some("{\"codes\": []}"),
            "campaigns[2].contains[0].target.codes",
            "at least one",
        ),
        ("/campaigns/2/contains/0/target", None, "campaigns[2].contains[0]", "missing field `target`"),
        (
            "/campaigns/2/contains/0/at_least_milli",
            Some("0"),
            "campaigns[2].contains[0].at_least_milli",
            "above zero",
        ),
        ("/campaigns/2/contains/0/at_most", Some("1"), "campaigns[2].contains[0].at_most", "unknown field"),
        ("/campaigns/2/weekdays/0", Some("\"monday\""), "campaigns[2].weekdays[0]", "unknown variant"),
        ("/campaigns/2/hours/0/from", Some("\"24:00\""), "campaigns[2].hours[0].from", "before 24:00"),
        ("/campaigns/2/hours/0/from", Some("\"9:00\""), "campaigns[2].hours[0].from", "time of day"),
        ("/campaigns/2/hours/0/to", Some("\"24:01\""), "campaigns[2].hours[0].to", "time of day"),
        ("/campaigns/2/hours/0/to", Some("\"16:60\""), "campaigns[2].hours[0].to", "time of day"),
        ("/campaigns/2/hours/0/to", Some("\"1б:00\""), "campaigns[2].hours[0].to", "time of day"),
        ("/campaigns/2/hours/0/to", Some("\"12:00\""), "campaigns[2].hours[0].to", "must not be the time"),
        ("/campaigns/2/hours/0/to", None, "campaigns[2].hours[0]", "missing field `to`"),
        ("/campaigns/4/uses_per_guest", Some("0"), "campaigns[4].uses_per_guest", "above zero"),
        ("/campaigns/4/uses_per_guest", Some("-1"), "campaigns[4].uses_per_guest", "invalid value"),
        ("/campaigns/8/first_order", Some("1"), "campaigns[8].first_order", "invalid type"),
    ]);
}

#[test]
fn a_wrong_effect_or_gift_is_refused_with_its_path() {
    const REWARD: &str = "campaigns[8].effect.reward.gift";
    let rows = [
        ("settings_id", "\"0d1b7c52\"", "UUID"),
        ("settings_id", "5", "invalid type"),
        ("name", "\"\"", "blank"),
        ("description", "\"\"", "blank"),
        ("image_url", "\"\"", "blank"),
        ("small_image_url", "\"\"", "blank"),
        ("icon_image_url", "\"\"", "blank"),
        ("valid_days", "0", "from 1 to 36500"),
        ("valid_days", "36501", "from 1 to 36500"),
        ("colour", "1", "unknown field"),
        ("gives", "\"nothing\"", "unknown variant"),
    ];
    for (field, value, reason) in rows {
        let pointer = format!("/campaigns/8/effect/reward/gift/{field}");
        assert_refused(&[(&pointer, Some(value), &format!("{REWARD}.{field}"), reason)]);
    }
    assert_refused(&[
        ("/campaigns/7/effect", Some("\"free\""), "campaigns[7].effect", "unknown variant"),
        (
            "/campaigns/7/effect/percent/share_bp",
            Some("0"),
            "campaigns[7].effect.percent.share_bp",
            "above zero",
        ),
        (
            "/campaigns/7/effect/percent/share_bp",
            Some("20000"),
            "campaigns[7].effect.percent.share_bp",
            "the whole",
        ),
        ("/campaigns/7/effect/percent/of", Some("1"), "campaigns[7].effect.percent.of", "unknown field"),
        (
            "/campaigns/5/effect/fixed/amount_minor",
            Some("0"),
            "campaigns[5].effect.fixed.amount_minor",
            "above zero",
        ),
        (
            "/campaigns/8/effect/reward/gift/gives",
            Some("{\"bonus\": {\"amount_minor\": 0}}"),
            "campaigns[8].effect.reward.gift.gives.bonus.amount_minor",
            "above zero",
        ),
        (
            "/campaigns/9/effect/stamps/gifts/1/gift/settings_id",
            Some("\"0d1b7c52-5a0e-4c57-8f0e-3d1f6a2b9e02\""),
            "campaigns[9].effect.stamps.gifts[1].gift.settings_id",
            "another gift",
        ),
        // There is no such campaign; and there is one, but nothing is held for it.
        (
            "/campaigns/9/effect/stamps/gifts/1/gift/gives/privilege/campaign_id",
            Some("\"6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1cff\""),
            "campaigns[9].effect.stamps.gifts[1].gift.gives.privilege.campaign_id",
            "whose trigger is `privilege`",
        ),
        (
            "/campaigns/10/effect/referral/referral_gift/gives/privilege/campaign_id",
            Some("\"6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c08\""),
            "campaigns[10].effect.referral.referral_gift.gives.privilege.campaign_id",
            "whose trigger is `privilege`",
        ),
        (
            "/campaigns/10/effect/referral/referrer_gift/name",
            Some("\" \""),
            "campaigns[10].effect.referral.referrer_gift.name",
            "blank",
        ),
        (
            "/campaigns/10/effect/referral/referrer_gift",
            None,
            "campaigns[10].effect.referral",
            "missing field",
        ),
        (
            "/campaigns/11/effect/welcome/gift/valid_days",
            Some("0"),
            "campaigns[11].effect.welcome.gift.valid_days",
            "from 1",
        ),
        (
            "/campaigns/9/effect/stamps/per_minor",
            Some("0"),
            "campaigns[9].effect.stamps.per_minor",
            "above zero",
        ),
        (
            "/campaigns/9/effect/stamps/gifts",
            Some("[]"),
            "campaigns[9].effect.stamps.gifts",
            "at least one gift",
        ),
        (
            "/campaigns/9/effect/stamps/gifts/0/stamps",
            Some("0"),
            "campaigns[9].effect.stamps.gifts[0].stamps",
            "above 0",
        ),
        (
            "/campaigns/9/effect/stamps/gifts/1/stamps",
            Some("3"),
            "campaigns[9].effect.stamps.gifts[1].stamps",
            "above 3",
        ),
        (
            "/campaigns/9/effect/stamps/gifts/1/stamps",
            Some("1001"),
            "campaigns[9].effect.stamps.gifts[1].stamps",
            "at most 1000",
        ),
        (
            "/campaigns/9/effect/stamps/gifts/1/count",
            Some("3"),
            "campaigns[9].effect.stamps.gifts[1].count",
            "unknown field",
        ),
    ]);
}

#[test]
fn a_gift_for_joining_takes_no_condition_on_an_order() {
    let conditions = [
        ("min_order_minor", "100"),
        ("expeditions", "[\"pickup\"]"),
        ("contains", "[{\"target\": \"all\"}]"),
        ("weekdays", "[\"mon\"]"),
        ("hours", "[{\"from\": \"10:00\", \"to\": \"11:00\"}]"),
        ("first_order", "true"),
        ("uses_per_guest", "1"),
        ("target", "{\"codes\": [\"drink-tea\"]}"),
        ("exclusive_group", "\"cheque\""),
        ("bonuses", "\"forbidden\""),
    ];
    for (field, value) in conditions {
        let pointer = format!("/campaigns/11/{field}");
        let path = format!("campaigns[11].{field}");
        assert_refused(&[(&pointer, Some(value), &path, "does not look at an order")]);
    }
    for (field, value) in [("from", "\"2026-01-01 00:00:00\""), ("to", "\"2027-01-01 00:00:00\"")] {
        let dated = changed(&format!("/campaigns/11/{field}"), Some(value));
        assert!(Programme::from_json(&dated).is_ok(), "a gift for joining may have a period: {field}");
    }
}

#[test]
fn what_is_not_one_whole_json_value_is_refused() {
    let trailing = format!("{EXAMPLE} {{}}");
    assert_eq!(Programme::from_json(&trailing).expect_err("two values").path, ".");
    let half: String = EXAMPLE.chars().take(200).collect();
    for wrong in [half.as_str(), "", "[]", "null", "не JSON"] {
        assert!(Programme::from_json(wrong).is_err(), "{wrong}");
    }
}
