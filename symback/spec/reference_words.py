"""What the reference of a spec says where no model or table says it: introductions, names, places, entries."""

ABOUT = """
Every key that a spec may have. This page is written by `make demo` from the model that reads specs; the same model
gives editors a JSON Schema (`symback schema`).

A spec is a YAML file in UTF-8. Keys that stand nowhere below are refused, and so are keys that stand twice.
A *section* is a mapping with keys of its own and has a table of its own below; *its defaults* are those given there.

A spec says in one of two ways what is worked out: as a network (`network`, `parameters`, `data` and `loss`) or as plain
`equations` (with `values`, `samples`, `output` and `by`); it has keys of one way only. Several
specs share a page as `parts`.

Numbers are decimals and are taken exactly as they are written: `0.1` is one tenth, and `2.0` is printed as `2.0`. They
have at most 30 digits and 30 decimals and are no larger than 10^12. In Python a float means its shortest decimal, and
`Decimal`, `Fraction`, `int` and `str` are taken exactly. Only `loss.factor` and
`loss.penalty.factor` may be a fraction of whole numbers such as `1/2`. Numbers have no units.
"""

RULES = """
An activation may also be an expression in `x`: sums, products, quotients and powers (`^` or `**`) of decimals, `x`, `e`
and `pi`; `exp`, `log`, `ln`, `sin`, `cos`, `tanh`, `sqrt`, `abs`, `max`, `min`; and `cases(value, condition, value,
condition)` with `<`, `<=`, `>`, `>=`, `=`, `!=`. Examples: `2*x`, `max(0.1*x, x)`, `cases(x, x > 0, 0.1*x, x <= 0)`. It
is read, never run.

At a kink the derivative does not exist; `kinks` says what is taken there. In an expression, `max` and `min` take the
derivative of the argument that is a plain number, or else of the first one, and `abs` takes 0.

A loss has one term for each output, with the prediction $y$ and the target $t$; `loss.factor` stands in front of it.

A penalty $R$ is added to the loss $L$ of the sample that is learned from, or once to the mean or sum over all samples;
the update follows both together, $L_{\\mathrm{reg}} = L + R$. `loss.penalty.factor` is $\\lambda$, and the sum is over
the parameters $w$ in the penalty, each of them once. `factor` and `reduction` of the loss do not touch it.
"""

EQUATIONS = """
An equation is `NAME = FORMULA`. A name starts with a letter and has letters, digits and single underscores; what
follows an underscore, and digits at the end, are printed as indices, Greek letters by their names as such: `w_1`,
`net_h1`, `theta0`, `y_hat`. A formula is an expression like those of activations over such names, and may call the
activations themselves: `relu(z)`, `sigmoid(w*x + b)`, `leaky_relu(z)`. `log` and `ln` are the natural logarithm; `e`
and `pi` are the constants, unless they are among the names.

The order does not matter, as long as there is one in which the equations can be worked out. A name without an equation
has its number under `values`, or under `samples` where it changes; where none has one, all are symbols. Under `given`
the value of an intermediate result may be stated, and gradients of an output without an equation: `{"L:a": 0.3}`.
"""

QUANTITIES = """
Every number of a network has an id, which depends on neither notation nor orientation. `L` is the number of the layer
that is entered; everything counts from 1. `symback evaluate` prints its numbers under these ids. With several samples,
what belongs to sample `S` has `@S` behind its id: `a.1.2@3`.
"""

IDS = {
    "`x.J`": "input `J`",
    "`t.K`": "target of output `K`",
    "`w.L.TO.FROM`": "weight of neuron `TO` in layer `L` for neuron `FROM` of the layer before (or input `FROM`)",
    "`b.L.I`": "bias of neuron `I` in layer `L`",
    "`z.L.I`": "its pre-activation: what enters the activation",
    "`a.L.I`": "its activation; that of the last layer is output `I`",
    "`loss`": "the loss",
    "`loss.K`": "the term of output `K`, where there are several outputs",
    "`penalty`": "the penalty on the loss, where there is one; its factor is `penalty_factor`",
    "a name of your own": "the quantity of that name, where there are plain equations",
}
"""Ids of quantities, with what they stand for."""

NUMBERS = """
A number whose decimals end within the digits asked for is printed exactly, with one decimal at least where any are
asked for: `1.5`, `6.0`; with `zeros: full` all its zeros follow. Every other number is rounded and keeps its zeros:
`-0.06910`. A number that would be printed as 0 without being 0 gets two significant digits instead.

A pattern under `numbers.by` is matched with the whole name of a number:

| name | number |
| --- | --- |
| an id, such as `a.2.1` | the quantity itself; numbers of the spec are always printed as they are written there |
| `gradient.ID`, such as `gradient.w.2.1.1` | the derivative of the loss, or of one term of it, by that quantity |
| `local.ID`, such as `local.a.2.1` | the derivatives of that quantity by those that it is computed from |
| `delta.L.I`, such as `delta.2.1` | the derivative of the loss by `z.L.I`, where the page gives it a name of its own |
| `updated.ID`, such as `updated.w.2.1.1` | the parameter after the update |
| `difference` | the quotient of a difference check: this very word, no pattern; 8 decimals if nothing is said |

In a pattern `*` stands for any characters, points included, `?` for one, and `[12]` for one of those listed. Where
several patterns match, the last one counts: `{"a.*": {decimals: 4}, a.3.1: {decimals: 3}}`.
"""

STYLES = """
A style decides what stands on the page and in which order; every network can be written in every style. Without
`notation` the style's own one is used. Options are numbers and stand beside `name`: `style: {name: slides, vanishing:
0.1}`.
"""

NOTATIONS = """
A notation has all of these entries. A spec takes one by name (`notation: numbered`), or names it as `preset` and writes
single entries anew: `notation: {preset: numbered, learning_rate: \\alpha}`. Entries about which nothing else is said
are patterns for symbols, which are explained below. The file of a notation may have one more entry, `functions`: what
the page calls an activation, by its name, as in `functions: {sigmoid: \\sigma}`. Under `names` a spec gives single
quantities symbols of their own; no two quantities may have the same.
"""

ENTRIES = {
    "orientation": "`row`: vectors are rows, $x W + b$; `column`: vectors are columns, $W x + b$",
    "product": "sign of a product: `times`, `dot` or `star`",
    "juxtapose": "`yes`: a product of two symbols needs no sign; `no`: it always has one",
    "hidden_letters": "letters of the hidden layers in order, such as `jk`, for `<letter>`; at least one each",
    "input_letter": "letter of the input",
    "output_letter": "letter of the last layer",
    "neuron": "what stands for a neuron inside the indices of a weight or bias, at `<to>` and `<from>`",
    "input": "an input",
    "single_input": "the input, where there is only one",
    "target": "the target of an output",
    "single_target": "the target, where there is only one output",
    "weight": "a weight",
    "bias": "a bias",
    "output_bias": "a bias of the last layer",
    "pre_activation": "a pre-activation",
    "output_pre_activation": "a pre-activation of the last layer",
    "activation": "an activation",
    "output_activation": "an output",
    "loss": "the loss of several outputs together; `loss.name` takes precedence",
    "single_loss": "the loss, where there is only one output; `loss.name` takes precedence",
    "loss_term": "the term of one output, where there are several",
    "learning_rate": "the learning rate",
    "delta": "the derivative of the loss by a pre-activation",
    "sample": "what is added to a symbol to say which sample it belongs to: a subscript or superscript alone",
    "batch_loss": "the loss of all samples together",
    "penalty": "the penalty; left out, `R`",
    "penalty_factor": "the factor of the penalty; left out, `\\lambda`",
    "input_vector": "the vector of inputs",
    "target_vector": "the vector of targets",
    "weight_matrix": "the weights of a layer",
    "bias_vector": "the biases of a layer",
    "output_bias_vector": "the biases of the last layer",
    "pre_activation_vector": "the pre-activations of a layer",
    "activation_vector": "the activations of a layer",
    "output_activation_vector": "the outputs",
    "delta_vector": "the derivatives of the loss by the pre-activations of a layer",
    "update": "sign between a parameter and its new value: `=`, `←`, `⟵` or `→`",
    "new": "mark of a new value: `prime`, `plus` or `none`",
    "general_weight": "a weight in rules with letters for indices; left out, as `weight`",
    "general_bias": "a bias in such rules; left out, as other biases",
    "layout": "shape of a derivative of the loss by a vector or matrix: `denominator`, its own; `numerator`, that of "
    "its transpose; left out, `denominator`",
    "decimal_mark": "`point` or `comma`, beside which lists have semicolons; left out, that of the language; "
    "`numbers.mark` takes precedence",
}
"""What each entry of a notation says."""

PATTERNS = r"""
A pattern is a base, then perhaps a subscript behind `_` and a superscript behind `^`: `w_<to><from>^(<layer>)`.

- The base is a word (`w`, `Loss`), a LaTeX command for a symbol (`\alpha`, `\ell`), `\hat{y}`, `\mathbf{W}` or
  `<letter>`. Letters and words are printed in italics.
- In the scripts `<place>` is filled in; a letter alone is italic, a longer word upright, everything else stands for
  itself. Numbers that meet are kept apart by commas where one of them has two digits.
- What can be filled in depends on the quantity: a weight has all places but `<sample>`; whatever else belongs to a
  neuron, an input or an output lacks `<source>`, `<from_index>`, `<from_unit>`, `<number>` and `<from>` as well;
  `neuron` lacks `<to>` and `<running>` besides; vectors and matrices have those of their layer; `sample` has
  `<sample>`; the rest has none.
"""

PLACES = {
    "layer": "number of the layer",
    "previous": "number of the layer before; the input is 0",
    "next": "number of the layer where the input is counted as 1",
    "letter": "letter of the layer",
    "from_letter": "letter of the layer before",
    "tag": "short word for the layer: `in`, `hid` (`hid1`, `hid2`, … where there are several), `out`",
    "index": "number of the neuron, input or output",
    "neuron": "the same, left out where the layer has one neuron",
    "from_index": "number of the neuron, or input, from which a weight comes",
    "source": "the same, left out where there is only one",
    "unit": "number of the neuron in the network, counted layer by layer from the first input",
    "from_unit": "number in the network of what a weight comes from, counted likewise",
    "number": "number of a weight in its layer, counted neuron by neuron",
    "running": "number of a weight, bias or neuron among all that the network has, inputs not counted; left out for "
    "the only one",
    "to": "the neuron that is entered, as the entry `neuron` writes it",
    "from": "the neuron from which a weight comes, as the entry `neuron` writes it",
    "sample": "number of the sample",
}
"""What is filled in at each place of a pattern."""
