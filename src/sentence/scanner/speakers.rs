//! Whether who said a quotation follows it: `"Is it safe?" Harlan Reyes, 41, asked.`
//!
//! A mark that ends sentences then ends the quotation alone. What is read behind it is bounded.

use super::{LONGEST_WORD, Next, Run, Scanner};

/// What stands between the capitals of a name, or of two: "Ana de la Cruz and Bram Oduya".
const JOINTS: [&str; 17] =
    ["and", "of", "the", "de", "la", "le", "del", "della", "di", "da", "du", "van", "von", "der", "den", "al", "bin"];
/// What stands before the verb.
const ADVERBS: [&str; 8] = ["also", "has", "had", "later", "once", "since", "then", "still"];
/// What goes on with when or where it was said.
const WHEN: [&str; 12] =
    ["after", "aloud", "as", "at", "before", "during", "from", "in", "on", "over", "when", "while"];
/// Verbs of saying where nothing follows but a mark: "Lind began." beside "Lind began to walk".
const BARE: [&str; 5] = ["began", "started", "thought", "says", "went"];

impl Scanner<'_> {
    /// `"Is it safe?" Harlan Reyes asked.`: a name of a few words, perhaps with who that is, then a word that says he spoke.
    pub(super) fn speaker_follows(&self, next: &Next) -> bool {
        const MOST_READ: usize = 20;
        let end = self.text.floor_char_boundary(self.text.len().min(next.at + 3 * LONGEST_WORD));
        let words: Vec<&str> = self.text[next.at..end].split_whitespace().take(MOST_READ).collect();
        if next.word == "I" && words[0] == "I" {
            return self.is_said(&words[1..], false);
        }
        if self.language.opens(next.word) || !next.first.is_uppercase() {
            return false;
        }
        let Some(n) = self.name(&words) else { return false };
        let (name, rest) = words.split_at(n);
        let last = name[n - 1];
        if last.ends_with(',') {
            return described(rest).is_some_and(|after| self.is_said(&rest[after..], true));
        }
        let owner = ["'s", "’s", "s'", "s’"].iter().any(|ending| last.ends_with(ending));
        let most = if owner { MOST_OWNED } else { 0 };
        (0..=most.min(rest.len()))
            .take_while(|&owned| rest[..owned].iter().all(|word| word.chars().all(|c| c.is_alphabetic() || c == '-')))
            .any(|owned| self.is_said(&rest[owned..], owned > 0))
    }

    /// How many words of a name `words` begins with.
    fn name(&self, words: &[&str]) -> Option<usize> {
        const LONGEST_NAME: usize = 8;
        let mut n = 0;
        while let Some(word) = words.get(n) {
            let behind = &words[n + 1..words.len().min(n + 3)];
            let joint = || n > 0 && JOINTS.contains(word) && behind.iter().any(|word| is_capital(word));
            if !is_capital(word) && !joint() {
                break;
            }
            // A full stop within the name belongs to a title or an initial, or the sentence ended there.
            let plain = word.trim_end_matches('.');
            let short = plain.chars().nth(1).is_none() || self.language.abbreviation(plain).is_some();
            if word.ends_with(['!', '?', ':', ';']) || word.ends_with('.') && !short {
                return None;
            }
            n += 1;
            if word.ends_with(',') {
                break;
            }
        }
        (1..=LONGEST_NAME).contains(&n).then_some(n)
    }

    /// Whether `words` begin with a verb of saying, perhaps behind an adverb or two: then, and where the name is `long`, with
    /// no more than when or where behind it. "Lind also said the lock", "Lind said that" say something else.
    fn is_said(&self, words: &[&str], long: bool) -> bool {
        const MOST_ADVERBS: usize = 2;
        let adverb = |word: &&&str| ADVERBS.contains(*word) || word.len() > 4 && word.ends_with("ly");
        let n_adverbs = words.iter().take(MOST_ADVERBS).take_while(adverb).count();
        let words = &words[n_adverbs..];
        let Some(first) = words.first() else { return false };
        let verb = first.trim_end_matches(|c: char| !c.is_alphanumeric());
        let behind = words.get(1).copied().unwrap_or_default();
        let ends = first.len() > verb.len();
        let plain = behind.trim_end_matches(|c: char| !c.is_alphanumeric());
        let closed = ends || WHEN.contains(&plain) && verb != "called" || self.language.is_calendar(plain);
        self.language.is_speech(verb) && behind != "that" && (closed || n_adverbs == 0 && !long)
            || self.language.lower_starts
                && (ends && BARE.contains(&verb)
                    || verb == "thought" && matches!(behind, "to" | "aloud" | "aloud,")
                    || verb == "went" && behind.starts_with("on")
                    || verb == "wanted" && behind == "to" && words.get(2).is_some_and(|word| word.starts_with("know")))
    }

    /// `」と市長は述べた。`, `”记者问。`: in a script without cases the particle says it, or a short clause that ends with a verb
    /// of saying.
    pub(super) fn uncased_speaker_follows(&self, run: &Run) -> bool {
        const LONGEST_CLAUSE: usize = 14;
        let rest = &self.text[run.end..];
        if !run.closes {
            return false;
        }
        if is_quotative(rest) && self.text[..run.end].ends_with(['」', '』', '”']) {
            return true;
        }
        let clause = rest.trim_start();
        let Some((end, mark)) =
            clause.char_indices().take(LONGEST_CLAUSE).find(|(_, c)| !c.is_alphanumeric() && *c != '·')
        else {
            return false;
        };
        let clause = &clause[..end];
        matches!(mark, '。' | '，' | '！')
            && !clause.contains(['没', '沒', '不', '无', '無', '未'])
            && SAID.iter().any(|verb| clause.ends_with(verb))
            && !OTHER_WORDS.iter().any(|word| clause.ends_with(word))
    }
}

/// Words behind the owner's name: "Tom Reeve's younger daughter cried."
const MOST_OWNED: usize = 3;

/// How a clause of Chinese ends that says who spoke, and words that end alike.
#[rustfmt::skip]
const SAID: &[&str] = &[
    "说", "說", "问", "問", "喊", "叫", "答", "称", "稱", "说道", "說道", "问道", "問道", "喊道", "叫道", "答道", "写道", "寫道", "笑道",
    "叹道", "嘆道", "吼道", "表示", "指出", "强调", "強調", "补充", "補充", "解释", "解釋", "感叹", "感嘆", "呼吁", "呼籲",
];
const OTHER_WORDS: &[&str] =
    &["名称", "名稱", "简称", "簡稱", "小说", "小說", "学问", "學問", "访问", "訪問", "疑问", "疑問", "传说", "傳說"];

/// The particles behind a quotation in Japanese.
fn is_quotative(rest: &str) -> bool {
    ["と", "って", "などと"].iter().any(|particle| rest.starts_with(particle))
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Where what is said of a speaker between commas ends: "41,", "the mayor of Dale,".
fn described(words: &[&str]) -> Option<usize> {
    const LONGEST: usize = 9;
    let end = words.iter().take(LONGEST).position(|word| word.ends_with([',', '.', '!', '?', ':', ';', '"', '”']))?;
    words[end].ends_with(',').then_some(end + 1)
}
