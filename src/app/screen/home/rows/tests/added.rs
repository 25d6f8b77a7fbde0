use super::*;

#[test]
fn a_card_just_added_to_a_row_that_nobody_is_in_is_to_be_seen() {
    let now = Instant::now();
    let mut rows = rows(2, now);
    for row in begin(&mut rows, now) {
        answer(&mut rows, row, Ok(whole(9)), now);
    }
    let _ = rows.go(Direction::Right, now);
    rows.refresh(&Refresh::All, now);
    let added = || Page::whole(cards([20].into_iter().chain(0..9)));
    for row in begin(&mut rows, now) {
        answer(&mut rows, row, Ok(added()), now);
    }
    assert_eq!(rows.focused_name(), "card.0.id-1");
    let list = rows.focus().position(1).unwrap();
    assert_eq!((list.first, list.index), (0, 0));
    let _ = rows.go(Direction::Down, now);
    assert_eq!(rows.focused_name(), "card.1.id-20");
}
