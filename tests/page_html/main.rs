//! Promise: the page is whole, says what a run says, and nothing in a scenario becomes markup.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod hostile;
mod markup;
mod numbers;
mod pages;
mod words;
