//! An order in a request, and what the rules need of it.

use contract::decimal::Decimal;
use contract::{Money, Quantity};
use loyalty::{Expedition, Line, Moment, Order};
use serde::{Deserialize, Serialize};

use super::super::error::Refusal;
use super::super::read::present;
use super::moment::DateTimeWire;

/// An order's contents.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct OrderWire {
    pub(crate) opened_at: DateTimeWire,
    pub(crate) items: Vec<ItemWire>,
}

/// A dish of an order. Price and cost are of the whole line, without its modifiers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ItemWire {
    pub(crate) product: ProductWire,
    pub(crate) price: Decimal<2>,
    pub(crate) cost: Decimal<2>,
    /// For reports only: the cost already counts it. Where neither this nor the extra charge is sent, the difference of
    /// price and cost is the one or the other.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub(crate) discount: Option<Decimal<2>>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub(crate) extra_charge: Option<Decimal<2>>,
    pub(crate) quantity: Decimal<3>,
    #[serde(default)]
    pub(crate) modifiers: Option<Vec<ModifierWire>>,
}

/// A modifier of a dish. Price and cost are of the whole line.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ModifierWire {
    pub(crate) modifier: ProductWire,
    pub(crate) price: Decimal<2>,
    pub(crate) cost: Decimal<2>,
    pub(crate) discount: Decimal<2>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub(crate) extra_charge: Option<Decimal<2>>,
    pub(crate) quantity: Decimal<3>,
}

/// What is sold.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProductWire {
    pub(crate) code: String,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) group: Option<String>,
    #[serde(default)]
    pub(crate) categories: Option<Vec<String>>,
}

/// How the order is received.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeliveryWire {
    pub(crate) expedition: ExpeditionWire,
}

/// How the order is received.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpeditionWire {
    #[serde(rename = "type")]
    pub(crate) kind: ExpeditionTypeWire,
}

/// How the order is received.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ExpeditionTypeWire {
    Delivery,
    Pickup,
}

/// A dish or modifier with its sums: what is alike in both.
pub(crate) struct FlatLine<'a> {
    pub(crate) product: &'a ProductWire,
    pub(crate) price: Money,
    pub(crate) cost: Money,
    pub(crate) quantity: Quantity,
}

impl OrderWire {
    /// Dishes, each followed by its modifiers.
    pub(crate) fn flat_lines(&self) -> Vec<FlatLine<'_>> {
        let mut lines = Vec::with_capacity(self.items.len());
        for item in &self.items {
            lines.push(flat_line(&item.product, item.price, item.cost, item.quantity));
            for one in item.modifiers.iter().flatten() {
                lines.push(flat_line(&one.modifier, one.price, one.cost, one.quantity));
            }
        }
        lines
    }

    /// The order as the rules see it.
    pub(crate) fn to_order(&self, delivery: Option<&DeliveryWire>) -> Result<Order, Refusal> {
        self.check_reference_sums()?;
        let lines = self
            .flat_lines()
            .into_iter()
            .map(|line| Line {
                code: line.product.code.clone(),
                categories: line.product.all_categories(),
                quantity: line.quantity,
                price: line.price,
                cost: line.cost,
            })
            .collect();
        let expedition = match delivery.map(|delivery| delivery.expedition.kind) {
            Some(ExpeditionTypeWire::Delivery) => Expedition::Delivery,
            Some(ExpeditionTypeWire::Pickup) => Expedition::Pickup,
            None => Expedition::InRestaurant,
        };
        let opened_at = Moment::from_unix_s(self.opened_at.0.as_second());
        Order::new(lines, expedition, opened_at).map_err(|error| Refusal::invalid(format!("order: {error}")))
    }

    /// The sums for reports must not be negative, and each line needs a code.
    fn check_reference_sums(&self) -> Result<(), Refusal> {
        for (index, item) in self.items.iter().enumerate() {
            item.product.check(&format!("order.items[{index}].product"))?;
            let mut sums = vec![item.discount, item.extra_charge];
            for (place, one) in item.modifiers.iter().flatten().enumerate() {
                one.modifier.check(&format!("order.items[{index}].modifiers[{place}].modifier"))?;
                sums.extend([Some(one.discount), one.extra_charge]);
            }
            if sums.into_iter().flatten().any(|sum| sum.0 < 0) {
                return Err(Refusal::invalid(format!(
                    "order.items[{index}]: a discount or an extra charge must not be below zero"
                )));
            }
        }
        Ok(())
    }
}

impl ProductWire {
    /// The categories, and the group as one more.
    fn all_categories(&self) -> Vec<String> {
        self.categories.iter().flatten().chain(&self.group).cloned().collect()
    }

    fn check(&self, path: &str) -> Result<(), Refusal> {
        if self.code.trim().is_empty() {
            return Err(Refusal::invalid(format!("{path}.code: must not be blank")));
        }
        Ok(())
    }
}

const fn flat_line(
    product: &ProductWire,
    price: Decimal<2>,
    cost: Decimal<2>,
    quantity: Decimal<3>,
) -> FlatLine<'_> {
    FlatLine {
        product,
        price: Money::from_minor(price.0),
        cost: Money::from_minor(cost.0),
        quantity: Quantity::from_milli(quantity.0),
    }
}
