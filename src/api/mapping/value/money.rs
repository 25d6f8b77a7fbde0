//! What something costs.

use std::fmt;

use serde_json::Value;

use super::number;

/// An amount of a currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Money {
    /// In whole units of the currency.
    pub amount: f64,
    /// Which.
    pub currency: Currency,
}

/// A currency, by its code (ISO 4217): three capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Reads a code, in whichever case.
    pub(crate) fn new(code: &str) -> Option<Self> {
        let code: [u8; 3] = code.trim().as_bytes().try_into().ok()?;
        code.iter()
            .all(u8::is_ascii_alphabetic)
            .then(|| Self(code.map(|letter| letter.to_ascii_uppercase())))
    }

    /// Its code.
    pub fn code(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many decimal places its smaller unit has: what ISO 4217 (list one) calls the minor unit.
    pub fn decimals(self) -> u8 {
        match self.code() {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF"
            | "UGX" | "UYI" | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            "CLF" | "UYW" => 4,
            _ => 2,
        }
    }
}

impl Money {
    /// Reads a number of whole units, or of the smaller unit (`minor`).
    pub(super) fn read(value: &Value, currency: Currency, minor: bool) -> Option<Self> {
        let number = number(value)?;
        let parts = 10_f64.powi(if minor { currency.decimals().into() } else { 0 });
        let amount = number / parts;
        // Beyond this, cents are rounded away (IEEE 754).
        (amount.abs() < 1e13).then_some(Self { amount, currency })
    }

    /// The amount without its sign, in digits, with all decimal places that the currency has.
    pub fn digits(&self) -> String {
        let places = self.currency.decimals().into();
        format!("{:.places$}", self.amount.abs())
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.amount < 0.0 { "-" } else { "" };
        write!(f, "{sign}{} {}", self.digits(), self.currency.code())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_amount_has_the_decimals_of_its_currency() {
        for (value, code, minor, expected) in [
            (json!(7.5), "EUR", false, Some("7.50 EUR")),
            (json!("199.00"), "usd", false, Some("199.00 USD")),
            (json!(1999), "EUR", true, Some("19.99 EUR")),
            (json!(-5), "EUR", true, Some("-0.05 EUR")),
            (json!(1200), "JPY", false, Some("1200 JPY")),
            (json!(1200), "JPY", true, Some("1200 JPY")),
            (json!(1200), "KWD", true, Some("1.200 KWD")),
            (json!(1), "CLF", false, Some("1.0000 CLF")),
            (json!("free"), "EUR", false, None),
            (json!(1e300), "EUR", false, None),
            (json!(1), "euro", false, None),
            (json!(1), "€", false, None),
        ] {
            let read = Currency::new(code).and_then(|it| Money::read(&value, it, minor));
            let told = read.map(|money| money.to_string());
            assert_eq!(told.as_deref(), expected, "{value} {code} {minor}");
        }
    }
}
