//! How common a word is in news at large: the prior for its frequency within one story.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::language::list;

/// Stems by how many of ten thousand news sentences hold them. A line is a level: sentences in a million, then the
/// stems; a stem mostly written with a capital carries a `^`.
const TABLE: &str = list(include_str!("background.txt"));

/// Share of sentences that holds a word the table does not know.
pub const UNKNOWN: f32 = 4e-6;

struct Entry {
    share: f32,
    capital: bool,
}

static ENTRIES: LazyLock<FxHashMap<&'static str, Entry>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter_map(|line| line.split_once(' '));
    let entries = lines.flat_map(|(level, stems)| {
        let share = level.parse::<f32>().expect("a level is a number") / 1e6;
        stems.split(' ').map(move |stem| {
            let plain = stem.trim_start_matches('^');
            (plain, Entry { share, capital: plain != stem })
        })
    });
    entries.collect()
});

/// The share of news sentences that holds a word with this stem.
pub fn share(stem: &str) -> f32 {
    ENTRIES.get(stem).map_or(UNKNOWN, |entry| entry.share)
}

/// Whether the stem is known and mostly written small.
pub fn common(stem: &str) -> bool {
    ENTRIES.get(stem).is_some_and(|entry| !entry.capital)
}
