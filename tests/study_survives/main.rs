//! Promise: a study may be killed, stopped, shared and interrupted by a full disk, and ends with the same bytes.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "a test of kills waits by the clock")]

mod desk;
mod disk;
mod folders;
mod foreign;
#[path = "../cli/house.rs"]
#[allow(dead_code, reason = "what a house has besides")]
mod house;
mod kills;
mod mistaken;
mod parts;
mod rounds;
mod scripts;
mod shards;
mod stops;
mod terminal;
