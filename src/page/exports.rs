//! What a browser calls: a few functions over the engine's memory. The engine calls nothing of the browser.
//!
//! Texts are UTF-8. The caller writes a request into room that it was given by [`alloc`]; the answer begins with its length in bytes (32 bits,
//! the lowest first), and goes back with [`dealloc`]. After a panic the engine is not to be asked again, but for what it [`complained`] of.

#![allow(unsafe_code)]

use std::panic;
use std::sync::{Mutex, PoisonError};

use super::{engine_file, messages};

/// What the last panic said.
static COMPLAINT: Mutex<String> = Mutex::new(String::new());

/// Room for `length` bytes.
#[unsafe(no_mangle)]
pub extern "C" fn alloc(length: usize) -> *mut u8 {
    Box::into_raw(vec![0u8; length].into_boxed_slice()).cast()
}

/// Gives back room for `length` bytes.
///
/// # Safety
/// The room is from [`alloc`] with this length, or an answer with the 4 bytes of its length, and was not given back before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dealloc(at: *mut u8, length: usize) {
    // SAFETY: the caller says that it is such a room.
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(at, length)) });
}

/// Answers a request of `length` bytes of the page: see [`messages`].
///
/// # Safety
/// So many bytes are there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn request(at: *const u8, length: usize) -> *mut u8 {
    // SAFETY: the caller says that they are there.
    let bytes = unsafe { std::slice::from_raw_parts(at, length) };
    panic::set_hook(Box::new(|what| {
        *COMPLAINT.lock().unwrap_or_else(PoisonError::into_inner) = what.to_string();
    }));
    with_length(&messages::request(&String::from_utf8_lossy(bytes)))
}

/// What a panic said that ended the last request; empty where none did.
#[unsafe(no_mangle)]
pub extern "C" fn complained() -> *mut u8 {
    with_length(&COMPLAINT.try_lock().map(|said| said.clone()).unwrap_or_default())
}

/// Which engine it is: its name with its version.
#[unsafe(no_mangle)]
pub extern "C" fn version() -> *mut u8 {
    with_length(engine_file::NAME)
}

/// A text behind its length.
fn with_length(text: &str) -> *mut u8 {
    let mut bytes = Vec::with_capacity(4 + text.len());
    bytes.extend((text.len() as u32).to_le_bytes());
    bytes.extend(text.as_bytes());
    Box::into_raw(bytes.into_boxed_slice()).cast()
}
