//! Start.

use loyalty_checkout as _;

fn main() {}
