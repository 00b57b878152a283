//! The JSON of the operations, by what it describes. Never leaves `plazius`.

pub(super) mod booked_order;
pub(super) mod campaign;
pub(super) mod identity;
pub(super) mod loyalty;
pub(super) mod moment;
pub(super) mod order;
pub(super) mod time_span;
