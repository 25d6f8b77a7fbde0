//! Which pictures are kept and dropped, and what is wished for.

use super::*;
use device_flow::NetworkFailure;

pub(super) fn key(name: &str) -> PictureKey {
    PictureKey {
        url: Url::parse(&format!("https://cdn.example/{name}.png")).unwrap(),
        width: 320,
        height: 180,
        radius: 0,
        scrim: None,
    }
}

pub(super) fn keys(names: &[&str]) -> Vec<PictureKey> {
    names.iter().map(|name| key(name)).collect()
}

fn pixels() -> Pixels {
    Pixels {
        width: 1,
        height: 1,
        bytes: vec![0; 4],
    }
}

fn scrim() -> Scrim {
    Scrim {
        ground: [0; 3],
        light: false,
        quiet: 64,
        line_above: 0,
        beside: 800,
        below: 0,
        on_end: false,
        mirrored: false,
    }
}

fn come(pictures: &mut Pictures, names: &[&str]) -> bool {
    let came = keys(names).into_iter().map(|key| (key, Ok(pixels())));
    pictures.update(Message(came.collect()))
}

/// Pictures whose requests can be seen.
fn wishing() -> (Pictures, watch::Receiver<PictureRequest>) {
    let (requests, wished) = watch::channel(PictureRequest::default());
    let (_, work) = Task::<()>::none().abortable();
    let pictures = Pictures {
        worker: Some(Worker {
            requests,
            _work: work,
        }),
        ..Pictures::default()
    };
    (pictures, wished)
}

#[test]
fn what_is_missing_is_wished_for_in_order_and_only_told_when_it_changes() {
    let (mut pictures, mut wished) = wishing();
    pictures.want(&keys(&["a", "b", "c"]));
    assert!(wished.has_changed().unwrap());
    let request = wished.borrow_and_update().clone();
    assert_eq!((request.keys, request.seen), (keys(&["a", "b", "c"]), 0));
    pictures.want(&keys(&["a", "b", "c"]));
    assert!(!wished.has_changed().unwrap());
    assert!(come(&mut pictures, &["b", "c"]));
    pictures.want(&keys(&["c", "b", "a"]));
    let request = wished.borrow_and_update().clone();
    assert_eq!((request.keys, request.seen), (keys(&["a"]), 1));
}

#[test]
fn a_bad_picture_is_not_asked_for_again_until_forgiven() {
    let (mut pictures, wished) = wishing();
    let failed = PictureFailure::Decode("no".to_owned());
    assert!(!pictures.update(Message(vec![(key("a"), Err(failed))])));
    assert!(!pictures.is_to_come(&key("a")) && pictures.get(&key("a")).is_none());
    pictures.want(&keys(&["a"]));
    assert_eq!(wished.borrow().keys, []);
    pictures.forget_failures();
    pictures.want(&keys(&["a"]));
    assert_eq!(wished.borrow().keys, keys(&["a"]));
}

#[test]
fn a_picture_that_the_network_kept_away_is_asked_for_again_when_it_is_back() {
    let mut pictures = Pictures::default();
    let network = PictureFailure::Load(api::Error::network(NetworkFailure::Connect, "refused"));
    let missing = PictureFailure::Load(api::Error::Status {
        status: 404,
        retry_after: None,
        message: None,
    });
    let came = vec![(key("a"), Err(network)), (key("b"), Err(missing))];
    assert!(!pictures.update(Message(came)));
    pictures.forget_transient_failures();
    assert!(pictures.is_to_come(&key("a")) && !pictures.is_to_come(&key("b")));
}

#[test]
fn failures_of_long_ago_are_forgotten() {
    let mut pictures = Pictures::default();
    for number in 0..=MOST_BAD {
        let failed = Err(PictureFailure::Decode("no".to_owned()));
        let came = vec![(key(&number.to_string()), failed)];
        assert!(!pictures.update(Message(came)));
    }
    pictures.want(&keys(&["7"]));
    assert_eq!(pictures.bad.len(), 1);
    assert!(!pictures.is_to_come(&key("7")) && pictures.is_to_come(&key("8")));
}

#[test]
fn memory_stays_within_the_budget() {
    let mut pictures = Pictures::default();
    let two = |number: usize| keys(&[&number.to_string(), &(number + 1).to_string()]);
    for number in 0..200 {
        pictures.want(&two(number));
        let names = [number.to_string(), (number + 1).to_string()];
        assert!(come(&mut pictures, &[&names[0], &names[1]]));
        assert!(two(number).iter().all(|key| pictures.get(key).is_some()));
    }
    pictures.want(&two(199));
    let kept = 2 + 2 / WANTED_PER_KEPT;
    assert_eq!(pictures.kept.len(), kept);
    assert_eq!(pictures.held, kept * key("x").bytes());
    assert!(pictures.get(&key("198")).is_some());
    assert!(pictures.get(&key("12")).is_none());
    // However large what stands behind words is, no more of those are kept for it.
    let scrim = PictureKey {
        width: 1920,
        height: 1080,
        ..key("x").behind_words(scrim())
    };
    let wanted = [two(199), vec![scrim.clone()]].concat();
    pictures.want(&wanted);
    pictures.put(scrim.clone(), pixels());
    pictures.put(key("0"), pixels());
    pictures.want(&wanted);
    assert_eq!(pictures.kept.len(), kept + 1);
    assert!(pictures.get(&scrim).is_some());
    // What is on the screen stays even where the owner allows less.
    pictures.budget = 0;
    pictures.want(&two(199));
    assert_eq!(pictures.kept.len(), 2);
}

#[test]
fn a_large_window_leaves_room_for_fewer_pictures() {
    let keys: Vec<_> = (0..60)
        .map(|n| {
            let url = Url::parse(&format!("https://a.example/{n}.png")).unwrap();
            PictureKey::of(&url, Size::new(618.0, 348.0), 0.0)
        })
        .collect();
    let mut pictures = Pictures::default();
    assert_eq!(pictures.that_fit(&keys).len(), 60);
    pictures.fit(Size::new(1920.0, 1080.0));
    assert_eq!(pictures.that_fit(&keys).len(), 60);
    pictures.fit(Size::new(3840.0, 2160.0));
    let fit = pictures.that_fit(&keys).len();
    // What is on a 4K screen at once is 18 cards.
    assert!((20..40).contains(&fit), "{fit}");
    // A smaller budget leaves no more room, and no window is without pictures.
    pictures.budget = BUDGET / 8;
    assert_eq!(pictures.that_fit(&keys).len(), fit);
    pictures.fit(Size::new(7680.0, 4320.0));
    assert!(pictures.that_fit(&keys).len() > fit);
    // Whoever asks for more has it.
    pictures.budget = 2 * BUDGET;
    assert_eq!(pictures.that_fit(&keys).len(), 60);
}
