//! The findings, and how they are told to people and scripts.

use serde::Serialize;

use super::super::out::{self, Tone};
use super::super::{Error, Exit};

/// How one check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    Ok,
    Warning,
    Failed,
    /// Not tried, because what it stands on failed or is not there.
    Skipped,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }

    fn tone(self) -> Tone {
        match self {
            Self::Ok => Tone::Good,
            Self::Warning => Tone::Notice,
            Self::Failed => Tone::Bad,
            Self::Skipped => Tone::Quiet,
        }
    }
}

/// One check. `name` is for scripts and never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Check {
    pub(super) name: &'static str,
    pub(super) status: Status,
    pub(super) detail: String,
    /// What to do, where something is to be done.
    pub(super) fix: Option<String>,
    /// What the command ends with because of this check.
    #[serde(skip)]
    pub(super) exit: Exit,
}

impl Check {
    pub(super) fn ok(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(name, Status::Ok, detail, None, Exit::Done)
    }

    pub(super) fn warning(name: &'static str, detail: impl Into<String>, fix: &str) -> Self {
        Self::new(name, Status::Warning, detail, Some(fix), Exit::Done)
    }

    pub(super) fn failed(
        name: &'static str,
        exit: Exit,
        detail: impl Into<String>,
        fix: &str,
    ) -> Self {
        Self::new(name, Status::Failed, detail, Some(fix), exit)
    }

    pub(super) fn skipped(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(name, Status::Skipped, detail, None, Exit::Done)
    }

    fn new(
        name: &'static str,
        status: Status,
        detail: impl Into<String>,
        fix: Option<&str>,
        exit: Exit,
    ) -> Self {
        Self {
            name,
            status,
            detail: detail.into(),
            fix: fix.map(str::to_owned),
            exit,
        }
    }

    pub(super) fn has_failed(&self) -> bool {
        self.status == Status::Failed
    }

    /// What follows its status on its line, and the fix below where there is one.
    fn words(&self) -> String {
        let name = self.name.replace('_', " ");
        let detail = self.detail.replace('\n', "\n                          ");
        let fix = match &self.fix {
            Some(fix) => format!("{:<26}fix: {fix}\n", ""),
            None => String::new(),
        };
        format!("{name:<14}  {detail}\n{fix}")
    }
}

/// Where each check is told as soon as it has ended, in the order in which one stands on another.
pub(super) struct Teller {
    aloud: bool,
    checks: Vec<Check>,
    /// What became of the telling. A reader that has gone away stops no check.
    told: Result<(), Error>,
}

impl Teller {
    /// One that speaks as it goes, or keeps all for the report.
    pub(super) fn new(aloud: bool) -> Self {
        Self {
            aloud,
            checks: Vec::new(),
            told: Ok(()),
        }
    }

    pub(super) fn tell(&mut self, check: Check) {
        self.tell_as(self.checks.len(), check);
    }

    /// Tells a check that ended later than its place among them says.
    pub(super) fn tell_as(&mut self, place: usize, check: Check) {
        if self.aloud && self.told.is_ok() {
            let status = format!("{:<8}", check.status.word());
            let rest = format!("  {}", check.words());
            self.told = out::pieces(&[(Some(check.status.tone()), &status), (None, &rest)]);
        }
        self.checks.insert(place.min(self.checks.len()), check);
    }

    pub(super) fn tell_all(&mut self, checks: impl IntoIterator<Item = Check>) {
        checks.into_iter().for_each(|check| self.tell(check));
    }

    /// All that was told, and what became of that.
    pub(super) fn end(self) -> (Report, Result<(), Error>) {
        let report = Report::new(self.checks);
        let told = match (&self.told, self.aloud) {
            (Ok(()), true) => out::text(&report.summary()),
            (Ok(()), false) => out::json(&report),
            (Err(_), _) => self.told,
        };
        (report, told)
    }
}

/// All findings, in the order in which one stands on another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Report {
    checks: Vec<Check>,
    ok: bool,
}

impl Report {
    fn new(checks: Vec<Check>) -> Self {
        let ok = !checks.iter().any(Check::has_failed);
        Self { checks, ok }
    }

    /// What the command ends with: the gravest of what failed. A configuration that is wrong explains
    /// all the rest, and a server that was not reached explains what it did not answer.
    pub(super) fn exit(&self) -> Exit {
        let has = |exit: &Exit| self.checks.iter().any(|check| check.exit == *exit);
        let by_weight = [Exit::Usage, Exit::Network, Exit::Rejected, Exit::Unexpected];
        by_weight.into_iter().find(has).unwrap_or(Exit::Done)
    }

    /// How many failed.
    fn summary(&self) -> String {
        let count = |status| {
            let checks = self.checks.iter();
            checks.filter(|check| check.status == status).count()
        };
        let warnings = match count(Status::Warning) {
            0 => String::new(),
            1 => ", 1 warning".to_owned(),
            n => format!(", {n} warnings"),
        };
        match count(Status::Failed) {
            0 => format!("\nNothing failed{warnings}.\n"),
            n => format!("\n{n} failed{warnings}.\n"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        Report::new(vec![
            Check::ok("config", "fine"),
            Check::failed("device_grant", Exit::Rejected, "refused", "switch it on"),
            Check::skipped("token_endpoint", "no code"),
            Check::failed("api", Exit::Network, "gone", "wait"),
            Check::warning("session", "nobody", "sign in"),
        ])
    }

    #[test]
    fn the_json_has_the_members_of_the_contract() {
        let report = Report::new(vec![
            Check::ok("config", "fine"),
            Check::failed("api", Exit::Network, "gone", "wait"),
        ]);
        assert_eq!(
            serde_json::to_string(&report).unwrap(),
            r#"{"checks":[{"name":"config","status":"ok","detail":"fine","fix":null},{"name":"api","status":"failed","detail":"gone","fix":"wait"}],"ok":false}"#
        );
    }

    #[test]
    fn the_gravest_failure_decides_the_end() {
        assert_eq!(report().exit(), Exit::Network);
        let warned = Report::new(vec![Check::warning("session", "nobody", "sign in")]);
        assert_eq!((warned.exit(), warned.ok), (Exit::Done, true));
        assert_eq!(warned.summary(), "\nNothing failed, 1 warning.\n");
        assert_eq!(report().summary(), "\n2 failed, 1 warning.\n");
    }

    #[test]
    fn every_check_is_a_line_with_its_fix_below() {
        assert_eq!(
            report().checks[1].words(),
            "device grant    refused\n                          fix: switch it on\n"
        );
    }
}
