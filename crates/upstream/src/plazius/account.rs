//! Guests' accounts at Plazius: the mapping of [`GuestAccount`] to its operations.

use contract::Money;
use contract::decimal::Decimal;
use jiff::civil::Date;

use super::{Plazius, answer, request, wire};
use crate::UpstreamError;
use crate::program::{
    Answer, BonusChange, Campaign, Card, Change, Guest, GuestAccount, GuestChanges, GuestKey, History,
    OrderStatus, Page, PastOrder, Sex,
};

impl GuestAccount for Plazius {
    fn update<'a>(&'a self, guest: &'a GuestKey, changes: &'a GuestChanges) -> Answer<'a, Guest> {
        Box::pin(async move {
            let wire::GuestRequestWire { guest, organization } = self.identities(guest)?;
            let body = wire::UpdateWire { organization, guest, guest_information: information(changes) };
            let updated: wire::SavedGuestWire = self.client.write("loyalty/guests/update", &body).await?;
            Ok(answer::found_guest(updated.guest))
        })
    }

    fn add_bonuses<'a>(&'a self, guest: &'a GuestKey, amount: Money, comment: &'a str) -> Answer<'a, ()> {
        Box::pin(self.change_balance("addBonus", guest, amount, comment))
    }

    fn write_off_bonuses<'a>(
        &'a self,
        guest: &'a GuestKey,
        amount: Money,
        comment: &'a str,
    ) -> Answer<'a, ()> {
        Box::pin(self.change_balance("writeoffBonus", guest, amount, comment))
    }

    fn cards<'a>(&'a self, guest: &'a GuestKey) -> Answer<'a, Vec<Card>> {
        Box::pin(async move {
            let body = self.identities(guest)?;
            let got: wire::GotCardsWire = self.client.read("loyalty/guests/get", &body).await?;
            Ok(got.loyalty_cards.unwrap_or_default().into_iter().map(answer::account::card).collect())
        })
    }

    fn add_card<'a>(&'a self, guest: &'a GuestKey, card: &'a Card) -> Answer<'a, ()> {
        Box::pin(async move {
            let wire::GuestRequestWire { guest, organization } = self.identities(guest)?;
            let body = wire::AddCardWire {
                guest,
                organization,
                card_track: &card.track,
                card_number: &card.number,
                is_virtual: card.is_virtual,
            };
            self.client.write_unanswered("loyalty/guests/addLoyaltyCard", &body).await
        })
    }

    fn issue_card<'a>(&'a self, guest: &'a GuestKey) -> Answer<'a, Card> {
        Box::pin(async move {
            let body = self.identities(guest)?;
            let issued: wire::IssuedCardWire =
                self.client.write("loyalty/guests/generateLoyaltyCard", &body).await?;
            Ok(answer::account::card(issued.card))
        })
    }

    fn orders<'a>(
        &'a self,
        guest: &'a GuestKey,
        page: Page,
        status: Option<OrderStatus>,
    ) -> Answer<'a, History<PastOrder>> {
        Box::pin(async move {
            let mut body = self.history(guest, page, Some(true))?;
            body.filter.order_status = status.map(|status| match status {
                OrderStatus::Open => wire::OrderStatusWire::Open,
                OrderStatus::Closed => wire::OrderStatusWire::Closed,
                OrderStatus::Aborted => wire::OrderStatusWire::Aborted,
            });
            answer::account::orders(self.client.read("loyalty/guests/getOrdersHistory", &body).await?)
        })
    }

    fn bonus_changes<'a>(&'a self, guest: &'a GuestKey, page: Page) -> Answer<'a, History<BonusChange>> {
        Box::pin(async move {
            let body = self.history(guest, page, None)?;
            answer::account::bonus_changes(self.client.read("loyalty/guests/getBonusHistory", &body).await?)
        })
    }

    fn campaigns<'a>(&'a self, guest: &'a GuestKey) -> Answer<'a, Vec<Campaign>> {
        Box::pin(async move {
            let body = self.identities(guest)?;
            answer::account::campaigns(self.client.read("loyalty/guests/getMarketingCampaigns", &body).await?)
        })
    }
}

impl Plazius {
    async fn change_balance(
        &self,
        operation: &str,
        guest: &GuestKey,
        amount: Money,
        comment: &str,
    ) -> Result<(), UpstreamError> {
        let wire::GuestRequestWire { guest, organization } = self.identities(guest)?;
        let amount = Decimal(amount.minor());
        let body = wire::ChangeBalanceWire { guest, organization, amount, comment };
        self.client.write_unanswered(&format!("loyalty/guests/{operation}"), &body).await
    }

    fn history(
        &self,
        guest: &GuestKey,
        page: Page,
        fill_order_details: Option<bool>,
    ) -> Result<wire::AskHistoryWire, UpstreamError> {
        let phone = guest.phone()?;
        let wire::GuestRequestWire { guest, organization } = request::guest(phone, &self.organisation_id);
        let filter = wire::FilterWire {
            from_date: page.from.map(wire::TimeWire),
            to_date: page.to.map(wire::TimeWire),
            skip: page.skip,
            take: page.take,
            order_status: None,
        };
        Ok(wire::AskHistoryWire { guest, organization, filter, fill_order_details })
    }
}

fn information(changes: &GuestChanges) -> wire::GuestInformationWire {
    wire::GuestInformationWire {
        first_name: field(&changes.first_name, String::clone),
        middle_name: field(&changes.middle_name, String::clone),
        last_name: field(&changes.last_name, String::clone),
        email: field(&changes.email, String::clone),
        // The field takes a time; a date of birth is its midnight.
        birthday: field(&changes.birthday, |date: &Date| format!("{date}T00:00:00Z")),
        sex: field(&changes.sex, |sex| {
            match sex {
                Sex::Male => "male",
                Sex::Female => "female",
            }
            .to_owned()
        }),
    }
}

fn field<T>(change: &Change<T>, text: impl Fn(&T) -> String) -> Option<wire::FieldWire> {
    let value = match change {
        Change::Keep => return None,
        Change::Clear => None,
        Change::Set(value) => Some(text(value)),
    };
    Some(wire::FieldWire { has_value: true, value })
}
