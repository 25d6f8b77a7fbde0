//! Address, code and QR code, laid out for a terminal.
//!
//! Address and code come last, so that they are what stays in view, and there is a QR code only where all of it fits
//! above them (RFC 8628 section 3.3.1: whoever cannot scan must be able to read).

use std::time::Duration;

use super::super::qr::{self, Drawing};
use crate::host::terminal::Terminal;
use device_flow::UserCode;
use device_flow::plain;

/// A longer address makes a QR code that is hard to scan; it then leads to the page without the code.
const QR_LIMIT: usize = 110;
/// The status below it.
const STATUS: usize = 1;

/// What is printed, from top to bottom.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    /// What the server says besides. It may leave the screen.
    pub(super) above: String,
    pub(super) qr: Option<Drawing>,
    /// Address and code.
    pub(super) below: String,
}

impl Sheet {
    /// A sheet for this terminal; none is a file or a program, which has any size.
    pub(super) fn new(
        code: &UserCode,
        expires_in: Duration,
        terminal: Option<Terminal>,
        qr_wanted: bool,
    ) -> Self {
        let mut above = String::new();
        if let Some(message) = &code.message {
            above.push_str(&format!("\n{}\n", plain(message)));
        }
        let can_be_drawn = terminal.is_none_or(|terminal| terminal.draws);
        let colours = terminal.is_some_and(|terminal| terminal.colours);
        let drawn = (qr_wanted && can_be_drawn)
            .then(|| qr::draw(&code.address_to_scan(QR_LIMIT), colours))
            .flatten();
        let fits = |qr: Option<&Drawing>, below: &str| {
            terminal.is_none_or(|Terminal { columns, rows, .. }| {
                let taken = qr.map_or(0, |qr| qr.rows) + rows_of(below, columns) + STATUS;
                taken <= rows && qr.is_none_or(|qr| qr.columns <= columns)
            })
        };
        let layouts = [
            (drawn.as_ref(), Gap::Wide),
            (drawn.as_ref(), Gap::None),
            (None, Gap::Wide),
            (None, Gap::None),
        ];
        for (qr, gap) in layouts {
            let below = address_and_code(code, expires_in, qr.is_some(), gap);
            if fits(qr, &below) {
                let qr = qr.cloned();
                return Self { above, qr, below };
            }
        }
        Self {
            above,
            qr: None,
            below: bare(code),
        }
    }
}

/// Between the lines.
#[derive(Clone, Copy)]
enum Gap {
    Wide,
    None,
}

fn address_and_code(code: &UserCode, expires_in: Duration, scan: bool, gap: Gap) -> String {
    let open = match scan {
        true => "Scan this with a phone, or open",
        false => "On a phone or computer, open",
    };
    let gap = match gap {
        Gap::Wide => "\n",
        Gap::None => "",
    };
    format!(
        "{gap}{open}\n{gap}    {}\n{gap}and enter the code\n{gap}    {}\n{gap}The code is valid for {}.\n{gap}",
        plain(&code.verification_uri),
        plain(&code.user_code),
        minutes(expires_in)
    )
}

/// Address and code alone, for a terminal that has room for nothing else.
fn bare(code: &UserCode) -> String {
    let (address, code) = (plain(&code.verification_uri), plain(&code.user_code));
    format!("{address}\n{code}\n")
}

/// Rows that a text takes on lines of so many columns.
fn rows_of(text: &str, columns: usize) -> usize {
    let rows = text
        .lines()
        .map(|line| columns_of(line).div_ceil(columns.max(1)).max(1));
    rows.sum()
}

/// Columns that a text takes: letters from East Asia, and whatever else may be wide, take two.
pub(super) fn columns_of(text: &str) -> usize {
    text.chars()
        .map(|c| if c < '\u{1100}' { 1 } else { 2 })
        .sum()
}

fn minutes(duration: Duration) -> String {
    match duration.as_secs() {
        1 => "1 second".to_owned(),
        seconds @ 0..120 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(complete: Option<String>) -> UserCode {
        UserCode {
            user_code: "QTZL-MCBW".to_owned(),
            verification_uri: "https://a.example/activate".to_owned(),
            verification_uri_complete: complete,
            message: None,
        }
    }

    fn terminal(columns: usize, rows: usize) -> Terminal {
        Terminal {
            columns,
            rows,
            is_utf8: true,
            draws: true,
            colours: true,
        }
    }

    fn sheet(code: &UserCode, terminal: Option<Terminal>, qr: bool) -> Sheet {
        Sheet::new(code, Duration::from_secs(900), terminal, qr)
    }

    #[test]
    fn address_and_code_stand_on_lines_of_their_own() {
        let Sheet { above, qr, below } = sheet(&code(None), None, false);
        assert!(
            below.contains("\n    https://a.example/activate\n"),
            "{below}"
        );
        assert!(below.contains("\n    QTZL-MCBW\n"), "{below}");
        assert!(below.contains("15 minutes"), "{below}");
        assert_eq!((above.as_str(), qr), ("", None));
    }

    #[test]
    fn at_any_size_address_and_code_stay_in_view() {
        let mut long = code(None);
        long.verification_uri = format!("https://a.example/{}", "x".repeat(92));
        long.verification_uri_complete = Some(long.verification_uri.clone());
        long.message = Some("Welcome. ".repeat(50));
        assert_eq!(long.verification_uri.len(), QR_LIMIT);
        for columns in [20, 24, 40, 41, 52, 53, 66, 80, 100, 132, 200] {
            for rows in [8, 12, 13, 18, 24, 25, 30, 33, 40, 48, 60] {
                for code in [&long, &code(None)] {
                    let terminal = terminal(columns, rows);
                    let Sheet { qr, below, .. } = sheet(code, Some(terminal), true);
                    let drawn = qr.as_ref().map_or(0, |qr| qr.rows);
                    let taken = drawn + rows_of(&below, columns) + STATUS;
                    assert!(taken <= rows, "{taken} of {columns}x{rows}");
                    assert!(qr.is_none_or(|qr| qr.columns <= columns));
                    assert!(below.contains(&code.verification_uri) && below.contains("QTZL-MCBW"));
                }
            }
        }
    }

    #[test]
    fn a_terminal_that_has_room_has_a_qr_code() {
        let complete = code(Some(
            "https://a.example/activate?user_code=QTZL-MCBW".to_owned(),
        ));
        let has_one = |columns, rows| {
            sheet(&complete, Some(terminal(columns, rows)), true)
                .qr
                .is_some()
        };
        assert!(!has_one(80, 24));
        assert!(has_one(80, 40) && has_one(41, 40));
        assert!(!has_one(40, 40));
        assert!(sheet(&complete, None, true).qr.is_some());
        assert!(sheet(&complete, Some(terminal(80, 40)), false).qr.is_none());
    }

    #[test]
    fn a_terminal_that_cannot_show_it_has_none() {
        let without = |draws, colours| {
            let terminal = Terminal {
                draws,
                colours,
                ..terminal(80, 40)
            };
            sheet(&code(None), Some(terminal), true).qr
        };
        assert_eq!(without(false, true), None);
        let plain = without(true, false).unwrap();
        assert!(!plain.text.contains('\x1b'), "{}", plain.text);
    }

    #[test]
    fn an_address_too_long_to_scan_is_left_out_of_the_qr_code() {
        let qr = |complete| sheet(&code(complete), None, true).qr;
        let long = format!("https://a.example/activate?user_code={}", "X".repeat(100));
        assert_eq!(qr(Some(long)), qr(None));
        assert_ne!(
            qr(Some("https://a.example/activate?c=1".to_owned())),
            qr(None)
        );
    }

    #[test]
    fn what_a_server_says_cannot_drive_the_terminal() {
        let mut odd = code(None);
        odd.user_code = "AB\x1b[2JCD\n".to_owned();
        odd.message = Some("hello\x07\x1b]0;title".to_owned());
        let Sheet { above, below, .. } = sheet(&odd, None, false);
        let text = above + &below;
        assert!(!text.contains('\x1b') && !text.contains('\x07'), "{text:?}");
    }
}
