//! How the types of the configuration file are declared, so that type, check and reference cannot differ.

/// Declares a table of the file: the struct, and the rows of its keys in [`KEYS`](super::KEYS).
///
/// ```text
/// /// what the key does, in the words of the reference
/// key: Type = default, Kind, "the default in words, where TOML does not say it";
/// ```
///
/// A key without `= default` must be there. A field without a kind is a table of its own. After `defaults` the
/// struct has a `Default`, from which serde takes what the file leaves out.
macro_rules! table {
    ($(#[$meta:meta])* $name:ident defaults { $($fields:tt)* }) => {
        table! { $(#[$meta])* #[serde(default)] $name { $($fields)* } }
        table! { @default $name { $($fields)* } }
    };
    ($(#[$meta:meta])* $name:ident { $(
        $(#[doc = $doc:literal])+ $(#[serde($($serde:tt)+)])?
        $key:ident: $type:ty $(= $default:expr)? $(, $kind:ident $(($($of:expr),+))? $(, $words:literal)?)?;
    )+ }) => {
        #[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
        #[serde(deny_unknown_fields)]
        $(#[$meta])*
        pub struct $name {
            $($(#[doc = $doc])+ $(#[serde($($serde)+)])? pub $key: $type,)+
        }

        impl Table for $name {
            fn keys(path: &str, keys: &mut Vec<Key>) {
                $(
                    let key = join(path, stringify!($key));
                    table!(
                        @key keys, key, $type, concat!($($doc),+),
                        [$($default)?] [$($kind $(($($of),+))?)?] [$($($words)?)?]
                    );
                )+
            }
        }
    };
    (@key $keys:ident, $path:ident, $type:ty, $doc:expr, [$($default:expr)?] [] []) => {
        <$type as Table>::keys(&$path, $keys);
    };
    (@key $keys:ident, $path:ident, $type:ty, $doc:expr, [] [$($kind:tt)+] []) => {
        $keys.push(Key::required($path, ValueKind::$($kind)+, $doc));
    };
    (@key $keys:ident, $path:ident, $type:ty, $doc:expr, [$default:expr] [$($kind:tt)+] [$($words:literal)?]) => {
        let default: $type = $default;
        $keys.push(Key::optional($path, ValueKind::$($kind)+, &default, &[$($words)?], $doc));
    };
    (@default $name:ident { $(
        $(#[$meta:meta])*
        $key:ident: $type:ty $(= $default:expr)? $(, $kind:ident $(($($of:expr),+))? $(, $words:literal)?)?;
    )+ }) => {
        impl Default for $name {
            fn default() -> Self {
                Self { $($key: table!(@value $($default)?),)+ }
            }
        }
    };
    (@value) => { Default::default() };
    (@value $default:expr) => { $default };
}

/// Declares a value that is one of some words: the enum, and the words as the file has them.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $( $(#[$of_word:meta])* $variant:ident = $word:literal, )+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
        pub enum $name {
            $($(#[$of_word])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// As they are written in the file.
            pub(super) const WORDS: &'static [&'static str] = &[$($word),+];
        }
    };
}

pub(super) use {table, words};
