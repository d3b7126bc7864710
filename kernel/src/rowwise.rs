//! Functions over rows of numbers: activations, norms and the nearest rows.

use super::LANES;
use super::level::for_each_level;

/// The sum of 16 lanes, in one fixed order.
#[inline(always)]
fn sum_lanes(lanes: &[f32; LANES]) -> f32 {
    let mut lanes = *lanes;
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] += lanes[i + width];
        }
        width /= 2;
    }
    lanes[0]
}

/// The sum of `f` over a row, in 16 lanes.
#[inline(always)]
pub(super) fn sum_of(row: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for i in 0..LANES {
            lanes[i] += f(chunk[i]);
        }
    }
    sum_lanes(&lanes) + rest.iter().map(|&x| f(x)).sum::<f32>()
}

/// The largest `f` of a row, at least `least`; no number counts as none.
#[inline(always)]
pub(super) fn max_of(row: &[f32], least: f32, f: impl Fn(f32) -> f32) -> f32 {
    let larger = |most: f32, x: f32| if x > most { x } else { most };
    let mut lanes = [least; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for i in 0..LANES {
            lanes[i] = larger(lanes[i], f(chunk[i]));
        }
    }
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] = larger(lanes[i], lanes[i + width]);
        }
        width /= 2;
    }
    rest.iter().fold(lanes[0], |most, &x| larger(most, f(x)))
}

/// The sum of the products of two rows, in 16 lanes.
#[inline(always)]
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0; LANES];
    let ((a, rest_a), (b, rest_b)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    for (a, b) in a.iter().zip(b) {
        for i in 0..LANES {
            lanes[i] += a[i] * b[i];
        }
    }
    sum_lanes(&lanes) + rest_a.iter().zip(rest_b).map(|(a, b)| a * b).sum::<f32>()
}

/// Added to a float and taken away again, rounds it to an integer, which the sum holds in its last bits.
pub(super) const ROUND: f32 = 12_582_912.0;

/// e^x for x <= 0, relative error about 1e-7: 2^k times a polynomial in the rest.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let sum = x.max(-87.0) * std::f32::consts::LOG2_E + ROUND;
    let k = sum - ROUND;
    let r = x.max(-87.0) - k * 0.693_359_4 + k * 2.121_944_4e-4;
    let p =
        1.0 + r * (1.0 + r * (0.5 + r * (1.666_666_5e-1 + r * (4.166_579_6e-2 + r * (8.333_452e-3 + r * 1.398_2e-3)))));
    f32::from_bits(sum.to_bits().wrapping_add(127) << 23) * p
}

/// x times the normal distribution function of x; the error function by Abramowitz and Stegun 7.1.26, error below 2e-7.
#[inline(always)]
fn gelu_of(x: f32) -> f32 {
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let poly = t * (0.254_829_6 + t * (-0.284_496_74 + t * (1.421_413_7 + t * (-1.453_152 + t * 1.061_405_4))));
    let erf = 1.0 - poly * exp(-z * z);
    0.5 * x * (1.0 + if x < 0.0 { -erf } else { erf })
}

for_each_level! {
    /// [`gelu_of`] each number.
    pub fn gelu(values: &mut [f32]) {
        values.iter_mut().for_each(|x| *x = gelu_of(*x));
    }
}

for_each_level! {
    /// Each row plus its row of `residual` (if that is not empty), to mean 0 and variance 1, times `gain` plus `bias`.
    pub fn layer_norm(rows: &mut [f32], residual: &[f32], gain: &[f32], bias: &[f32], epsilon: f32) {
        let n = gain.len();
        let bias = &bias[..n];
        for (index, row) in rows.chunks_exact_mut(n).enumerate() {
            if !residual.is_empty() {
                row.iter_mut().zip(&residual[index * n..][..n]).for_each(|(x, r)| *x += r);
            }
            let mean = sum_of(row, |x| x) / n as f32;
            let variance = sum_of(row, |x| (x - mean) * (x - mean)) / n as f32;
            let scale = 1.0 / (variance + epsilon).sqrt();
            for i in 0..n {
                row[i] = (row[i] - mean) * scale * gain[i] + bias[i];
            }
        }
    }
}

for_each_level! {
    /// Each of `rows` times each row of `factors`, plus its number of `bias`. For the few rows of a head: slower than
    /// [`super::FloatMatrix`], and the same bytes on every processor.
    pub fn dense(rows: &[f32], factors: &[f32], bias: &[f32], out: &mut [f32]) {
        let (n_out, n_in) = (bias.len(), factors.len() / bias.len());
        for (row, out) in rows.chunks_exact(n_in).zip(out.chunks_exact_mut(n_out)) {
            for ((out, factors), bias) in out.iter_mut().zip(factors.chunks_exact(n_in)).zip(bias) {
                *out = dot(row, factors) + bias;
            }
        }
    }
}

for_each_level! {
    /// For each row of `a` the greatest product with a row of `b`, and the other way round; rows of `width` numbers,
    /// products below 2^31. What is in the two results already counts as products.
    pub fn best_products(a: &[i16], b: &[i16], width: usize, best_a: &mut [i32], best_b: &mut [i32]) {
        for (x, best) in a.chunks_exact(width).zip(best_a) {
            for (y, other) in b.chunks_exact(width).zip(best_b.iter_mut()) {
                let product: i32 = x.iter().zip(y).map(|(&x, &y)| i32::from(x) * i32::from(y)).sum();
                *best = product.max(*best);
                *other = product.max(*other);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Level, numbers};

    #[test]
    fn best_products_are_exact() {
        let (width, n_a, n_b) = (37, 3, 5);
        let rows = |n: usize, seed| -> Vec<i16> {
            numbers(n * width, seed).iter().map(|x| (x * 8192.0).clamp(-8192.0, 8192.0) as i16).collect()
        };
        let (a, b) = (rows(n_a, 1), rows(n_b, 2));
        let product = |i: usize, j: usize| -> i32 {
            (0..width).map(|k| i32::from(a[i * width + k]) * i32::from(b[j * width + k])).sum()
        };
        for level in Level::all() {
            let (mut best_a, mut best_b) = (vec![i32::MIN; n_a], vec![i32::MIN; n_b]);
            best_products(level, &a, &b, width, &mut best_a, &mut best_b);
            let expected_a: Vec<_> = (0..n_a).map(|i| (0..n_b).map(|j| product(i, j)).max().unwrap()).collect();
            let expected_b: Vec<_> = (0..n_b).map(|j| (0..n_a).map(|i| product(i, j)).max().unwrap()).collect();
            assert_eq!((best_a, best_b), (expected_a, expected_b), "{level:?}");
        }
    }

    #[test]
    fn levels_give_the_same_bytes() {
        let (n_in, n_out) = (70, 33);
        let (rows, factors, bias) = (numbers(5 * n_in, 1), numbers(n_in * n_out, 2), numbers(n_out, 3));
        let mut results = Level::all().into_iter().map(|level| {
            let mut out = vec![0.0; 5 * n_out];
            dense(level, &rows, &factors, &bias, &mut out);
            for (at, x) in out.iter().enumerate() {
                let (row, output) = (at / n_out, at % n_out);
                let product = |i: usize| f64::from(rows[row * n_in + i]) * f64::from(factors[output * n_in + i]);
                let exact = (0..n_in).map(product).sum::<f64>() + f64::from(bias[output]);
                assert!((f64::from(*x) - exact).abs() < 1e-5, "{level:?}: {x} is not {exact}");
            }
            layer_norm(level, &mut out, &[], &numbers(n_out, 5), &bias, 1e-12);
            gelu(level, &mut out);
            out
        });
        let first = results.next().unwrap();
        assert!(results.all(|other| other == first));
    }

    #[test]
    fn gelu_and_layer_norm_agree_with_float64() {
        let mut values: Vec<f32> = (-800..=800).map(|i| i as f32 / 100.0).collect();
        gelu(Level::best(), &mut values);
        // Reference values of x * Phi(x).
        for (x, expected) in
            [(0, 0.0), (100, 0.841_344_7), (-100, -0.158_655_25), (50, 0.345_731_23), (-300, -0.004_049_69)]
        {
            assert!((values[(800 + x) as usize] - expected).abs() < 1e-6, "{x}");
        }
        let (mut rows, gain, bias) = (numbers(40, 8), vec![1.0; 20], vec![0.0; 20]);
        layer_norm(Level::best(), &mut rows, &[], &gain, &bias, 1e-12);
        for row in rows.chunks(20) {
            assert!(row.iter().sum::<f32>().abs() < 1e-5);
            assert!((row.iter().map(|x| x * x).sum::<f32>() / 20.0 - 1.0).abs() < 1e-5);
        }
    }
}
