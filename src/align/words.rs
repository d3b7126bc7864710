//! Sentences as the aligner reads them: words with their stem, kind, value and weight.
//!
//! Everything that costs is done once per sentence or once per word form; comparing two words is then cheap.

use rustc_hash::FxHashMap;

use super::stem::Stemmer;
use super::thesaurus::{self, Entry};
use super::value::{Value, figure, value};
use crate::language::{Language, list};
use crate::span::Span;
use crate::token::{is_invisible, one_apostrophe, without_accents, words};

/// Words of little meaning of their own, and in groups those that turn a meaning round.
const FUNCTION: &str = list(include_str!("function.txt"));

/// What a word does in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Grammar: "the", "of", "has".
    Function,
    /// A thing, a quality, an action.
    Content,
    /// A proper name.
    Name,
    /// A figure.
    Number,
}

/// One word of a sentence, or the run of words that gives one figure.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// Where it stands in the sentence.
    pub span: Span,
    /// Its form in lower case, an index into the lexicon's forms.
    pub form: u32,
    /// Its stem, an index into the lexicon's stems.
    pub stem: u32,
    /// What it does.
    pub kind: Kind,
    /// Its value, when it is a figure.
    pub value: Option<Value>,
    /// Whether a clause starts with it.
    pub starts_clause: bool,
    /// The stem of the name it stands for in its story.
    pub alias: Option<u32>,
    /// The stems of the phrase it belongs to ("stepped down"), as one.
    pub phrase: Option<u32>,
}

/// A word form seen in the sentences.
#[derive(Debug, Clone)]
pub struct Form {
    /// In lower case.
    pub text: String,
    /// Index of its stem.
    pub stem: u32,
    /// Hashed character 3- to 5-grams of the form between spaces, sorted.
    pub grams: Vec<u32>,
}

/// The forms and stems of a set of sentences.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Word forms in order of first occurrence.
    pub forms: Vec<Form>,
    /// Stems in order of first occurrence.
    pub stems: Vec<String>,
    /// What the thesaurus knows of each stem.
    known: Vec<&'static Entry>,
    form_ids: FxHashMap<String, u32>,
    stem_ids: FxHashMap<String, u32>,
    function: FxHashMap<&'static str, ()>,
    stemmer: Stemmer,
    language: Language,
}

impl Lexicon {
    /// An empty lexicon of English.
    pub fn new() -> Self {
        Self::of(Language::English)
    }

    /// An empty lexicon.
    pub fn of(language: Language) -> Self {
        let function = if language.has_rules() { FUNCTION } else { "" };
        let function = function.split_whitespace().map(|word| (word, ())).collect();
        Self { function, language, ..Self::default() }
    }

    /// The language of its words.
    pub fn language(&self) -> Language {
        self.language
    }

    fn stem(&self, word: &str) -> String {
        match self.language.has_rules() {
            true => self.stemmer.stem(word),
            false => word.trim_end_matches('\'').to_owned(),
        }
    }

    fn stem_id(&mut self, stem: String) -> u32 {
        let next = self.stems.len() as u32;
        *self.stem_ids.entry(stem).or_insert_with_key(|stem| {
            self.known.push(if self.language.has_rules() { thesaurus::entry(stem) } else { &thesaurus::UNKNOWN });
            self.stems.push(stem.clone());
            next
        })
    }

    /// The number of a stem, if a sentence has it.
    pub fn find_stem(&self, stem: &str) -> Option<u32> {
        self.stem_ids.get(stem).copied()
    }

    /// The number of a word's stem, if a sentence has it.
    pub fn find(&self, word: &str) -> Option<u32> {
        self.find_stem(&self.stem(word))
    }

    /// Whether a form follows no rule.
    pub fn is_irregular(&self, form: &Form) -> bool {
        self.language.has_rules() && self.stemmer.is_irregular(&form.text)
    }

    fn form_id(&mut self, text: &str) -> u32 {
        if let Some(id) = self.form_ids.get(text) {
            return *id;
        }
        let stem = self.stem(text);
        let stem = self.stem_id(stem);
        let id = self.forms.len() as u32;
        self.forms.push(Form { text: text.to_owned(), stem, grams: grams(text) });
        self.form_ids.insert(text.to_owned(), id);
        id
    }

    /// The words of a sentence. `common` tells whether a stem is mostly written small.
    pub fn read(&mut self, text: &str, common: impl Fn(&str) -> bool) -> Vec<Word> {
        let tokens = words(text);
        let english = self.language.has_rules();
        let capital = |at: usize| tokens[at].span.of(text).starts_with(char::is_uppercase);
        let n_long = (0..tokens.len()).filter(|&at| tokens[at].span.len() > 3).count();
        let n_capital = (0..tokens.len()).filter(|&at| tokens[at].span.len() > 3 && capital(at)).count();
        let headline = n_long > 2 && n_capital * 10 > n_long * 7;
        let mut words: Vec<Word> = Vec::with_capacity(tokens.len());
        let mut at = 0;
        while at < tokens.len() {
            let before = words.last().map_or(0, |word| word.span.end);
            let figure = if english { value(text, &tokens, at) } else { figure(text, tokens[at].span).zip(Some(1)) };
            let (figure, taken) = figure.map_or((None, 1), |(value, taken)| (Some(value), taken));
            let span = Span::new(tokens[at].span.start, tokens[at + taken - 1].span.end);
            let lower = normal(span.of(text), english);
            let form = self.form_id(&lower);
            let stem = self.forms[form as usize].stem;
            let between = &text[before..span.start];
            let opens = between.contains(['.', '!', '?', ':', ';', '"', '“', '”', '\n', '—', '–']) || at == 0;
            let kind = if figure.is_some() {
                Kind::Number
            } else if self.function.contains_key(lower.as_str()) {
                Kind::Function
            } else if capital(at) && !((opens || headline) && common(&self.stems[stem as usize])) {
                Kind::Name
            } else {
                Kind::Content
            };
            let starts_clause = opens
                || between.contains([',', '(', ')'])
                || between.contains(" - ")
                || english && OPENERS.contains(&&*lower);
            words.push(Word { span, form, stem, kind, value: figure, starts_clause, alias: None, phrase: None });
            at += taken;
        }
        if english {
            self.find_phrases(&mut words);
        }
        words
    }

    fn find_phrases(&mut self, words: &mut [Word]) {
        let mut at = 0;
        while at < words.len() {
            let stems = words[at..].iter().map(|word| self.stems[word.stem as usize].as_str());
            let taken = thesaurus::phrase(stems.clone());
            if taken > 0 {
                let phrase = stems.take(taken).collect::<Vec<_>>().join("_");
                let phrase = self.stem_id(phrase);
                words[at..at + taken].iter_mut().for_each(|word| word.phrase = Some(phrase));
            }
            at += taken.max(1);
        }
    }

    /// Whether two words, or the phrases they belong to, can stand for each other.
    pub fn are_synonyms(&self, a: &Word, b: &Word) -> bool {
        let same = |x: u32, y: u32| x == y || self.known[x as usize].is_synonym(self.known[y as usize]);
        let phrase = |x: Option<u32>, y: Option<u32>| x.zip(y).is_some_and(|(x, y)| same(x, y));
        same(a.stem, b.stem)
            || phrase(a.phrase, Some(b.stem))
            || phrase(Some(a.stem), b.phrase)
            || phrase(a.phrase, b.phrase)
    }

    /// What the thesaurus knows of a word, or of the phrase it belongs to.
    fn known(&self, word: &Word) -> &'static Entry {
        self.known[word.phrase.unwrap_or(word.stem) as usize]
    }

    /// The groups of synonyms of a word, and the lines of what excludes it, as bits: words that have no bit in common are
    /// neither. A phrase may be in any group.
    pub(super) fn listed(&self, word: &Word) -> (u64, u64) {
        let groups = if word.phrase.is_some() { u64::MAX } else { self.known[word.stem as usize].groups() };
        (groups, self.known(word).lines())
    }

    /// Whether any word is excluded by this one.
    pub fn excludes_some(&self, word: &Word) -> bool {
        self.known(word).excludes_some()
    }

    /// Whether at most one of two words, or of the phrases they belong to, can be true.
    pub fn exclude_each_other(&self, a: &Word, b: &Word) -> bool {
        self.known(a).excludes(self.known(b))
    }

    /// Likeness of two words by their letters alone, in [0, 1]: a shared beginning.
    pub fn spelling(&self, a: &Word, b: &Word) -> f32 {
        if a.stem == b.stem {
            return 1.0;
        }
        let (x, y) = (&self.forms[a.form as usize].text, &self.forms[b.form as usize].text);
        let shared = x.bytes().zip(y.bytes()).take_while(|(p, q)| p == q).count();
        let likeness = 2.0 * shared as f32 / (x.len() + y.len()) as f32;
        let least = if a.kind == Kind::Name && b.kind == Kind::Name { 0.8 } else { 0.6 };
        if shared >= MIN_SHARED && likeness >= least { likeness } else { 0.0 }
    }
}

/// The letters, in bytes, that a shared beginning has at least.
pub(super) const MIN_SHARED: usize = 4;

/// Words that open a clause.
const OPENERS: &[&str] = &[
    "and",
    "but",
    "while",
    "although",
    "though",
    "because",
    "after",
    "before",
    "when",
    "which",
    "who",
    "whose",
    "where",
    "since",
    "as",
    "if",
    "unless",
    "until",
    "that",
    "or",
    "nor",
    "despite",
    "following",
    "amid",
];

/// Lower case, one kind of apostrophe, and names of states without their dots. English knows no accents: "José" is "Jose".
fn normal(text: &str, english: bool) -> String {
    match text {
        _ if !english => {}
        "US" | "USA" | "U.S" | "U.S.A" => return "u.s".into(),
        "UK" | "U.K" => return "u.k".into(),
        "EU" | "E.U" => return "e.u".into(),
        "UN" | "U.N" => return "u.n".into(),
        _ => {}
    }
    let plain = |text: &str| text.chars().map(one_apostrophe).collect::<String>().to_lowercase();
    match text.is_ascii() {
        true => plain(text),
        false => {
            let printed: String = text.chars().filter(|c| !is_invisible(*c)).collect();
            if english { without_accents(&plain(&printed)) } else { plain(&printed) }
        }
    }
}

/// Hashes of the 3- to 5-grams of ` text `, sorted.
fn grams(text: &str) -> Vec<u32> {
    let chars: Vec<char> = std::iter::once(' ').chain(text.chars()).chain([' ']).collect();
    let mut grams: Vec<u32> = (3..=5)
        .flat_map(|n| chars.windows(n))
        .map(|gram| gram.iter().fold(0x811c_9dc5_u32, |hash, &c| (hash ^ c as u32).wrapping_mul(0x0100_0193)))
        .collect();
    grams.sort_unstable();
    grams
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kinds of a sentence's words, and whether its first two words can stand for each other.
    fn read(text: &str, language: Language) -> (Vec<Kind>, bool) {
        let mut lexicon = Lexicon::of(language);
        let words = lexicon.read(text, |stem| stem != "ardle");
        let synonyms = lexicon.are_synonyms(&words[0], &words[1]);
        (words.iter().map(|word| word.kind).collect(), synonyms)
    }

    #[test]
    fn english_lists_are_for_english() {
        use Kind::{Content, Function, Name, Number};
        let text = "closed shut ten the Ardle 12";
        assert_eq!(read(text, Language::English), (vec![Content, Content, Number, Function, Name, Number], true));
        assert_eq!(read(text, Language::Other), (vec![Content, Content, Content, Content, Name, Number], false));
    }

    #[test]
    fn endings_are_those_of_english() {
        for (language, stem) in [(Language::English, "clos"), (Language::Other, "closed")] {
            let mut lexicon = Lexicon::of(language);
            let words = lexicon.read("closed", |_| true);
            assert_eq!(lexicon.stems[words[0].stem as usize], stem);
        }
    }
}
