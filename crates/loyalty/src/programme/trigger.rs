//! What sets a campaign off.

use std::collections::HashSet;

use contract::Money;
use serde::{Deserialize, Serialize};

use super::{ProgrammeError, positive, refusal};

/// What sets a campaign off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Trigger {
    /// Every order that meets the conditions.
    Automatic,
    /// A promo code that any guest may enter, any number of times.
    PromoCode(PromoCode),
    /// Promo codes of which each may be used for one order of one guest.
    SingleUsePromoCodes(Vec<PromoCode>),
    /// A privilege the guest holds, one use an order: what a simple gift grants.
    Privilege,
    /// The guest has activated the campaign.
    Activated,
    /// The guest has bought the campaign.
    Bought {
        /// What it costs, in minor units; above zero.
        price_minor: Money,
        /// What it cost before, in minor units; above the price. Only shown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        old_price_minor: Option<Money>,
    },
}

/// A promo code, compared without regard to capitals and to the white space around it. In JSON a string.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct PromoCode {
    text: String,
    normal: String,
}

impl PromoCode {
    /// The code that is written `text`.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let normal = text.trim().to_uppercase();
        Self { text, normal }
    }

    /// The code as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The code as it is compared and stored: without white space around it, in capitals.
    #[must_use]
    pub fn normal(&self) -> &str {
        &self.normal
    }
}

impl PartialEq for PromoCode {
    fn eq(&self, other: &Self) -> bool {
        self.normal == other.normal
    }
}

impl Eq for PromoCode {}

impl From<String> for PromoCode {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<PromoCode> for String {
    fn from(code: PromoCode) -> Self {
        code.text
    }
}

impl Trigger {
    /// The promo codes that set this off, where any do.
    #[must_use]
    pub fn promo_codes(&self) -> &[PromoCode] {
        match self {
            Self::PromoCode(code) => std::slice::from_ref(code),
            Self::SingleUsePromoCodes(codes) => codes,
            Self::Automatic | Self::Privilege | Self::Activated | Self::Bought { .. } => &[],
        }
    }

    /// `all_codes` are the programme's codes so far: each sets one campaign off.
    pub(super) fn check<'a>(
        &'a self,
        path: &str,
        all_codes: &mut HashSet<&'a str>,
    ) -> Result<(), ProgrammeError> {
        let mut check_code = |path: &str, code: &'a PromoCode| {
            if code.normal.is_empty() {
                return Err(refusal(path, "must not be blank"));
            }
            if !all_codes.insert(&code.normal) {
                return Err(refusal(path, "the programme has this promo code already"));
            }
            Ok(())
        };
        match self {
            Self::PromoCode(code) => check_code(&format!("{path}.promo_code"), code),
            Self::SingleUsePromoCodes(codes) => {
                let path = format!("{path}.single_use_promo_codes");
                if codes.is_empty() {
                    return Err(refusal(&path, "must name at least one"));
                }
                codes
                    .iter()
                    .enumerate()
                    .try_for_each(|(index, code)| check_code(&format!("{path}[{index}]"), code))
            }
            Self::Bought { price_minor, old_price_minor } => {
                positive(&format!("{path}.bought.price_minor"), *price_minor)?;
                let Some(old) = old_price_minor else { return Ok(()) };
                let path = format!("{path}.bought.old_price_minor");
                positive(&path, *old)?;
                if old <= price_minor {
                    return Err(refusal(&path, "must be above the price"));
                }
                Ok(())
            }
            Self::Automatic | Self::Privilege | Self::Activated => Ok(()),
        }
    }
}
