//! Softmax attention.

use super::LANES;
use super::level::{Kind, Level, for_each_level};
use super::rowwise::{exp, max_of, sum_of};

/// Room for the steps of [`attention`].
#[derive(Debug, Default)]
pub struct AttentionSpace {
    keys: Vec<f32>,
    values: Vec<f32>,
    scores: Vec<f32>,
}

/// Queries computed together.
const QUERIES: usize = 8;

/// Of each query the sums of vectors, each times the query's factor for it.
type Sums = [[f32; LANES]; QUERIES];

/// Sums vectors that stand `stride` apart, as many as each query has factors.
fn sum_vectors(level: Level, factors: &[&[f32]; QUERIES], vectors: &[f32], stride: usize, sums: &mut Sums) {
    match level.kind() {
        // SAFETY: a `Level` is made only where the processor has the features.
        #[cfg(target_arch = "x86_64")]
        Kind::Avx512 => unsafe { sum_vectors_avx512(factors, vectors, stride, sums) },
        // Four at a time, as other processors have fewer registers.
        _ => {
            let (first, second) = sums.split_at_mut(QUERIES / 2);
            sum_four(level, factors[..QUERIES / 2].as_array().expect("half"), vectors, stride, first);
            sum_four(level, factors[QUERIES / 2..].as_array().expect("half"), vectors, stride, second);
        }
    }
}

for_each_level! {
    fn sum_four(factors: &[&[f32]; 4], vectors: &[f32], stride: usize, sums: &mut [[f32; LANES]]) {
        let n = factors[0].len();
        let factors = factors.map(|factors| &factors[..n]);
        let mut found = [[0.0; LANES]; 4];
        for i in 0..n {
            let vector: &[f32; LANES] = vectors[i * stride..][..LANES].try_into().expect("16 lanes");
            for q in 0..4 {
                let factor = factors[q][i];
                for lane in 0..LANES {
                    found[q][lane] += factor * vector[lane];
                }
            }
        }
        sums.copy_from_slice(&found);
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn sum_vectors_avx512(factors: &[&[f32]; QUERIES], vectors: &[f32], stride: usize, sums: &mut Sums) {
    use std::arch::x86_64::*;
    let n = factors[0].len();
    let factors = factors.map(|factors| &factors[..n]);
    let mut found = [_mm512_setzero_ps(); QUERIES];
    for i in 0..n {
        // SAFETY: 16 floats; the load asks for no alignment.
        let vector = unsafe { _mm512_loadu_ps(vectors[i * stride..][..LANES].as_ptr()) };
        for q in 0..QUERIES {
            found[q] = _mm512_add_ps(found[q], _mm512_mul_ps(_mm512_set1_ps(factors[q][i]), vector));
        }
    }
    for (sums, found) in sums.iter_mut().zip(found) {
        // SAFETY: 16 floats; the store asks for no alignment.
        unsafe { _mm512_storeu_ps(sums.as_mut_ptr(), found) };
    }
}

for_each_level! {
    /// A query's shares of `n` tokens, of its products with their keys, in whole vectors; `near` is added, or empty.
    fn softmax(row: &mut [f32], n: usize, scale: f32, near: &[f32]) {
        row.iter_mut().for_each(|x| *x *= scale);
        row.iter_mut().zip(near).for_each(|(x, near)| *x += near);
        // Past the last token, where nobody reads: a number that is never so small that it takes the processor longer.
        let first = row[0];
        row[n..].fill(first);
        let most = max_of(row, f32::NEG_INFINITY, |x| x);
        row.iter_mut().for_each(|x| *x = exp(*x - most));
        let share = 1.0 / sum_of(&row[..n], |x| x);
        row.iter_mut().for_each(|x| *x *= share);
    }
}

/// Softmax attention of one sequence: `qkv` holds per token a row of queries, of keys and of values, `width` each,
/// that `n_heads` heads share; `out` gets a row of `width` for each of the first tokens, as many as it has room for.
/// `near` is empty, or holds what is added to the scaled scores: per head an odd count of numbers, by how far a key stands
/// after its query, 0 in the middle.
pub fn attention(
    level: Level,
    qkv: &[f32],
    width: usize,
    n_heads: usize,
    near: &[f32],
    out: &mut [f32],
    space: &mut AttentionSpace,
) {
    let n = qkv.len() / (3 * width);
    let n_queries = out.len() / width;
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
    let n_near = near.len() / n_heads;
    let mut sums = [[0.0; LANES]; QUERIES];
    for head in 0..n_heads {
        for (token, row) in qkv.chunks_exact(3 * width).enumerate() {
            let key = &row[width + head * size..][..size];
            key.iter().enumerate().for_each(|(i, &x)| keys[i * n_padded + token] = x);
            values[token * size_padded..][..size].copy_from_slice(&row[2 * width + head * size..][..size]);
        }
        for first in (0..n_queries).step_by(QUERIES) {
            // Past the last query, the last once more.
            let query = |q: usize| (first + q).min(n_queries - 1);
            let queries = std::array::from_fn(|q| &qkv[query(q) * 3 * width + head * size..][..size]);
            for column in (0..n_padded).step_by(LANES) {
                sum_vectors(level, &queries, &keys[column..], n_padded, &mut sums);
                for (row, sums) in scores.chunks_exact_mut(n_padded).zip(&sums) {
                    row[column..][..LANES].copy_from_slice(sums);
                }
            }
            for (q, row) in scores.chunks_exact_mut(n_padded).enumerate() {
                let near = match n_near {
                    0 => near,
                    _ => &near[head * n_near + n_near / 2 - query(q)..][..n],
                };
                softmax(level, row, n, scale, near);
            }
            let shares = std::array::from_fn(|q| &scores[q * n_padded..][..n]);
            for column in (0..size_padded).step_by(LANES) {
                sum_vectors(level, &shares, &values[column..], size_padded, &mut sums);
                let n_columns = LANES.min(size - column);
                for (q, sums) in sums.iter().take(n_queries - first).enumerate() {
                    out[(first + q) * width + head * size + column..][..n_columns].copy_from_slice(&sums[..n_columns]);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbers;

    #[test]
    fn attention_agrees_with_float64_for_any_length_and_head() {
        for (n, width, n_heads, n_near) in [
            (1, 16, 1, 0),
            (5, 24, 3, 0),
            (18, 64, 2, 0),
            (33, 32, 1, 0),
            (1, 16, 1, 1),
            (5, 24, 3, 9),
            (18, 128, 2, 99),
        ] {
            let qkv = numbers(n * 3 * width, 7);
            let near = numbers(n_heads * n_near, 8);
            let mut out = vec![0.0; n * width];
            for level in Level::all() {
                let mut again = vec![0.0; n * width];
                attention(level, &qkv, width, n_heads, &near, &mut again, &mut AttentionSpace::default());
                assert!(level == Level::all()[0] || again == out, "{level:?} gives other bytes");
                out = again;
            }
            let mut first = vec![0.0; n.min(3) * width];
            attention(Level::best(), &qkv, width, n_heads, &near, &mut first, &mut AttentionSpace::default());
            assert_eq!(first, out[..first.len()]);
            let size = width / n_heads;
            let at = |token: usize, part: usize, i: usize| f64::from(qkv[token * 3 * width + part * width + i]);
            for (index, x) in out.iter().enumerate() {
                let (token, column) = (index / width, index % width);
                let head = column / size * size;
                let weight = |other: usize| {
                    let dot: f64 = (head..head + size).map(|i| at(token, 0, i) * at(other, 1, i)).sum();
                    let middle = column / size * n_near + n_near / 2;
                    let near = if near.is_empty() { 0.0 } else { f64::from(near[middle + other - token]) };
                    (dot / (size as f64).sqrt() + near).exp()
                };
                let total: f64 = (0..n).map(weight).sum();
                let exact = (0..n).map(|other| weight(other) * at(other, 2, column)).sum::<f64>() / total;
                assert!((f64::from(*x) - exact).abs() < 1e-5, "{n} tokens: {x} is not {exact}");
            }
        }
    }
}
