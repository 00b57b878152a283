//! How a request says whose session it is part of, where no token does.

/// The header that names the restaurant whose cookie a request is to be judged by: a browser sends the cookies of all
/// restaurants that a guest has logged in at here.
pub const RESTAURANT_HEADER: &str = "Loyalty-Restaurant";
