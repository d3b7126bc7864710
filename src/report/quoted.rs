//! The quotations of a sentence as reasons to read it, and who is quoted by one article alone.

use super::known::Known;
use super::quotes::Quote;
use super::surname::full_name;
use crate::article::Article;
use crate::sentence::Sentence;
use crate::span::Span;

/// A quotation in the sentence, and who alone is asked here.
pub(super) struct Quoted<'a> {
    pub span: Span,
    /// Who says it, where no other article quotes them.
    pub only_speaker: Option<&'a str>,
    /// Whether another article has the words.
    pub shared: bool,
}

impl Quoted<'_> {
    /// Whether a reader of a span that holds words of the quotation sees its marks, or one of them.
    pub fn shows(&self, text: &str, span: Span) -> bool {
        let single = text[..self.span.start].trim_end().ends_with(['\'', '‘', '`']);
        has_mark(span.of(text)) || single && span.start < self.span.start && self.span.start < span.end
    }
}

/// Whether a reader sees a double quotation mark, or an angled one.
pub(super) fn has_mark(text: &str) -> bool {
    text.contains(['"', '“', '”', '„', '«', '»'])
}

/// The quotations that stand in a sentence. Whom another article names may be who speaks where it quotes somebody without a
/// name: "he said".
pub(super) fn quoted<'a>(
    articles: &'a [Article],
    sentence: &Sentence,
    quotes: &[Quote],
    known: &Known,
) -> Vec<Quoted<'a>> {
    let text = |quote: &Quote| &*articles[quote.article.index()].text;
    let start =
        quotes.partition_point(|quote| (quote.article, quote.span.end) <= (sentence.article, sentence.span.start));
    let here = quotes[start..]
        .iter()
        .take_while(|quote| quote.article == sentence.article && quote.span.start < sentence.span.end);
    here.map(|quote| {
        let text_here = &*articles[sentence.article.index()].text;
        let speaker = quote.speaker.filter(|speaker| !is_cut(&text_here[speaker.end..]));
        let own = speaker.and_then(|speaker| full_name(text_here, speaker.of(text_here), quote.span.start));
        let elsewhere = |own: &str| {
            let own = names(own);
            let surname = own.last().map_or("", String::as_str);
            quotes.iter().filter(|other| other.article != quote.article).any(|other| {
                let named = other.speaker.map_or(Vec::new(), |speaker| names(speaker.of(text(other))));
                let unnamed = named.is_empty() && known.has_word(other.article.index(), surname);
                unnamed || named.iter().any(|name| own.contains(name))
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

/// Whether a name goes on in the text behind it: "the Chief | of Staff Ina Holt".
fn is_cut(behind: &str) -> bool {
    behind.strip_prefix(" of ").is_some_and(|rest| rest.starts_with(char::is_uppercase))
}
