//! The rules as a programme's author and a guest see them: the makers' numbers as tables, the promises as properties.

mod campaign_properties;
mod campaigns;
mod conditions;
mod documentation;
mod documented;
mod exclusions;
mod fixture;
mod gifts;
mod made_up;
mod memberships;
mod notices;
mod programme_files;
mod promo_codes;
mod properties;
mod rank_terms;
mod refunds;
mod refusals;
mod rewards;
mod standings;
