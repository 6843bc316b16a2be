//! From a text to the steps of its formula: one function for each level of what binds how.

use super::{DEEPEST_FORMULA, FUNCTIONS, Formula, FormulaError, LONGEST_FORMULA, Step};

impl Formula {
    /// Reads `text` over parameters called `names`.
    ///
    /// # Errors
    /// When it is no expression, is too long or names something that is not in `names`.
    pub fn parse(text: &str, names: &[&str]) -> Result<Formula, FormulaError> {
        if text.len() > LONGEST_FORMULA {
            return Err(FormulaError::TooLong);
        }
        let (uses, steps) = FormulaReader::read(text, names)?;
        Ok(Formula { text: text.to_string(), uses, steps })
    }
}

/// What is left to read, which never begins with blanks, and what has been read.
struct FormulaReader<'t> {
    rest: &'t str,
    names: &'t [&'t str],
    depth: usize,
    uses: Vec<usize>,
    steps: Vec<Step>,
}

type ReadResult = Result<(), FormulaError>;

impl<'t> FormulaReader<'t> {
    /// The parameters that a text uses, by their index in `names`, and the steps of its formula.
    ///
    /// # Errors
    /// When it is no expression, is nested too deeply or names something that is not in `names`.
    fn read(text: &'t str, names: &'t [&'t str]) -> Result<(Vec<usize>, Vec<Step>), FormulaError> {
        let mut reader =
            FormulaReader { rest: text.trim_start(), names, depth: 0, uses: Vec::new(), steps: Vec::new() };
        reader.sum()?;
        if !reader.rest.is_empty() {
            return Err(reader.expected("an operator"));
        }
        Ok((reader.uses, reader.steps))
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (piece, behind) = self.rest.split_at(length);
        self.rest = behind.trim_start();
        piece
    }

    /// Takes the next character, if it is one of these.
    fn next_of(&mut self, characters: &[char]) -> Option<char> {
        let next = self.rest.chars().next().filter(|next| characters.contains(next))?;
        self.take(next.len_utf8());
        Some(next)
    }

    fn expected(&self, what: &str) -> FormulaError {
        FormulaError::Syntax(match self.rest.chars().next() {
            Some(found) => format!("expected {what}, found `{found}`"),
            None => format!("expected {what} at the end"),
        })
    }

    fn sum(&mut self) -> ReadResult {
        self.product()?;
        while let Some(operator) = self.next_of(&['+', '-']) {
            self.product()?;
            self.steps.push(Step::Of2(if operator == '+' { |a, b| a + b } else { |a, b| a - b }));
        }
        Ok(())
    }

    fn product(&mut self) -> ReadResult {
        self.signed()?;
        while let Some(operator) = self.next_of(&['*', '/']) {
            self.signed()?;
            self.steps.push(Step::Of2(if operator == '*' { |a, b| a * b } else { |a, b| a / b }));
        }
        Ok(())
    }

    fn signed(&mut self) -> ReadResult {
        // Every way deeper comes through here.
        self.depth += 1;
        if self.depth > DEEPEST_FORMULA {
            return Err(FormulaError::TooLong);
        }
        match self.next_of(&['+', '-']) {
            Some(sign) => {
                self.signed()?;
                if sign == '-' {
                    self.steps.push(Step::Of1(|a| -a));
                }
            }
            None => self.power()?,
        }
        self.depth -= 1;
        Ok(())
    }

    fn power(&mut self) -> ReadResult {
        self.value()?;
        if self.next_of(&['^']).is_some() {
            // What is above may have a sign, and a power of its own.
            self.signed()?;
            self.steps.push(Step::Of2(libm::pow));
        }
        Ok(())
    }

    fn value(&mut self) -> ReadResult {
        if self.next_of(&['(']).is_some() {
            self.sum()?;
            return self.next_of(&[')']).map(drop).ok_or_else(|| self.expected("`)`"));
        }
        if let Some((length, value)) = number(self.rest) {
            self.take(length);
            self.steps.push(Step::Number(value));
            return Ok(());
        }
        let in_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = self.rest.find(|c| !in_word(c)).unwrap_or(self.rest.len());
        if end == 0 {
            return Err(self.expected("a number or a name"));
        }
        let word = self.take(end);
        if FUNCTIONS.contains(&word) {
            return self.function(word);
        }
        let index = self.names.iter().position(|known| *known == word);
        let index = index.ok_or_else(|| FormulaError::UnknownName(word.to_string()))?;
        if !self.uses.contains(&index) {
            self.uses.push(index);
        }
        self.steps.push(Step::Parameter(index));
        Ok(())
    }

    fn function(&mut self, word: &str) -> ReadResult {
        self.next_of(&['(']).ok_or_else(|| FormulaError::NoBracket(word.to_string()))?;
        self.sum()?;
        let step = match word {
            "min" => Step::Of2(f64::min),
            "max" => Step::Of2(f64::max),
            "exp" => Step::Of1(libm::exp),
            "ln" => Step::Of1(libm::log),
            "sqrt" => Step::Of1(f64::sqrt),
            _ => Step::Of1(f64::abs),
        };
        if let Step::Of2(_) = step {
            self.next_of(&[','])
                .ok_or_else(|| self.expected(&format!("`,`: `{word}` is of several values")))?;
            self.sum()?;
            self.steps.push(step);
            while self.next_of(&[',']).is_some() {
                self.sum()?;
                self.steps.push(step);
            }
        } else {
            self.steps.push(step);
        }
        self.next_of(&[')']).map(drop).ok_or_else(|| self.expected("`)`"))
    }
}

/// The plain number that a text begins with, `2`, `.5` or `1e-3`, and its length.
fn number(text: &str) -> Option<(usize, f64)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(text);
    let mut end = whole;
    if text[end..].starts_with('.') {
        let part = digits(&text[end + 1..]);
        end += if whole + part > 0 { 1 + part } else { 0 };
    }
    if end == 0 {
        return None;
    }
    if text[end..].starts_with(['e', 'E']) {
        let sign = usize::from(text[end + 1..].starts_with(['+', '-']));
        let power = digits(&text[end + 1 + sign..]);
        end += if power > 0 { 1 + sign + power } else { 0 };
    }
    Some((end, text[..end].parse().ok()?))
}
