use std::time::{Duration, Instant};

use super::*;
use crate::app::gallery::{self, SIZES};
use crate::app::screen::welcome;

#[tokio::test]
async fn a_box_of_a_fleet_asks_for_a_code_in_its_time_and_at_once_where_a_person_is() {
    let folder = tempfile::tempdir().unwrap();
    for person in [false, true] {
        let welcome = welcome::Welcome::new("Acme TV", "default", None);
        let screen = Screen::Welcome(welcome);
        let mut app = App::showing(screen, &gallery::config().screen, SIZES[0]);
        let start = StartDelay::new(Duration::from_secs(300), Duration::from_secs(60));
        app.context = Some(Context {
            start: start.clone(),
            ..gallery::context(folder.path())
        });
        let now = Now {
            instant: Instant::now(),
            uptime: Duration::ZERO,
        };
        drop(app.sign_in_by_itself(now));
        assert_eq!(app.shown().screen, "welcome");
        match person {
            true => drop(app.handle(Message::Pressed(Button::Right), now)),
            false => start.end(),
        }
        assert!(start.is_over(), "{person}");
        drop(app.handle(Message::Screen(ScreenMessage::SignInIsDue), now));
        assert_eq!(app.shown().screen, "sign_in");
    }
}
