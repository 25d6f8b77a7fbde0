//! Digits on their way to a PIN. Their number is all that can be seen of them.

use std::fmt;

use secrecy::zeroize::Zeroize;

use crate::session::Pin;

/// What has been typed so far.
#[derive(Default)]
pub(super) struct PinDigits {
    digits: [u8; Pin::LENGTH],
    typed: usize,
}

impl PinDigits {
    /// One more digit. The last one makes the PIN, and the entry is empty again.
    pub(super) fn push(&mut self, digit: u8) -> Option<Pin> {
        *self.digits.get_mut(self.typed)? = digit;
        self.typed += 1;
        if self.typed < Pin::LENGTH {
            return None;
        }
        let pin = Pin::new(self.digits);
        *self = Self::default();
        Some(pin)
    }

    /// Takes the last digit back.
    pub(super) fn erase(&mut self) {
        self.typed = self.typed.saturating_sub(1);
    }

    /// How many there are.
    pub(super) fn typed(&self) -> usize {
        self.typed
    }
}

impl Drop for PinDigits {
    fn drop(&mut self) {
        self.digits.zeroize();
    }
}

impl fmt::Debug for PinDigits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PinDigits([REDACTED])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_digits_make_a_pin() {
        let mut entry = PinDigits::default();
        for digit in [1, 9, 9] {
            assert!(entry.push(digit).is_none());
        }
        entry.erase();
        assert_eq!(entry.typed(), 2);
        assert!(entry.push(8).is_none());
        let pin = entry.push(4).unwrap();
        assert!(pin.is(&Pin::new([1, 9, 8, 4])) && !pin.is(&Pin::new([1, 9, 9, 4])));
        assert_eq!(entry.typed(), 0);
        entry.erase();
        assert_eq!(entry.typed(), 0);
    }

    #[test]
    fn it_does_not_tell_what_was_typed() {
        let mut entry = PinDigits::default();
        let _ = entry.push(7);
        assert_eq!(format!("{entry:?}"), format!("{:?}", PinDigits::default()));
    }
}
