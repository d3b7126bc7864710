//! A matrix of a network as it is stored, in 4 or 8 bits or as floats, and its product with rows.

use super::weights::Weights;
use crate::error::Result;
use crate::kernel::{ByteRows, FloatMatrix, GROUP, Int4Matrix, Int8Matrix, Level, has_few_bits};

/// A matrix and what is added to its products.
#[derive(Debug)]
pub enum Linear {
    /// Four bits a factor.
    Int4(Int4Matrix),
    /// Eight bits a factor.
    Int8(Int8Matrix),
    /// Four bits a factor, and four bits for what training added to it since.
    Tuned(Int4Matrix, Int4Matrix),
    /// As floats.
    Float(FloatMatrix),
}

impl Linear {
    /// Rows through the matrix; `bytes` is room for them as integers.
    pub fn apply(&self, level: Level, rows: &[f32], bytes: &mut ByteRows, out: &mut Vec<f32>) {
        match self {
            Self::Int4(matrix) => {
                bytes.fill(level, rows, matrix.n_in());
                out.resize(rows.len() / matrix.n_in() * matrix.n_out(), 0.0);
                matrix.multiply(level, bytes, out);
            }
            Self::Int8(matrix) => {
                bytes.fill(level, rows, matrix.n_in());
                out.resize(rows.len() / matrix.n_in() * matrix.n_out(), 0.0);
                matrix.multiply(level, bytes, out);
            }
            Self::Tuned(matrix, added) => {
                bytes.fill(level, rows, matrix.n_in());
                let n = rows.len() / matrix.n_in() * matrix.n_out();
                let mut more = vec![0.0; n];
                out.resize(n, 0.0);
                matrix.multiply(level, bytes, out);
                added.multiply(level, bytes, &mut more);
                out.iter_mut().zip(&more).for_each(|(out, more)| *out += more);
            }
            Self::Float(matrix) => {
                out.resize(rows.len() / matrix.n_in() * matrix.n_out(), 0.0);
                matrix.multiply(level, rows, out);
            }
        }
    }

    /// A matrix of two parts of 4 bits and no bias: `NAME.q4` and, for what the first leaves out, `NAME.more.q4`.
    pub fn packed(weights: &Weights, name: &str, n_in: usize, n_out: usize) -> Result<Self> {
        let none = vec![0.0; n_out];
        let part = |name: String| Self::int4(weights, &[name], n_in, n_out, &none);
        Ok(Self::Tuned(part(name.to_owned())?, part(format!("{name}.more"))?))
    }

    /// The matrices with what training added to them: `NAME.weight.q4` in `added` is a difference, `NAME.bias` is new.
    pub(super) fn tuned(
        weights: &Weights,
        added: &Weights,
        names: &[String],
        n_in: usize,
        n_out: usize,
    ) -> Result<Self> {
        let bias = Self::biases(added, names, n_out)?;
        let names: Vec<String> = names.iter().map(|name| format!("{name}.weight")).collect();
        let matrix = Self::int4(weights, &names, n_in, n_out, &bias)?;
        Ok(Self::Tuned(matrix, Self::int4(added, &names, n_in, n_out, &vec![0.0; bias.len()])?))
    }

    /// What is added to the products of several matrices.
    fn biases(weights: &Weights, names: &[String], n_out: usize) -> Result<Vec<f32>> {
        let mut bias = Vec::new();
        for name in names {
            bias.extend(weights.floats(&format!("{name}.bias"), &[n_out])?);
        }
        Ok(bias)
    }

    /// Matrices of 4 bits, `NAME.q4` with `NAME.scale`, as one.
    fn int4(weights: &Weights, names: &[String], n_in: usize, n_out: usize, bias: &[f32]) -> Result<Int4Matrix> {
        let (rows, scales) = Self::integers(weights, names, 4, n_in, n_out)?;
        Ok(Int4Matrix::new(&rows, &scales, n_in, bias))
    }

    /// The rows and scales of several matrices of 4 or 8 bits, end to end.
    fn integers(
        weights: &Weights,
        names: &[String],
        bits: usize,
        n_in: usize,
        n_out: usize,
    ) -> Result<(Vec<u8>, Vec<f32>)> {
        if !n_in.is_multiple_of(GROUP) || !n_out.is_multiple_of(GROUP) {
            let reason = format!("{bits}-bit matrices come in multiples of {GROUP}, got {n_out} x {n_in}");
            return Err(weights.error(reason));
        }
        let (mut rows, mut scales) = (Vec::new(), Vec::new());
        for name in names {
            rows.extend_from_slice(&weights.bytes(&format!("{name}.q{bits}"), &[n_out, n_in * bits / 8])?);
            let scale = format!("{name}.scale");
            scales.extend(weights.floats(&scale, &[n_out, n_in / GROUP])?);
            if scales.iter().any(|scale| !has_few_bits(*scale)) {
                return Err(weights.error(format!("tensor {scale} must hold floats of 16 bits")));
            }
        }
        Ok((rows, scales))
    }

    /// Several matrices of one input as one, `names` without `.weight` and `.bias`.
    pub(super) fn read(weights: &Weights, names: &[String], n_in: usize, n_out: usize) -> Result<Self> {
        let bias = Self::biases(weights, names, n_out)?;
        let names: Vec<String> = names.iter().map(|name| format!("{name}.weight")).collect();
        if weights.has(&format!("{}.q4", names[0])) {
            return Ok(Self::Int4(Self::int4(weights, &names, n_in, n_out, &bias)?));
        }
        if weights.has(&format!("{}.q8", names[0])) {
            let (rows, scales) = Self::integers(weights, &names, 8, n_in, n_out)?;
            return Ok(Self::Int8(Int8Matrix::new(&rows, &scales, n_in, &bias)));
        }
        let mut rows = Vec::new();
        for name in &names {
            rows.extend(weights.floats(name, &[n_out, n_in])?);
        }
        Ok(Self::Float(FloatMatrix::new(&rows, n_in, &bias)))
    }
}
