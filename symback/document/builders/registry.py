"""The builders by the names that plans use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from symback.document.blocks import Block
from symback.document.builders import (
    backward,
    difference,
    forward,
    forward_table,
    front,
    matrices,
    matrix_backward,
    numbered_rules,
    sheet,
    terms,
)

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
    "setting": forward_table.setting,
    "loss as a rule": forward_table.loss_as_a_rule,
    "functions": forward_table.functions,
    "forward table": forward_table.forward_table,
    "rule": numbered_rules.rule,
    "example": numbered_rules.example,
    "all errors": numbered_rules.all_errors,
    "hidden weights": numbered_rules.hidden_weights,
    "update of the example": numbered_rules.update,
    "layer shapes": matrices.layers,
    "activation of z": matrices.function,
    "slope of z": matrices.slope_function,
    "matrix parameters": matrices.parameters,
    "matrix data": matrices.data,
    "matrix loss statement": matrices.stated_loss,
    "nested network": matrices.nested,
    "matrix pre-activation": matrices.pre_activation,
    "matrix activation": matrices.activation,
    "matrix loss": matrices.loss,
    "matrix rule": matrix_backward.rule,
    "matrix chain": matrix_backward.chain,
    "matrix slope": matrix_backward.slope,
    "matrix delta": matrix_backward.delta,
    "matrix gradient": matrix_backward.gradient,
    "matrix samples": matrix_backward.other_samples,
    "matrix batch gradient": matrix_backward.batch_gradient,
    "matrix new values": matrix_backward.new_values,
    "stated values": sheet.stated_values,
    "number policy": sheet.number_policy,
    "batch": sheet.batch,
    "update": sheet.update,
}
"""Every builder; adding one is one row here and one function."""
