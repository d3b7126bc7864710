"""`top_n_similar` and `pairwise_cosine` against NumPy."""

import numpy as np
import pytest
import scipy.sparse as sp

from storydiff import pairwise_cosine, top_n_similar


def expected(a, b, n, min_similarity):
    a, b = (np.asarray(x, dtype=np.float64) for x in (a, b))
    lengths = np.linalg.norm(a, axis=1)[:, None] * np.linalg.norm(b, axis=1)[None]
    cosine = np.divide(a @ b.T, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    for row in cosine:
        order = np.lexsort((np.arange(len(row)), -row))
        yield [(row[i], i) for i in order if row[i] != 0 and row[i] >= min_similarity][:n]


@pytest.mark.parametrize("kind", [np.asarray, sp.csr_array, sp.csc_matrix, sp.coo_array])
@pytest.mark.parametrize("min_similarity", [0.0, 0.4])
def test_top_n_similar_finds_the_nearest(kind, min_similarity):
    random = np.random.default_rng(1)
    a, b = (random.random((rows, 40)) * (random.random((rows, 40)) < 0.2) for rows in (70, 300))
    a[3] = 0
    found = top_n_similar(kind(a), kind(b), 5, min_similarity)
    assert found.shape == (70, 300)
    assert (found.dtype, found.indices.dtype) == (np.float32, np.int32)
    for row, neighbours in enumerate(expected(a, b, 5, min_similarity)):
        part = slice(found.indptr[row], found.indptr[row + 1])
        np.testing.assert_allclose(found.data[part], [x for x, _ in neighbours], atol=1e-6)
        assert found.indices[part].tolist() == [i for _, i in neighbours]


@pytest.mark.parametrize("kind", [np.asarray, sp.csr_array])
def test_top_n_similar_is_the_same_on_any_number_of_threads(kind):
    random = np.random.default_rng(2)
    rows = kind((random.random((500, 30)) * (random.random((500, 30)) < 0.3)).round(1))
    one, two = (top_n_similar(rows, rows, 7, n_threads=n_threads) for n_threads in (1, 2))
    assert np.array_equal(one.data, two.data)
    assert np.array_equal(one.indices, two.indices)


def test_top_n_similar_ties_go_by_column():
    rows = np.ones((50, 3))
    assert top_n_similar(rows, rows, 4).indices.tolist() == [0, 1, 2, 3] * 50
    assert top_n_similar(sp.csr_array(rows), rows, 4).indices.tolist() == [0, 1, 2, 3] * 50


@pytest.mark.parametrize("kind", [np.asarray, sp.csr_array])
def test_top_n_similar_edges(kind):
    rows = kind(np.eye(3, dtype=np.float32))
    assert top_n_similar(rows, rows, 0).nnz == 0
    assert top_n_similar(rows, rows, 99).nnz == 3
    assert top_n_similar(kind(np.zeros((0, 3))), rows, 2).shape == (0, 3)
    assert top_n_similar(rows, kind(np.zeros((0, 3))), 2).shape == (3, 0)
    with pytest.raises(ValueError, match="columns of b: expected 3, got 2"):
        top_n_similar(rows, kind(np.zeros((1, 2))), 2)
    with pytest.raises(ValueError, match="NaN or infinity in row 1"):
        top_n_similar(rows, kind(np.array([[1, 2, 3], [0, np.nan, 1]])), 2)
    with pytest.raises(ValueError, match="n must be a whole number of at least 0"):
        top_n_similar(rows, rows, -1)


def test_top_n_similar_leaves_its_input_alone():
    rows = sp.csr_array((np.ones(4, np.float32), np.array([2, 0, 0, 1]), np.array([0, 3, 4])), shape=(2, 3))
    before = rows.indices.copy()
    assert top_n_similar(rows, [[2, 0, 1]], 1).data[0] == pytest.approx(1.0)
    assert np.array_equal(rows.indices, before)


def test_pairwise_cosine_agrees_with_numpy():
    random = np.random.default_rng(3)
    a, b = random.normal(size=(101, 33)), random.normal(size=(70, 33))
    a[5] = 0
    unit = [x / np.maximum(np.linalg.norm(x, axis=1), 1e-30)[:, None] for x in (a, b)]
    np.testing.assert_allclose(pairwise_cosine(a, b), unit[0] @ unit[1].T, atol=1e-6)
    assert pairwise_cosine(np.zeros((0, 2)), np.zeros((3, 2))).shape == (0, 3)
