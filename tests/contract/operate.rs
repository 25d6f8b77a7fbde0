//! The pages for those who run the program: a box is set up by what stands there.

use std::fs;

/// `tests/machine/run` does to the letter what stands there, and finds it by its order.
#[test]
fn a_box_is_set_up_by_blocks_that_the_machine_finds() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/operate/README.md");
    let page = fs::read_to_string(path).unwrap();
    let (_, section) = page.split_once("## In cage, under systemd").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let blocks = |kind: &str| -> Vec<String> {
        let begin = format!("\n```{kind}\n");
        let blocks = section.split(&begin).skip(1);
        let block = |text: &str| text.split("\n```").next().unwrap().to_owned();
        blocks.map(block).collect()
    };
    let commands = blocks("sh");
    let [seatd, enable, logind] = &commands[..] else {
        panic!("{commands:?}");
    };
    assert!(seatd.contains(" seatd ") && !seatd.contains("polkitd"));
    assert!(enable.contains("systemctl enable vestibule.service"));
    assert!(logind.contains(" polkitd ") && !logind.contains("seatd"));
    let files = blocks("ini");
    let [unit, no_gpu, of_logind] = &files[..] else {
        panic!("{files:?}");
    };
    assert!(unit.starts_with("# /etc/systemd/system/vestibule.service\n[Unit]\n"));
    // With PAM there is a session, and systemd does not hear what is in one.
    assert!(unit.contains("\nType=notify\n") && !unit.contains("PAMName"));
    assert_eq!(no_gpu, "Environment=WLR_RENDERER=pixman");
    assert!(of_logind.starts_with("# /etc/systemd/system/vestibule.service.d/logind.conf\n"));
    assert!(of_logind.contains("\nPAMName=") && !of_logind.contains("notify"));
}
