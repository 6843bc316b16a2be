//! Rows that begin where registers like to read.

use std::ops::{Deref, DerefMut};

/// A register of 64 bytes is read in one go from an address that is a multiple of 64, in two from others: an allocator promises
/// multiples of 16.
const BYTES: usize = 64;

/// A list whose first value stands at a multiple of 64 bytes, so that rows of a multiple of eight lanes do too.
#[derive(Debug)]
pub struct Aligned<T> {
    /// The list with some values before it that nobody looks at.
    padded: Vec<T>,
    /// Where it begins.
    start: usize,
}

impl<T: Copy + Default> Aligned<T> {
    /// So many zeros.
    pub fn new(length: usize) -> Self {
        let spare = BYTES / size_of::<T>();
        let padded = vec![T::default(); length + spare];
        // As many values as there are, where the address cannot be had: then it is of no use and no harm.
        let start = padded.as_ptr().align_offset(BYTES).min(spare);
        let mut aligned = Aligned { padded, start };
        aligned.padded.truncate(start + length);
        aligned
    }
}

impl<T: Copy + Default> From<&[T]> for Aligned<T> {
    fn from(values: &[T]) -> Self {
        let mut aligned = Aligned::new(values.len());
        aligned.copy_from_slice(values);
        aligned
    }
}

impl<T: Copy + Default> Clone for Aligned<T> {
    fn clone(&self) -> Self {
        Aligned::from(&**self)
    }
}

impl<T: PartialEq> PartialEq for Aligned<T> {
    /// The same values, wherever they stand.
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T> Deref for Aligned<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.padded[self.start..]
    }
}

impl<T> DerefMut for Aligned<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.padded[self.start..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_what_they_were_and_begin_at_a_multiple_of_64() {
        for length in [0, 1, 7, 640] {
            let values: Vec<f64> = (0..length).map(f64::from).collect();
            let aligned = Aligned::from(&values[..]);
            for list in [&aligned, &aligned.clone()] {
                assert_eq!(**list, values[..]);
                assert_eq!(list.as_ptr().addr() % BYTES, 0);
            }
        }
    }
}
