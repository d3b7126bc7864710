//! What each article names and counts, so that "only this article" is said of nothing that another has in another form.
//!
//! A name is known to an article that has its telling word, in any spelling a letter or two away, as a possessive, as
//! initials, as one word or two, or as the abbreviation of a state; a first name alone, and a name that a hyphen joins, also
//! to one that has the surname; a place to one that names who or what is of it: "Danish" and "Denmark". What counts and
//! measures, `amounts` knows. Doubt always counts as known: a reason that is false once costs all trust.
//! Cost: a question about a name looks at the words of its first letter, each once for all articles.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use rustc_hash::{FxHashMap, FxHashSet};

use super::amounts::Amounts;
use super::demonyms::{is_place_of, of_same_place};
use super::surname::is_rare;
use crate::article::Article;
use crate::clause::is_finite_verb;
use crate::reading::{is_person, street_kind};
use crate::sentence::Sentence;
use crate::token::{Token, one_apostrophe, without_accents, words};

/// A shorter word may be two by chance.
const LONG: usize = 6;
/// The words and numbers of the articles, each with those that have it.
#[derive(Default)]
pub(super) struct Known {
    /// Lower-cased words without possessive endings and dots; in order, so that those of one beginning stand together.
    words: BTreeMap<String, Owners>,
    /// Initials of runs of capitalised words: "HPA" for "Harbour Port Authority".
    initials: FxHashMap<String, Owners>,
    /// Words of capitals alone: "HPA".
    acronyms: FxHashMap<String, Owners>,
    /// Words with a capital.
    capitals: FxHashMap<String, Owners>,
    /// Of these the ones that name somebody by themselves, whatever else they mean: "Mr Storm", "Storm's".
    alone: FxHashMap<String, Owners>,
    /// Words without one, of all articles.
    small: FxHashSet<String>,
    /// What they count and measure.
    pub amounts: Amounts,
    /// Words of letters and spaces alone, for names that are written as one word here and as two there.
    joined: FxHashMap<String, Owners>,
    /// Two words with a capital that only a blank parts: a first name and a surname, if the two are a name. By article.
    pairs: Vec<BTreeSet<(String, String)>>,
    /// The second of them.
    surnames: FxHashMap<String, Owners>,
}

/// The articles that have a word, ascending: they are read in order.
#[derive(Default)]
pub(super) struct Owners(Vec<usize>);

impl Owners {
    pub fn add(&mut self, article: usize) {
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

    /// Whether any article writes a word small.
    pub fn is_small(&self, word: &str) -> bool {
        self.small.contains(&plain(word))
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
            if capital {
                self.capitals.entry(plain.clone()).or_default().add(article);
                if stands_alone(text, &tokens, at) {
                    self.alone.entry(plain.clone()).or_default().add(article);
                }
            } else {
                self.small.insert(plain.clone());
            }
            if is_acronym(form) {
                self.acronyms.entry(plain.clone()).or_default().add(article);
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
        self.amounts.read(article, text, &forms);
    }

    /// Whether no other article has a name, given as its words and those of them that tell.
    pub fn is_only_name(&self, article: usize, name: &[&str], telling: &[&str]) -> bool {
        let has_word = |word: &str| elsewhere(article, self.words.get(word));
        let has_joined = |word: &str| elsewhere(article, self.joined.get(word));
        // "Tide Watchers" here, "the Tidewatchers" there, and the other way round.
        let in_two = |word: &&str| plain(word).chars().count() >= LONG && has_joined(&plain(word));
        let in_one = |pair: &[&str]| pair.iter().any(|word| telling.contains(word)) && has_word(&plain(&pair.concat()));
        let has_spelt = |word: &str| spelt_out(word).is_some_and(|spelt| self.has_like(article, &spelt));
        // "Inspectors of the HPA", where others have the port authority in full.
        let in_full = |word: &str| is_acronym(word) && elsewhere(article, self.initials.get(&plain(word)));
        let has = |word: &&str| {
            let plain = plain(word);
            self.has_like(article, &plain)
                || self.has_place(article, &plain)
                || in_two(word)
                || has_spelt(word)
                || in_full(word)
        };
        if telling.iter().any(has) || name.windows(2).any(in_one) || self.has_bearer(article, name) {
            return false;
        }
        let initials: String =
            name.iter().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
        let initials = initials.to_lowercase();
        let letters: Vec<char> = initials.chars().collect();
        // "Harbour Port Authority of Dale" as "HPA"
        let in_part = (3..letters.len()).any(|n| {
            letters.windows(n).any(|part| elsewhere(article, self.acronyms.get(&part.iter().collect::<String>())))
        });
        let acronym = letters.len() > 1 && has_word(&initials) || in_part;
        let whole = plain(&name.concat());
        let spelt_out = name.len() == 1 && whole.chars().count() > 1 && elsewhere(article, self.initials.get(&whole));
        !(acronym
            || spelt_out
            || has_joined(&whole)
            || name.len() > 1 && has_word(&whole)
            || abbreviations(&name.join(" ")).any(has_word))
    }

    /// Whether another article names the place that a word is of, or who or what is of it.
    fn has_place(&self, article: usize, word: &str) -> bool {
        of_same_place(word).any(|other| elsewhere(article, self.capitals.get(other)))
    }

    /// Whether another article calls by the surname alone whom a name of two words names, where that is a word of the language
    /// too: "Storm" of "Ina Storm".
    fn has_bearer(&self, article: usize, name: &[&str]) -> bool {
        let capital = |word: &&str| word.starts_with(char::is_uppercase);
        name.len() == 2 && name.iter().all(capital) && elsewhere(article, self.alone.get(&plain(name[1])))
    }

    /// Whether a word stands in another article, as it is, as part of a longer one, a letter or two away, or as the name of a
    /// place for those who live there.
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
                || is_place_of(short, long)
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
pub(super) fn elsewhere(article: usize, owners: Option<&Owners>) -> bool {
    owners.is_some_and(|owners| owners.others_than(article))
}

/// "HPA", not "A".
fn is_acronym(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether a capital makes a name of a word by itself: within a sentence, behind "Mr", owning something, or before a verb; no
/// other capital stands beside it.
fn stands_alone(text: &str, tokens: &[Token], at: usize) -> bool {
    const TITLES: &[&str] = &["Dr", "Lady", "Lord", "Miss", "Mr", "Mrs", "Ms", "Prof", "Professor", "Sir"];
    let said = |at: usize| tokens[at].span.of(text);
    let gap = |at: usize| &text[tokens[at].span.end..tokens[at + 1].span.start];
    let capital = |at: usize| said(at).starts_with(char::is_uppercase);
    let (first, last) = (at == 0, at + 1 == tokens.len());
    let titled = !first && (TITLES.contains(&said(at - 1)) || is_person(&said(at - 1).to_lowercase()));
    let inside = !first && matches!(gap(at - 1), " " | ", ") && !capital(at - 1);
    let follows = !last && gap(at) == " " && capital(at + 1);
    let owns = said(at).ends_with("'s") || said(at).ends_with("’s");
    let acts = !last && gap(at) == " " && is_finite_verb(&said(at + 1).to_lowercase());
    let opens = first || !gap(at - 1).starts_with([' ', '-', ',']);
    (titled || inside || opens && (owns || acts)) && !follows
}

/// Lower case, without the possessive ending, accents, dots and apostrophes; a street is called what it is.
fn plain(word: &str) -> String {
    let lower = without_accents(&word.chars().map(one_apostrophe).collect::<String>().to_lowercase());
    let stem = lower.strip_suffix("'s").unwrap_or(&lower);
    let bare: String = stem.chars().filter(|c| c.is_alphanumeric()).collect();
    // "Dr." is somebody.
    street_kind(&bare).filter(|_| bare != "dr").map_or(bare, str::to_owned)
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
            ("Divers of QCB", "the Quay Coast Board said", false),
            ("Divers of QCB", "the Quay Club said", true),
            ("Quay Coast Board of Vessen", "the QCB said", false),
            ("Quay Coast Board of Vessen", "the Tide Club said", true),
            ("Coast Board of Vessen", "the Tide Club said", true),
            ("Dutch", "a boat from the Netherlands sank", false),
            ("Poles", "the Polish crew left", false),
            ("Poles", "they polish it", true),
            ("Dutch", "the Polish crew left", true),
            ("Ukraine", "two Ukrainians left", false),
            ("Vessen", "the Vesseners left", false),
            ("Tarvin Ave", "it stood on Tarvin Avenue", false),
        ] {
            let words: Vec<&str> = words(name).iter().map(|word| word.span.of(name)).collect();
            assert_eq!(known(&[name, other]).is_only_name(0, &words, &words), only, "{name} / {other}");
        }
    }

    #[test]
    fn a_surname_that_is_a_word_is_known_where_it_names_somebody() {
        for (other, only) in [
            ("Frost's boat sank.", false),
            ("They met Frost there.", false),
            ("Mr Frost left.", false),
            ("Captain Frost left.", false),
            ("Frost said so.", false),
            ("Frost on the road is likely.", true),
            ("They fear frost there.", true),
            ("They met at Frost Quay there.", true),
            ("“It was loud.” Frost said so.", false),
        ] {
            assert_eq!(
                known(&["Tove Frost left.", other]).is_only_name(0, &["Tove", "Frost"], &["Tove"]),
                only,
                "{other}"
            );
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
}
