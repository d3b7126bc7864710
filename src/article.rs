//! Floor 2. The input: one text with its id and what is known about it.

use std::cmp::Ordering;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// One input text. Offsets anywhere in the crate point into `text` as it stands here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Unique within a comparison.
    pub id: String,
    /// The text as given; never changed.
    pub text: String,
    /// Headline as the source states it, outside the text.
    pub title: Option<String>,
    /// Outlet.
    pub source: Option<String>,
    /// Where the article was found.
    pub url: Option<String>,
    /// When it was published, in the caller's own notation.
    pub published: Option<String>,
}

impl Article {
    /// An article of which only id and text are known.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id: id.into(), text: text.into(), title: None, source: None, url: None, published: None }
    }
}

/// The articles in the one order every comparison uses: by text; of one text by id, runs of digits as numbers.
///
/// Sorting first is what makes results independent of the order the caller had and of the ids.
pub fn sort_articles(mut articles: Vec<Article>) -> Result<Vec<Article>> {
    let mut ids = FxHashSet::default();
    if let Some(again) = articles.iter().find(|article| !ids.insert(&*article.id)) {
        return Err(Error::DuplicateArticle { id: again.id.clone() });
    }
    articles.sort_by(|a, b| a.text.cmp(&b.text).then_with(|| compare_ids(&a.id, &b.id)));
    Ok(articles)
}

/// Natural order: "a2" before "a10"; equal only when the ids are the same string.
fn compare_ids(a: &str, b: &str) -> Ordering {
    let (mut rest_a, mut rest_b) = (a, b);
    loop {
        let (Some(x), Some(y)) = (rest_a.chars().next(), rest_b.chars().next()) else {
            return rest_a.len().cmp(&rest_b.len()).then_with(|| a.cmp(b));
        };
        let order = if x.is_ascii_digit() && y.is_ascii_digit() {
            let (number_a, number_b) = (take_digits(&mut rest_a), take_digits(&mut rest_b));
            number_a.len().cmp(&number_b.len()).then_with(|| number_a.cmp(number_b))
        } else {
            rest_a = &rest_a[x.len_utf8()..];
            rest_b = &rest_b[y.len_utf8()..];
            x.cmp(&y)
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// Cuts the leading digits off `rest` and returns them without leading zeros.
fn take_digits<'a>(rest: &mut &'a str) -> &'a str {
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, tail) = rest.split_at(end);
    *rest = tail;
    digits.trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_sort_before_ids() {
        let articles = [("a", "second"), ("b", "first")].map(|(id, text)| Article::new(id, text));
        let ids: Vec<_> = sort_articles(articles.into()).unwrap().into_iter().map(|article| article.id).collect();
        assert_eq!(ids, ["b", "a"]);
    }

    #[test]
    fn ids_sort_by_number_where_they_have_one() {
        let sorted = sort_articles(["b", "a10", "a2", "a02", "10", "9", ""].map(|id| Article::new(id, "")).into());
        let ids: Vec<_> = sorted.unwrap().into_iter().map(|article| article.id).collect();
        assert_eq!(ids, ["", "9", "10", "a02", "a2", "a10", "b"]);
    }

    #[test]
    fn a_repeated_id_is_an_error() {
        assert!(sort_articles(vec![Article::new("x", "1"), Article::new("x", "2")]).is_err());
    }
}
