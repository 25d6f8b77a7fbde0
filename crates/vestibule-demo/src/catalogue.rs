//! Forty invented titles. Any likeness to real ones would be chance.

/// A title of the library.
#[derive(Debug)]
pub(super) struct CatalogueTitle {
    /// Identifier, in addresses.
    pub(super) id: &'static str,
    /// Its name.
    pub(super) name: &'static str,
    /// Episode, or kind and length.
    pub(super) episode: &'static str,
    /// One sentence.
    pub(super) summary: &'static str,
}

const fn title(
    id: &'static str,
    name: &'static str,
    episode: &'static str,
    summary: &'static str,
) -> CatalogueTitle {
    CatalogueTitle {
        id,
        name,
        episode,
        summary,
    }
}

/// All of them.
pub(super) static TITLES: [CatalogueTitle; 40] = [
    title(
        "lamp-at-forty-fathoms",
        "Lamp at Forty Fathoms",
        "S1 E3 · The Quiet Trench",
        "A salvage diver finds a lighthouse at the bottom of the sea, and its lamp is on.",
    ),
    title(
        "the-cartographers-niece",
        "The Cartographer's Niece",
        "S2 E1 · A Street Too Many",
        "Every map she inherits shows one road that nobody else can find.",
    ),
    title(
        "salt-and-static",
        "Salt and Static",
        "Film · 1 h 42 min",
        "A radio operator on a dry sea bed answers a call that was sent forty years ago.",
    ),
    title(
        "nine-windows-east",
        "Nine Windows East",
        "S1 E6 · The Lodger",
        "A house counts its windows each night and comes to a different number.",
    ),
    title(
        "kestrel-junction",
        "Kestrel Junction",
        "S3 E2 · Points Failure",
        "Two signal boxes, one line, and a train that is in no timetable.",
    ),
    title(
        "rye-before-rain",
        "Rye Before Rain",
        "Documentary · 54 min",
        "A year with four bakers who share one oven and agree on nothing.",
    ),
    title(
        "ombra-at-the-paper-theatre",
        "Ombra at the Paper Theatre",
        "Film · 1 h 57 min",
        "A shadow puppeteer loses her own shadow on opening night.",
    ),
    title(
        "the-tidewright",
        "The Tidewright",
        "S1 E1 · Low Water",
        "In a town where tides are made by hand, the apprentice oversleeps.",
    ),
    title(
        "forty-metres-of-blue",
        "Forty Metres of Blue",
        "Documentary · 1 h 12 min",
        "Free divers map a reef by memory before the season turns.",
    ),
    title(
        "paper-comet",
        "Paper Comet",
        "Film · 1 h 35 min",
        "Three children post a letter to a comet and get a parcel back.",
    ),
    title(
        "moss-county",
        "Moss County",
        "S4 E8 · What the Bog Keeps",
        "A village constable investigates a crime from the year 1204.",
    ),
    title(
        "yellow-line-orchestra",
        "Yellow Line Orchestra",
        "S1 E4 · Platform Two",
        "Strangers on a commuter train begin to hum the same unwritten tune.",
    ),
    title(
        "the-long-pantry",
        "The Long Pantry",
        "S2 E5 · Quince",
        "A cook walks through her grandmother's larder, jar by jar, decade by decade.",
    ),
    title(
        "corvid-season",
        "Corvid Season",
        "Documentary · 49 min",
        "One winter, two hundred crows, and the woman who knows them by voice.",
    ),
    title(
        "glasshouse-nocturne",
        "Glasshouse Nocturne",
        "Film · 2 h 04 min",
        "A pianist takes work as a night gardener and hears the orchids keep time.",
    ),
    title(
        "the-echo-under-mill-street",
        "The Echo under Mill Street",
        "S2 E3 · Echo",
        "Skaters find a tunnel that gives every sound back one second too early.",
    ),
    title(
        "a-field-guide-to-fog",
        "A Field Guide to Fog",
        "Documentary · 1 h 03 min",
        "A patient journey along a coast that is seldom seen.",
    ),
    title(
        "the-ferrymans-ledger",
        "The Ferryman's Ledger",
        "S1 E7 · Return Fare",
        "He writes every passenger down, and one name appears each day.",
    ),
    title(
        "tin-harvest",
        "Tin Harvest",
        "Film · 1 h 48 min",
        "Retired robots take over a vineyard and argue about the weather.",
    ),
    title(
        "juniper-row",
        "Juniper Row",
        "S5 E1 · New Neighbours",
        "Comedy about six gardens, one fence, and a very stubborn goat.",
    ),
    title(
        "a-dawn-too-many",
        "A Dawn Too Many",
        "Film · 1 h 51 min",
        "An astronomer sees a dawn that nobody else remembers.",
    ),
    title(
        "the-sailmakers-alphabet",
        "The Sailmaker's Alphabet",
        "S1 E5 · Bowline",
        "A sailmaker reads the lives of sailors from the knots they tie.",
    ),
    title(
        "the-weathervane-club",
        "The Weathervane Club",
        "S3 E4 · Backing South",
        "Amateur forecasters against a storm that refuses to be named.",
    ),
    title(
        "cinder-lane",
        "Cinder Lane",
        "Film · 1 h 39 min",
        "The last lamplighter trains the first one.",
    ),
    title(
        "slow-basalt",
        "Slow Basalt",
        "S2 E6 · Fault",
        "Geologists listen to an island and slowly understand the question.",
    ),
    title(
        "slow-train-to-oriel",
        "Slow Train to Oriel",
        "Documentary · 1 h 28 min",
        "Eleven hours, nine stations, no commentary.",
    ),
    title(
        "marigold-protocol",
        "Marigold Protocol",
        "S1 E8 · Pollen",
        "A seed bank's computer begins to plan a garden of its own.",
    ),
    title(
        "the-understudys-birthday",
        "The Understudy's Birthday",
        "Film · 1 h 33 min",
        "She has learned every role in the house except her own.",
    ),
    title(
        "hollow-tide",
        "Hollow Tide",
        "S2 E2 · Undertow",
        "A coastguard hears a foghorn from a coast that fell into the sea.",
    ),
    title(
        "five-kinds-of-thread",
        "Five Kinds of Thread",
        "Documentary · 58 min",
        "Weavers on three continents make one cloth and never meet.",
    ),
    title(
        "north-of-nowhere-much",
        "North of Nowhere Much",
        "S1 E3 · Thaw",
        "Two rival postmasters share one sledge.",
    ),
    title(
        "brass-meridian",
        "Brass Meridian",
        "Film · 2 h 11 min",
        "A clockmaker crosses the desert to set the noon by hand.",
    ),
    title(
        "peregrine-tower",
        "Peregrine Tower",
        "S3 E7 · Thermals",
        "Above the city, a pair of falcons and a window cleaner keep each other's secrets.",
    ),
    title(
        "the-marmalade-archive",
        "The Marmalade Archive",
        "S1 E2 · Seville",
        "A librarian files memories by their taste.",
    ),
    title(
        "bottle-weather",
        "Bottle Weather",
        "Film · 1 h 44 min",
        "Each bottle on her beach holds the end of somebody else's story.",
    ),
    title(
        "wool-and-thunder",
        "Wool and Thunder",
        "Documentary · 1 h 07 min",
        "A shepherd, a summer, and four hundred sheep with opinions.",
    ),
    title(
        "the-borrowed-hour",
        "The Borrowed Hour",
        "S1 E1 · Clocks Back",
        "Once a year the town gets an hour that does not count.",
    ),
    title(
        "velvet-monsoon",
        "Velvet Monsoon",
        "Film · 2 h 02 min",
        "A tailor's daughter stitches the map of a flooded city.",
    ),
    title(
        "owls-of-platform-nine",
        "Owls of Platform Nine",
        "Documentary · 46 min",
        "At night a closed railway station is anything but empty.",
    ),
    title(
        "little-comets",
        "Little Comets",
        "S1 E10 · Splashdown",
        "A kindergarten builds a rocket; the rocket has other ideas.",
    ),
];
