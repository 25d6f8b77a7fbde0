//! Who may read the memory of the program.

use std::os::unix::fs::MetadataExt;
use std::process::Command;

use testing::house::House;
use testing::process::Running;

/// Somebody who is not the superuser and owns nothing else.
const NOBODY: u32 = 61_234;

#[test]
fn no_other_process_of_the_same_user_reads_a_device_code() {
    let house = House::new(&["--interval", "1"]);
    let program = house.command(&["sign-in", "--json"]);
    let is_root = rustix::process::geteuid().is_root();
    let mut command = if is_root {
        let id = NOBODY.to_string();
        let mut chown = Command::new("chown");
        let _ = chown.args(["-R", &id]).arg(house.device.home());
        assert!(chown.status().unwrap().success());
        let mut command = Command::new("setpriv");
        let _ = command
            .args(["--reuid", &id, "--regid", &id, "--clear-groups"])
            .arg(program.get_program())
            .args(program.get_args())
            .current_dir(house.device.home())
            .env_clear()
            .envs(
                program
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            );
        command
    } else {
        house.command(&["sign-in", "--json"])
    };
    let _ = command.env("LC_ALL", "C");
    let mut sign_in = Running::start(command);
    let code = sign_in.json();
    assert_eq!(code["event"], "code", "{code}");
    // The files of a process that is not dumpable are the superuser's (proc(5)), and the kernel lets nobody else attach.
    let memory = format!("/proc/{}/mem", sign_in.child.id());
    assert_eq!(std::fs::metadata(memory).unwrap().uid(), 0);
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", sign_in.child.id())).unwrap();
    let core = limits
        .lines()
        .find(|line| line.starts_with("Max core file size"));
    let core: Vec<_> = core.unwrap().split_whitespace().collect();
    assert_eq!(core[4..6], ["0", "0"]);
}
