//! How the distance of two pieces enters attention: a learned number per kind of distance and head (T5, Raffel et al. 2020;
//! MPNet, Song et al. 2020).

/// Distances from here on are one kind.
const FAR: f64 = 128.0;

/// How many kinds of distances there may be.
pub const COUNTS: [usize; 3] = [16, 32, 64];

/// The kind, of `n_kinds`, of the distance of a key that stands `after` places after its query: the lower half of the kinds
/// for keys before and at it, the upper for those after. Half of each are single places, the others go by the logarithm.
fn kind(after: isize, n_kinds: usize) -> usize {
    let half = n_kinds / 2;
    let single = half / 2;
    let away = after.unsigned_abs();
    let of_half = if away < single {
        away
    } else {
        let steps = (half - single) as f64;
        // A billionth more, so that what is a whole number stays one.
        let step = (away as f64 / single as f64).ln() / (FAR / single as f64).ln() * steps + 1e-9;
        (single + step as usize).min(half - 1)
    };
    if after > 0 { half + of_half } else { of_half }
}

/// What is added to the scores of each head, by how far a key stands after its query, from `1 - n_pieces` on; of
/// `n_kinds` rows with a number per head.
pub fn table(rows: &[f32], n_kinds: usize, n_pieces: usize) -> Vec<f32> {
    let n_heads = rows.len() / n_kinds;
    let most = n_pieces as isize - 1;
    let of_head = |head: usize| (-most..=most).map(move |after| rows[kind(after, n_kinds) * n_heads + head]);
    (0..n_heads).flat_map(of_head).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_distances_are_kinds_of_their_own_and_far_ones_go_by_the_logarithm() {
        // The nearest distance of each kind, as the original's code gives them.
        let nearest = [0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 23, 32, 46, 64, 91];
        for (at, &first) in nearest.iter().enumerate() {
            let end = nearest.get(at + 1).copied().unwrap_or(600);
            for away in first..end {
                assert_eq!(kind(-away, 32), at, "{away} before");
                assert_eq!(kind(away, 32), if away == 0 { 0 } else { 16 + at }, "{away} after");
            }
        }
    }

    #[test]
    fn the_table_holds_a_line_per_head() {
        let rows: Vec<f32> = (0..64).map(|x| x as f32).collect();
        let table = table(&rows, 32, 4);
        let of = |kinds: [f32; 7], head: f32| kinds.map(|kind| 2.0 * kind + head);
        let kinds = [3.0, 2.0, 1.0, 0.0, 17.0, 18.0, 19.0];
        assert_eq!(table, [of(kinds, 0.0), of(kinds, 1.0)].concat());
    }
}
