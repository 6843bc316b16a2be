//! A number as the sum of two, good to some 106 bits (Dekker 1971).

/// The sum of a number and of what is too small for it.
#[derive(Clone, Copy, Debug, Default)]
pub struct DoubleDouble {
    high: f64,
    low: f64,
}

impl DoubleDouble {
    /// Adds a number.
    pub fn add(&mut self, number: f64) {
        let sum = self.high + number;
        let part = sum - self.high;
        let lost = (self.high - (sum - part)) + (number - part);
        let low = self.low + lost;
        self.high = sum + low;
        self.low = low - (self.high - sum);
    }

    /// Adds the product of two numbers.
    pub fn add_product(&mut self, one: f64, other: f64) {
        let product = one * other;
        self.add(product);
        self.add(libm::fma(one, other, -product));
    }

    /// The nearest number.
    pub fn number(self) -> f64 {
        self.high + self.low
    }

    /// The nearest number to this over another.
    pub fn over(self, number: f64) -> f64 {
        let quotient = self.high / number;
        let rest = libm::fma(-quotient, number, self.high) + self.low;
        quotient + rest / number
    }
}
