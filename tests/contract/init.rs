//! `init`: from nothing to a checked configuration, as a new user has it.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use testing::device::{Device, program};
use testing::house::House;
use testing::phone::{self, Decision};
use testing::process::{PATIENCE, wait_for};

/// The program at a terminal, which `script` (bsdutils) makes.
struct Conversation {
    child: Child,
    input: ChildStdin,
    said: Arc<Mutex<String>>,
}

impl Conversation {
    fn begin(device: &Device, arguments: &str) -> Self {
        // Whoever has the tests run behind a shell has had it ignore interrupts, and the program honours that.
        let line = format!(
            "exec env --default-signal=INT,QUIT {} {arguments}",
            program().display()
        );
        let mut command: Command = device.command(&[]);
        let environment: Vec<_> = command
            .get_envs()
            .map(|(name, value)| (name.to_owned(), value.map(ToOwned::to_owned)))
            .collect();
        command = Command::new("script");
        let _ = command
            .args(["-qefc", &line, "/dev/null"])
            .env_clear()
            .current_dir(device.home());
        for (name, value) in environment {
            if let Some(value) = value {
                let _ = command.env(name, value);
            }
        }
        let mut child = command
            .env("SHELL", "/bin/sh")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (heard, mut output) = (said.clone(), child.stdout.take().unwrap());
        let _ = thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut buffer) {
                heard
                    .lock()
                    .unwrap()
                    .push_str(&String::from_utf8_lossy(&buffer[..count]));
            }
        });
        Self {
            input: child.stdin.take().unwrap(),
            child,
            said,
        }
    }

    /// Waits until it says `words`, and forgets what came before.
    fn hears(&mut self, words: &str) -> String {
        wait_for(words, PATIENCE, || {
            let mut said = self.said.lock().unwrap();
            let at = said.find(words)?;
            let heard = said[..at + words.len()].to_owned();
            *said = said[at + words.len()..].to_owned();
            Some(heard)
        })
    }

    fn answers(&mut self, answer: &str) {
        self.input.write_all(answer.as_bytes()).unwrap();
    }

    fn ends(mut self) -> Option<i32> {
        let _ = &self.input;
        self.child.wait().unwrap().code()
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_new_user_gets_from_nothing_to_a_first_row() {
    let house = House::new(&["--interval", "1"]);
    let config = fs::read_to_string(house.device.config_file()).unwrap();
    let of = |key: &str| {
        let line = config
            .lines()
            .find(|line| line.starts_with(&format!("{key} = ")))
            .unwrap();
        line.split('"').nth(1).unwrap().to_owned()
    };
    let device = Device::new();
    fs::remove_dir(device.config_dir()).unwrap();
    let mut talk = Conversation::begin(&device, "init");
    for (question, answer) in [
        ("Number or name: ", "11\n".to_owned()),
        ("Number or name: ", "oidc\n".to_owned()),
        ("Issuer: ", "id.example\n".to_owned()),
        ("https:// in front", String::new()),
        ("Issuer: ", format!("{}\n", of("issuer"))),
        ("Client ID", "\n".to_owned()),
        ("It is needed.", String::new()),
        ("Client ID", format!("{}\n", house.client_id())),
        ("Audience", "\n".to_owned()),
        (
            "beside openid profile email offline_access",
            "read:library\n".to_owned(),
        ),
        ("Address of your API", format!("{}\n", of("base_url"))),
        ("Name on the screen", "\n".to_owned()),
        ("Nothing failed", String::new()),
        ("[Y/n]: ", "y\n".to_owned()),
    ] {
        let _ = talk.hears(question);
        talk.answers(&answer);
    }
    let _ = talk.hears("On a phone or computer, open");
    let told = talk.hears("The code is valid");
    let address = told
        .split_whitespace()
        .find(|word| word.starts_with("http"))
        .unwrap();
    let code = told
        .split_whitespace()
        .find(|word| word.len() == 9 && word.contains('-'))
        .unwrap();
    let _ = phone::answer(&format!("{address}?user_code={code}"), Decision::Allow);
    let _ = talk.hears("for a first row");
    talk.answers("library/nowhere\n");
    let _ = talk.hears("HTTP 404");
    let _ = talk.hears("for a first row");
    talk.answers("library/continue\n");
    let _ = talk.hears("What comes next:");
    assert_eq!(talk.ends(), Some(0));

    assert_eq!(
        (mode(&device.config_dir()), mode(&device.config_file())),
        (0o700, 0o600)
    );
    let tried = device.run(&["config", "try", "1"]);
    assert!(
        tried.code == Some(0) && tried.stdout.contains("Lamp at Forty Fathoms"),
        "{tried:?}"
    );
    let again = device.run(&["init", "--preset", "github", "--client-id", "x"]);
    assert_eq!(again.code, Some(2), "{again:?}");
    assert!(
        again.stderr.contains("there is a file already"),
        "{again:?}"
    );
}

#[test]
fn what_the_sign_in_ends_with_is_passed_on_and_the_file_stays() {
    let house = House::new(&["--interval", "1"]);
    let config = fs::read_to_string(house.device.config_file()).unwrap();
    let issuer = config
        .lines()
        .find_map(|line| line.strip_prefix("issuer = "))
        .unwrap();
    let line = format!(
        "init --preset oidc --issuer {} --client-id {} --audience '' --scopes read:library --api '' --title ''",
        issuer.replace('"', ""),
        house.client_id(),
    );
    for is_interrupted in [true, false] {
        let device = Device::new();
        let mut talk = Conversation::begin(&device, &line);
        let _ = talk.hears("[Y/n]: ");
        talk.answers("y\n");
        let _ = talk.hears("On a phone or computer, open");
        let told = talk.hears("The code is valid");
        if is_interrupted {
            talk.answers("\u{3}");
            assert_eq!(talk.ends(), Some(130));
        } else {
            let mut words = told.split_whitespace();
            let address = words.find(|word| word.starts_with("http")).unwrap();
            let mut words = told.split_whitespace();
            let code = words.find(|word| word.len() == 9 && word.contains('-'));
            let address = format!("{address}?user_code={}", code.unwrap());
            let _ = phone::answer(&address, Decision::Decline);
            let _ = talk.hears("What comes next:");
            assert_eq!(talk.ends(), Some(4));
        }
        assert!(device.config_file().exists());
    }
}

#[test]
fn whoever_leaves_before_the_end_leaves_nothing() {
    for leave in ["\u{3}", "\u{4}"] {
        let device = Device::new();
        fs::remove_dir(device.config_dir()).unwrap();
        let mut talk = Conversation::begin(&device, "init --preset github");
        let _ = talk.hears("Client ID");
        talk.answers(leave);
        assert_ne!(talk.ends(), Some(0), "{leave:?}");
        assert!(!device.config_dir().exists(), "{leave:?}");
    }
}

#[test]
fn where_nobody_can_be_asked_options_say_it_all() {
    let device = Device::new();
    for (arguments, words) in [
        (vec!["init"], "--preset"),
        (vec!["init", "--preset", "auth0"], "--domain, --client-id"),
        (
            vec!["init", "--preset", "oauth2", "--client-id", "x"],
            "--device-authorization-endpoint, --token-endpoint",
        ),
        (
            vec![
                "init",
                "--preset",
                "github",
                "--client-id",
                "x",
                "--domain",
                "d.example",
            ],
            "--domain: has no meaning",
        ),
        (
            vec![
                "init",
                "--preset",
                "auth0",
                "--client-id",
                "x",
                "--domain",
                "https://d.example/x",
            ],
            "--domain: ",
        ),
    ] {
        let ended = device.run(&arguments);
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(ended.stderr.contains(words), "{words}: {}", ended.stderr);
    }
    assert!(!device.config_file().exists());

    let house = House::new(&[]);
    let config = fs::read_to_string(house.device.config_file()).unwrap();
    let issuer = config
        .lines()
        .find(|line| line.starts_with("issuer"))
        .unwrap()
        .split('"')
        .nth(1)
        .unwrap();
    let file = device.path("made/new.toml");
    let client = house.client_id();
    let made = device.run(&[
        "init",
        "--preset",
        "oidc",
        "--issuer",
        issuer,
        "--client-id",
        &client,
        "--file",
        file.to_str().unwrap(),
    ]);
    assert_eq!(made.code, Some(0), "{made:?}");
    assert!(
        made.stdout.contains("device grant") && made.stdout.contains("sign-in"),
        "{made:?}"
    );
    assert_eq!((mode(&device.path("made")), mode(&file)), (0o700, 0o600));
    let text = fs::read_to_string(&file).unwrap();
    assert!(
        text.contains("# ") && text.contains(&format!("client_id = \"{client}\"")),
        "{text}"
    );
}
