//! The dishes of an order, which the precalculation answers as it was asked.

use contract::decimal::Decimal;
use contract::{Money, Quantity};
use loyalty::Line;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::{GuidWire, MoneyWire};
use crate::rk_delivery::error::Refusal;

/// A dish. The fields are in the order of the makers' answers; those that only requests have are not answered, and mean
/// nothing to the loyalty.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::rk_delivery) struct DishWire {
    id: GuidWire,
    name: String,
    /// Of one portion, without its ingredients.
    price: MoneyWire,
    #[serde(default)]
    measure: MeasureWire,
    quantity: Decimal<3>,
    #[serde(default)]
    ingredients: Vec<IngredientWire>,
    #[serde(default)]
    discount: MoneyWire,
    #[serde(default, rename = "schemeId", skip_serializing)]
    _scheme_id: String,
    #[serde(default, rename = "description", skip_serializing)]
    _description: String,
    #[serde(default, rename = "imageUrls", skip_serializing)]
    _image_urls: Vec<String>,
    #[serde(default, rename = "isContainInStopList", skip_serializing)]
    _is_contain_in_stop_list: Vec<Value>,
    #[serde(default, rename = "isListStoped", skip_serializing)]
    _is_list_stoped: FlagWire,
}

/// The size of a portion.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasureWire {
    value: Decimal<3>,
    unit: String,
}

/// What goes with a dish: the price is of one, the quantity goes with one portion.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct IngredientWire {
    id: GuidWire,
    name: String,
    price: MoneyWire,
    quantity: Decimal<3>,
    #[serde(default)]
    ingredients: Vec<ModifierWire>,
}

/// What goes with an ingredient: the price is of one, the quantity goes with one of the ingredient.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ModifierWire {
    id: GuidWire,
    name: String,
    price: MoneyWire,
    quantity: Decimal<3>,
}

/// A yes or no that the makers' table calls a text and their example writes as true or false.
#[derive(Clone, Copy, Debug, Default)]
struct FlagWire;

impl<'de> Deserialize<'de> for FlagWire {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Bool(_) | Value::String(_) => Ok(Self),
            _ => Err(D::Error::custom("expected true, false or a text")),
        }
    }
}

/// A dish, ingredient or modifier by itself.
pub(in crate::rk_delivery) struct FlatDish<'a> {
    /// 0 for a dish, 1 for an ingredient of the dish before, 2 for a modifier of the ingredient before.
    pub(in crate::rk_delivery) depth: usize,
    pub(in crate::rk_delivery) name: &'a str,
    pub(in crate::rk_delivery) line: Line,
}

/// Every dish, each followed by what goes with it.
///
/// # Errors
/// Names the first field that cannot be.
pub(in crate::rk_delivery) fn flat(dishes: &[DishWire]) -> Result<Vec<FlatDish<'_>>, Refusal> {
    let mut found = Vec::new();
    for (index, dish) in dishes.iter().enumerate() {
        let path = format!("dishList[{index}]");
        if dish.discount.0 != 0 {
            return Err(Refusal::invalid(
                format!("{path}.discount"),
                "a discount of the dish's own is not imitated",
            ));
        }
        let of_dish = [dish.quantity];
        found.push(one(0, &dish.id, &dish.name, dish.price, &of_dish, &path)?);
        for (index, part) in dish.ingredients.iter().enumerate() {
            let path = format!("{path}.ingredients[{index}]");
            let of_part = [dish.quantity, part.quantity];
            found.push(one(1, &part.id, &part.name, part.price, &of_part, &path)?);
            for (index, more) in part.ingredients.iter().enumerate() {
                let path = format!("{path}.ingredients[{index}]");
                let of_more = [dish.quantity, part.quantity, more.quantity];
                found.push(one(2, &more.id, &more.name, more.price, &of_more, &path)?);
            }
        }
    }
    Ok(found)
}

/// A line of an order. `quantities` are its own, which comes last, and those of what it goes with.
fn one<'a>(
    depth: usize,
    id: &GuidWire,
    name: &'a str,
    price: MoneyWire,
    quantities: &[Decimal<3>],
    path: &str,
) -> Result<FlatDish<'a>, Refusal> {
    if name.trim().is_empty() {
        return Err(Refusal::invalid(format!("{path}.name"), "must not be blank"));
    }
    if price.0 < 0 {
        return Err(Refusal::invalid(format!("{path}.price"), "must not be below zero"));
    }
    if quantities.iter().any(|quantity| quantity.0 <= 0) {
        return Err(Refusal::invalid(format!("{path}.quantity"), "must be above zero"));
    }
    let too_large = |field| Refusal::invalid(format!("{path}.{field}"), "so much of it is out of range");
    // So little of it that there is not a thousandth in the line is still some of it.
    let quantity = product(1000, quantities).ok_or_else(|| too_large("quantity"))?.max(1);
    let sum = Money::from_minor(product(price.0, quantities).ok_or_else(|| too_large("price"))?);
    let line = Line {
        code: id.normal(),
        categories: Vec::new(),
        quantity: Quantity::from_milli(quantity),
        price: sum,
        cost: sum,
    };
    Ok(FlatDish { depth, name, line })
}

/// So many times `amount`, rounded half up once; `None` beyond any sum there is.
fn product(amount: i64, quantities: &[Decimal<3>]) -> Option<i64> {
    let (mut whole, mut unit) = (i128::from(amount), 1_i128);
    for quantity in quantities {
        whole = whole.checked_mul(i128::from(quantity.0))?;
        unit = unit.checked_mul(1000)?;
    }
    let rounded = i64::try_from(whole.checked_add(unit / 2)? / unit).ok()?;
    (rounded <= Money::MAX.minor()).then_some(rounded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_is_rounded_once_and_half_up() {
        let of = |amount, factors: &[i64]| {
            let quantities: Vec<_> = factors.iter().copied().map(Decimal::<3>).collect();
            product(amount, &quantities)
        };
        assert_eq!(of(20_000, &[7_000]), Some(140_000));
        assert_eq!(of(999, &[1_500]), Some(1_499), "1498.5");
        assert_eq!(of(333, &[500, 500]), Some(83), "83.25, and not 167 halved");
        assert_eq!(of(1, &[500, 1_000, 1_000]), Some(1), "half of a hundredth");
        assert_eq!(of(i64::MAX, &[i64::MAX, i64::MAX]), None);
        assert_eq!(of(Money::MAX.minor(), &[1_001]), None);
    }
}
