//! Turns the proxy's questions into Plazius' JSON. Decides nothing.

use contract::cart::Expedition;
use contract::decimal::Decimal;
use contract::{Money, Phone, Quantity};
use uuid::Uuid;

use super::wire::{
    CalculateWire, ConfirmWire, DeliveryWire, ExpeditionWire, FingerprintWire, GuestIdentityWire,
    GuestRequestWire, LoyaltyConfirmationWire, ModifierWire, MoneyWire, NewGuestWire, OptionsWire,
    OrderItemWire, OrderWire, OrganisationWire, PaymentWire, ProductWire, PromocodeWire, RefundWire,
    RefundedItemWire, RefundedProductWire, SaveGuestWire, TimeWire,
};
use crate::program::{Confirmation, Modifier, OrderContents, OrderLine, Refund, RefundedItem};

pub(super) fn guest(phone: &Phone, organisation_id: &str) -> GuestRequestWire {
    GuestRequestWire { guest: guest_identity(phone), organization: organisation(organisation_id) }
}

/// Nothing but the phone: what the guest has not told is not invented.
pub(super) fn save_guest(phone: &Phone, organisation_id: &str) -> SaveGuestWire {
    SaveGuestWire {
        guest: NewGuestWire { phone: phone.as_str().to_owned() },
        organization: organisation(organisation_id),
    }
}

pub(super) fn calculate(
    phone: Option<&Phone>,
    contents: &OrderContents,
    promo_codes: &[String],
    organisation_id: &str,
) -> CalculateWire {
    CalculateWire {
        order: order(contents),
        organization: organisation(organisation_id),
        guest: phone.map(guest_identity),
        delivery: delivery(contents.expedition),
        promocodes: promo_codes.iter().map(|code| PromocodeWire { value: code.clone() }).collect(),
    }
}

pub(super) fn confirm(confirmation: &Confirmation<'_>, phone: &Phone, organisation_id: &str) -> ConfirmWire {
    ConfirmWire {
        id: confirmation.order_id,
        order: order(confirmation.order),
        organization: organisation(organisation_id),
        guest: guest_identity(phone),
        delivery: delivery(confirmation.order.expedition),
        loyalty: LoyaltyConfirmationWire {
            pattern: "fingerprint",
            fingerprint: FingerprintWire {
                value: confirmation.echo.to_owned(),
                options: OptionsWire { bonuses: PaymentWire { payment: money(confirmation.payment) } },
            },
        },
    }
}

pub(super) fn refund(order_id: Uuid, refund: &Refund<'_>) -> RefundWire {
    let item = |item: &RefundedItem| RefundedItemWire {
        product: RefundedProductWire { code: item.code.clone() },
        quantity: quantity(item.quantity),
    };
    RefundWire {
        id: order_id,
        refund_id: refund.refund_id,
        refunded_at: TimeWire(refund.at),
        items: refund.items.map(|items| items.iter().map(item).collect()),
    }
}

fn guest_identity(phone: &Phone) -> GuestIdentityWire {
    GuestIdentityWire { kind: "phone", phone: phone.as_str().to_owned() }
}

fn organisation(id: &str) -> OrganisationWire {
    OrganisationWire { kind: "rkObjectId", id: id.to_owned() }
}

fn delivery(expedition: Expedition) -> DeliveryWire {
    let kind = match expedition {
        Expedition::Delivery => "delivery",
        Expedition::Pickup => "pickup",
    };
    DeliveryWire { expedition: ExpeditionWire { kind } }
}

fn order(contents: &OrderContents) -> OrderWire {
    OrderWire { opened_at: TimeWire(contents.opened_at), items: contents.lines.iter().map(line).collect() }
}

/// Plazius adds the modifiers' sums to their dish's, so the dish is sent without them.
fn line(line: &OrderLine) -> OrderItemWire {
    let price = money(line.dishes_total());
    OrderItemWire {
        product: ProductWire {
            code: line.code.clone(),
            name: line.name.clone(),
            categories: line.category.iter().cloned().collect(),
        },
        price,
        cost: price,
        quantity: quantity(line.quantity),
        modifiers: line.modifiers.iter().map(modifier).collect(),
    }
}

fn modifier(modifier: &Modifier) -> ModifierWire {
    ModifierWire {
        modifier: ProductWire {
            code: modifier.code.clone(),
            name: modifier.name.clone(),
            categories: Vec::new(),
        },
        price: money(modifier.total),
        cost: money(modifier.total),
        discount: Decimal(0),
        quantity: quantity(modifier.quantity),
    }
}

fn money(amount: Money) -> MoneyWire {
    Decimal(amount.minor())
}

fn quantity(quantity: Quantity) -> Decimal<3> {
    Decimal(quantity.milli())
}
