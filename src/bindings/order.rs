//! By text in Rust, as given in Python.

use crate::error::{Error, Result};
use crate::sentence::Sentence;
use crate::span::{ArticleId, SentenceId};

/// Where the core's articles and sentences, which are in an order of their own, stand in the order the caller gave.
pub struct Order {
    /// The core's articles as the caller gave them.
    given: Vec<usize>,
    /// The caller's position of each article of the core.
    articles: Vec<usize>,
    /// The caller's position of each sentence of the core.
    sentences: Vec<usize>,
}

impl Order {
    /// `given` lists the core's articles as the caller gave them, each once.
    pub fn new(given: Vec<usize>, sentences: &[Sentence]) -> Result<Self> {
        let mut articles = vec![usize::MAX; given.len()];
        for (position, &article) in given.iter().enumerate() {
            match articles.get_mut(article) {
                Some(free) if *free == usize::MAX => *free = position,
                _ => return Err(Error::Saved { reason: format!("its order names article {article} wrongly") }),
            }
        }
        let mut rows: Vec<usize> = (0..sentences.len()).collect();
        rows.sort_by_key(|&row| articles[sentences[row].article.index()]); // stable: by offset within an article
        let mut positions = vec![0; rows.len()];
        rows.into_iter().enumerate().for_each(|(position, row)| positions[row] = position);
        Ok(Self { given, articles, sentences: positions })
    }

    /// The core's articles as the caller gave them.
    pub fn given(&self) -> &[usize] {
        &self.given
    }

    /// Where the caller sees an article.
    pub fn article(&self, article: ArticleId) -> usize {
        self.articles[article.index()]
    }

    /// Where the caller sees a sentence: by article as given, then by offset.
    pub fn sentence(&self, sentence: SentenceId) -> usize {
        self.sentences[sentence.index()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::Kind;
    use crate::span::Span;

    fn sentences(articles: &[usize]) -> Vec<Sentence> {
        let sentence =
            |&article: &usize| Sentence { article: article.into(), index: 0, span: Span::new(0, 1), kind: Kind::Body };
        articles.iter().map(sentence).collect()
    }

    #[test]
    fn sentences_follow_their_articles() {
        let order = Order::new(vec![2, 0, 1], &sentences(&[0, 0, 1, 2, 2])).unwrap();
        let articles: Vec<_> = (0..3).map(|article| order.article(ArticleId(article))).collect();
        assert_eq!(articles, [1, 2, 0]);
        let positions: Vec<_> = (0..5).map(|row| order.sentence(SentenceId(row))).collect();
        assert_eq!(positions, [2, 3, 4, 0, 1]);
    }

    #[test]
    fn an_order_names_each_article_once() {
        for given in [vec![0, 0], vec![0, 2], vec![1, usize::MAX]] {
            assert!(Order::new(given.clone(), &[]).is_err(), "{given:?}");
        }
    }
}
