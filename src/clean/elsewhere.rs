//! Furniture that another article prints as body: what a page says of itself, it says in every article.
//!
//! A sentence within a paragraph is too long a text for the rules of [`furniture`](super::furniture), which ask for a short
//! one. Where another article of the story prints the same words as a paragraph by itself, those rules have judged them.
//! Only what is furniture by what it says counts, not what is so by where it stands: a caption or a label of one page is
//! often a sentence of another. Linear in the text.

use rustc_hash::FxHashSet;

use super::furniture::{is_furniture, normal};
use super::{CleanText, Kind};
use crate::article::Article;
use crate::language::Language;

/// Fewer words are a label, which may be a sentence elsewhere: "Comment."
const MIN_WORDS: usize = 5;

/// The paragraphs of a story that are furniture by what they say.
#[derive(Debug, Default)]
pub struct Furniture(FxHashSet<String>);

impl Furniture {
    /// Of articles and their paragraphs.
    pub fn new(articles: &[Article], texts: &[CleanText], language: Language) -> Self {
        let mut known = FxHashSet::default();
        for (article, text) in articles.iter().zip(texts) {
            let marked = text.paragraphs.iter().filter(|paragraph| paragraph.kind == Kind::Boilerplate);
            let said = marked.map(|paragraph| paragraph.span.of(&article.text));
            known.extend(said.filter(|text| is_long(text) && is_furniture(text, language)).map(normal));
        }
        Self(known)
    }

    /// Whether a sentence stands in one of the articles as a paragraph that is furniture.
    pub fn has(&self, sentence: &str) -> bool {
        !self.0.is_empty() && is_long(sentence) && self.0.contains(&normal(sentence))
    }
}

fn is_long(text: &str) -> bool {
    text.split_whitespace().nth(MIN_WORDS - 1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::clean;

    #[test]
    fn what_one_article_prints_as_furniture_is_furniture_in_all() {
        let call = "Sign up for our newsletter and get the news of the port in your inbox.";
        let sports = "Ferries, fishing and tides, all in one place.";
        let articles = [
            Article::new("a", format!("The bridge fell on Monday.\n\n{call}\n\nPhoto: Quay")),
            Article::new("b", format!("{call} {sports}")),
        ];
        let texts = clean(&articles, Language::English);
        let furniture = Furniture::new(&articles, &texts, Language::English);
        for (sentence, known) in
            [(call, true), (sports, false), ("The bridge fell on Monday.", false), ("Photo: Quay", false)]
        {
            assert_eq!(furniture.has(sentence), known, "{sentence}");
        }
    }
}
