"""Comparisons of two networks by NumPy and SciPy in double precision: python inspection.py > inspection.json"""
import numpy
import scipy.optimize
import scipy.special
import scipy.stats

from common import numbers, text

COUNTS = [
    (0, 0), (1, 0), (0, 1), (3, 3), (2, 9), (10, 25), (47, 12), (130, 95), (499, 500), (1000, 1200), (5000, 5300),
    (100, 1000), (49500, 50500), (1000000, 1003000), (0, 2000),
]


def mcnemar():
    return {
        "left": [b for b, _ in COUNTS],
        "right": [c for _, c in COUNTS],
        "p": [scipy.stats.binomtest(b, b + c, 0.5).pvalue if b + c else 1.0 for b, c in COUNTS],
    }


def assignment(count, salt):
    """Costs with ties, and without."""
    tied = numpy.array(numbers(count * count, salt, 8)).reshape(count, count)
    distinct = numpy.array([(i * i * 7919 + i * 104729 + salt) % 1000003 for i in range(count * count)], float)
    distinct = distinct.reshape(count, count)
    rows, columns = scipy.optimize.linear_sum_assignment(tied)
    distinct_rows, distinct_columns = scipy.optimize.linear_sum_assignment(distinct)
    return {
        "tied": tied[rows, columns].sum(),
        "distinct": distinct[distinct_rows, distinct_columns].sum(),
    }


def network(salt):
    """Weights and biases of 6-8-5 with ReLU."""
    shapes = [(6, 8), (8,), (8, 5), (5,)]
    return [numpy.array(numbers(int(numpy.prod(s)), salt + i, 64)).reshape(s) for i, s in enumerate(shapes)]


def run(parameters, inputs):
    w1, b1, w2, b2 = parameters
    before = inputs @ w1 + b1
    after = numpy.maximum(before, 0)
    return before, after, after @ w2 + b2


def relative(a, b):
    return numpy.linalg.norm(a - b) / numpy.linalg.norm(a)


def comparison():
    inputs = numpy.array(numbers(700 * 6, 3, 16)).reshape(700, 6)
    left, right = run(network(1), inputs), run(network(2), inputs)
    logs = [scipy.special.log_softmax(values[2], axis=1) for values in (left, right)]
    divergence = (numpy.exp(logs[0]) * (logs[0] - logs[1])).sum(axis=1)
    classes = [values[2].argmax(axis=1) for values in (left, right)]
    flips = numpy.zeros((5, 5), int)
    for a, b in zip(*classes):
        flips[a, b] += 1
    labels = numpy.arange(700) * 3 % 5
    probabilities = [numpy.exp(values) for values in logs]
    return {
        "agreement": (classes[0] == classes[1]).mean(),
        "meanKL": divergence.mean(),
        "maximumLogitDifference": abs(left[2] - right[2]).max(),
        "flips": [int(v) for v in flips.flatten()],
        "leftOnlyRight": int(((classes[0] == labels) & (classes[1] != labels)).sum()),
        "rightOnlyRight": int(((classes[0] != labels) & (classes[1] == labels)).sum()),
        "layers": [relative(left[0], right[0]), relative(left[1], right[1]), relative(left[2], right[2]),
                   relative(*probabilities)],
        "means": [left[0].mean(), left[1].mean(), left[2].mean()],
        "deviations": [left[0].std(), left[1].std(), left[2].std()],
        "zeros": [float((values == 0).mean()) for values in left],
    }


print(text({
    "mcnemar": mcnemar(),
    "assignments": {str(count): assignment(count, salt) for salt, count in enumerate([1, 2, 3, 7, 20, 60], 1)},
    "comparison": comparison(),
}))
