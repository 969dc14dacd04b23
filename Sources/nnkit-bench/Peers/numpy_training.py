"""A network of affine layers in NumPy, as a careful textbook writes it: float32, whole batches, in place."""

import numpy as np


class NumPyTraining:
    tool = f"NumPy {np.__version__}"

    def __init__(self, data, options):
        self.inputs, self.labels = data[0].reshape(len(data[0]), -1), data[1]
        self.batch_size, self.rate = options.batch_size, np.float32(options.learning_rate)
        self.random = np.random.default_rng(1)
        self.rectifies = options.activation == "relu"
        widths = [int(width) for width in options.arch.split("-")]
        self.layers = []
        for inputs, outputs in zip(widths, widths[1:]):
            variance = 2 / inputs if self.rectifies else 2 / (inputs + outputs)
            weights = self.random.standard_normal((inputs, outputs), dtype=np.float32) * np.float32(variance**0.5)
            self.layers.append((weights, np.zeros(outputs, np.float32)))

    def activate(self, values):
        if self.rectifies:
            return np.maximum(values, 0, out=values)
        np.negative(values, out=values)
        np.exp(values, out=values)
        values += 1
        return np.reciprocal(values, out=values)

    def forward(self, inputs):
        """The input of each layer, and the logits behind the last one."""
        values = [inputs]
        for number, (weights, bias) in enumerate(self.layers, 1):
            product = values[-1] @ weights
            product += bias
            values.append(self.activate(product) if number < len(self.layers) else product)
        return values

    def step(self, inputs, labels):
        *values, logits = self.forward(inputs)
        # Softmax and cross-entropy: dL/dlogits = (probabilities - one-hot) / batch size.
        logits -= logits.max(axis=1, keepdims=True)
        gradient = np.exp(logits, out=logits)
        gradient /= gradient.sum(axis=1, keepdims=True)
        gradient[np.arange(len(labels)), labels] -= 1
        gradient /= len(labels)
        for number in range(len(self.layers) - 1, -1, -1):
            (weights, bias), before = self.layers[number], values[number]
            weight_gradient, bias_gradient = before.T @ gradient, gradient.sum(axis=0)
            if number > 0:
                gradient = gradient @ weights.T
                if self.rectifies:
                    gradient *= before > 0
                else:
                    gradient *= before
                    gradient *= np.subtract(1, before, out=before)
            weight_gradient *= self.rate
            weights -= weight_gradient
            bias_gradient *= self.rate
            bias -= bias_gradient

    def run_epoch(self):
        order = self.random.permutation(len(self.inputs))
        for start in range(0, len(order), self.batch_size):
            rows = order[start:start + self.batch_size]
            self.step(self.inputs[rows], self.labels[rows])

    def accuracy(self, images, labels):
        logits = self.forward(images.reshape(len(images), -1))[-1]
        return float((logits.argmax(axis=1) == labels).mean())
