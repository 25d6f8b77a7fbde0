//! "Press any button": names what an odd remote sends, with the line that teaches it.

use iced::Task;
use iced::task::Handle;

use super::Message;
use crate::app::remote::{Button, KeyReport};
use crate::app::theme::token::LISTEN;

/// How many keys are shown.
const SHOWN: usize = 4;

/// Whether keys are being named.
#[derive(Debug)]
pub(super) enum Hearing {
    /// They do what they always do.
    Off,
    /// They are named and do nothing else.
    On(Heard),
}

/// What has arrived.
#[derive(Debug)]
pub(super) struct Heard {
    /// The last keys, newest first.
    arrivals: Vec<KeyReport>,
    /// How often Back was pressed without anything else in between.
    backs: u8,
    /// Ends it when nothing arrives: the remote may have no Back that is known.
    _work: Handle,
}

impl Hearing {
    pub(super) fn is_on(&self) -> bool {
        matches!(self, Self::On(_))
    }

    /// The keys that arrived, newest first.
    pub(super) fn arrivals(&self) -> &[KeyReport] {
        match self {
            Self::Off => &[],
            Self::On(heard) => &heard.arrivals,
        }
    }

    /// Begins to name keys.
    pub(super) fn begin(&mut self) -> Task<Message> {
        self.go_on(Vec::new(), 0)
    }

    /// A key arrived.
    pub(super) fn hear(&mut self, arrival: KeyReport) -> Option<Task<Message>> {
        let Self::On(heard) = self else { return None };
        let backs = match arrival.button {
            Some(Button::Back) => heard.backs,
            _ => 0,
        };
        let mut arrivals = std::mem::take(&mut heard.arrivals);
        arrivals.insert(0, arrival);
        arrivals.truncate(SHOWN);
        Some(self.go_on(arrivals, backs))
    }

    /// A button was pressed, and its key named besides. Back is one like any other the first time, so that it
    /// can be tried itself.
    pub(super) fn press(&mut self, button: Button) {
        if let Self::On(heard) = self
            && button == Button::Back
        {
            heard.backs += 1;
            if heard.backs > 1 {
                *self = Self::Off;
            }
        }
    }

    fn go_on(&mut self, arrivals: Vec<KeyReport>, backs: u8) -> Task<Message> {
        let (task, handle) =
            Task::perform(tokio::time::sleep(LISTEN), |()| Message::Silent).abortable();
        *self = Self::On(Heard {
            arrivals,
            backs,
            _work: handle.abort_on_drop(),
        });
        task
    }
}
