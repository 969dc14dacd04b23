"""A network of affine layers in scikit-learn."""

import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier


class ScikitLearnTraining:
    tool = f"scikit-learn {sklearn.__version__}"

    def __init__(self, data, options):
        self.inputs, self.labels = data[0].reshape(len(data[0]), -1), data[1]
        hidden = [int(width) for width in options.arch.split("-")[1:-1]]
        if not hidden:
            raise ValueError("MLPClassifier needs a hidden layer")
        self.classes = np.unique(self.labels)
        self.model = MLPClassifier(
            hidden, activation={"relu": "relu", "sigmoid": "logistic"}[options.activation], solver="sgd",
            learning_rate_init=options.learning_rate, momentum=0, nesterovs_momentum=False, alpha=0,
            batch_size=options.batch_size, random_state=1)

    def run_epoch(self):
        self.model.partial_fit(self.inputs, self.labels, classes=self.classes)

    def accuracy(self, images, labels):
        return float(self.model.score(images.reshape(len(images), -1), labels))
