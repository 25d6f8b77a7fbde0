//! The status of the sign-in, for its parent and for `--ui-log`.

use super::{Phase, PollStatus, SignIn};
use crate::app::focus::{Controls, HasId};
use device_flow::Reason;

impl SignIn {
    /// Whether a person may be at work with the code, phone in hand.
    pub fn is_live(&self) -> bool {
        matches!(
            self.phase,
            Phase::Showing(_)
                | Phase::Finishing
                // The next code is on its way to where the last one was.
                | Phase::Requesting {
                    renewal: true,
                    trouble: None
                }
        )
    }

    /// Whether a code is on the screen.
    pub(super) fn is_showing(&self) -> bool {
        matches!(self.phase, Phase::Showing(_))
    }

    /// Whether a code has been asked for, and all there is to press would take that back.
    pub fn is_asked(&self) -> bool {
        matches!(self.phase, Phase::Requesting { trouble: None, .. })
    }

    /// Whether an answer has come from the phone: a person is there.
    pub fn is_answered(&self) -> bool {
        match &self.phase {
            Phase::Failed { reason, .. } => *reason == Reason::Denied,
            _ => self.is_confirmed(),
        }
    }

    /// A stable word for what went wrong, where it says that something did.
    pub fn error(&self) -> Option<&'static str> {
        match &self.phase {
            Phase::Requesting {
                trouble: Some(_), ..
            } => Some("network"),
            Phase::Showing(showing) => match showing.status {
                PollStatus::Offline { .. } => Some("network"),
                PollStatus::Waiting | PollStatus::Checking | PollStatus::Confirmed => None,
            },
            Phase::Failed { reason, .. } => match reason {
                Reason::Denied => Some("declined"),
                Reason::Rejected => Some("rejected"),
                Reason::Network => Some("network"),
                Reason::Expired => Some("expired"),
                Reason::Cancelled => None,
            },
            Phase::Requesting { trouble: None, .. } | Phase::Finishing | Phase::Resting => None,
        }
    }

    /// What the screen is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        match &self.phase {
            Phase::Requesting {
                trouble: Some(_), ..
            } => "request_failed",
            Phase::Requesting { renewal: true, .. } => "renewing",
            Phase::Requesting { .. } => "requesting",
            Phase::Showing(_) if self.asks => "confirm",
            Phase::Showing(showing) if showing.life.is_veiled(self.now) && !self.is_confirmed() => {
                "veiled"
            }
            Phase::Showing(showing) => match showing.status {
                PollStatus::Waiting => "waiting",
                PollStatus::Checking => "checking",
                PollStatus::Offline { .. } => "offline",
                PollStatus::Confirmed => "finishing",
            },
            Phase::Finishing => "finishing",
            Phase::Resting => "resting",
            Phase::Failed { reason, .. } => match reason {
                Reason::Denied => "denied",
                Reason::Rejected => "rejected",
                Reason::Network => "network",
                Reason::Expired => "expired",
                Reason::Cancelled => "cancelled",
            },
        }
    }

    /// Id of what has the focus.
    pub fn focus(&self) -> Option<String> {
        let focused = self.focus.focused().filter(|_| !self.is_confirmed());
        focused.map(|control| control.id().into())
    }

    /// What can have the focus.
    pub fn controls(&mut self) -> &mut dyn Controls {
        &mut self.focus
    }
}
