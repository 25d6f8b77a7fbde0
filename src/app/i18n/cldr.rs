//! What CLDR 48.2.0 says of clocks and percent signs. Written by `assets/cldr/build.py`; the data is Unicode's, under
//! `assets/cldr/LICENSE`.

pub(super) mod money;

/// Regions where a clock counts to twelve twice a day (`timeData`).
pub(super) const TWELVE_HOURS: [&str; 105] = [
    "419", "AE", "AG", "AL", "AR", "AS", "AU", "BB", "BD", "BH", "BM", "BN", "BO", "BS", "BT",
    "CA", "CL", "CO", "CR", "CU", "CY", "DJ", "DM", "DO", "DZ", "EC", "EG", "EH", "ER", "ET", "FJ",
    "FM", "GD", "GH", "GM", "GR", "GT", "GU", "GY", "HK", "HN", "IN", "IQ", "JM", "JO", "KH", "KI",
    "KN", "KP", "KR", "KW", "KY", "LB", "LC", "LR", "LS", "LY", "MH", "MO", "MP", "MR", "MW", "MX",
    "MY", "NA", "NI", "NZ", "OM", "PA", "PE", "PG", "PH", "PK", "PR", "PS", "PW", "PY", "QA", "SA",
    "SB", "SD", "SG", "SL", "SO", "SS", "SV", "SY", "SZ", "TC", "TD", "TN", "TO", "TT", "TW", "UM",
    "US", "UY", "VC", "VE", "VG", "VI", "VU", "WS", "YE", "ZM",
];

/// Languages that do otherwise there than others, and whether they count to twelve.
pub(super) const OTHER_HOURS: [(&str, bool); 3] =
    [("ar-001", true), ("en-001", true), ("fr-CA", false)];

/// Languages that write a space before a percent sign, and regions where they do otherwise (`percentFormats`).
pub(super) const SPACED_PERCENT: [(&str, bool); 35] = [
    ("de", true),
    ("de-CH", false),
    ("de-LI", false),
    ("en-AT", true),
    ("en-DE", true),
    ("en-DK", true),
    ("en-FI", true),
    ("en-NO", true),
    ("en-SE", true),
    ("es", true),
    ("es-419", false),
    ("es-AR", false),
    ("es-BO", false),
    ("es-BR", false),
    ("es-BZ", false),
    ("es-CL", false),
    ("es-CO", false),
    ("es-CR", false),
    ("es-CU", false),
    ("es-DO", false),
    ("es-EC", false),
    ("es-GT", false),
    ("es-HN", false),
    ("es-MX", false),
    ("es-NI", false),
    ("es-PA", false),
    ("es-PE", false),
    ("es-PR", false),
    ("es-PY", false),
    ("es-SV", false),
    ("es-US", false),
    ("es-UY", false),
    ("es-VE", false),
    ("fr", true),
    ("fr-CH", false),
];
