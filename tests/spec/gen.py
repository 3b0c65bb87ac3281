"""temporary: writes the fixture, to be reviewed by hand"""
BASE = {
"schema": "schema: 1",
"network": "network: {inputs: 2, layers: [{size: 3, activation: relu}, {size: 1, activation: linear}]}",
"parameters": "parameters: {weights: [[[1, 2], [3, 4], [5, 6]], [[7, 8, 9]]], biases: [[0, 0, 0], [0.5]]}",
"data": "data: [{inputs: [1, 2], targets: [1]}]",
"loss": "loss: squared-error",
}
CASES = [
("A matrix has a row too few", dict(parameters="parameters: {weights: [[[1, 2], [3, 4]], [[7, 8, 9]]], biases: [[0, 0, 0], [0.5]]}")),
("A row has a number too few (a missing weight)", dict(parameters="parameters: {weights: [[[1, 2], [3], [5, 6]], [[7, 8, 9]]], biases: [[0, 0, 0], [0.5]]}")),
("A matrix is transposed", dict(parameters="parameters: {weights: [[[1, 3, 5], [2, 4, 6]], [[7, 8, 9]]], biases: [[0, 0, 0], [0.5]]}")),
("Both matrices are transposed, orientation row", dict(parameters="parameters:\n  orientation: row\n  weights: [[[1, 2], [3, 4], [5, 6]], [[7, 8, 9]]]\n  biases: [[0, 0, 0], [0.5]]")),
("A matrix too many", dict(parameters="parameters: {weights: [[[1, 2], [3, 4], [5, 6]], [[7, 8, 9]], [[1]]], biases: [[0, 0, 0], [0.5]]}")),
("A level of brackets is missing", dict(parameters="parameters: {weights: [[[1, 2], [3, 4], [5, 6]], [7, 8, 9]], biases: [[0, 0, 0], [0.5]]}")),
("Biases of the wrong length", dict(parameters="parameters: {weights: [[[1, 2], [3, 4], [5, 6]], [[7, 8, 9]]], biases: [[0, 0], [0.5]]}")),
("Biases are missing", dict(parameters="parameters: {weights: [[[1, 2], [3, 4], [5, 6]], [[7, 8, 9]]]}")),
("Biases for a layer without biases", dict(network="network:\n  inputs: 2\n  layers:\n    - {size: 3, activation: relu, bias: false}\n    - {size: 1, activation: linear}")),
("An unknown activation", dict(network="network: {inputs: 2, layers: [{size: 3, activation: rellu}, {size: 1, activation: linear}]}")),
("An expression with a wrong character", dict(network="network: {inputs: 2, layers: [{size: 3, activation: 2*x + $}, {size: 1, activation: linear}]}")),
("An expression with an unknown name, in quotes", dict(network="network: {inputs: 2, layers: [{size: 3, activation: 'x * y'}, {size: 1, activation: linear}]}")),
("An expression that would run code", dict(network='network: {inputs: 2, layers: [{size: 3, activation: "__import__(\'os\').system(\'id\')"}, {size: 1, activation: linear}]}')),
("An expression without x", dict(network='network: {inputs: 2, layers: [{size: 3, activation: 2*3}, {size: 1, activation: linear}]}')),
("A truth value in another spelling", dict(network='network: {inputs: 2, layers: [{size: 3, activation: relu, bias: yes}, {size: 1, activation: linear}]}')),
("No layers", dict(network="network: {inputs: 2, layers: []}", parameters="parameters: {weights: []}")),
("Too many neurons and inputs", dict(network="network: {inputs: 65, layers: [{size: 100, activation: relu}]}", parameters="parameters: {weights: [[[1]]], biases: [[1]]}")),
("A size that is no whole number", dict(network="network: {inputs: 2.0, layers: [{size: three, activation: relu}]}", parameters="parameters: {weights: [[[1]]], biases: [[1]]}")),
("An unknown key", dict(network="network: {inputs: 2, layers: [{size: 3, activaton: relu}, {size: 1, activation: linear}]}")),
("An unknown key at the top", {"loss": "loss: squared-error\nnumber: {decimals: 3}"}),
("Missing keys", {"network": "network: {inputs: 2}", "data":"data: [{inputs: [1, 2]}]"}),
("Another version", dict(schema="schema: 2")),
("A title that is too long", {"loss":"loss: squared-error\ntitle: "+"t"*201}),
("A duplicate key", dict(network="network:\n  inputs: 2\n  layers: [{size: 3, activation: relu}, {size: 1, activation: linear}]\n  inputs: 3")),
("Aliases and anchors", dict(data="data: [{inputs: &a [1, 2], targets: *a}]")),
("A merge key", dict(data="data: [{inputs: [1, 2], targets: [1], <<: {a: 1}}]")),
("Tags", dict(data="data: [{inputs: [!!float 1, 2], targets: [!!python/name:os.system 1]}]")),
("Numbers that are not finite", dict(data="data: [{inputs: [.inf, -.inf], targets: [.nan]}]")),
("A number that is too large", dict(data="data: [{inputs: [1e999, 1000000000001], targets: [NaN]}]")),
("Numbers with too many digits", dict(data="data: [{inputs: [1.2345678901234567890123456789012, 1e-31], targets: [0.10]}]")),
("Numbers in other spellings", dict(data="data: [{inputs: [0x10, 1_000], targets: ['1,5']}]")),
("An unknown number", dict(data="data: [{inputs: [null, ~], targets: [1]}]")),
("A fraction where decimals are written", dict(data="data: [{inputs: [1/3, 2], targets: [1]}]")),
("More than one sample", dict(data="data: [{inputs: [1, 2], targets: [1]}, {inputs: [3, 4], targets: [2]}]")),
("No sample", dict(data="data: []")),
("Samples of the wrong length", dict(data="data: [{inputs: [1, 2, 3], targets: []}]")),
("An unknown loss", dict(loss="loss: square-error")),
("A loss with wrong settings", dict(loss="loss: {kind: squared-error, factor: 1/0, reduction: mean, name: '\\input{x}'}")),
("A loss of another kind", dict(loss="loss: [squared-error]")),
("A factor that is not positive", dict(loss="loss: {kind: squared-error, factor: 0/5}")),
("An update without its learning rate", {"loss":"loss: squared-error\nupdate: {rule: adam}"}),
("A learning rate that is not positive", {"loss":"loss: squared-error\nupdate: {learning_rate: -0.1}"}),
("A difference check", {"loss":"loss: squared-error\nfinite_difference: {epsilon: 0, scheme: centrall}"}),
("Kinks", {"loss":"loss: squared-error\nkinks: {relo: 0, relu: half}"}),
("Digits stated twice and in a wrong range", {"loss":"loss: squared-error\nnumbers: {decimals: 4, significant: 3, by: {a.*: {decimals: 21}, z.*: {}}}"}),
("Words of the number policy", {"loss":"loss: squared-error\nnumbers: {rounding: halfup, carry: exakt}"}),
("Settings of notation and style", {"loss":"loss: squared-error\nnotation: {preset: numbred, learning_rate: [1]}\nstyle: slide"}),
("A control character in an escape", {"loss":"loss: squared-error\ntitle: \"a\\x07b\""}),
("A list instead of a mapping", "- schema: 1\n"),
("A word instead of a mapping", "schema\n"),
("Nothing", "# only a comment\n"),
("A second document", "SPEC\n---\nschema: 1\n"),
("An unterminated quote", dict(loss="loss: 'squared-error")),
("An unclosed bracket", dict(data="data: [{inputs: [1, 2], targets: [1]}")),
("A colon too many", dict(loss="loss: kind: squared-error")),
("A key that is a list", {"loss":"loss: squared-error\n? [a, b]\n: 1"}),
("Many problems at once, in the order of the text", {"schema":"schema: one", "network":"network: {inputs: 0, layers: [{size: 3, activation: sigmoyd}, {size: 1, activation: '2*'}]}","parameters":"parameters: {weights: [[[1, 2], [3, oops], [5, 6]], [[7, 8]]], biases: [[0, 0, *b], [0.5]]}", "loss":"loss: squared-error\nupdte: {learning_rate: 0.1}"}),
]
import sys; sys.path.insert(0,"/work/main")
from symback.spec.load import load_text, KnownNames
from symback.spec.problems import SymbackError
NAMES=KnownNames(("notes","slides"),("layer-letters","numbered"))
out=["# Bad specs, and what their authors are told\n\nEach section holds a spec and the report on it, one line for each problem.\n"]
for name,case in CASES:
    base="\n".join(BASE.values())
    if isinstance(case,dict):
        text="\n".join(case.get(k,v) for k,v in BASE.items())+"\n"
    else: text=case.replace("SPEC",base)
    try: load_text(text,"spec.yaml",NAMES); msg="NO ERROR"
    except SymbackError as e: msg=str(e)
    assert "NO ERROR" not in msg,name
    out.append(f"## {name}\n\n```yaml\n{text}```\n\n```text\n{msg}\n```\n")
open("/work/main/tests/spec/bad_specs.md","w").write("\n".join(out))
