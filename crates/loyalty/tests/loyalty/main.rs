//! The rules as a programme's author and a guest see them: the makers' numbers as tables, the promises as properties.

mod campaigns;
mod documented;
mod exclusions;
mod fixture;
mod gifts;
mod notices;
mod properties;
mod refunds;
mod refusals;
mod standings;
