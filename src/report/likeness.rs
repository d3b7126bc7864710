//! How alike two articles are, and how much of one is found in the other.

use ndarray::Array2;
use rustc_hash::FxHashSet;

use crate::article::Article;
use crate::clean::Kind;
use crate::error::Result;
use crate::pool::GoOn;
use crate::report::articles_of;
use crate::sentence::Sentence;
use crate::statement::Statement;
use crate::story::Story;

/// Two matrices over articles, in [0, 1].
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// Symmetric: the mean of what the two say in common, by statements and by words.
    pub similarity: Array2<f32>,
    /// The share of the row article's content that the column article also asserts.
    pub containment: Array2<f32>,
}

/// Compares each pair of articles: `containment` weighs the words under mentions of statements that both assert;
/// `similarity` is the mean of containment both ways, by weight, and of the cosine of the weighted words.
pub fn likeness(
    articles: &[Article],
    sentences: &[Sentence],
    story: &Story,
    statements: &[Statement],
    go_on: GoOn,
) -> Result<Likeness> {
    let n = articles.len();
    let mut found = Array2::<f32>::zeros((n, n));
    // Mentions may overlap; a word counts once for each article that repeats it.
    let mut counted: FxHashSet<(usize, u32)> = FxHashSet::default();
    for statement in statements {
        let asserting = articles_of(statement, sentences);
        if asserting.len() < 2 {
            continue;
        }
        for mention in &statement.mentions {
            let row = sentences[mention.sentence.index()].article.index();
            for column in asserting.iter().filter(|article| article.index() != row) {
                for word in story.words_in(mention.sentence, mention.span) {
                    if counted.insert((word.span.start * n + row, column.0)) {
                        found[[row, column.index()]] += word.weight;
                    }
                }
            }
        }
    }
    let rows = rows(sentences, story, n);
    let total: Vec<f32> = rows.iter().map(|row| row.total).collect();
    let mut result = Likeness { similarity: Array2::eye(n), containment: Array2::eye(n) };
    for a in 0..n {
        go_on()?;
        for b in a + 1..n {
            // Two articles that say nothing do not say the same.
            let same = articles[a].text == articles[b].text && articles[a].text.contains(char::is_alphanumeric);
            let share = |row: usize, column: usize| match total[row] > 0.0 {
                _ if same => 1.0,
                true => (found[[row, column]] / total[row]).min(1.0),
                false => 0.0,
            };
            let (forth, back) = (share(a, b), share(b, a));
            let together = total[a] + total[b];
            let common = if together > 0.0 { (forth * total[a] + back * total[b]) / together } else { 0.0 };
            let likeness = if same { 1.0 } else { ((common + cosine(&rows[a], &rows[b])) / 2.0).clamp(0.0, 1.0) };
            (result.containment[[a, b]], result.containment[[b, a]]) = (forth, back);
            (result.similarity[[a, b]], result.similarity[[b, a]]) = (likeness, likeness);
        }
    }
    Ok(result)
}

/// An article as weighted terms.
struct Row {
    /// `(term, tf * weight)`, ascending.
    terms: Vec<(u32, f32)>,
    length: f32,
    total: f32,
}

fn rows(sentences: &[Sentence], story: &Story, n: usize) -> Vec<Row> {
    let mut words = vec![Vec::new(); n];
    for (sentence, row) in sentences.iter().zip(&story.words).filter(|(sentence, _)| sentence.kind != Kind::Boilerplate)
    {
        let telling = row.iter().filter(|word| word.weight > 0.0);
        words[sentence.article.index()].extend(telling.map(|word| (word.term.0, word.weight)));
    }
    let row = |mut words: Vec<(u32, f32)>| {
        words.sort_by_key(|(term, _)| *term);
        let sum = |group: &[(u32, f32)]| (group[0].0, group.iter().map(|(_, weight)| weight).sum());
        let terms: Vec<(u32, f32)> = words.chunk_by(|a, b| a.0 == b.0).map(sum).collect();
        let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        let total = terms.iter().map(|(_, weight)| weight).sum();
        Row { terms, length, total }
    };
    words.into_iter().map(row).collect()
}

fn cosine(a: &Row, b: &Row) -> f32 {
    let (mut i, mut j, mut dot) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.terms.get(i), b.terms.get(j)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                dot += x.1 * y.1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    if dot > 0.0 { dot / (a.length * b.length) } else { 0.0 }
}
