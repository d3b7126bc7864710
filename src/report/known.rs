//! What each article names and counts, so that "only this article" is said of nothing that another has in another form.
//!
//! A name is known to an article that has its telling word, in any spelling a letter or two away, as a possessive, as
//! initials, as one word or two, or as the abbreviation of a state; a first name alone, and a name that a hyphen joins, also
//! to one that has the surname. A figure is known to an article that has the same number, whatever its unit.
//! Doubt always counts as known: a reason that is false once costs all trust.
//! Cost: a question about a name looks at the words of its first letter, each once for all articles.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use rustc_hash::FxHashMap;

use super::surname::is_rare;
use crate::align::{SMALL, TENS};
use crate::article::Article;
use crate::reading::{Measure, Quantity, quantities};
use crate::sentence::Sentence;
use crate::token::{one_apostrophe, without_accents, words};

/// A shorter word may be two by chance.
const LONG: usize = 6;
/// The words and numbers of the articles, each with those that have it.
#[derive(Default)]
pub(super) struct Known {
    /// Lower-cased words without possessive endings and dots; in order, so that those of one beginning stand together.
    words: BTreeMap<String, Owners>,
    /// Initials of runs of capitalised words: "HPA" for "Harbour Port Authority".
    initials: FxHashMap<String, Owners>,
    /// Numbers, with and without what multiplies them.
    numbers: FxHashMap<u64, Owners>,
    /// Sums and amounts with their units, some of them rough: "more than £300,000".
    amounts: Vec<(usize, Quantity)>,
    /// Words of letters and spaces alone, for names that are written as one word here and as two there.
    joined: FxHashMap<String, Owners>,
    /// Two words with a capital that only a blank parts: a first name and a surname, if the two are a name. By article.
    pairs: Vec<BTreeSet<(String, String)>>,
    /// The second of them.
    surnames: FxHashMap<String, Owners>,
}

/// The articles that have a word, ascending: they are read in order.
#[derive(Default)]
struct Owners(Vec<usize>);

impl Owners {
    fn add(&mut self, article: usize) {
        if self.0.last() != Some(&article) {
            self.0.push(article);
        }
    }

    fn others_than(&self, article: usize) -> bool {
        self.0.iter().any(|&at| at != article)
    }
}

impl Known {
    /// Reads the articles, boilerplate and titles too: what stands anywhere is known.
    pub fn new(articles: &[Article], sentences: &[Sentence]) -> Self {
        let mut known = Self { pairs: vec![BTreeSet::new(); articles.len()], ..Self::default() };
        let said = sentences.iter().map(|sentence| {
            let article = sentence.article.index();
            (article, sentence.span.of(&articles[article].text))
        });
        let titles = articles.iter().enumerate().flat_map(|(at, article)| {
            [&article.title, &article.source].into_iter().flatten().map(move |title| (at, title.as_str()))
        });
        let mut texts: Vec<(usize, &str)> = said.chain(titles).collect();
        texts.sort_by_key(|&(article, _)| article);
        texts.into_iter().for_each(|(article, text)| known.read(article, text));
        known
    }

    /// Whether another article has the surname of somebody whom a part of a name names: "Green" of "Holt-Green", and "Holt" of
    /// a bare "Nick" whom the article itself calls Nick Holt, as others may call him Nicholas.
    pub fn has_surname(&self, article: usize, name: &[&str]) -> bool {
        let parts: Vec<String> = name.iter().map(|part| plain(part)).collect();
        let surnames: Vec<&String> = match &parts[..] {
            [first] => {
                let pairs = self.pairs[article].iter();
                pairs.filter(|(name, surname)| name == first && is_rare(surname)).map(|(_, surname)| surname).collect()
            }
            parts => parts.iter().collect(),
        };
        surnames.into_iter().any(|surname| elsewhere(article, self.surnames.get(surname)))
    }

    /// Whether an article has a lower-cased word as it is.
    pub fn has_word(&self, article: usize, word: &str) -> bool {
        self.words.get(&plain(word)).is_some_and(|owners| owners.0.binary_search(&article).is_ok())
    }

    /// Whether no other article has a number, or an amount that it may be a rounding of.
    pub fn is_only_number(&self, article: usize, numbers: &[u64], amount: Option<&Quantity>) -> bool {
        let rounds = |own| self.amounts.iter().any(|(other, amount)| *other != article && is_near(own, amount));
        !numbers.iter().any(|number| elsewhere(article, self.numbers.get(number))) && !amount.is_some_and(rounds)
    }

    fn read(&mut self, article: usize, text: &str) {
        let tokens = words(text);
        let forms: Vec<&str> = tokens.iter().map(|token| token.span.of(text)).collect();
        let mut run = String::new();
        for (at, form) in forms.iter().enumerate() {
            let plain = plain(form);
            let capital = form.starts_with(char::is_uppercase);
            if let Some(before) = at.checked_sub(1) {
                let first = self::plain(forms[before]);
                self.joined.entry(format!("{first}{plain}")).or_default().add(article);
                let gap = &text[tokens[before].span.end..tokens[at].span.start];
                if capital && gap == " " && forms[before].starts_with(char::is_uppercase) {
                    self.surnames.entry(plain.clone()).or_default().add(article);
                    self.pairs[article].insert((first, plain.clone()));
                }
            }
            self.words.entry(plain).or_default().add(article);
            if let Some(spelt) = spelt_out(form) {
                self.words.entry(spelt).or_default().add(article);
            }
            if capital {
                run.extend(form.chars().next());
                let letters: Vec<char> = run.chars().collect();
                // Every run that ends here, of two words or more.
                (0..letters.len().saturating_sub(1)).for_each(|start| {
                    let initials = letters[start..].iter().collect::<String>().to_lowercase();
                    self.initials.entry(initials).or_default().add(article);
                });
            } else if !matches!(*form, "of" | "the" | "and" | "for" | "de" | "la" | "s") {
                run.clear();
            }
        }
        if text.contains(|c: char| c.is_ascii_digit()) {
            self.amounts.extend(quantities(text).into_iter().map(|amount| (article, amount)));
        }
        for number in (0..forms.len()).flat_map(|at| numbers(&forms, at)) {
            self.numbers.entry(number).or_default().add(article);
        }
    }

    /// Whether no other article has a name, given as its words and those of them that tell.
    pub fn is_only_name(&self, article: usize, name: &[&str], telling: &[&str]) -> bool {
        let has_word = |word: &str| elsewhere(article, self.words.get(word));
        let has_joined = |word: &str| elsewhere(article, self.joined.get(word));
        // "Tide Watchers" here, "the Tidewatchers" there, and the other way round.
        let in_two = |word: &&str| plain(word).chars().count() >= LONG && has_joined(&plain(word));
        let in_one = |pair: &[&str]| pair.iter().any(|word| telling.contains(word)) && has_word(&plain(&pair.concat()));
        let has_spelt = |word: &str| spelt_out(word).is_some_and(|spelt| self.has_like(article, &spelt));
        if telling.iter().any(|word| self.has_like(article, &plain(word)) || in_two(word) || has_spelt(word))
            || name.windows(2).any(in_one)
        {
            return false;
        }
        let initials: String =
            name.iter().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
        let initials = initials.to_lowercase();
        let acronym = initials.chars().count() > 1 && has_word(&initials);
        let whole = plain(&name.concat());
        let spelt_out = name.len() == 1 && whole.chars().count() > 1 && elsewhere(article, self.initials.get(&whole));
        !(acronym
            || spelt_out
            || has_joined(&whole)
            || name.len() > 1 && has_word(&whole)
            || abbreviations(&name.join(" ")).any(has_word))
    }

    /// Whether a word stands in another article, as it is, as part of a longer one, or a letter or two away.
    fn has_like(&self, article: usize, word: &str) -> bool {
        if elsewhere(article, self.words.get(word)) {
            return true;
        }
        let length = word.chars().count();
        if length < 4 {
            return false;
        }
        let near = |other: &String| {
            let other_length = other.chars().count();
            if other_length < 4 {
                return false;
            }
            let (short, long) = if length <= other_length { (word, &**other) } else { (&**other, word) };
            let most = if length.min(other_length) >= 7 { 2 } else { 1 };
            long.starts_with(short) && long.len() - short.len() <= 3
                || length.min(other_length) >= 5
                    && length.abs_diff(other_length) <= most
                    && distance(word, other) <= most
        };
        let first = &word[..word.ceil_char_boundary(1)];
        let of_first = self.words.range::<str, _>((Bound::Included(first), Bound::Unbounded));
        let mut of_first = of_first.take_while(|(other, _)| other.starts_with(first));
        of_first.any(|(other, owners)| owners.others_than(article) && near(other))
    }
}

/// Whether another article is among those that have something.
fn elsewhere(article: usize, owners: Option<&Owners>) -> bool {
    owners.is_some_and(|owners| owners.others_than(article))
}

/// Whether one amount may be another one in round figures: of one measure, of the same things where things are counted, and
/// both can be true: "more than £300,000" and "£310,000". Farther apart they are two facts.
fn is_near(a: &Quantity, b: &Quantity) -> bool {
    const FAR: f64 = 0.1;
    let measured =
        !matches!(a.measure, Measure::Clock | Measure::Year | Measure::Ordinal | Measure::Score | Measure::Age);
    let counted = a.measure != Measure::Count || a.noun.is_some() && a.noun == b.noun;
    a.measure == b.measure && measured && counted && a.agrees(b) && a.distance(b) < FAR
}

/// Lower case, without the possessive ending, accents, dots and apostrophes.
fn plain(word: &str) -> String {
    let lower = without_accents(&word.chars().map(one_apostrophe).collect::<String>().to_lowercase());
    let stem = lower.strip_suffix("'s").unwrap_or(&lower);
    stem.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A word as those write it who have no umlaut, if it has one: "Özil" as "oezil".
fn spelt_out(word: &str) -> Option<String> {
    let letters: [(&str, &str); 6] = [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("ø", "oe"), ("æ", "ae")];
    let lower = word.to_lowercase();
    let spelt = letters.iter().fold(lower.clone(), |word, (letter, two)| word.replace(letter, two));
    (spelt != lower).then(|| plain(&spelt))
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// Short forms that initials do not give: a full name, then its abbreviations without dots.
const ABBREVIATIONS: &[(&str, &[&str])] = &[
    ("alabama", &["ala", "al"]),
    ("alaska", &["ak"]),
    ("arizona", &["ariz", "az"]),
    ("arkansas", &["ark", "ar"]),
    ("california", &["calif", "ca"]),
    ("colorado", &["colo", "co"]),
    ("connecticut", &["conn", "ct"]),
    ("delaware", &["del", "de"]),
    ("florida", &["fla", "fl"]),
    ("georgia", &["ga"]),
    ("hawaii", &["hi"]),
    ("idaho", &["id"]),
    ("illinois", &["ill", "il"]),
    ("indiana", &["ind", "in"]),
    ("iowa", &["ia"]),
    ("kansas", &["kan", "ks"]),
    ("kentucky", &["ky"]),
    ("louisiana", &["la"]),
    ("maine", &["me"]),
    ("maryland", &["md"]),
    ("massachusetts", &["mass", "ma"]),
    ("michigan", &["mich", "mi"]),
    ("minnesota", &["minn", "mn"]),
    ("mississippi", &["miss", "ms"]),
    ("missouri", &["mo"]),
    ("montana", &["mont", "mt"]),
    ("nebraska", &["neb", "ne"]),
    ("nevada", &["nev", "nv"]),
    ("new hampshire", &["nh"]),
    ("new jersey", &["nj"]),
    ("new mexico", &["nm"]),
    ("new york", &["ny", "nyc"]),
    ("north carolina", &["nc"]),
    ("north dakota", &["nd"]),
    ("ohio", &["oh"]),
    ("oklahoma", &["okla", "ok"]),
    ("oregon", &["ore", "or"]),
    ("pennsylvania", &["pa", "penn"]),
    ("rhode island", &["ri"]),
    ("south carolina", &["sc"]),
    ("south dakota", &["sd"]),
    ("tennessee", &["tenn", "tn"]),
    ("texas", &["tex", "tx"]),
    ("utah", &["ut"]),
    ("vermont", &["vt"]),
    ("virginia", &["va"]),
    ("washington", &["wash", "wa", "dc"]),
    ("west virginia", &["wva", "wv"]),
    ("wisconsin", &["wis", "wi"]),
    ("wyoming", &["wyo", "wy"]),
    ("united states", &["us", "usa"]),
    ("america", &["us", "usa", "american"]),
    ("united kingdom", &["uk", "british", "britain"]),
    ("britain", &["uk", "british"]),
    ("european union", &["eu"]),
    ("united nations", &["un"]),
    ("republican", &["gop", "republicans"]),
    ("republicans", &["gop", "republican"]),
];

/// Whether a name is that of a state or a country that has a short form.
pub(super) fn is_state(name: &str) -> bool {
    ABBREVIATIONS.iter().any(|(full, _)| name.eq_ignore_ascii_case(full))
}

/// Whether a lower-cased word is the short form of a state or a country.
pub(super) fn is_short_state(word: &str) -> bool {
    ABBREVIATIONS.iter().any(|(_, short)| short.contains(&word))
}

/// What may stand for a name that contains the name of a state.
fn abbreviations(name: &str) -> impl Iterator<Item = &'static str> {
    let name = name.to_lowercase();
    let of = move |(full, _): &&(&str, &[&str])| name.contains(full);
    ABBREVIATIONS.iter().filter(of).flat_map(|(full, short)| short.iter().copied().chain([*full]))
}

/// The number that begins at a word, in thousandths: bare, and times the scale that follows.
pub(super) fn numbers(words: &[&str], at: usize) -> Vec<u64> {
    let word = words[at].to_lowercase();
    let digits: String =
        word.chars().take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).filter(|c| *c != ',').collect();
    let amount = match digits.parse::<f64>() {
        Ok(amount) if !digits.is_empty() => amount,
        _ => {
            let small = SMALL.iter().position(|small| *small == word).map(|at| at as f64);
            let tens = TENS.iter().position(|tens| *tens == word).map(|at| (at + 2) as f64 * 10.0);
            let Some(mut amount) = small.or(tens) else { return Vec::new() };
            // "twenty-five"
            if amount >= 20.0 {
                let next = words.get(at + 1).map(|next| next.to_lowercase());
                let unit = next.and_then(|next| SMALL[..10].iter().position(|small| *small == next));
                amount += unit.unwrap_or(0) as f64;
            }
            amount
        }
    };
    let suffix = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.')).to_owned();
    let next = words.get(at + 1).map_or(String::new(), |next| next.to_lowercase());
    let scale = |word: &str| match word {
        "hundred" => 1e2,
        "thousand" | "k" => 1e3,
        "million" | "m" | "mn" => 1e6,
        "billion" | "bn" | "b" => 1e9,
        "trillion" | "tn" => 1e12,
        _ => 1.0,
    };
    let in_thousandths = |amount: f64| (amount * 1e3).round() as u64;
    let mut found = vec![in_thousandths(amount)];
    for scale in [scale(&suffix), scale(&next)] {
        if scale > 1.0 {
            found.push(in_thousandths(amount * scale));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::of_one_sentence;

    fn known(texts: &[&str]) -> Known {
        let (articles, sentences) = of_one_sentence(texts);
        Known::new(&articles, &sentences)
    }

    #[test]
    fn a_name_in_another_form_is_known() {
        for (name, other, only) in [
            ("Volodar Zelenov", "President Zelenov's plane", false),
            ("Zelenov", "Mr. Zelenoff spoke", false),
            ("Zelenyy", "Zeleny said", false),
            ("Danforth", "the Danforth administration", false),
            ("North Carolina", "in Pinetown, N.C. on Tuesday", false),
            ("Quay County Sheriff's Office", "the QCSO said", false),
            ("QCSO", "the Quay County Sheriff's Office said", false),
            ("Ching-wei", "Lo Chingwei left", false),
            ("Ana Ruiz", "Ana was there", false),
            ("Ana Ruiz", "nobody was there", true),
            ("Holt", "a halt was called", true),
            ("Tide Watchers", "the Tidewatchers said", false),
            ("Tidewatchers", "the Tide Watchers said", false),
            ("Greater Tide Watchers", "the tidewatchers' tip line", false),
            ("Tide Watchers", "nobody was there", true),
            ("Eye On Dale", "the clip of EyeOnDale", false),
            ("Iñaki Peñuela", "Inaki Penuela left", false),
            ("Ina Köhl", "Ina Koehl left", false),
            ("Özi", "Oezi left", false),
            ("Łoś", "the farm of Los", false),
            ("Rut Groß", "Ms. Gross left", false),
        ] {
            let words: Vec<&str> = words(name).iter().map(|word| word.span.of(name)).collect();
            assert_eq!(known(&[name, other]).is_only_name(0, &words, &words), only, "{name} / {other}");
        }
    }

    #[test]
    fn a_first_name_and_a_joined_surname_are_known_by_the_surname() {
        for (own, name, other, has) in [
            ("Nick Aubrecht left. Friends of Nick came.", "Nick", "Nicholas Aubrecht left.", true),
            ("Nick Aubrecht left. Friends of Nick came.", "Nick", "Somebody left.", false),
            ("Friends of Nick came.", "Nick", "Nicholas Aubrecht left.", false),
            ("Tove Lind-Aubrecht left.", "Lind-Aubrecht", "Tove Aubrecht left.", true),
            ("Tove Lind-Aubrecht left.", "Lind-Aubrecht", "An aubrecht left.", false),
        ] {
            let words: Vec<&str> = words(name).iter().map(|word| word.span.of(name)).collect();
            assert_eq!(known(&[own, other]).has_surname(0, &words), has, "{own} / {other}");
        }
    }

    #[test]
    fn a_number_in_another_form_is_known() {
        for (number, other, only) in [
            ("212 metres", "a 212m ship", false),
            ("14 people", "fourteen were hurt", false),
            ("$52million", "$52 million", false),
            ("2,900 boxes", "2900 containers", false),
            ("25 boats", "twenty-five boats", false),
            ("11 vessels", "12 vessels", true),
        ] {
            let forms: Vec<&str> = words(number).iter().map(|word| word.span.of(number)).collect();
            assert_eq!(known(&["", other]).is_only_number(0, &numbers(&forms, 0), None), only, "{number} / {other}");
        }
    }

    #[test]
    fn an_amount_in_round_figures_is_known() {
        for (own, other, only) in [
            ("It loses more than £300,000.", "It loses £310,000 a year.", false),
            ("It loses £310,000.", "It loses more than £300,000.", false),
            ("It loses nearly £400,000.", "It loses £395,000.", false),
            ("It cost $43m.", "It cost $43.2 million.", false),
            ("About 1,200 homes were dark.", "The storm cut off 1,187 homes.", false),
            ("It lies 15 kilometres away.", "It lies some 15,200 metres away.", false),
            ("At least 40 people came.", "There were 43 people.", false),
            ("It loses more than £300,000.", "It loses £410,000.", true),
            ("It loses £300,000.", "It loses £310,000.", true),
            ("It loses more than £300,000.", "It loses $310,000.", true),
            ("About 1,200 homes were dark.", "The storm drowned 1,187 cows.", true),
            ("More than 40 people came.", "It was 42 years ago.", true),
            ("The toll rose by 12 percent.", "The toll rose by 14 percent.", true),
        ] {
            let amount = quantities(own).into_iter().next();
            assert_eq!(known(&["", other]).is_only_number(0, &[], amount.as_ref()), only, "{own} / {other}");
        }
    }
}
