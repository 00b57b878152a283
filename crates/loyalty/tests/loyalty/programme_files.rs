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

/// Each row: the field that is changed, to what, and a part of the reason. The field itself is the one that is named.
fn assert_refused(table: &[(&str, &str, &str)]) {
    for (pointer, value, reason) in table {
        assert_refused_at(&[(pointer, Some(value), &path(pointer), reason)]);
    }
}

/// `/ranks/0/name` as an author reads it: `ranks[0].name`.
fn path(pointer: &str) -> String {
    let mut path = String::new();
    for part in pointer.split('/').skip(1) {
        if part.bytes().all(|byte| byte.is_ascii_digit()) {
            path += &format!("[{part}]");
        } else {
            path += if path.is_empty() { "" } else { "." };
            path += part;
        }
    }
    path
}

/// Each row: where the example is changed, to what or to nothing, the path that is named, and a part of the reason.
fn assert_refused_at(table: &[(&str, Option<&str>, &str, &str)]) {
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
        ("/name", r#"" ""#, "blank"),
        ("/name", "5", "invalid type"),
        ("/name", "null", "invalid type"),
        ("/title", "1", "unknown field"),
        ("/max_payable_share_bp", "10001", "more than the whole"),
        ("/max_payable_share_bp", "-1", "invalid value"),
        ("/max_payable_share_bp", "\"half\"", "invalid type"),
        ("/max_payable_share_bp", "99999999999", "invalid value"),
        ("/utc_offset_minutes", "841", "within 14 hours"),
        ("/utc_offset_minutes", "-841", "within 14 hours"),
        ("/utc_offset_minutes", "-2147483648", "within 14 hours"),
        ("/utc_offset_minutes", "\"+03:00\"", "invalid type"),
        ("/ranks", "[]", "at least one rank"),
        ("/ranks/0/name", "\"\"", "blank"),
        ("/ranks/1/name", "\"Бронзовый\"", "another rank"),
        ("/ranks/1/cashback_bp", "10001", "more than the whole"),
        ("/ranks/1/cashback", "500", "unknown field"),
        ("/ranks/0/threshold_minor", "1", "must be zero"),
        ("/ranks/1/threshold_minor", "-1", "above zero"),
        ("/ranks/2/threshold_minor", "1000000", "above the threshold"),
        ("/ranks/0/confirmation", r#"{"sum_minor": 1, "period_hours": 1}"#, "cannot be lost"),
        ("/ranks/1/confirmation/sum_minor", "0", "above zero"),
        ("/ranks/1/confirmation/period_hours", "0", "above zero"),
        ("/ranks/1/confirmation/days", "3", "unknown field"),
        ("/ranks/2/max_payable_share_bp", "10001", "more than the whole"),
        ("/ranks/3/max_payable_share_bp", "0", "says nothing"),
        ("/ranks/3/cashback_bp", "1", "must be zero"),
        ("/ranks/3/discount/share_bp", "0", "above zero"),
        ("/ranks/3/discount/share_bp", "10001", "more than the whole"),
        ("/ranks/3/discount/id", "\"6F1D0C3A-2A57-4D0E-9F53-0B7A7A5A1C13\"", "small letters"),
        ("/ranks/3/discount/from", "1", "unknown field"),
        ("/campaigns/0/id", "\"6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c13\"", "a rank has this id"),
        ("/campaigns", "{}", "invalid type"),
    ]);
    assert_refused_at(&[
        ("/name", None, ".", "missing field `name`"),
        ("/ranks", None, ".", "missing field `ranks`"),
        ("/ranks/2/threshold_minor", None, "ranks[2].threshold_minor", "above the threshold"),
    ]);
}

#[test]
fn a_wrong_campaign_is_refused_with_its_path() {
    assert_refused(&[
        ("/campaigns/1/id", "\"1\"", "UUID"),
        ("/campaigns/1/id", "\"6F1D0C3A-2A57-4D0E-9F53-0B7A7A5A1C02\"", "small letters"),
        ("/campaigns/1/id", "\"6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c01\"", "another campaign"),
        ("/campaigns/0/name", "\"\\t\"", "blank"),
        ("/campaigns/0/description", "\"\"", "blank"),
        ("/campaigns/1/image_url", "\" \"", "blank"),
        ("/campaigns/5/exclusive_group", "\"\"", "blank"),
        ("/campaigns/7/bonuses", "\"sometimes\"", "unknown variant"),
        ("/campaigns/7/discount", "5", "unknown field"),
        ("/campaigns/1/target/codes/1", "\" \"", "blank"),
        ("/campaigns/0/target", "\"drinks\"", "unknown variant"),
        ("/campaigns/7/trigger", "\"always\"", "unknown variant"),
        ("/campaigns/5/trigger/promo_code", "\" \"", "blank"),
        ("/campaigns/5/trigger/promo_code", "7", "invalid type"),
        ("/campaigns/6/trigger/single_use_promo_codes", "[]", "at least one"),
        ("/campaigns/6/trigger/single_use_promo_codes/1", "\"\"", "blank"),
        ("/campaigns/6/trigger/single_use_promo_codes/1", "\"pie-7k2p-xr4m \"", "already"),
        ("/campaigns/1/trigger/bought/price_minor", "0", "above zero"),
        ("/campaigns/1/trigger/bought/old_price_minor", "99000", "above the price"),
        ("/campaigns/1/trigger/bought/old_price_minor", "1000000000001", "within range"),
        ("/campaigns/1/trigger/bought/vat", "1", "unknown field"),
        ("/campaigns/8/trigger", "\"privilege\"", "a privilege sets off"),
        ("/campaigns/10/trigger", "\"activated\"", "must be `automatic`"),
        ("/campaigns/11/trigger", "{\"promo_code\": \"HI\"}", "must be `automatic`"),
    ]);
    assert_refused_at(&[
        ("/campaigns/1/id", None, "campaigns[1]", "missing field `id`"),
        ("/campaigns/0/target", Some("{\"codes\": []}"), "campaigns[0].target.codes", "at least one"),
        (
            "/campaigns/0/target",
            Some("{\"categories\": []}"),
            "campaigns[0].target.categories",
            "at least one",
        ),
        ("/campaigns/7/trigger", None, "campaigns[7]", "missing field `trigger`"),
        (
            "/campaigns/6/trigger",
            Some("{\"promo_code\": \" весна26\"}"),
            "campaigns[6].trigger.promo_code",
            "already",
        ),
    ]);
}

#[test]
fn a_wrong_condition_is_refused_with_its_path() {
    assert_refused(&[
        ("/campaigns/4/from", "\"2026-03-02\"", "date and time"),
        ("/campaigns/4/from", "\"2026-02-29 00:00:00\"", "that exists"),
        ("/campaigns/4/from", "20260302", "invalid type"),
        ("/campaigns/4/to", "\"2026-03-02 00:00:00\"", "after `from`"),
        ("/campaigns/7/min_order_minor", "0", "above zero"),
        ("/campaigns/7/min_order_minor", "-5", "above zero"),
        ("/campaigns/7/min_order_minor", "1000000000001", "within range"),
        ("/campaigns/7/min_order_minor", "\"100\"", "invalid type"),
        ("/campaigns/7/min_order_minor", "10.5", "invalid type"),
        ("/campaigns/2/expeditions/1", "\"drone\"", "unknown variant"),
        ("/campaigns/2/expeditions", "\"pickup\"", "invalid type"),
        ("/campaigns/2/contains/0/at_least_milli", "0", "above zero"),
        ("/campaigns/2/contains/0/at_most", "1", "unknown field"),
        ("/campaigns/2/weekdays/0", "\"monday\"", "unknown variant"),
        ("/campaigns/2/hours/0/from", "\"24:00\"", "before 24:00"),
        ("/campaigns/2/hours/0/from", "\"9:00\"", "time of day"),
        ("/campaigns/2/hours/0/to", "\"24:01\"", "time of day"),
        ("/campaigns/2/hours/0/to", "\"16:60\"", "time of day"),
        ("/campaigns/2/hours/0/to", "\"1б:00\"", "time of day"),
        ("/campaigns/2/hours/0/to", "\"12:00\"", "must not be the time"),
        ("/campaigns/4/uses_per_guest", "0", "above zero"),
        ("/campaigns/4/uses_per_guest", "-1", "invalid value"),
        ("/campaigns/8/first_order", "1", "invalid type"),
    ]);
    assert_refused_at(&[
        ("/campaigns/4/from", Some("\"2026-03-10 00:00:00\""), "campaigns[4].to", "after `from`"),
        (
            "/campaigns/2/contains/0/target",
            Some("{\"codes\": []}"),
            "campaigns[2].contains[0].target.codes",
            "at least one",
        ),
        ("/campaigns/2/contains/0/target", None, "campaigns[2].contains[0]", "missing field `target`"),
        ("/campaigns/2/hours/0/to", None, "campaigns[2].hours[0]", "missing field `to`"),
    ]);
}

#[test]
fn a_wrong_effect_or_gift_is_refused_with_its_path() {
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
        assert_refused(&[(&pointer, value, reason)]);
    }
    assert_refused(&[
        ("/campaigns/7/effect", "\"free\"", "unknown variant"),
        ("/campaigns/7/effect/percent/share_bp", "0", "above zero"),
        ("/campaigns/7/effect/percent/share_bp", "20000", "the whole"),
        ("/campaigns/7/effect/percent/of", "1", "unknown field"),
        ("/campaigns/5/effect/fixed/amount_minor", "0", "above zero"),
        (
            "/campaigns/9/effect/stamps/gifts/1/gift/settings_id",
            "\"0d1b7c52-5a0e-4c57-8f0e-3d1f6a2b9e02\"",
            "another gift",
        ),
        (
            "/campaigns/9/effect/stamps/gifts/1/gift/gives/privilege/campaign_id",
            "\"6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1cff\"",
            "whose trigger is `privilege`",
        ),
        (
            "/campaigns/10/effect/referral/referral_gift/gives/privilege/campaign_id",
            "\"6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c08\"",
            "whose trigger is `privilege`",
        ),
        ("/campaigns/10/effect/referral/referrer_gift/name", "\" \"", "blank"),
        ("/campaigns/11/effect/welcome/gift/valid_days", "0", "from 1"),
        ("/campaigns/9/effect/stamps/per_minor", "0", "above zero"),
        ("/campaigns/9/effect/stamps/gifts", "[]", "at least one gift"),
        ("/campaigns/9/effect/stamps/gifts/0/stamps", "0", "above 0"),
        ("/campaigns/9/effect/stamps/gifts/1/stamps", "3", "above 3"),
        ("/campaigns/9/effect/stamps/gifts/1/stamps", "1001", "at most 1000"),
        ("/campaigns/9/effect/stamps/gifts/1/count", "3", "unknown field"),
    ]);
    assert_refused_at(&[
        (
            "/campaigns/8/effect/reward/gift/gives",
            Some("{\"bonus\": {\"amount_minor\": 0}}"),
            "campaigns[8].effect.reward.gift.gives.bonus.amount_minor",
            "above zero",
        ),
        (
            "/campaigns/10/effect/referral/referrer_gift",
            None,
            "campaigns[10].effect.referral",
            "missing field",
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
        assert_refused(&[(&pointer, value, "does not look at an order")]);
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
