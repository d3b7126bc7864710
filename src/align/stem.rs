//! One form per word family: "closed", "closing" and "closes" become "clos"; "said" becomes "say".
//!
//! A light stemmer for English: inflection only, since derivation ("resign", "resignation") is left to the similarity
//! of characters. Words with letters outside a-z keep their form.

use crate::language::list;

/// Forms that no rule reaches, each line a base and its forms.
const IRREGULAR: &str = list(include_str!("irregular.txt"));

/// Stems words, with the irregular forms at hand.
#[derive(Debug, Clone)]
pub struct Stemmer {
    irregular: rustc_hash::FxHashMap<&'static str, &'static str>,
}

impl Default for Stemmer {
    fn default() -> Self {
        let lines = IRREGULAR.lines().filter_map(|line| line.split_once(' '));
        let irregular = lines.flat_map(|(base, forms)| forms.split(' ').map(move |form| (form, base))).collect();
        Self { irregular }
    }
}

impl Stemmer {
    /// Whether no rule reaches a form: "lent", "men".
    pub fn is_irregular(&self, word: &str) -> bool {
        self.irregular.contains_key(word)
    }

    /// The stem of a word in lower case.
    pub fn stem(&self, word: &str) -> String {
        let word = word.trim_end_matches(['\'', '’']);
        let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        if let Some(base) = self.irregular.get(word) {
            return fold(base);
        }
        if word.len() < 4 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return word.to_owned();
        }
        fold(&inflection(word))
    }
}

/// Without the ending of number, person or tense.
fn inflection(word: &str) -> String {
    let plain = |cut: usize| word[..word.len() - cut].to_owned();
    let vowel = |text: &str| text.bytes().any(|byte| b"aeiouy".contains(&byte));
    if word.ends_with("sses") || word.ends_with("ches") || word.ends_with("shes") || word.ends_with("xes") {
        return plain(2);
    }
    if word.ends_with("ies") || word.ends_with("ied") {
        return if word.len() > 4 { plain(3) + "y" } else { plain(1) };
    }
    if word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is") {
        return plain(1);
    }
    for ending in ["ingly", "edly", "ing", "ed", "ly"] {
        if let Some(rest) = word.strip_suffix(ending) {
            if rest.len() < 3 || !vowel(rest) {
                break;
            }
            let doubled = rest.len() > 3 && rest.as_bytes()[rest.len() - 1] == rest.as_bytes()[rest.len() - 2];
            let single = doubled && !rest.ends_with("ll") && !rest.ends_with("ss") && !rest.ends_with("zz");
            return if ending != "ly" && single { rest[..rest.len() - 1].to_owned() } else { rest.to_owned() };
        }
    }
    word.to_owned()
}

/// British and American spelling together, and no final e or y.
fn fold(word: &str) -> String {
    let mut word = word.to_owned();
    for (british, american) in [("isation", "ization"), ("yse", "yze"), ("ise", "ize"), ("is", "iz"), ("our", "or")] {
        if word.len() >= british.len() + 3 && word.ends_with(british) {
            word.truncate(word.len() - british.len());
            word.push_str(american);
            break;
        }
    }
    if word.len() > 3 && word.ends_with("ll") {
        word.pop();
    }
    if word.len() > 3 && word.ends_with('e') {
        word.pop();
    } else if word.len() > 3 && word.ends_with('y') {
        word.pop();
        word.push('i');
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_share_a_stem() {
        let stemmer = Stemmer::default();
        for family in [
            &["close", "closes", "closed", "closing"][..],
            &["say", "says", "said", "saying"],
            &["stop", "stopped", "stopping"],
            &["city", "cities", "city's", "city’s"],
            &["travel", "travelled", "traveled", "travelling"],
            &["organise", "organized", "organising"],
            &["colour", "colors"],
            &["child", "children"],
            &["win", "won", "winning"],
        ] {
            for word in family {
                assert_eq!(stemmer.stem(word), stemmer.stem(family[0]), "{word}");
            }
        }
    }

    #[test]
    fn short_and_foreign_words_keep_their_form() {
        let stemmer = Stemmer::default();
        for word in ["bus", "ist", "über", "москва", "gas"] {
            assert_eq!(stemmer.stem(word), word);
        }
    }
}
