"""The builders by the names that plans use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from symback.document.blocks import Block
from symback.document.builders import backward, difference, forward, front, sheet, terms

Builder = Callable[..., Iterator[Block]]

BUILDERS: Mapping[str, Builder] = {
    "title": front.title,
    "architecture": front.architecture,
    "data": front.data,
    "parameter values": front.parameter_values,
    "affine": forward.affine,
    "activation": forward.activation,
    "activation function": forward.function,
    "activation derivative": forward.function_derivative,
    "neurons": forward.neurons,
    "loss": forward.loss,
    "derivatives": forward.derivatives,
    "work": backward.work,
    "work all": backward.work_all,
    "work all, line by line": backward.work_all_lines,
    "work neurons": backward.work_neurons,
    "work each": backward.work_each,
    "targets": terms.targets,
    "loss list": terms.loss_list,
    "loss terms": terms.loss_terms,
    "explain": terms.explain,
    "total": terms.total,
    "conclusion": terms.conclusion,
    "difference check": difference.difference_check,
    "stated values": sheet.stated_values,
    "number policy": sheet.number_policy,
    "batch": sheet.batch,
    "update": sheet.update,
}
"""Every builder; adding one is one row here and one function."""
