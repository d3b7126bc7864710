//! The entailment reader: what of a text some sentences of another article say.
//!
//! A cross-encoder that looks one way: enters a text and the evidence for it, leaves for each word piece of the text the
//! log-odds that the evidence says it. So it tells what two sentences that share a claim do not share. It has the words, the
//! positions and the first layers of the small [`super::CrossEncoder`] and four layers of its own, in 4 bits;
//! `tests/benchmarks/entail` trains it.

use std::sync::{Arc, LazyLock};

use super::bert::Bert;
use super::cross::embedded_small;
use super::dense::Dense;
use super::pairs::read_pairs;
use super::piece::Frame;
use super::weights::Weights;
use super::wordpiece::WordPiece;
use super::{WHOLE, embedded_base, embedded_frame, embedded_pieces};
use crate::error::Result;
use crate::kernel::Level;
use crate::pool::Progress;
use crate::span::Span;

/// Pieces of a text that are read, and of the evidence.
const MAX_PIECES: usize = 92;
const MAX_EVIDENCE: usize = 144;
/// Parts of one in which log-odds are kept.
const PARTS: f32 = 16.0;

/// For each word piece of a text that is read the log-odds that the evidence says it, in sixteenths.
pub type Entailed = Vec<i8>;

/// The log-odds that stand for a number in sixteenths.
pub fn log_odds(sixteenths: i8) -> f32 {
    f32::from(sixteenths) / PARTS
}

fn sixteenths(log_odds: f32) -> i8 {
    (log_odds * PARTS).round() as i8
}

/// The trained model.
#[derive(Debug)]
pub struct Entailment {
    pieces: WordPiece,
    frame: Frame,
    bert: Bert,
    /// From a piece's row to whether it is said.
    head: Dense,
}

/// The pieces of a text as they go in.
type Ids = Vec<u32>;

impl Entailment {
    /// The one that comes with the crate; loaded at its first use.
    pub fn embedded() -> Arc<Self> {
        static EMBEDDED: LazyLock<Arc<Entailment>> = LazyLock::new(|| {
            let (base, shape) = embedded_base();
            let weights = Weights::embedded(include_bytes!("models/entail/model.safetensors")).above(embedded_small());
            let bert = Bert::read_above(&base, &weights, &shape);
            Arc::new(bert.and_then(|bert| Entailment::new(bert, &weights)).expect(WHOLE))
        });
        Arc::clone(&EMBEDDED)
    }

    fn new(bert: Bert, weights: &Weights) -> Result<Self> {
        let pieces = embedded_pieces();
        let head = Dense::read(weights, "head.said", bert.width(), 1)?;
        Ok(Self { frame: embedded_frame(&pieces), pieces, bert, head })
    }

    /// Asks of each text what its evidence says of it. The first 92 word pieces of a text are read, and 144 of the evidence.
    pub fn read(
        &self,
        questions: &[(&str, &str)],
        n_threads: Option<usize>,
        progress: Progress,
    ) -> Result<Vec<Entailed>> {
        let level = self.bert.level();
        let sequence = |text: &Ids, evidence: &Ids| {
            let [text, evidence] =
                [(text, MAX_PIECES), (evidence, MAX_EVIDENCE)].map(|(ids, n)| &ids[..ids.len().min(n)]);
            self.frame.around_pair(text, evidence, usize::MAX).wanted(self.frame.n_before() + text.len())
        };
        let of = |text: &Ids, _: &Ids, rows: &[f32]| self.entailed(level, text.len().min(MAX_PIECES), rows);
        read_pairs(&self.bert, questions, n_threads, progress, |text| self.prepare(text), sequence, of)
    }

    fn prepare(&self, text: &str) -> Ids {
        let mut ids = Vec::new();
        self.pieces.for_each(text, |piece| ids.push(piece.id));
        ids.truncate(MAX_EVIDENCE);
        ids
    }

    /// From the rows that are wanted, of which the text's `n_pieces` follow the first.
    fn entailed(&self, level: Level, n_pieces: usize, rows: &[f32]) -> Entailed {
        let width = self.bert.width();
        let said = self.head.apply(level, &rows[width..(1 + n_pieces) * width]);
        said.into_iter().map(sixteenths).collect()
    }

    /// Where in a text the pieces stand that are read, in bytes.
    pub fn spans(&self, text: &str) -> Vec<Span> {
        let mut spans = Vec::new();
        self.pieces.for_each(text, |piece| spans.push(piece.span));
        spans.truncate(MAX_PIECES);
        spans
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Two ferries collided off Marsh Point on Monday, killing a deckhand.";
    const EVIDENCE: [&str; 4] = [
        "A deckhand died on Monday when two ferries ran into each other near Marsh Point.",
        "Two ferries collided off Marsh Point.",
        "Nobody was hurt when the two ferries collided off Marsh Point on Monday.",
        "The council will vote on the new school in May.",
    ];

    fn read(questions: &[(&str, &str)], n_threads: Option<usize>) -> Vec<Entailed> {
        Entailment::embedded().read(questions, n_threads, &mut |_, _| Ok(())).unwrap()
    }

    #[test]
    fn what_is_said_is_told_from_what_is_not() {
        let questions = EVIDENCE.map(|evidence| (TEXT, evidence));
        let [all, part, nobody, none] = &read(&questions, None)[..] else { panic!("an answer to each question") };
        let spans = Entailment::embedded().spans(TEXT);
        let said = |answer: &Entailed, word: &str| {
            let at = spans.iter().position(|span| span.of(TEXT) == word).unwrap();
            log_odds(answer[at])
        };
        assert!(said(all, "killing") > 0.0 && said(part, "killing") < 0.0);
        assert!(said(part, "ferries") > 0.0 && said(part, "Monday") < 0.0);
        assert!(said(nobody, "Monday") > 0.0 && said(nobody, "killing") < 0.0);
        assert!(none.iter().all(|&piece| piece < 0));
    }

    #[test]
    fn an_answer_depends_on_its_question_alone() {
        let long = "The two-day strike cost $2,500 a head, they said. ".repeat(20);
        let questions =
            [(TEXT, EVIDENCE[0]), (&long, TEXT), (TEXT, &long), ("", TEXT), (TEXT, ""), (EVIDENCE[3], TEXT)];
        let together = read(&questions, Some(3));
        for (question, answer) in questions.iter().zip(&together) {
            assert_eq!(&read(&[*question], Some(1))[0], answer);
            let n_pieces = Entailment::embedded().spans(question.0).len();
            assert_eq!(answer.len(), n_pieces);
            assert!(n_pieces <= MAX_PIECES);
        }
    }
}
