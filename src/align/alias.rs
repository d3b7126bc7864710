//! Words that stand for a name elsewhere in the story: "the president" once an article says "President Obama", "the
//! Russian president" once one says "Russian President Vladimir Putin", and the words that an acronym abbreviates.
//!
//! Only what the articles establish counts, and only where one person holds the title.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Prepared;
use super::words::{Kind, Lexicon, Word};

/// What may stand before a name and, with "the", in its place.
const TITLES: &str = "admiral ambassador archbishop attorney bishop captain cardinal chairman chairwoman chancellor chief \
coach colonel commander commissioner congressman congresswoman councillor councilman councilwoman detective director \
doctor dictator emperor general governor inspector judge justice king leader lieutenant mayor minister officer pope \
premier president prince princess principal professor prosecutor queen rabbi rapper representative secretary senator \
sergeant sheriff speaker spokesman spokeswoman superintendent surgeon treasurer";
/// Before a title these make another office of it.
const OTHERS: &str = "acting assistant deputy elect ex former incoming late lieutenant outgoing then vice";
/// A title stands for somebody who is named with it in at least this share of the cases.
const MIN_SHARE: f32 = 0.8;
/// Shorter acronyms fit too much by chance.
const MIN_ACRONYM: usize = 3;

/// Who holds a title, and how often an article says so.
type Holders = BTreeMap<u32, u32>;

/// Sets the aliases of a story's words.
pub fn resolve(sentences: &mut [Prepared], texts: &[&str], lexicon: &Lexicon) {
    let stems =
        |list: &str| -> FxHashSet<u32> { list.split_whitespace().filter_map(|word| lexicon.find(word)).collect() };
    if lexicon.language().has_rules() {
        titles(sentences, texts, &stems(TITLES), &stems(OTHERS));
    }
    acronyms(sentences, texts, lexicon);
}

/// Whether nothing but a space stands between a word and the next.
fn joined(words: &[Word], at: usize, text: &str) -> bool {
    words.get(at + 1).is_some_and(|next| &text[words[at].span.end..next.span.start] == " ")
}

/// The word before, when it may say which of several holders is meant: the "Russian" of "Russian president".
fn modifier(words: &[Word], at: usize, text: &str) -> Option<usize> {
    let before = at.checked_sub(1)?;
    (matches!(words[before].kind, Kind::Name | Kind::Content) && joined(words, before, text)).then_some(before)
}

fn titles(sentences: &mut [Prepared], texts: &[&str], titles: &FxHashSet<u32>, others: &FxHashSet<u32>) {
    // By title, and by title and the word before it.
    let mut plain: FxHashMap<u32, Holders> = FxHashMap::default();
    let mut modified: FxHashMap<(u32, u32), Holders> = FxHashMap::default();
    let mut used = Vec::new();
    for (number, (words, text)) in sentences.iter().map(|sentence| &sentence.words).zip(texts).enumerate() {
        for at in (0..words.len()).filter(|&at| titles.contains(&words[at].stem)) {
            let before = modifier(words, at, text).map(|before| words[before].stem);
            let name = |&at: &usize| words[at].kind == Kind::Name && !titles.contains(&words[at].stem);
            let named = (at + 1..words.len()).take_while(|next| joined(words, next - 1, text)).take_while(name).last();
            match named {
                Some(last) => {
                    let holder = words[last].stem;
                    if !before.is_some_and(|before| others.contains(&before)) {
                        *plain.entry(words[at].stem).or_default().entry(holder).or_default() += 1;
                    }
                    if let Some(before) = before {
                        *modified.entry((words[at].stem, before)).or_default().entry(holder).or_default() += 1;
                    }
                }
                None => used.push((number, at)),
            }
        }
    }
    let holder = |holders: &Holders| {
        let (&name, &count) = holders.iter().max_by_key(|&(name, count)| (count, std::cmp::Reverse(name)))?;
        (count as f32 >= MIN_SHARE * holders.values().sum::<u32>() as f32).then_some(name)
    };
    for (number, at) in used {
        let (words, text) = (&sentences[number].words, texts[number]);
        let before = modifier(words, at, text);
        let first = before.unwrap_or(at);
        let the = first > 0 && matches!(words[first - 1].span.of(text), "the" | "The");
        let title = words[at].stem;
        let alias = match before.map(|before| &words[before]) {
            Some(before) => modified.get(&(title, before.stem)).and_then(holder).or_else(|| {
                let same_office = before.kind == Kind::Content && !others.contains(&before.stem);
                plain.get(&title).filter(|_| same_office).and_then(holder)
            }),
            None => plain.get(&title).and_then(holder),
        };
        sentences[number].words[at].alias = alias.filter(|_| the);
    }
}

fn acronyms(sentences: &mut [Prepared], texts: &[&str], lexicon: &Lexicon) {
    let capital = |text: &str| text.starts_with(char::is_uppercase);
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for (words, text) in sentences.iter().map(|sentence| &sentence.words).zip(texts) {
        let written = words.iter().map(|word| word.span.of(text));
        seen.extend(written.filter(|word| word.len() >= MIN_ACRONYM && word.bytes().all(|b| b.is_ascii_uppercase())));
    }
    for (words, text) in sentences.iter_mut().map(|sentence| &mut sentence.words).zip(texts) {
        // Capitalised words with small ones between: "Bureau of Investigation".
        let mut run: Vec<usize> = Vec::new();
        for at in 0..=words.len() {
            let runs_on = at < words.len()
                && (run.is_empty() || joined(words, at - 1, text))
                && (capital(words[at].span.of(text)) || words[at].kind == Kind::Function && !run.is_empty());
            if runs_on {
                if capital(words[at].span.of(text)) {
                    run.push(at);
                }
                continue;
            }
            let initial =
                |&at: &usize| text[words[at].span.start..].chars().next().filter(char::is_ascii).unwrap_or('?');
            let initials: String = run.iter().map(initial).collect();
            for start in 0..run.len() {
                let longest = (MIN_ACRONYM..=run.len() - start).rev().map(|length| start..start + length);
                let stands_for = |range: &std::ops::Range<usize>| seen.contains(&initials[range.clone()]);
                if let Some(range) = longest.into_iter().find(stands_for) {
                    let alias = lexicon.find_stem(&initials[range.clone()].to_lowercase());
                    run[range].iter().for_each(|&at| words[at].alias = alias);
                }
            }
            run.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words with an alias and what each stands for.
    fn aliases(texts: &[&str]) -> Vec<(String, String)> {
        let mut lexicon = Lexicon::new();
        let common = |stem: &str| matches!(stem, "president" | "mayor" | "the");
        let read = |text: &&str| Prepared { words: lexicon.read(text, common), ..Prepared::default() };
        let mut sentences: Vec<_> = texts.iter().map(read).collect();
        resolve(&mut sentences, texts, &lexicon);
        let of = |(sentence, text): (&Prepared, &&str)| {
            let aliased = sentence.words.iter().filter_map(|word| Some((word.span, word.alias?)));
            aliased.map(|(span, name)| (span.of(text).to_owned(), lexicon.stems[name as usize].clone())).collect()
        };
        sentences.iter().zip(texts).flat_map(|pair| -> Vec<_> { of(pair) }).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|&(word, name)| (word.to_owned(), name.to_owned())).collect()
    }

    #[test]
    fn a_title_stands_for_the_one_who_holds_it() {
        let texts = ["Yesterday Mayor Ana Ruiz spoke.", "The mayor left.", "A mayor wept, the former mayor too."];
        assert_eq!(aliases(&texts), pairs(&[("mayor", "ruiz")]));
        let two = ["Northland President Oleg Danin met Westland President Wu Lan.", "The president left."];
        assert_eq!(aliases(&two), []);
        let one = [two[0], "Soon the Westland president left with the Eastland president."];
        assert_eq!(aliases(&one), pairs(&[("president", "lan")]));
    }

    #[test]
    fn an_acronym_stands_for_its_words() {
        let texts = ["The Harbour Bureau of Trade said so.", "Officials of the HBT agreed, the Hut Band did not."];
        let expected = ["Harbour", "Bureau", "Trade"].map(|word| (word, "hbt"));
        assert_eq!(aliases(&texts), pairs(&expected));
        assert_eq!(aliases(&["Élan Éternel Étude met EEE."]), []);
    }
}
