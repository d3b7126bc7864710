//! Softmax attention.

use super::LANES;
use super::level::for_each_level;
use super::rowwise::{exp, max_of, sum_of};

/// Room for the steps of [`attention`].
#[derive(Debug, Default)]
pub struct AttentionSpace {
    keys: Vec<f32>,
    values: Vec<f32>,
    scores: Vec<f32>,
}

/// Adds `values`, times a factor for each, to four sums.
#[inline(always)]
fn add_scaled(sums: &mut [[f32; LANES]; 4], factors: [f32; 4], values: &[f32; LANES]) {
    for (sum, factor) in sums.iter_mut().zip(factors) {
        for lane in 0..LANES {
            sum[lane] += factor * values[lane];
        }
    }
}

for_each_level! {
    /// Softmax attention of one sequence: `qkv` holds per token a row of queries, of keys and of values, `width` each,
    /// that `n_heads` heads share; `out` gets a row of `width` per token.
    pub fn attention(qkv: &[f32], width: usize, n_heads: usize, out: &mut [f32], space: &mut AttentionSpace) {
        const QUERIES: usize = 4;
        let n = qkv.len() / (3 * width);
        let size = width / n_heads;
        let (n_padded, size_padded) = (n.next_multiple_of(LANES), size.next_multiple_of(LANES));
        let AttentionSpace { keys, values, scores } = space;
        for (buffer, length) in
            [(&mut *keys, size * n_padded), (&mut *values, n * size_padded), (&mut *scores, QUERIES * n_padded)]
        {
            buffer.clear();
            buffer.resize(length, 0.0);
        }
        let scale = 1.0 / (size as f32).sqrt();
        for head in 0..n_heads {
            for (token, row) in qkv.chunks_exact(3 * width).enumerate() {
                let key = &row[width + head * size..][..size];
                key.iter().enumerate().for_each(|(i, &x)| keys[i * n_padded + token] = x);
                values[token * size_padded..][..size].copy_from_slice(&row[2 * width + head * size..][..size]);
            }
            for first in (0..n).step_by(QUERIES) {
                // Past the last query, the last once more.
                let queries: [&[f32]; QUERIES] =
                    std::array::from_fn(|q| &qkv[(first + q).min(n - 1) * 3 * width + head * size..][..size]);
                for column in (0..n_padded).step_by(LANES) {
                    let mut sums = [[0.0; LANES]; QUERIES];
                    for i in 0..size {
                        let key: &[f32; LANES] = keys[i * n_padded + column..][..LANES].try_into().expect("16 lanes");
                        add_scaled(&mut sums, queries.map(|query| query[i]), key);
                    }
                    for q in 0..QUERIES {
                        for lane in 0..LANES {
                            scores[q * n_padded + column + lane] = sums[q][lane] * scale;
                        }
                    }
                }
                for row in scores.chunks_exact_mut(n_padded) {
                    let row = &mut row[..n];
                    let most = max_of(row, f32::NEG_INFINITY, |x| x);
                    row.iter_mut().for_each(|x| *x = exp(*x - most));
                    let share = 1.0 / sum_of(row, |x| x);
                    row.iter_mut().for_each(|x| *x *= share);
                }
                for column in (0..size_padded).step_by(LANES) {
                    let mut sums = [[0.0; LANES]; QUERIES];
                    for token in 0..n {
                        let value: &[f32; LANES] =
                            values[token * size_padded + column..][..LANES].try_into().expect("16 lanes");
                        let shares = std::array::from_fn(|q| scores[q * n_padded + token]);
                        add_scaled(&mut sums, shares, value);
                    }
                    let n_columns = LANES.min(size - column);
                    for q in 0..QUERIES.min(n - first) {
                        out[(first + q) * width + head * size + column..][..n_columns]
                            .copy_from_slice(&sums[q][..n_columns]);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Level, numbers};

    #[test]
    fn attention_agrees_with_float64_for_any_length_and_head() {
        for (n, width, n_heads) in [(1, 16, 1), (5, 24, 3), (18, 64, 2), (33, 32, 1)] {
            let qkv = numbers(n * 3 * width, 7);
            let mut out = vec![0.0; n * width];
            for level in Level::all() {
                let mut again = vec![0.0; n * width];
                attention(level, &qkv, width, n_heads, &mut again, &mut AttentionSpace::default());
                assert!(level == Level::all()[0] || again == out, "{level:?} gives other bytes");
                out = again;
            }
            let size = width / n_heads;
            let at = |token: usize, part: usize, i: usize| f64::from(qkv[token * 3 * width + part * width + i]);
            for (index, x) in out.iter().enumerate() {
                let (token, column) = (index / width, index % width);
                let head = column / size * size;
                let weight = |other: usize| {
                    let dot: f64 = (head..head + size).map(|i| at(token, 0, i) * at(other, 1, i)).sum();
                    (dot / (size as f64).sqrt()).exp()
                };
                let total: f64 = (0..n).map(weight).sum();
                let exact = (0..n).map(|other| weight(other) * at(other, 2, column)).sum::<f64>() / total;
                assert!((f64::from(*x) - exact).abs() < 1e-5, "{n} tokens: {x} is not {exact}");
            }
        }
    }
}
