#===- differences.py - gradients by central differences --------------------===#
#
# Every element of every gradient that a backward kernel gives, against the slope of the forward kernel, in f64.
#
#===----------------------------------------------------------------------===#

import numpy as np

import normtest as nt

# Central differences are off by h^2 times a third derivative, and by the rounding of L over h.
STEP, TOLERANCE = 1e-5, 1e-7


def listed(outputs):
    return outputs if isinstance(outputs, list) else [outputs]


def check(name, forward, inputs, out_gradients, gradients):
    """`forward`: a kernel. gradients: name of an input to what the backward kernel says. out_gradients: for the first
    outputs."""
    def loss(values):
        return sum((y * d).sum() for y, d in zip(listed(forward(*values.values())), out_gradients))

    for target, got in gradients.items():
        slopes = np.zeros(inputs[target].shape)
        for i in np.ndindex(slopes.shape):
            ends = []
            for sign in (1, -1):
                moved = dict(inputs)
                moved[target] = inputs[target].copy()
                moved[target][i] += sign * STEP
                ends.append(loss(moved))
            slopes[i] = (ends[0] - ends[1]) / (2 * STEP)
        error = np.abs(slopes - got.reshape(slopes.shape))
        if not error.max() < TOLERANCE * max(1, np.abs(slopes).max()):
            i = np.unravel_index(np.argmax(error), error.shape)
            nt.fail(f"{name}: d{target} at {[int(k) for k in i]} is {got.reshape(slopes.shape)[i]}, "
                    f"the slope is {slopes[i]}")
