"""Writes the context model as an ONNX graph with weights in 8 bits.

The recurrent weights have 7 bits (reduced range), so that processors without VNNI compute the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

Floats = npt.NDArray[np.float32]
OPSET = 17
IR_VERSION = 9
"""Old enough for every onnxruntime since 1.15."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt.

    `onward` and `backward` hold input weights, recurrent weights and two biases with gates in the order of torch
    (input, forget, cell, output); `embedding` (words, width), `join` (width, 2 hidden).
    """

    embedding: Floats
    onward: tuple[Floats, ...]
    backward: tuple[Floats, ...]
    join: Floats
    join_bias: Floats
    bias: Floats
    scale: float


def write_graph(weights: Weights, target: Path) -> None:
    """Write `target`.

    Inputs are `words` (time, window), `lengths` (window), `places` (asked, 2: time and window) and `options`
    (asked, options), the output `scores` (asked, options). A place is scored without its own word.
    """
    graph = _Graph()
    lstms = (weights.onward, weights.backward)
    graph.packed("embedding", weights.embedding)
    graph.plain("input_weights", np.stack([_gates(part[0]) for part in lstms]))
    graph.plain("recurrent_weights", np.stack([_gates(part[1]) for part in lstms]))
    graph.plain("gate_biases", np.stack([np.concatenate((_gates(part[2]), _gates(part[3]))) for part in lstms]))
    graph.packed("join", np.ascontiguousarray(weights.join.T))
    graph.plain("join_bias", weights.join_bias)
    graph.plain("word_bias", weights.bias)
    graph.plain("scale", np.array(weights.scale, dtype=np.float32))
    for name, values in (("first", 0), ("second", 1), ("last_axis", [2])):
        graph.plain(name, np.array(values, dtype=np.int64))
    graph.plain("later", np.array([1, 0, 0, -1, 0, 0], dtype=np.int64))
    graph.plain("earlier", np.array([-1, 0, 0, 1, 0, 0], dtype=np.int64))

    graph.add("Gather", ["embedding", "words"], "embedded")
    graph.add(
        "LSTM",
        ["embedded", "input_weights", "recurrent_weights", "gate_biases", "lengths"],
        "read",
        direction="bidirectional",
        hidden_size=weights.onward[1].shape[1],
    )
    for direction, which, shift in (("onward", "first", "later"), ("backward", "second", "earlier")):
        graph.add("Gather", ["read", which], direction, axis=1)
        graph.add("Pad", [direction, shift], f"{direction}_of_neighbour")
    graph.add("Concat", ["onward_of_neighbour", "backward_of_neighbour"], "around", axis=2)
    graph.add("GatherND", ["around", "places"], "asked")
    graph.add("MatMul", ["asked", "join"], "joined")
    graph.add("Add", ["joined", "join_bias"], "shifted")
    graph.add("Tanh", ["shifted"], "bounded")
    graph.add("Mul", ["bounded", "scale"], "context")
    graph.add("Unsqueeze", ["context", "last_axis"], "column")
    graph.add("Gather", ["embedding", "options"], "option_vectors")
    graph.add("MatMul", ["option_vectors", "column"], "products")
    graph.add("Squeeze", ["products", "last_axis"], "likeness")
    graph.add("Gather", ["word_bias", "options"], "option_biases")
    graph.add("Add", ["likeness", "option_biases"], "scores")
    graph.write(target)


def _gates(rows: Floats) -> Floats:
    """From the order of torch to that of ONNX: input, output, forget, cell."""
    into, forget, cell, out = np.split(rows, 4)
    return np.concatenate((into, out, forget, cell))


class _Graph:
    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def plain(self, name: str, values: npt.NDArray[np.generic]) -> None:
        self._constants.append(numpy_helper.from_array(values, name))

    def packed(self, name: str, values: Floats) -> None:
        """A matrix as 8-bit steps with a step size for each row; it is unfolded when the model is loaded."""
        step = (np.abs(values).max(axis=-1, keepdims=True) / 127 + 1e-12).astype(np.float32)
        self.plain(f"{name}_steps", np.rint(values / step).astype(np.int8))
        self.plain(f"{name}_step", step)
        self.add("Cast", [f"{name}_steps"], f"{name}_wide", to=TensorProto.FLOAT)
        self.add("Mul", [f"{name}_wide", f"{name}_step"], name)

    def add(self, kind: str, inputs: list[str], output: str, **attributes: int | str) -> None:
        self._nodes.append(helper.make_node(kind, inputs, [output], **attributes))

    def write(self, target: Path) -> None:
        value = helper.make_tensor_value_info
        inputs = [
            value("words", TensorProto.INT64, ["time", "windows"]),
            value("lengths", TensorProto.INT32, ["windows"]),
            value("places", TensorProto.INT64, ["asked", 2]),
            value("options", TensorProto.INT64, ["asked", "options"]),
        ]
        outputs = [value("scores", TensorProto.FLOAT, ["asked", "options"])]
        graph = helper.make_graph(self._nodes, "context", inputs, outputs, self._constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
        onnx.checker.check_model(model)
        target.parent.mkdir(parents=True, exist_ok=True)
        quantize_dynamic(
            model,
            target,
            op_types_to_quantize=["LSTM"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
        )
