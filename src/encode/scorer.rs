//! Whatever scores pairs of texts: a [`Reranker`](super::Reranker), or a scorer of the caller's own.

use crate::error::{Error, Result};
use crate::pool::Progress;

/// Scores pairs of texts from 0 to 1. [`scores`] asks one, and checks what it answers.
pub trait PairScorer: Sync {
    /// The most pairs that it takes at once.
    fn max_pairs(&self) -> usize {
        usize::MAX
    }

    /// A score for each pair, in their order.
    fn score(&self, pairs: &[(&str, &str)], n_threads: Option<usize>, progress: Progress) -> Result<Vec<f32>>;
}

/// The score of each pair.
///
/// A scorer may answer otherwise when the sides are swapped, or when other pairs stand in the batch. So that results
/// depend on neither, nor on the order of the pairs, the two texts of a pair come in the order of their bytes, so do the
/// pairs, and equal ones come once.
pub fn scores(
    scorer: &dyn PairScorer,
    pairs: &[(&str, &str)],
    n_threads: Option<usize>,
    progress: Progress,
) -> Result<Vec<f32>> {
    let ordered: Vec<_> = pairs.iter().map(|&(left, right)| (left.min(right), left.max(right))).collect();
    let mut distinct = ordered.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let n = distinct.len();
    let mut found = Vec::with_capacity(n);
    for batch in distinct.chunks(scorer.max_pairs().max(1)) {
        let before = found.len();
        progress(before, n)?;
        let scores = scorer.score(batch, n_threads, &mut |done, _| progress(before + done, n))?;
        check(&scores, batch.len())?;
        found.extend(scores);
    }
    progress(n, n)?;
    Ok(ordered.iter().map(|pair| found[distinct.partition_point(|known| known < pair)]).collect())
}

/// Whether there is a number from 0 to 1 for each pair.
fn check(scores: &[f32], n_pairs: usize) -> Result<()> {
    let actual = match scores.iter().position(|score| !(0.0..=1.0).contains(score)) {
        _ if scores.len() != n_pairs => format!("{} numbers", scores.len()),
        Some(at) => format!("{} for pair {at}", scores[at]),
        None => return Ok(()),
    };
    let expected = format!("a scorer that returns {n_pairs} numbers from 0 to 1, one for each pair");
    Err(Error::InvalidParameter { parameter: "reranker", expected, actual })
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Answers with `of` the pairs of a batch, and remembers them.
    struct Asked<F>(F, Mutex<Vec<Vec<(String, String)>>>);

    impl<F: Fn(&[(&str, &str)]) -> Vec<f32> + Sync> PairScorer for Asked<F> {
        fn max_pairs(&self) -> usize {
            2
        }

        fn score(&self, pairs: &[(&str, &str)], _: Option<usize>, _: Progress) -> Result<Vec<f32>> {
            self.1.lock().unwrap().push(pairs.iter().map(|&(a, b)| (a.into(), b.into())).collect());
            Ok(self.0(pairs))
        }
    }

    fn asked<F>(of: F) -> Asked<F> {
        Asked(of, Mutex::default())
    }

    #[test]
    fn neither_sides_nor_order_nor_repetition_reach_the_scorer() {
        let length = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, _)| a.len() as f32 / 10.0).collect();
        let mut batches = Vec::new();
        for (pairs, expected) in [
            ([("b", "aa"), ("c", "dd"), ("aa", "b"), ("a", "c")], [0.2, 0.1, 0.2, 0.1]),
            ([("c", "a"), ("aa", "b"), ("aa", "b"), ("dd", "c")], [0.1, 0.2, 0.2, 0.1]),
        ] {
            let scorer = asked(length);
            let mut steps = Vec::new();
            let mut progress = |done, total| {
                steps.push((done, total));
                Ok(())
            };
            assert_eq!(scores(&scorer, &pairs, None, &mut progress).unwrap(), expected, "{pairs:?}");
            assert_eq!(steps, [(0, 3), (2, 3), (3, 3)]);
            batches.push(scorer.1.into_inner().unwrap());
        }
        assert_eq!(batches[0], batches[1]);
        let own = |pair: (&str, &str)| (pair.0.to_owned(), pair.1.to_owned());
        assert_eq!(batches[0], [vec![own(("a", "c")), own(("aa", "b"))], vec![own(("c", "dd"))]]);
    }

    #[test]
    fn every_pair_needs_a_number_from_0_to_1() {
        for (answer, told) in [
            (vec![0.0, 1.0], None),
            (vec![0.5], Some("got 1 numbers")),
            (vec![0.5; 3], Some("got 3 numbers")),
            (vec![0.5, f32::NAN], Some("got NaN for pair 1")),
            (vec![-0.25, 0.5], Some("got -0.25 for pair 0")),
            (vec![1.5, 2.0], Some("got 1.5 for pair 0")),
            (vec![0.0, f32::INFINITY], Some("got inf for pair 1")),
        ] {
            let scorer = asked(|_: &[(&str, &str)]| answer.clone());
            let outcome = scores(&scorer, &[("a", "b"), ("a", "c")], None, &mut |_, _| Ok(()));
            match told {
                None => assert_eq!(outcome.unwrap(), answer),
                Some(told) => {
                    let message = outcome.unwrap_err().to_string();
                    assert!(message.starts_with("reranker must be a scorer that returns 2 numbers from 0 to 1"));
                    assert!(message.ends_with(told), "{message}");
                }
            }
        }
    }

    #[test]
    fn nobody_is_asked_about_nothing_and_progress_can_stop_the_work() {
        let scorer = asked(|_: &[(&str, &str)]| Vec::new());
        assert!(scores(&scorer, &[], None, &mut |_, _| Ok(())).unwrap().is_empty());
        let outcome = scores(&scorer, &[("a", "b")], None, &mut |_, _| Err(Error::Interrupted));
        assert!(matches!(outcome, Err(Error::Interrupted)));
        assert!(scorer.1.into_inner().unwrap().is_empty());
    }
}
