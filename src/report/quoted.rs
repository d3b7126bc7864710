//! The quotations of a sentence as reasons to read it, and who is quoted by one article alone.

use super::quotes::Quote;
use crate::align::Stemmer;
use crate::article::Article;
use crate::link::share_in_news;
use crate::sentence::Sentence;
use crate::span::Span;
use crate::token::words;

/// A quotation in the sentence, and who alone is asked here.
pub(super) struct Quoted<'a> {
    pub span: Span,
    /// Who says it, where no other article quotes them.
    pub only_speaker: Option<&'a str>,
    /// Whether another article has the words.
    pub shared: bool,
}

/// Whether a reader sees a quotation mark.
pub(super) fn has_mark(text: &str) -> bool {
    text.contains(['"', '“', '”', '„', '«', '»'])
}

/// The quotations that stand in a sentence.
pub(super) fn quoted<'a>(articles: &'a [Article], sentence: &Sentence, quotes: &[Quote]) -> Vec<Quoted<'a>> {
    let text = |quote: &Quote| &*articles[quote.article.index()].text;
    let start =
        quotes.partition_point(|quote| (quote.article, quote.span.end) <= (sentence.article, sentence.span.start));
    let here = quotes[start..]
        .iter()
        .take_while(|quote| quote.article == sentence.article && quote.span.start < sentence.span.end);
    here.map(|quote| {
        let text_here = &*articles[sentence.article.index()].text;
        let speaker = quote.speaker.filter(|speaker| !is_cut(&text_here[speaker.end..]));
        let own = speaker.and_then(|speaker| full_name(text_here, speaker.of(text_here)));
        let elsewhere = |own: &str| {
            let own = names(own);
            quotes.iter().filter(|other| other.article != quote.article).any(|other| {
                other
                    .speaker
                    .is_some_and(|speaker| names(speaker.of(text(other))).iter().any(|name| own.contains(name)))
            })
        };
        Quoted {
            span: quote.span,
            only_speaker: own.filter(|own| quote.others.is_empty() && !elsewhere(own)),
            shared: !quote.others.is_empty(),
        }
    })
    .collect()
}

/// The capitalised words of who speaks, lower-cased.
fn names(speaker: &str) -> Vec<String> {
    let words = speaker.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with(char::is_uppercase));
    words.map(str::to_lowercase).collect()
}

/// Whether a word stands in fewer than one of so many news sentences: a person's name, and not "One" or "Chinese".
fn rare(word: &str) -> bool {
    share_in_news(&Stemmer::default().stem(&word.to_lowercase())) < 1.0 / 700.0
}

/// Whether a name goes on in the text behind it: "the Chief | of Staff Ina Holt".
fn is_cut(behind: &str) -> bool {
    behind.strip_prefix(" of ").is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// The name by which a reader knows who speaks: "Danilo" is "Danilo Holt" where the article says so. None where it names
/// nobody for certain: no name, one cut in its middle ("the council's readout of"), a word of the language ("One").
fn full_name<'a>(text: &'a str, speaker: &'a str) -> Option<&'a str> {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let parts: Vec<&str> = speaker.split_whitespace().collect();
    let first = parts.iter().position(|part| capital(part))?;
    if parts[first..].iter().any(|part| !capital(part)) {
        return None;
    }
    if first > 0 || parts.len() > 1 {
        return Some(speaker);
    }
    let tokens = words(text);
    let said = |at: usize| tokens[at].span.of(text);
    let joined = |at: usize| text[tokens[at].span.end..tokens[at + 1].span.start] == *" ";
    let named = |at: usize| capital(said(at)) && rare(said(at));
    for at in (0..tokens.len()).filter(|&at| said(at) == speaker) {
        let (mut from, mut to) = (at, at);
        while from > 0 && joined(from - 1) && named(from - 1) {
            from -= 1;
        }
        while to + 1 < tokens.len() && joined(to) && named(to + 1) {
            to += 1;
        }
        if from < to {
            return Some(&text[tokens[from].span.start..tokens[to].span.end]);
        }
    }
    rare(speaker).then_some(speaker)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_speaks_is_named_in_full_or_not_at_all() {
        let text = "Danilo Holt runs the ferry. The council met. Chinese buyers came, and Ferris Arlen sold.";
        for (speaker, name) in [
            ("Danilo", Some("Danilo Holt")),
            ("Arlen", Some("Ferris Arlen")),
            ("Maud Ferris", Some("Maud Ferris")),
            ("the Council", Some("the Council")),
            ("Quillfeather", Some("Quillfeather")),
            ("One", None),
            ("Chinese", None),
            ("the Council's readout of their", None),
            ("a man", None),
        ] {
            assert_eq!(full_name(text, speaker), name, "{speaker}");
        }
    }
}
