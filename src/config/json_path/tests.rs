//! What the marks of a path tell.

use super::*;

fn shape(text: &str) -> Shape {
    Shape::of(text)
}

#[test]
fn the_marks_of_a_path_tell_what_it_is() {
    for (path, head, tail, is_one) in [
        ("$", &[] as &[&str], 0, true),
        ("$.a.b", &["a", "b"], 2, true),
        ("$['a']['b c'].d", &["a", "b c", "d"], 3, true),
        ("$.a[0].b", &["a"], 1, true),
        ("$.a[-1]", &["a"], 0, true),
        ("$.a[*].b", &["a"], 1, false),
        ("$.a.*.b.c", &["a"], 2, false),
        ("$.a[0,1]", &["a"], 0, false),
        ("$.a[1:]", &["a"], 0, false),
        ("$.a[?@.b=='],[']", &["a"], 0, false),
        ("$..b", &[], 0, false),
    ] {
        let shape = shape(path);
        assert_eq!(
            (shape.head.as_slice(), shape.tail, shape.is_one),
            (
                head.iter()
                    .map(|it| (*it).to_owned())
                    .collect::<Vec<_>>()
                    .as_slice(),
                tail,
                is_one
            ),
            "{path}"
        );
    }
    assert!(shape("$.a[?@.b == $.c.d]").filters_root);
    assert!(!shape("$.a[?@.b == '$']").filters_root);
    assert!(shape("$.a[?@.b[*]]").filters_wide);
    assert!(!shape("$.a[?@.b == '*..']").filters_wide);
    assert_eq!(shape("$[0,0][0,0,0]").times, 6);
    assert_eq!(shape("$.a[?count(@.b) > 1 && length(@.c) > 2]").times, 1);
}

#[test]
fn what_is_no_path_gets_words() {
    for (path, words) in [
        ("$.", "at character"),
        ("$.a[", "at character"),
        ("$.a[?(@.b]", "at character"),
        ("$[?search(@.a, @.b)]", "in quotes"),
        ("$[?match('x', $.b)]", "in quotes"),
        ("$[?((((((((((@.a))))))))))]", "in one another"),
    ] {
        let error = parse(path).unwrap_err();
        assert!(error.contains(words), "{path}: {error}");
    }
    assert!(parse(&format!("$.{}", "a".repeat(LONGEST))).is_err());
    for path in [
        "$[?search(@.a, 'x(y)')]",
        "$[?match( @.a , \"[)]\" ) && @.match == 'x']",
        "$[?((((@.a))))]",
        "$..a[?@.b != null].c[0, 'x']",
    ] {
        assert!(parse(path).is_ok(), "{path}");
    }
}
