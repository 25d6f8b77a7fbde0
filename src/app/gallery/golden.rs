//! The hardest sign-in screen there is, held against pictures that were looked at: a code of 15 wide letters and
//! an address of 40 characters at the largest text.
//!
//! After a change that is meant to be seen: draw the gallery (`tests/gallery FOLDER sign_in_wide`), look at the two
//! pictures, and put them into `src/app/gallery/golden/`.

use super::*;

/// Pixels of a picture that may differ: none, but for another processor's rounding.
const STRAY: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn the_widest_code_and_the_longest_address_look_as_they_did() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    let screen = config::Screen {
        text_scale: 1.3,
        ..config().screen
    };
    let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app/gallery/golden");
    for size in &SIZES[..2] {
        let samples = sign_in::tests::samples::all(&context);
        let (_, wide) = samples
            .into_iter()
            .find(|(name, _)| *name == "wide")
            .unwrap();
        let app = App::showing(Screen::SignIn(wide), &screen, *size);
        let shot = draw(&app);
        let name = format!("sign_in_wide-golden-{}", size.height);
        keep(&name, &shot);
        let file = pictures.join(format!("sign_in_wide-{}.png", size.height));
        let golden = image::open(&file)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()))
            .to_rgba8();
        assert_eq!(golden.dimensions(), shot.image.dimensions());
        let off = differing(&golden, &shot.image);
        assert!(off <= STRAY, "{name}: {off} pixels");
    }
}
