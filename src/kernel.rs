//! Floor 0. The inner loops, for the processor at hand.
//!
//! Matrix products and the few functions that run over every number of a transformer, each compiled for AVX-512 VNNI, for
//! AVX2 and for any processor, chosen when they run. The three give the same bytes: sums of products of small integers are
//! exact, and sums of floats are taken in one fixed order, in 16 lanes, multiplication and addition rounded apart.
//! Only the products of [`FloatMatrix`] are fused, and so differ in their last bits on a processor without that.
//!
//! The one file with `unsafe` code: calls of functions that need what the processor was asked for, and loads from arrays
//! whose length the type states.
#![allow(unsafe_code)]
#![allow(clippy::needless_range_loop, reason = "an index runs over several arrays of one length at once")]

/// Numbers that share a scale.
pub const GROUP: usize = 32;
/// Floats in a vector.
pub const LANES: usize = 16;
/// Outputs computed together.
const PANEL: usize = 2 * LANES;
/// Rows computed together.
const ROWS: usize = 6;

/// What the processor can do; holding one proves that it can.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Plain,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Level {
    /// All that this processor can do, the plainest first.
    pub fn all() -> Vec<Self> {
        let mut levels = vec![Self(Kind::Plain)];
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            levels.push(Self(Kind::Avx2));
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vnni")
            {
                levels.push(Self(Kind::Avx512));
            }
        }
        levels
    }

    /// The fastest.
    pub fn best() -> Self {
        *Self::all().last().expect("the plain level is always there")
    }
}

/// Compiles a function for each level, with the chosen [`Level`] as a new first argument.
macro_rules! for_each_level {
    ($(#[$doc:meta])* $visibility:vis fn $name:ident($($argument:ident: $type:ty),* $(,)?) $body:block) => {
        $(#[$doc])*
        $visibility fn $name(level: Level, $($argument: $type),*) {
            #[inline(always)]
            fn body($($argument: $type),*) $body
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,avx2,fma")]
            fn avx512($($argument: $type),*) { body($($argument),*) }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            fn avx2($($argument: $type),*) { body($($argument),*) }
            match level.0 {
                Kind::Plain => body($($argument),*),
                // SAFETY: a `Level` is made only where the processor has the features.
                #[cfg(target_arch = "x86_64")]
                Kind::Avx2 => unsafe { avx2($($argument),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Kind::Avx512 => unsafe { avx512($($argument),*) },
            }
        }
    };
}

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
fn sum_of(row: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for i in 0..LANES {
            lanes[i] += f(chunk[i]);
        }
    }
    sum_lanes(&lanes) + rest.iter().map(|&x| f(x)).sum::<f32>()
}

/// Added to a float and taken away again, rounds it to an integer, which the sum holds in its last bits.
const ROUND: f32 = 12_582_912.0;

/// e^x for x <= 0, relative error about 1e-7: 2^k times a polynomial in the rest.
#[inline(always)]
fn exp(x: f32) -> f32 {
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
                    let most = row.iter().fold(f32::NEG_INFINITY, |most, &x| if x > most { x } else { most });
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

/// The sums of a few rows and one panel.
type Sums = [[f32; PANEL]; ROWS];

/// A few rows and one panel of a matrix.
trait Block {
    /// Adds the products to `sums`.
    fn plain(&self, sums: &mut Sums);

    /// [`Block::plain`] for processors with AVX2 and FMA.
    #[cfg(target_arch = "x86_64")]
    unsafe fn avx2(&self, sums: &mut Sums);

    /// [`Block::plain`] for processors of [`Kind::Avx512`].
    #[cfg(target_arch = "x86_64")]
    unsafe fn avx512(&self, sums: &mut Sums);
}

/// Multiplies `n_rows` rows with a matrix, one of `biases` for each of its panels; `block` takes a panel and some rows.
fn multiply_blocks<B: Block>(
    level: Level,
    n_rows: usize,
    biases: &[[f32; PANEL]],
    block: impl Fn(usize, [usize; ROWS]) -> B,
    out: &mut [f32],
    n_out: usize,
) {
    for (panel, bias) in biases.iter().enumerate() {
        let columns = panel * PANEL..n_out.min((panel + 1) * PANEL);
        for first in (0..n_rows).step_by(ROWS) {
            // Past the last row, the last once more.
            let block = block(panel, std::array::from_fn(|row| (first + row).min(n_rows - 1)));
            let mut sums = [*bias; ROWS];
            match level.0 {
                Kind::Plain => block.plain(&mut sums),
                // SAFETY: a `Level` is made only where the processor has the features.
                #[cfg(target_arch = "x86_64")]
                Kind::Avx2 => unsafe { block.avx2(&mut sums) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Kind::Avx512 => unsafe { block.avx512(&mut sums) },
            }
            for (row, sums) in out.chunks_exact_mut(n_out).skip(first).zip(&sums) {
                row[columns.clone()].copy_from_slice(&sums[..columns.len()]);
            }
        }
    }
}

/// A matrix of floats, stored so that [`FloatMatrix::multiply`] reads it from front to back.
#[derive(Debug)]
pub struct FloatMatrix {
    n_in: usize,
    n_out: usize,
    /// By panel of 32 outputs: for each input the 32 factors.
    panels: Vec<[f32; PANEL]>,
    bias: Vec<[f32; PANEL]>,
}

impl FloatMatrix {
    /// From `n_out` rows of `n_in` factors, and nothing or `n_out` numbers to add.
    pub fn new(rows: &[f32], n_in: usize, bias: &[f32]) -> Self {
        let n_out = rows.len() / n_in;
        let n_panels = n_out.div_ceil(PANEL);
        let mut matrix =
            Self { n_in, n_out, panels: vec![[0.0; PANEL]; n_panels * n_in], bias: vec![[0.0; PANEL]; n_panels] };
        matrix.bias.as_flattened_mut()[..bias.len()].copy_from_slice(bias);
        for (output, row) in rows.chunks_exact(n_in).enumerate() {
            let panel = &mut matrix.panels[output / PANEL * n_in..][..n_in];
            panel.iter_mut().zip(row).for_each(|(column, &x)| column[output % PANEL] = x);
        }
        matrix
    }

    /// Numbers in a row that goes in.
    pub fn n_in(&self) -> usize {
        self.n_in
    }

    /// Numbers in a row that comes out.
    pub fn n_out(&self) -> usize {
        self.n_out
    }

    /// Each row of `rows` times the matrix, plus the bias.
    pub fn multiply(&self, level: Level, rows: &[f32], out: &mut [f32]) {
        let block = |panel: usize, at: [usize; ROWS]| FloatBlock {
            rows: at.map(|row| &rows[row * self.n_in..][..self.n_in]),
            panel: &self.panels[panel * self.n_in..][..self.n_in],
        };
        multiply_blocks(level, rows.len() / self.n_in, &self.bias, block, out, self.n_out);
    }
}

/// A few rows and one panel of a [`FloatMatrix`].
struct FloatBlock<'a> {
    rows: [&'a [f32]; ROWS],
    panel: &'a [[f32; PANEL]],
}

impl Block for FloatBlock<'_> {
    #[inline(never)]
    fn plain(&self, sums: &mut Sums) {
        // Half a panel at a time: the sums stay in registers.
        for (sums, row) in sums.iter_mut().zip(self.rows) {
            for (half, sums) in sums.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
                let mut totals = *sums;
                for (&x, factors) in row.iter().zip(self.panel) {
                    let factors = &factors.as_chunks::<LANES>().0[half];
                    for lane in 0..LANES {
                        totals[lane] += x * factors[lane];
                    }
                }
                *sums = totals;
            }
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn avx2(&self, sums: &mut Sums) {
        use std::arch::x86_64::*;
        let rows = self.rows.map(|row| &row[..self.panel.len()]);
        // Half a panel at a time: twelve sums fit the sixteen registers.
        for half in 0..2 {
            let mut totals = [[_mm256_setzero_ps(); 2]; ROWS];
            for row in 0..ROWS {
                for part in 0..2 {
                    // SAFETY: 8 floats; the load asks for no alignment.
                    totals[row][part] =
                        unsafe { _mm256_loadu_ps(sums[row].as_chunks::<8>().0[2 * half + part].as_ptr()) };
                }
            }
            for (i, factors) in self.panel.iter().enumerate() {
                let factors = factors.as_chunks::<8>().0;
                // SAFETY: 8 floats each; the load asks for no alignment.
                let (a, b) = unsafe {
                    (_mm256_loadu_ps(factors[2 * half].as_ptr()), _mm256_loadu_ps(factors[2 * half + 1].as_ptr()))
                };
                for row in 0..ROWS {
                    let x = _mm256_set1_ps(rows[row][i]);
                    totals[row][0] = _mm256_fmadd_ps(x, a, totals[row][0]);
                    totals[row][1] = _mm256_fmadd_ps(x, b, totals[row][1]);
                }
            }
            for row in 0..ROWS {
                for part in 0..2 {
                    let sum = &mut sums[row].as_chunks_mut::<8>().0[2 * half + part];
                    // SAFETY: 8 floats; the store asks for no alignment.
                    unsafe { _mm256_storeu_ps(sum.as_mut_ptr(), totals[row][part]) };
                }
            }
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f")]
    unsafe fn avx512(&self, sums: &mut Sums) {
        use std::arch::x86_64::*;
        let rows = self.rows.map(|row| &row[..self.panel.len()]);
        let mut totals = [[_mm512_setzero_ps(); 2]; ROWS];
        for row in 0..ROWS {
            for part in 0..2 {
                // SAFETY: 16 floats; the load asks for no alignment.
                totals[row][part] = unsafe { _mm512_loadu_ps(sums[row].as_chunks::<LANES>().0[part].as_ptr()) };
            }
        }
        for (i, factors) in self.panel.iter().enumerate() {
            let factors = factors.as_chunks::<LANES>().0;
            // SAFETY: 16 floats each; the load asks for no alignment.
            let (a, b) = unsafe { (_mm512_loadu_ps(factors[0].as_ptr()), _mm512_loadu_ps(factors[1].as_ptr())) };
            for row in 0..ROWS {
                let x = _mm512_set1_ps(rows[row][i]);
                totals[row][0] = _mm512_fmadd_ps(x, a, totals[row][0]);
                totals[row][1] = _mm512_fmadd_ps(x, b, totals[row][1]);
            }
        }
        for row in 0..ROWS {
            for part in 0..2 {
                let sum = &mut sums[row].as_chunks_mut::<LANES>().0[part];
                // SAFETY: 16 floats; the store asks for no alignment.
                unsafe { _mm512_storeu_ps(sum.as_mut_ptr(), totals[row][part]) };
            }
        }
    }
}

/// Rows of floats as bytes, a scale for every 32 of them.
#[derive(Debug, Default)]
pub struct ByteRows {
    n_groups: usize,
    /// Four signed bytes a word, the first lowest.
    words: Vec<[i32; GROUP / 4]>,
    scales: Vec<f32>,
    /// Per group, minus eight times the sum of its bytes: what the offset of the matrix's nibbles adds too much.
    corrections: Vec<i32>,
}

impl ByteRows {
    /// Rounds rows of `n_in` numbers, a multiple of 32, to the nearest of 255 steps of each group.
    pub fn fill(&mut self, level: Level, rows: &[f32], n_in: usize) {
        let n = rows.len() / GROUP;
        self.n_groups = n_in / GROUP;
        self.words.resize(n, [0; GROUP / 4]);
        self.scales.resize(n, 0.0);
        self.corrections.resize(n, 0);
        quantize(level, rows, self);
    }
}

for_each_level! {
    fn quantize(rows: &[f32], bytes: &mut ByteRows) {
        let groups = rows.as_chunks::<GROUP>().0.iter();
        let targets = bytes.words.iter_mut().zip(&mut bytes.scales).zip(&mut bytes.corrections);
        for (group, ((words, scale), correction)) in groups.zip(targets) {
            let mut lanes = [0.0f32; LANES];
            for i in 0..GROUP {
                let x = group[i].abs();
                lanes[i % LANES] = if x > lanes[i % LANES] { x } else { lanes[i % LANES] };
            }
            let most = lanes.iter().fold(0.0, |most, &x| if x > most { x } else { most });
            *scale = most / 127.0;
            let inverse = if most > 1e-30 { 127.0 / most } else { 0.0 };
            let mut steps = [0i32; GROUP];
            for i in 0..GROUP {
                steps[i] = (group[i] * inverse + ROUND).to_bits().wrapping_sub(ROUND.to_bits()) as i32;
            }
            *correction = -8 * steps.iter().sum::<i32>();
            for (word, steps) in words.iter_mut().zip(steps.as_chunks::<4>().0) {
                *word = i32::from_le_bytes(steps.map(|step| step as i8 as u8));
            }
        }
    }
}

/// A matrix of 4-bit numbers, a scale for every 32 of a row, multiplied as it is stored.
#[derive(Debug)]
pub struct Int4Matrix {
    n_in: usize,
    n_out: usize,
    /// By panel of 32 outputs, then by four inputs: 16 outputs x 4 inputs in the low nibbles, 16 more in the high ones.
    panels: Vec<[u8; 4 * LANES]>,
    /// By panel, then by group of inputs.
    scales: Vec<[f32; PANEL]>,
    bias: Vec<[f32; PANEL]>,
}

impl Int4Matrix {
    /// From `n_out` rows of `n_in / 2` bytes, each two numbers with 8 added, the low nibble first; `n_in / 32` scales a row;
    /// `n_out` numbers to add. `n_in` and `n_out` are multiples of 32.
    pub fn new(rows: &[u8], scales: &[f32], n_in: usize, bias: &[f32]) -> Self {
        let n_out = bias.len();
        assert!(n_in.is_multiple_of(GROUP) && n_out.is_multiple_of(PANEL), "{n_out} x {n_in} is in groups of 32");
        assert!(rows.len() == n_out * n_in / 2 && scales.len() == n_out * n_in / GROUP, "sizes fit {n_out} x {n_in}");
        let n_panels = n_out / PANEL;
        let mut panels = vec![[0; 4 * LANES]; n_panels * n_in / 4];
        let mut panel_scales = vec![[0.0; PANEL]; n_panels * n_in / GROUP];
        for (output, (row, scales)) in rows.chunks_exact(n_in / 2).zip(scales.chunks_exact(n_in / GROUP)).enumerate() {
            let (panel, within) = (output / PANEL, output % PANEL);
            let shift = if within < LANES { 0 } else { 4 };
            let column = 4 * (within % LANES);
            for (target, pairs) in panels[panel * n_in / 4..].iter_mut().zip(row.as_chunks::<2>().0) {
                let nibbles = [pairs[0] & 15, pairs[0] >> 4, pairs[1] & 15, pairs[1] >> 4];
                target[column..column + 4].iter_mut().zip(nibbles).for_each(|(byte, nibble)| *byte |= nibble << shift);
            }
            for (target, &scale) in panel_scales[panel * n_in / GROUP..].iter_mut().zip(scales) {
                target[within] = scale;
            }
        }
        Self { n_in, n_out, panels, scales: panel_scales, bias: bias.as_chunks().0.to_vec() }
    }

    /// Numbers in a row that goes in.
    pub fn n_in(&self) -> usize {
        self.n_in
    }

    /// Numbers in a row that comes out.
    pub fn n_out(&self) -> usize {
        self.n_out
    }

    /// Each row times the matrix, plus the bias.
    pub fn multiply(&self, level: Level, rows: &ByteRows, out: &mut [f32]) {
        let n_groups = self.n_in / GROUP;
        assert_eq!(rows.n_groups, n_groups, "rows of {} numbers", self.n_in);
        let block = |panel: usize, at: [usize; ROWS]| Int4Block {
            rows,
            starts: at.map(|row| row * n_groups),
            panel: self.panels[panel * self.n_in / 4..][..self.n_in / 4].as_chunks().0,
            scales: &self.scales[panel * n_groups..][..n_groups],
        };
        multiply_blocks(level, rows.words.len() / n_groups, &self.bias, block, out, self.n_out);
    }
}

/// A few rows and one panel of an [`Int4Matrix`].
struct Int4Block<'a> {
    rows: &'a ByteRows,
    /// The first group of each row.
    starts: [usize; ROWS],
    panel: &'a [[[u8; 4 * LANES]; GROUP / 4]],
    scales: &'a [[f32; PANEL]],
}

impl Block for Int4Block<'_> {
    #[inline(never)]
    fn plain(&self, sums: &mut Sums) {
        // Written so that the compiler vectorises it for any processor: every inner loop is eight numbers of 16 bits. Inputs 0
        // and 2 of a word, then 1 and 3, stand side by side and are summed last: at most 15 * 127 * 16 = 30,480.
        for (group, (factors, scales)) in self.panel.iter().zip(self.scales).enumerate() {
            let mut nibbles = [[[[0i16; 8]; 4]; 4]; GROUP / 4];
            for (nibbles, factors) in nibbles.iter_mut().zip(factors) {
                let pairs = factors.as_chunks::<16>().0;
                for part in 0..4 {
                    for at in 0..4 {
                        for i in 0..8 {
                            let pair = u16::from_le_bytes([pairs[at][2 * i], pairs[at][2 * i + 1]]);
                            nibbles[part][at][i] = (pair >> (4 * part) & 15) as i16;
                        }
                    }
                }
            }
            for (sums, start) in sums.iter_mut().zip(self.starts) {
                let mut products = [[[0i16; 8]; 4]; 2];
                for (nibbles, word) in nibbles.iter().zip(&self.rows.words[start + group]) {
                    let x = word.to_le_bytes().map(|byte| i16::from(byte as i8));
                    for second in 0..2 {
                        let [even, odd] = [x[second], x[second + 2]];
                        let x = [even, odd, even, odd, even, odd, even, odd];
                        for half in 0..2 {
                            for at in 0..4 {
                                for i in 0..8 {
                                    products[half][at][i] += nibbles[2 * second + half][at][i] * x[i];
                                }
                            }
                        }
                    }
                }
                let scale = self.rows.scales[start + group];
                let correction = self.rows.corrections[start + group];
                let products = products.as_flattened().as_flattened();
                for lane in 0..PANEL {
                    let product = i32::from(products[2 * lane]) + i32::from(products[2 * lane + 1]) + correction;
                    sums[lane] += product as f32 * scales[lane] * scale;
                }
            }
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn avx2(&self, sums: &mut Sums) {
        use std::arch::x86_64::*;
        const TOGETHER: usize = 2;
        let low = _mm256_set1_epi8(15);
        let ones = _mm256_set1_epi16(1);
        for (group, (factors, scales)) in self.panel.iter().zip(self.scales).enumerate() {
            for first in (0..ROWS).step_by(TOGETHER) {
                let words: [&[i32; GROUP / 4]; TOGETHER] =
                    std::array::from_fn(|row| &self.rows.words[self.starts[first + row] + group]);
                // Pairs of products summed in 16 bits: at most 15 * 127 * 2 * 8 = 30,480.
                let mut products = [[_mm256_setzero_si256(); 4]; TOGETHER];
                for i in 0..GROUP / 4 {
                    let halves = factors[i].as_chunks::<32>().0;
                    // SAFETY: each half is 32 bytes; the load asks for no alignment.
                    let (a, b) = unsafe {
                        (_mm256_loadu_si256(halves[0].as_ptr().cast()), _mm256_loadu_si256(halves[1].as_ptr().cast()))
                    };
                    let nibbles = [
                        _mm256_and_si256(a, low),
                        _mm256_and_si256(b, low),
                        _mm256_and_si256(_mm256_srli_epi16::<4>(a), low),
                        _mm256_and_si256(_mm256_srli_epi16::<4>(b), low),
                    ];
                    for row in 0..TOGETHER {
                        let x = _mm256_set1_epi32(words[row][i]);
                        for part in 0..4 {
                            let pairs = _mm256_maddubs_epi16(nibbles[part], x);
                            products[row][part] = _mm256_add_epi16(products[row][part], pairs);
                        }
                    }
                }
                for row in 0..TOGETHER {
                    let at = self.starts[first + row] + group;
                    let correction = _mm256_set1_epi32(self.rows.corrections[at]);
                    let scale = _mm256_set1_ps(self.rows.scales[at]);
                    for part in 0..4 {
                        let product = _mm256_add_epi32(_mm256_madd_epi16(products[row][part], ones), correction);
                        let sum = &mut sums[first + row].as_chunks_mut::<8>().0[part];
                        let factor = &scales.as_chunks::<8>().0[part];
                        // SAFETY: both are 8 floats; loads and stores ask for no alignment.
                        unsafe {
                            let scaled = _mm256_mul_ps(_mm256_cvtepi32_ps(product), _mm256_loadu_ps(factor.as_ptr()));
                            let total = _mm256_add_ps(_mm256_loadu_ps(sum.as_ptr()), _mm256_mul_ps(scaled, scale));
                            _mm256_storeu_ps(sum.as_mut_ptr(), total);
                        }
                    }
                }
            }
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    unsafe fn avx512(&self, sums: &mut Sums) {
        use std::arch::x86_64::*;
        let low = _mm512_set1_epi8(15);
        let mut totals = [[_mm512_setzero_ps(); 2]; ROWS];
        for (totals, sums) in totals.iter_mut().zip(&*sums) {
            for (total, sum) in totals.iter_mut().zip(sums.as_chunks::<LANES>().0) {
                // SAFETY: 16 floats; the load asks for no alignment.
                *total = unsafe { _mm512_loadu_ps(sum.as_ptr()) };
            }
        }
        for (group, (factors, scales)) in self.panel.iter().zip(self.scales).enumerate() {
            let words: [&[i32; GROUP / 4]; ROWS] =
                std::array::from_fn(|row| &self.rows.words[self.starts[row] + group]);
            let mut products: [[__m512i; 2]; ROWS] =
                std::array::from_fn(|row| [_mm512_set1_epi32(self.rows.corrections[self.starts[row] + group]); 2]);
            for i in 0..GROUP / 4 {
                // SAFETY: 64 bytes; the load asks for no alignment.
                let bytes = unsafe { _mm512_loadu_si512(factors[i].as_ptr().cast()) };
                let nibbles = [_mm512_and_si512(bytes, low), _mm512_and_si512(_mm512_srli_epi16::<4>(bytes), low)];
                for row in 0..ROWS {
                    let x = _mm512_set1_epi32(words[row][i]);
                    for part in 0..2 {
                        products[row][part] = _mm512_dpbusd_epi32(products[row][part], nibbles[part], x);
                    }
                }
            }
            // SAFETY: each part is 16 floats; the load asks for no alignment.
            let factors: [__m512; 2] =
                std::array::from_fn(|part| unsafe { _mm512_loadu_ps(scales[part * LANES..][..LANES].as_ptr()) });
            for row in 0..ROWS {
                let scale = _mm512_set1_ps(self.rows.scales[self.starts[row] + group]);
                for part in 0..2 {
                    let scaled = _mm512_mul_ps(_mm512_cvtepi32_ps(products[row][part]), factors[part]);
                    totals[row][part] = _mm512_add_ps(totals[row][part], _mm512_mul_ps(scaled, scale));
                }
            }
        }
        for (totals, sums) in totals.iter().zip(sums) {
            for (total, sum) in totals.iter().zip(sums.as_chunks_mut::<LANES>().0) {
                // SAFETY: 16 floats; the store asks for no alignment.
                unsafe { _mm512_storeu_ps(sum.as_mut_ptr(), *total) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers between -1 and 1, the same in every run.
    fn numbers(n: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        let next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        std::iter::repeat_with(next).take(n).collect()
    }

    #[test]
    fn levels_give_the_same_bytes_and_float64_the_same_numbers() {
        let (n_in, n_out, n_rows) = (96, 64, 13);
        let nibbles: Vec<u8> = numbers(n_out * n_in / 2, 1).iter().map(|x| (x * 1e6) as i32 as u8).collect();
        let scales: Vec<f32> = numbers(n_out * n_in / GROUP, 2).iter().map(|x| x.abs() / 8.0).collect();
        let bias = numbers(n_out, 3);
        let rows = numbers(n_rows * n_in, 4);
        let matrix = Int4Matrix::new(&nibbles, &scales, n_in, &bias);
        let mut results = Vec::new();
        for level in Level::all() {
            let mut bytes = ByteRows::default();
            bytes.fill(level, &rows, n_in);
            let mut out = vec![0.0; n_rows * n_out];
            matrix.multiply(level, &bytes, &mut out);
            layer_norm(level, &mut out, &[], &numbers(n_out, 5), &bias, 1e-12);
            gelu(level, &mut out);
            let mut attended = vec![0.0; 11 * n_out];
            attention(level, &numbers(11 * 3 * n_out, 6), n_out, 2, &mut attended, &mut AttentionSpace::default());
            results.push((out, attended));
        }
        assert!(results.windows(2).all(|pair| pair[0] == pair[1]));

        let mut bytes = ByteRows::default();
        bytes.fill(Level::best(), &rows, n_in);
        let mut out = vec![0.0; n_rows * n_out];
        matrix.multiply(Level::best(), &bytes, &mut out);
        for row in 0..n_rows {
            for output in 0..n_out {
                let factor = |i: usize| {
                    let byte = nibbles[(output * n_in + i) / 2];
                    let nibble = if i.is_multiple_of(2) { byte & 15 } else { byte >> 4 };
                    (f64::from(nibble) - 8.0) * f64::from(scales[(output * n_in + i) / GROUP])
                };
                let exact: f64 = (0..n_in).map(|i| f64::from(rows[row * n_in + i]) * factor(i)).sum();
                let error = f64::from(out[row * n_out + output]) - exact - f64::from(bias[output]);
                assert!(error.abs() < 0.05, "row {row}, output {output}: off by {error}");
            }
        }
    }

    #[test]
    fn float_products_agree_with_float64() {
        for (n_in, n_out, n_rows) in [(7, 1, 1), (48, 33, 6), (40, 70, 17)] {
            let (factors, bias, rows) = (numbers(n_in * n_out, 1), numbers(n_out, 2), numbers(n_in * n_rows, 3));
            let matrix = FloatMatrix::new(&factors, n_in, &bias);
            for level in Level::all() {
                let mut out = vec![0.0; n_rows * n_out];
                matrix.multiply(level, &rows, &mut out);
                for (at, x) in out.iter().enumerate() {
                    let (row, output) = (at / n_out, at % n_out);
                    let products =
                        (0..n_in).map(|i| f64::from(rows[row * n_in + i]) * f64::from(factors[output * n_in + i]));
                    let exact = products.sum::<f64>() + f64::from(bias[output]);
                    assert!((f64::from(*x) - exact).abs() < 1e-5, "{level:?}: {x} is not {exact}");
                }
            }
        }
    }

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
    fn attention_agrees_with_float64_for_any_length_and_head() {
        for (n, width, n_heads) in [(1, 16, 1), (5, 24, 3), (18, 64, 2), (33, 32, 1)] {
            let qkv = numbers(n * 3 * width, 7);
            let mut out = vec![0.0; n * width];
            attention(Level::best(), &qkv, width, n_heads, &mut out, &mut AttentionSpace::default());
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
