//! Browser tests.

fn main() {}
