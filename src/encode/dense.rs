//! A small layer of a network, in floats: a head.

use super::weights::Weights;
use crate::error::Result;
use crate::kernel::{self, Level};

/// A matrix of floats and what is added to its products.
#[derive(Debug)]
pub struct Dense {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Dense {
    /// Reads `NAME.weight` and `NAME.bias`.
    pub fn read(weights: &Weights, name: &str, n_in: usize, n_out: usize) -> Result<Self> {
        let weight = weights.floats(&format!("{name}.weight"), &[n_out, n_in])?;
        Ok(Self { weight, bias: weights.floats(&format!("{name}.bias"), &[n_out])? })
    }

    /// Each row through the layer.
    pub fn apply(&self, level: Level, rows: &[f32]) -> Vec<f32> {
        let n_in = self.weight.len() / self.bias.len();
        let mut out = vec![0.0; rows.len() / n_in * self.bias.len()];
        kernel::dense(level, rows, &self.weight, &self.bias, &mut out);
        out
    }
}
