//! The program `repatria`.
fn main() {}
