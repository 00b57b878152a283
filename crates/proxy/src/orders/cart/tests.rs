//! What is a cart and what is not.

use contract::cart::Expedition;

use super::*;

fn line() -> CartLine {
    CartLine {
        code: "pie".to_owned(),
        name: "Пирог".to_owned(),
        category: Some("Пироги".to_owned()),
        quantity_milli: Quantity::from_milli(2000),
        unit_price_minor: Money::from_minor(42_000),
        modifiers: vec![CartModifier {
            code: "mod".to_owned(),
            name: "Сметана".to_owned(),
            quantity_milli: Quantity::from_milli(3000),
            unit_price_minor: Money::from_minor(4_000),
        }],
    }
}

fn judged(lines: Vec<CartLine>) -> Result<OrderContents, ApiError> {
    let cart = Cart { currency: "RUB".to_owned(), expedition: Expedition::Delivery, lines };
    judge_cart(&cart, "RUB", Timestamp::UNIX_EPOCH)
}

/// The code and the place of the refusal of a cart whose second line was changed.
fn refusal(change: impl FnOnce(&mut CartLine)) -> (ErrorCode, String) {
    let mut changed = line();
    change(&mut changed);
    let error = judged(vec![line(), changed]).expect_err("refused");
    (error.body.code, error.body.field.expect("a place"))
}

#[test]
fn a_lines_total_is_quantity_times_unit_and_modifiers() {
    let contents = judged(vec![line()]).expect("a cart");
    let line = &contents.lines[0];
    assert_eq!(line.total, Money::from_minor(2 * (42_000 + 3 * 4_000)));
    assert_eq!(line.modifiers[0].total, Money::from_minor(24_000));
    assert_eq!(line.modifiers[0].quantity, Quantity::from_milli(6000));
}

#[test]
fn weighed_dishes_are_rounded_half_up() {
    for (milli, unit, total) in [(350, 9_999, 3_500), (500, 1, 1), (499, 1, 0), (333, 100, 33)] {
        let weighed = CartLine {
            quantity_milli: Quantity::from_milli(milli),
            unit_price_minor: Money::from_minor(unit),
            modifiers: Vec::new(),
            ..line()
        };
        let contents = judged(vec![weighed]).expect("a cart");
        assert_eq!(contents.lines[0].total, Money::from_minor(total), "{milli} of {unit}");
    }
}

#[test]
fn markup_and_emoji_pass_unchanged() {
    let name = "<img src=x onerror=alert(1)> 🥟👨‍👩‍👧 \u{202e}";
    let contents = judged(vec![CartLine { name: name.to_owned(), ..line() }]).expect("a cart");
    assert_eq!(contents.lines[0].name, name);
}

#[test]
fn an_empty_cart_has_its_own_code() {
    assert_eq!(judged(Vec::new()).expect_err("empty").body.code, ErrorCode::EmptyCart);
}

#[test]
fn five_hundred_lines_are_a_cart_and_one_more_is_not() {
    assert_eq!(judged(vec![line(); 500]).expect("a cart").lines.len(), 500);
    let error = judged(vec![line(); 501]).expect_err("too many");
    assert_eq!((error.body.code, error.body.field.as_deref()), (ErrorCode::InvalidCart, Some("cart.lines")));
}

#[test]
fn each_impossible_value_is_refused_at_its_place() {
    type Change = fn(&mut CartLine);
    let cases: [(&str, Change); 13] = [
        ("cart.lines[1].quantity_milli", |line| line.quantity_milli = Quantity::from_milli(0)),
        ("cart.lines[1].quantity_milli", |line| line.quantity_milli = Quantity::from_milli(-1000)),
        ("cart.lines[1].quantity_milli", |line| line.quantity_milli = Quantity::from_milli(i64::MAX)),
        ("cart.lines[1].unit_price_minor", |line| line.unit_price_minor = Money::from_minor(-1)),
        ("cart.lines[1].unit_price_minor", |line| line.unit_price_minor = Money::from_minor(i64::MAX)),
        ("cart.lines[1].code", |line| line.code = String::new()),
        ("cart.lines[1].code", |line| line.code = "\u{a0}".to_owned()),
        ("cart.lines[1].name", |line| line.name = "п".repeat(201)),
        ("cart.lines[1].category", |line| line.category = Some(String::new())),
        ("cart.lines[1].modifiers", |line| line.modifiers = vec![line.modifiers[0].clone(); 51]),
        ("cart.lines[1].modifiers[0].quantity_milli", |line| {
            line.modifiers[0].quantity_milli = Quantity::from_milli(0);
        }),
        ("cart.lines[1].modifiers[0].unit_price_minor", |line| {
            line.modifiers[0].unit_price_minor = Money::from_minor(-1);
        }),
        ("cart.lines[1].modifiers[0].name", |line| line.modifiers[0].name = " ".to_owned()),
    ];
    for (place, change) in cases {
        assert_eq!(refusal(change), (ErrorCode::InvalidCart, place.to_owned()));
    }
}

#[test]
fn a_sum_beyond_the_range_is_refused() {
    let dear = CartLine { unit_price_minor: Money::from_minor(Money::MAX.minor() / 4), ..line() };
    let error = judged(vec![dear; 3]).expect_err("too dear");
    assert_eq!((error.body.code, error.body.field.as_deref()), (ErrorCode::InvalidCart, Some("cart.lines")));
}

#[test]
fn another_currency_is_refused() {
    let cart = Cart { currency: "USD".to_owned(), expedition: Expedition::Pickup, lines: vec![line()] };
    let error = judge_cart(&cart, "RUB", Timestamp::UNIX_EPOCH).expect_err("not roubles");
    assert_eq!(error.body.field.as_deref(), Some("cart.currency"));
}
