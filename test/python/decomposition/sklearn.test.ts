// Steps that iterate stop where scikit-learn stops, and samplers and kernels answer as Python does.
import { sameAsSklearn } from '../../support/same-as-sklearn.js';

sameAsSklearn(
  'codes, factors and topics',
  `
from sklearn.decomposition import *
X = random.normal(size=(40, 5)); rows = random.normal(size=(12, 5))
atoms = random.normal(size=(4, 5))
for algorithm in ('lasso_lars', 'lasso_cd', 'lars', 'omp', 'threshold'):
    for positive in (False, True):
        if positive and algorithm in ('lars', 'omp'): continue
        case(f'{algorithm} {positive}', SparseCoder(atoms, transform_algorithm=algorithm, transform_n_nonzero_coefs=3 if algorithm in ('lars', 'omp') else None, transform_alpha=.3, positive_code=positive, split_sign=positive), X, None, rows, 'transform')
case('dictionary', DictionaryLearning(3, alpha=.8, max_iter=5, transform_algorithm='lasso_lars', random_state=0), X, None, rows, 'transform')
P, ask = np.abs(X) + .01, np.abs(rows) + .01
for loss in ('frobenius', 'kullback-leibler', 'itakura-saito', .5, 3.):
    for penalty in ({}, dict(alpha_W=.01, l1_ratio=.3)):
        case(f'multiplied {loss} {len(penalty)}', NMF(2, solver='mu', beta_loss=loss, init='nndsvda', random_state=0, max_iter=40, **penalty), P, None, ask, 'transform')
        case(f'multiplied in a batch {loss} {len(penalty)}', MiniBatchNMF(2, beta_loss=loss, init='nndsvda', random_state=0, max_iter=20, **penalty), P, None, ask, 'transform')
case('descended', NMF(2, init='nndsvda', random_state=0, alpha_W=.01, l1_ratio=.3), P, None, ask, 'transform')
counts = random.poisson(1.5, size=(40, 6)).astype(float)
case('topics', LatentDirichletAllocation(3, max_iter=3, random_state=0), counts, None, counts[:9] + 1, 'transform')
case('sparse components', SparsePCA(2, alpha=.5, max_iter=10, random_state=0), X, None, rows, 'transform')
case('factors', FactorAnalysis(2, rotation='varimax'), X, None, rows, 'transform')
case('whitened', PCA(3, whiten=True), X, None, rows, 'transform')
for kernel in ('linear', 'poly', 'rbf', 'sigmoid', 'cosine'):
    case(f'components of {kernel}', KernelPCA(2, kernel=kernel), X, None, rows, 'transform')
`,
);

sameAsSklearn(
  'clusters, mixtures, surfaces and sketches',
  `
from sklearn.cluster import *
from sklearn.cross_decomposition import *
from sklearn.covariance import EllipticEnvelope
from sklearn.kernel_approximation import *
from sklearn.kernel_ridge import KernelRidge
from sklearn.manifold import *
from sklearn.mixture import *
from sklearn.random_projection import *
X = random.normal(size=(60, 4)); rows = random.normal(size=(15, 4)); y = random.normal(size=(60, 2))
case('bisected', BisectingKMeans(9, random_state=0), X, None, rows, 'predict', 'transform')
case('birch', Birch(threshold=.9, n_clusters=3), X, None, rows, 'predict', 'transform')
case('means', KMeans(3, n_init=1, random_state=0), X, None, rows, 'predict', 'transform')
case('examples', AffinityPropagation(random_state=0), X, None, rows, 'predict')
case('no examples', AffinityPropagation(random_state=0, max_iter=1), X, None, rows, 'predict')
for pool in (np.mean, np.max, np.min, np.median): case(f'pooled by {pool.__name__}', FeatureAgglomeration(2, pooling_func=pool), X, None, rows, 'transform')
for covariance in ('full', 'tied', 'diag', 'spherical'):
    case(f'mixture {covariance}', GaussianMixture(2, covariance_type=covariance, random_state=0), X, None, rows, 'predict', 'predict_proba', 'score_samples')
    for prior in ('dirichlet_process', 'dirichlet_distribution'):
        case(f'mixture {covariance} {prior}', BayesianGaussianMixture(n_components=3, covariance_type=covariance, weight_concentration_prior_type=prior, random_state=0), X, None, rows, 'predict', 'predict_proba', 'score_samples')
case('envelope', EllipticEnvelope(random_state=0), X, None, rows, 'predict', 'decision_function', 'score_samples')
for scale in (True, False):
    for model in (PLSRegression, PLSCanonical, CCA): case(f'{model.__name__} {scale}', model(2, scale=scale), X, y, rows, 'predict', 'transform')
    case(f'PLSSVD {scale}', PLSSVD(2, scale=scale), X, y, rows, 'transform')
case('one target', PLSRegression(2), X, y[:, 0], rows, 'predict')
case('ways', Isomap(n_neighbors=6, n_components=2), X, None, rows, 'transform')
case('ways within a radius', Isomap(n_neighbors=None, radius=3.5, n_components=2), X, None, rows, 'transform')
case('local mixtures', LocallyLinearEmbedding(n_neighbors=8, n_components=2, eigen_solver='dense'), X, None, rows, 'transform')
for degree in (1, 3):
    for coef0 in (0, 1.5): case(f'sketch {degree} {coef0}', PolynomialCountSketch(degree=degree, coef0=coef0, gamma=.7, n_components=11, random_state=0), X, None, rows, 'transform')
for steps in (1, 3): case(f'chi-squared {steps}', AdditiveChi2Sampler(sample_steps=steps), np.abs(X), None, np.where(rows < 0, 0, rows), 'transform')
case('skewed', SkewedChi2Sampler(n_components=8, random_state=0), np.abs(X), None, np.abs(rows), 'transform')
case('waves', RBFSampler(n_components=8, random_state=0), X, None, rows, 'transform')
for kernel in ('poly', 'laplacian', 'cosine'): case(f'few points {kernel}', Nystroem(kernel=kernel, n_components=4, random_state=0), X, None, rows, 'transform')
for kernel in ('rbf', 'sigmoid', 'laplacian'): case(f'ridge {kernel}', KernelRidge(kernel=kernel, gamma=.1), X, y, rows, 'predict')
case('ridge chi2', KernelRidge(kernel='chi2', gamma=.1), np.abs(X), y, np.abs(rows), 'predict')
case('random directions', SparseRandomProjection(2, random_state=0), X, None, rows, 'transform')
`,
  // scikit-learn folds by way of the Fourier transform, whose error is of the size of the largest value
  { 'sketch 3 0': 1e-12, 'sketch 3 1.5': 1e-12 },
);
