//! The core's errors as Python exceptions, variant by variant, under one base class.

use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyKeyboardInterrupt, PyValueError};
use pyo3::prelude::*;

use crate::error::Error;

create_exception!(_storydiff, StorydiffError, PyException, "Base class of every storydiff error.");
create_exception!(_storydiff, ModelError, StorydiffError, "A model or tokenizer file cannot be used.");

impl From<Error> for PyErr {
    fn from(error: Error) -> Self {
        let message = error.to_string();
        match error {
            Error::DuplicateArticle { .. }
            | Error::InvalidParameter { .. }
            | Error::ShapeMismatch { .. }
            | Error::Saved { .. }
            | Error::UnknownLanguage { .. } => PyValueError::new_err(message),
            Error::Model { .. } | Error::Tokenizer { .. } => ModelError::new_err(message),
            Error::Interrupted => PyKeyboardInterrupt::new_err(message),
        }
    }
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("StorydiffError", module.py().get_type::<StorydiffError>())?;
    module.add("ModelError", module.py().get_type::<ModelError>())
}
