//! Since when a row is as it is, in words: "From yesterday 20:15".

use std::time::SystemTime;

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};

use crate::app::i18n::{DateLength, fl, moment, time};

/// The words for `then`, on the viewer's own calendar.
pub(super) fn words(then: SystemTime) -> Option<String> {
    let then = Timestamp::try_from(then).ok()?;
    let then = then.to_zoned_datetime(TimeZone::system()).datetime();
    Some(said(then, ZonedDateTime::now().date()))
}

fn said(then: DateTime, today: Date) -> String {
    let days = today
        .since(then.date())
        .map_or(i32::MAX, |span| span.get_days());
    let clock = time(then.time());
    match days {
        // Also a clock that was wrong then, or is wrong now.
        ..=0 => fl!("home-from", when = clock),
        1 => fl!("home-from-yesterday", time = clock),
        _ => fl!("home-from", when = moment(then, DateLength::Long)),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_time_is_told_as_people_do() {
        let then = date(2026, 3, 5).at(20, 5, 0, 0);
        for (today, expected) in [
            (date(2026, 3, 5), "From 20:05"),
            (date(2026, 3, 4), "From 20:05"),
            (date(2026, 3, 6), "From yesterday 20:05"),
            (date(2026, 3, 7), "From 5 March 2026, 20:05"),
            (date(2036, 3, 12), "From 5 March 2026, 20:05"),
        ] {
            assert_eq!(said(then, today), expected, "{today}");
        }
    }
}
