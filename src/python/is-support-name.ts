// The classes and functions that estimators of libraries bring along in a file: an exact list, module by module.
// Nothing here is ever called. A name on this list may stand in a file; what it means is for the reader of the estimator.

const METRICS =
  'BrayCurtisDistance CanberraDistance ChebyshevDistance DiceDistance DistanceMetric EuclideanDistance HammingDistance ' +
  'HaversineDistance JaccardDistance KulsinskiDistance MahalanobisDistance ManhattanDistance MatchingDistance ' +
  'MinkowskiDistance RogersTanimotoDistance RussellRaoDistance SEuclideanDistance SokalMichenerDistance ' +
  'SokalSneathDistance WMinkowskiDistance';
const LOSSES =
  'CyAbsoluteError CyExponentialLoss CyHalfBinomialLoss CyHalfGammaLoss CyHalfMultinomialLoss CyHalfPoissonLoss ' +
  'CyHalfSquaredError CyHalfTweedieLoss CyHalfTweedieLossIdentity CyHuberLoss CyLossFunction CyPinballLoss';
const SPARSE = ['bsr', 'coo', 'csc', 'csr', 'dia', 'dok', 'lil'];

const NAMES: Readonly<Record<string, string>> = {
  builtins: 'bool bytes complex dict float frozenset int list object set str tuple',

  collections: 'OrderedDict defaultdict',

  numpy:
    'ndarray memmap generic number integer floating bool bool_ int8 int16 int32 int64 intc intp uint8 uint16 uint32 uint64 uintp ' +
    'float16 float32 float64 longdouble complex64 complex128 str_ bytes_ object_ void datetime64 timedelta64 ' +
    'abs absolute acos acosh add arccos arccosh arcsin arcsinh arctan arctan2 arctanh asin asinh atan atan2 atanh cbrt ceil ' +
    'clip conj conjugate copysign cos cosh deg2rad degrees divide equal exp exp2 expm1 fabs floor floor_divide fmax fmin ' +
    'fmod heaviside hypot invert isfinite isinf isnan log log10 log1p log2 logaddexp logaddexp2 logical_and logical_not ' +
    'logical_or logical_xor maximum minimum mod multiply nan_to_num negative not_equal positive power rad2deg radians ' +
    'reciprocal remainder rint sign signbit sin sinh sqrt square subtract tan tanh true_divide trunc ' +
    'all amax amin any around asarray atleast_2d average cumprod cumsum diff fix max mean median min nan nanmax nanmean ' +
    'nanmedian nanmin nanstd nansum nanvar prod ptp ravel reshape round std sum transpose var where',
  'numpy.core.numeric': 'nan_to_num',
  'numpy.ma': 'MaskedArray',
  'numpy.ma.core': 'MaskedArray',
  'numpy.random.mtrand': 'RandomState',
  'numpy.random._generator': 'Generator',
  'numpy.random._mt19937': 'MT19937',
  'numpy.random._pcg64': 'PCG64 PCG64DXSM',
  'numpy.random._philox': 'Philox',
  'numpy.random._sfc64': 'SFC64',
  'numpy.random.bit_generator': 'SeedSequence SeedlessSeedSequence',

  'scipy._lib.array_api_compat.numpy._aliases': 'asarray',
  'scipy.interpolate._bsplines': 'BSpline',
  ...Object.fromEntries(SPARSE.map((format) => [`scipy.sparse._${format}`, `${format}_matrix ${format}_array`])),
  ...Object.fromEntries(SPARSE.map((format) => [`scipy.sparse.${format}`, `${format}_matrix`])),
  'scipy.special._ufuncs':
    'boxcox boxcox1p entr erf erfc erfcinv erfinv exp10 exp2 expit expm1 gamma gammaln inv_boxcox inv_boxcox1p log1p ' +
    'log_expit logit ndtr ndtri xlog1py xlogy',
  'scipy.special._special_ufuncs':
    'cbrt erf erfc exp10 exp2 expit expm1 gamma gammaln log1p log_expit logit ndtr xlog1py xlogy',
  'scipy.special._logsumexp': 'softmax log_softmax logsumexp',
  'scipy.stats._distn_infrastructure': 'rv_frozen rv_continuous_frozen',
  'scipy.stats._continuous_distns':
    'beta_gen chi2_gen expon_gen gamma_gen loguniform_gen lognorm_gen norm_gen reciprocal_gen truncnorm_gen uniform_gen',

  'sklearn._loss._loss': LOSSES,
  // The name of the same module in scikit-learn 1.5.
  _loss: LOSSES,
  'sklearn._loss.glm_distribution':
    'DistributionBoundary GammaDistribution InverseGaussianDistribution NormalDistribution PoissonDistribution TweedieDistribution',
  'sklearn._loss.link': 'HalfLogitLink IdentityLink Interval LogLink LogitLink MultinomialLogit',
  'sklearn._loss.loss':
    'AbsoluteError BaseLoss ExponentialLoss HalfBinomialLoss HalfBinomialLossArrayAPI HalfGammaLoss HalfMultinomialLoss ' +
    'HalfMultinomialLossArrayAPI HalfPoissonLoss HalfPoissonLossArrayAPI HalfSquaredError HalfTweedieLoss ' +
    'HalfTweedieLossIdentity HuberLoss PinballLoss',
  'sklearn.calibration': '_CalibratedClassifier _SigmoidCalibration _TemperatureScaling',
  'sklearn.cluster._agglomerative': 'AgglomerativeClustering',
  'sklearn.cluster._birch': '_CFNode _CFSubcluster',
  'sklearn.cluster._bisect_k_means': '_BisectingTree',
  'sklearn.cluster._kmeans': '_kmeans_single_elkan _kmeans_single_lloyd',
  'sklearn.compose._column_transformer': 'make_column_selector _RemainderColsList',
  'sklearn.ensemble._gb_losses':
    'BinomialDeviance ExponentialLoss HuberLossFunction LeastAbsoluteError LeastSquaresError MultinomialDeviance ' +
    'QuantileLossFunction',
  'sklearn.ensemble._hist_gradient_boosting.loss':
    'BinaryCrossEntropy CategoricalCrossEntropy LeastAbsoluteDeviation LeastSquares Poisson',
  'sklearn.ensemble._hist_gradient_boosting.binning': '_BinMapper',
  'sklearn.ensemble._hist_gradient_boosting.predictor': 'TreePredictor',
  'sklearn.feature_extraction.text': 'strip_accents_ascii strip_accents_unicode',
  'sklearn.feature_selection._mutual_info': 'mutual_info_classif mutual_info_regression',
  'sklearn.feature_selection._univariate_selection': 'chi2 f_classif f_oneway f_regression r_regression',
  'sklearn.gaussian_process.kernels':
    'CompoundKernel ConstantKernel DotProduct ExpSineSquared Exponentiation Hyperparameter Matern PairwiseKernel Product ' +
    'RBF RationalQuadratic Sum WhiteKernel',
  'sklearn.impute._iterative': '_ImputerTriplet',
  'sklearn.linear_model._glm.link': 'IdentityLink LogLink LogitLink',
  'sklearn.linear_model._sgd_fast':
    'EpsilonInsensitive Hinge Huber Log ModifiedHuber SquaredEpsilonInsensitive SquaredHinge SquaredLoss',
  'sklearn.metrics._classification':
    'accuracy_score balanced_accuracy_score brier_score_loss cohen_kappa_score f1_score fbeta_score hamming_loss ' +
    'hinge_loss jaccard_score log_loss matthews_corrcoef precision_score recall_score zero_one_loss',
  'sklearn.metrics._dist_metrics': `${METRICS} ${METRICS.replace(/\b\w+/g, '$&32 $&64')}`,
  'sklearn.metrics._ranking':
    'average_precision_score dcg_score label_ranking_average_precision_score label_ranking_loss ndcg_score roc_auc_score ' +
    'top_k_accuracy_score',
  'sklearn.metrics._regression':
    'd2_absolute_error_score d2_pinball_score d2_tweedie_score explained_variance_score max_error mean_absolute_error ' +
    'mean_absolute_percentage_error mean_gamma_deviance mean_pinball_loss mean_poisson_deviance mean_squared_error ' +
    'mean_squared_log_error mean_tweedie_deviance median_absolute_error r2_score root_mean_squared_error ' +
    'root_mean_squared_log_error',
  'sklearn.metrics._scorer':
    '_CurveScorer _MultimetricScorer _PassthroughScorer _PredictScorer _ProbaScorer _Scorer _ThresholdScorer ' +
    '_passthrough_scorer',
  'sklearn.metrics.pairwise':
    'additive_chi2_kernel chi2_kernel cosine_distances cosine_similarity euclidean_distances haversine_distances ' +
    'laplacian_kernel linear_kernel manhattan_distances nan_euclidean_distances polynomial_kernel rbf_kernel sigmoid_kernel',
  'sklearn.model_selection._classification_threshold': '_CurveScorer',
  'sklearn.model_selection._search_successive_halving': '_refit_callable',
  'sklearn.model_selection._split':
    'GroupKFold GroupShuffleSplit KFold LeaveOneGroupOut LeaveOneOut LeavePGroupsOut LeavePOut PredefinedSplit ' +
    'RepeatedKFold RepeatedStratifiedKFold ShuffleSplit StratifiedGroupKFold StratifiedKFold StratifiedShuffleSplit ' +
    'TimeSeriesSplit',
  'sklearn.neighbors._ball_tree': 'BallTree BallTree32 BallTree64',
  'sklearn.neighbors._dist_metrics': METRICS,
  'sklearn.neighbors._kd_tree': 'KDTree KDTree32 KDTree64',
  'sklearn.neural_network._stochastic_optimizers': 'AdamOptimizer SGDOptimizer',
  'sklearn.preprocessing._data': 'KernelCenterer',
  'sklearn.preprocessing._label': 'LabelBinarizer LabelEncoder MultiLabelBinarizer',
  'sklearn.tree._tree': 'Tree',
  'sklearn.utils': 'Bunch',
  'sklearn.utils._bunch': 'Bunch',
  'sklearn.utils._metadata_requests':
    'MetadataRequest MethodMetadataRequest MethodMapping MethodPair RouterMappingPair',
  'sklearn.utils.validation': 'check_array',

  'lightgbm.basic': 'Booster',
  'xgboost.core': 'Booster',
};

const KNOWN = new Map(Object.entries(NAMES).map(([module, names]) => [module, new Set(names.split(' '))]));

export function isSupportName(module: string, name: string): boolean {
  return KNOWN.get(module)?.has(name) ?? false;
}
