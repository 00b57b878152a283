//! How much of a dish is in a line.

/// A quantity in thousandths: 2 portions are 2000, 350 g of a weighed cake are 350. In JSON an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize, utoipa::ToSchema))]
#[cfg_attr(feature = "server", serde(transparent))]
pub struct Quantity(i64);

impl Quantity {
    /// One portion.
    pub const ONE: Self = Self(1000);

    /// A quantity of `milli` thousandths.
    #[must_use]
    pub const fn from_milli(milli: i64) -> Self {
        Self(milli)
    }

    /// The quantity in thousandths.
    #[must_use]
    pub const fn milli(self) -> i64 {
        self.0
    }

    /// The price of this quantity at `unit_minor` minor units each, rounded half up to the minor unit, or `None` where
    /// the product leaves 64 bits.
    #[must_use]
    pub const fn price_minor(self, unit_minor: i64) -> Option<i64> {
        match unit_minor.checked_mul(self.0) {
            Some(thousandths) => match thousandths.checked_add(500) {
                Some(rounded) => Some(rounded.div_euclid(1000)),
                None => None,
            },
            None => None,
        }
    }
}

#[cfg(feature = "browser")]
impl crate::browser::Json for Quantity {
    fn read(value: &wasm_bindgen::JsValue) -> Option<Self> {
        i64::read(value).map(Self)
    }

    fn write(&self) -> wasm_bindgen::JsValue {
        self.0.write()
    }
}
