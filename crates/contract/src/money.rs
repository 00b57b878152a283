//! Money and bonuses in integer minor units.

/// An amount of money or of bonuses in minor units: kopecks of a rouble, hundredths of a bonus. In JSON an integer.
///
/// One bonus pays for one unit of the order's currency, so both share the type. Arithmetic is exact; what could leave
/// the range is refused by the checked operations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize, utoipa::ToSchema))]
#[cfg_attr(feature = "server", serde(transparent))]
pub struct Money(i64);

impl Money {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// The largest amount the contract carries, 10 thousand million units: far below 2^53 minor units, so every JSON
    /// reader keeps it exact.
    pub const MAX: Self = Self(1_000_000_000_000);

    /// An amount of `minor` minor units.
    #[must_use]
    pub const fn from_minor(minor: i64) -> Self {
        Self(minor)
    }

    /// The amount in minor units.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.0
    }

    /// The sum, or `None` beyond ±[`Money::MAX`].
    #[must_use]
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(sum) if sum <= Self::MAX.0 && sum >= -Self::MAX.0 => Some(Self(sum)),
            _ => None,
        }
    }

    /// The difference, or `None` beyond ±[`Money::MAX`].
    #[must_use]
    pub const fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(Self(-other.0))
    }

    /// The difference, not below zero.
    #[must_use]
    pub fn minus_or_zero(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).max(0))
    }

    /// Whether this is more than nothing.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Whether this is less than nothing.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }
}

#[cfg(feature = "browser")]
impl crate::browser::Json for Money {
    fn read(value: &wasm_bindgen::JsValue) -> Option<Self> {
        i64::read(value).map(Self)
    }

    fn write(&self) -> wasm_bindgen::JsValue {
        self.0.write()
    }
}
