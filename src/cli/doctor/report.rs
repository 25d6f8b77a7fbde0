//! The findings, and how they are told to people and scripts.

use serde::Serialize;

use super::super::Exit;

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
}

/// All findings, in the order in which one stands on another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Report {
    checks: Vec<Check>,
    ok: bool,
}

impl Report {
    pub(super) fn new(checks: Vec<Check>) -> Self {
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

    /// A line for each check, with the fix below where there is one.
    pub(super) fn words(&self) -> String {
        let mut text = String::new();
        for check in &self.checks {
            let status = match check.status {
                Status::Ok => "ok",
                Status::Warning => "warning",
                Status::Failed => "failed",
                Status::Skipped => "skipped",
            };
            let name = check.name.replace('_', " ");
            let detail = check.detail.replace('\n', "\n                          ");
            text.push_str(&format!("{status:<8}  {name:<14}  {detail}\n"));
            if let Some(fix) = &check.fix {
                text.push_str(&format!("{:<26}fix: {fix}\n", ""));
            }
        }
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
            0 => text.push_str(&format!("\nNothing failed{warnings}.\n")),
            n => text.push_str(&format!("\n{n} failed{warnings}.\n")),
        }
        text
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
        assert!(warned.words().ends_with("\nNothing failed, 1 warning.\n"));
    }

    #[test]
    fn every_check_is_a_line_with_its_fix_below() {
        let words = report().words();
        assert!(
            words.contains(
                "failed    device grant    refused\n                          fix: switch it on\n"
            ),
            "{words}"
        );
        assert!(words.ends_with("\n2 failed, 1 warning.\n"), "{words}");
    }
}
