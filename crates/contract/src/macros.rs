//! The two macros by which every type of the contract is written once for both sides.

/// A JSON object. `Option` fields may be absent or null; every other field must be there.
macro_rules! object {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$field_meta:meta])* pub $field:ident: $ty:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize, utoipa::ToSchema))]
        #[cfg_attr(feature = "server", serde(deny_unknown_fields))]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $ty,)*
        }

        #[cfg(feature = "browser")]
        impl $crate::browser::Json for $name {
            fn read(value: &wasm_bindgen::JsValue) -> Option<Self> {
                Some(Self { $($field: $crate::browser::field(value, stringify!($field))?,)* })
            }

            fn write(&self) -> wasm_bindgen::JsValue {
                let object = $crate::browser::object();
                $($crate::browser::set(&object, stringify!($field), &self.$field.write());)*
                object
            }
        }
    };
}

/// A JSON string out of a closed list.
macro_rules! choice {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:tt,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize, utoipa::ToSchema))]
        pub enum $name {
            $($(#[$variant_meta])* #[cfg_attr(feature = "server", serde(rename = $text))] $variant,)*
        }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The value as it stands in JSON.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }

        #[cfg(feature = "browser")]
        impl $crate::browser::Json for $name {
            fn read(value: &wasm_bindgen::JsValue) -> Option<Self> {
                let text = value.as_string()?;
                Self::ALL.iter().copied().find(|choice| choice.as_str() == text)
            }

            fn write(&self) -> wasm_bindgen::JsValue {
                wasm_bindgen::JsValue::from_str(self.as_str())
            }
        }
    };
}
