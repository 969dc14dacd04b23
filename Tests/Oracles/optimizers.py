"""Ten steps of each optimiser, and schedules, by PyTorch, for the tests in Training/.

    pip install torch numpy
    python Tests/Oracles/optimizers.py > Tests/Oracles/optimizers.json

Inputs and parameters follow from `numbers`. The tests know optimisers and schedules by their names here.
"""
import torch
from torch import nn, optim

from common import numbers, text

torch.set_default_dtype(torch.float64)
SAMPLES, BATCH, STEPS = 8, 4, 10


def network():
    """batchnorm dense(5) tanh dense(3), with W[inputs, outputs]."""
    parameters, salt = [], 1
    for shape in [(4,), (4,), (4, 5), (5,), (5, 3), (3,)]:
        count = torch.Size(shape).numel()
        parameters.append(torch.tensor(numbers(count, salt, 64)).reshape(shape).requires_grad_())
        salt += 1
    return parameters


def loss_of(parameters, x, labels):
    scale, shift, w1, b1, w2, b2 = parameters
    normalized = nn.functional.batch_norm(x, None, None, scale, shift, training=True)
    return nn.functional.cross_entropy(torch.tanh(normalized @ w1 + b1) @ w2 + b2, labels)


# Name, learning rate, weight decay, clipping, PyTorch's class and settings.
CASES = [
    ("sgd", 0.5, 0, None, optim.SGD, {}),
    ("momentum", 0.1, 0, None, optim.SGD, {"momentum": 0.9}),
    ("momentum 0.5 with weight decay", 0.1, 0.25, None, optim.SGD, {"momentum": 0.5}),
    ("nesterov", 0.1, 0, None, optim.SGD, {"momentum": 0.9, "nesterov": True}),
    ("adagrad", 0.1, 0, None, optim.Adagrad, {}),
    ("rmsprop", 0.01, 0, None, optim.RMSprop, {}),
    ("rmsprop with other settings", 0.1, 0.5, None, optim.RMSprop, {"alpha": 0.75, "eps": 0.125}),
    ("adam", 0.05, 0, None, optim.Adam, {}),
    ("adam with weight decay", 0.05, 0.25, None, optim.Adam, {}),
    ("adam with other settings", 0.05, 0, None, optim.Adam, {"betas": (0.5, 0.75), "eps": 0.125}),
    ("adamw", 0.05, 0.01, None, optim.AdamW, {}),
    ("adamw with weight decay", 0.05, 0.5, None, optim.AdamW, {}),
    ("sgd with weight decay", 0.5, 0.25, None, optim.SGD, {}),
    ("sgd with clipping by norm", 0.5, 0, ("norm", 0.25), optim.SGD, {}),
    ("momentum with clipping by norm and weight decay", 0.1, 0.25, ("norm", 0.125), optim.SGD, {"momentum": 0.9}),
    ("a limit that clips nothing", 0.5, 0, ("norm", 1000), optim.SGD, {}),
    ("sgd with clipping by value", 0.5, 0, ("value", 0.0625), optim.SGD, {}),
    ("adam with clipping by value", 0.05, 0, ("value", 0.0625), optim.Adam, {}),
]


def run(rate, decay, clipping, kind, settings):
    parameters = network()
    # Weight decay is for weights alone.
    weights = [parameters[2], parameters[4]]
    others = [p for p in parameters if all(p is not w for w in weights)]
    optimizer = kind([{"params": weights, "weight_decay": decay}, {"params": others, "weight_decay": 0}],
                     lr=rate, **settings)
    x = torch.tensor(numbers(SAMPLES * 4, 0, 32)).reshape(SAMPLES, 4)
    labels = torch.tensor([i % 3 for i in range(SAMPLES)])
    losses = []
    for step in range(STEPS):
        rows = slice(step * BATCH % SAMPLES, step * BATCH % SAMPLES + BATCH)
        loss = loss_of(parameters, x[rows], labels[rows])
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        if clipping and clipping[0] == "norm":
            nn.utils.clip_grad_norm_(parameters, clipping[1])
        if clipping and clipping[0] == "value":
            nn.utils.clip_grad_value_(parameters, clipping[1])
        optimizer.step()
    return {"losses": losses, "parameters": [v for p in parameters for v in p.flatten().tolist()]}


EPOCHS, BATCHES = 7, 3


def rates(make, per_epoch):
    """The learning rates of all mini-batches, from 0.5."""
    optimizer = optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.5)
    scheduler = make(optimizer)
    values = []
    for step in range(EPOCHS * BATCHES):
        values.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if not per_epoch or (step + 1) % BATCHES == 0:
            scheduler.step()
    return values


WARM = 4


def warm_then_cosine(optimizer):
    warm = optim.lr_scheduler.LinearLR(optimizer, start_factor=1 / WARM, total_iters=WARM - 1)
    cosine = optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=EPOCHS * BATCHES - WARM, eta_min=0.125)
    return optim.lr_scheduler.SequentialLR(optimizer, [warm, cosine], milestones=[WARM])


SCHEDULES = {
    "constant": rates(lambda o: optim.lr_scheduler.ConstantLR(o, factor=1), False),
    "step": rates(lambda o: optim.lr_scheduler.StepLR(o, 2, 0.5), True),
    "exponential": rates(lambda o: optim.lr_scheduler.ExponentialLR(o, 0.75), True),
    "cosine": rates(lambda o: optim.lr_scheduler.CosineAnnealingLR(o, EPOCHS * BATCHES), False),
    "cosine with a minimum": rates(
        lambda o: optim.lr_scheduler.CosineAnnealingLR(o, EPOCHS * BATCHES, eta_min=0.125), False),
    "warm-up": rates(lambda o: optim.lr_scheduler.LinearLR(o, start_factor=1 / WARM, total_iters=WARM - 1), False),
    "warm-up and cosine with a minimum": rates(warm_then_cosine, False),
}

print(text({"optimizers": {name: run(*case) for name, *case in CASES}, "schedules": SCHEDULES}))
