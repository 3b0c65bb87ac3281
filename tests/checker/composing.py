r"""Two pages worked out with a pocket calculator of decimals, in the two founding styles and in words of our own.

`slides` works a 2-3-2-1 network (ReLU, sigmoid, linear) with row vectors, ``\times``, a worked example before every
matrix, updates after each layer and a table of old and new values. `scalars` works a 2-2-2 network with ``*``, one
equation per neuron, and holds every gradient against a difference quotient.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext

DECIMAL_MODES = {"half-up": ROUND_HALF_UP, "half-even": ROUND_HALF_EVEN, "truncate": ROUND_DOWN}
D = Decimal
EQUAL, ABOUT = "=", r"\approx"


@dataclass(frozen=True)
class Calculator:
    """Rounds as the page says; `printed`: goes on with what it printed, else with all digits."""

    mode: str
    printed: bool
    decimals: int = 4

    def cut(self, value: Decimal, decimals: int | None = None) -> Decimal:
        places = self.decimals if decimals is None else decimals
        with localcontext() as context:
            context.prec = 60
            return value.quantize(D(1).scaleb(-places), rounding=DECIMAL_MODES[self.mode])

    def carried(self, value: Decimal) -> Decimal:
        return self.cut(value) if self.printed else value

    def is_short(self, value: Decimal) -> bool:
        return self.cut(value) == value

    def digits(self, value: Decimal, decimals: int | None = None) -> str:
        """Return the digits that stand on the page: all if they are few, with one decimal at least."""
        cut = self.cut(value, decimals) + 0
        if cut != value and not self.printed:
            return f"{cut:f}" if cut else "0.0"
        text = f"{cut:f}".rstrip("0")
        return (text + "0" if text.endswith(".") else text) if "." in text else f"{cut:f}"

    def operands(self, work: Callable[..., Decimal], *values: Decimal, result: Decimal | None = None) -> list[str]:
        """Return operands with as few more digits as it takes for the working to give the result."""
        wanted = self.cut(work(*values) if result is None else result)
        for more in range(6):
            cuts = [self.cut(value, self.decimals + more) for value in values]
            if self.cut(work(*cuts)) == wanted:
                break
        return [self.digits(value, self.decimals + more) for value in values]

    def sign(self, *values: Decimal) -> str:
        return EQUAL if self.printed or all(self.is_short(value) for value in values) else ABOUT

    def bracketed(self, value: Decimal) -> str:
        text = self.digits(value)
        return f"({text})" if text.startswith("-") else text


def sigmoid(value: Decimal) -> Decimal:
    return 1 / (1 + (-value).exp())


def matrix(rows: Sequence[Sequence[str]]) -> str:
    return r"\begin{bmatrix} " + r" \\ ".join(" & ".join(row) for row in rows) + r" \end{bmatrix}"


def aligned(*rows: str) -> str:
    if len(rows) == 1:
        return display(rows[0].replace("&", "", 1))
    return "$$\n\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}\n$$\n"


def display(row: str) -> str:
    return f"$$\n{row}\n$$\n"


def partial(of: str, by: str) -> str:
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"


def slides(mode: str = "half-up", printed: bool = True) -> str:
    """Compose the page with row vectors."""
    with localcontext() as context:
        context.prec = 50
        return Slides(Calculator(mode, printed)).page()


LOSS = r"\mathit{Loss}"


class Slides:
    """The slides' network and its page, put together section by section."""

    x = (D("1.0"), D("-2.0"))
    first = ((D("0.5"), D("-1.0"), D("0.25")), (D("-0.75"), D("0.5"), D("-0.5")))
    second = ((D("1.0"), D("-0.5")), (D("0.25"), D("0.75")), (D("-0.5"), D("0.8")))
    third = ((D("1.5"),), (D("-0.6"),))
    biases = ((D("0.1"), D("0.2"), D("0.3")), (D("0.5"), D("-0.25")), (D("0.4"),))
    target = D("2.0")
    rate = D("0.2")

    def __init__(self, calculator: Calculator) -> None:
        self.c = c = calculator
        self.j_in = [c.carried(self.dot(self.x, self.first, i) + self.biases[0][i]) for i in range(3)]
        self.j_out = [max(D(0), value) for value in self.j_in]
        self.k_dot = [c.carried(self.dot(self.j_out, self.second, i)) for i in range(2)]
        self.k_in = [c.carried(self.k_dot[i] + self.biases[1][i]) for i in range(2)]
        self.k_out = [c.carried(sigmoid(value)) for value in self.k_in]
        self.o_dot = c.carried(self.dot(self.k_out, self.third, 0))
        self.o = c.carried(self.o_dot + self.biases[2][0])
        self.gap = c.carried(self.o - self.target)
        self.loss = c.carried(self.gap * self.gap / 2)
        self.slope = [c.carried(value * (1 - value)) for value in self.k_out]
        self.g_third = [c.carried(self.gap * value) for value in self.k_out]
        self.g_k = [c.carried(self.gap * self.third[i][0]) for i in range(2)]
        self.d_k = [c.carried(self.g_k[i] * self.slope[i]) for i in range(2)]
        self.g_second = [[c.carried(self.d_k[i] * out) for i in range(2)] for out in self.j_out]
        self.g_j = [c.carried(sum(self.d_k[i] * self.second[j][i] for i in range(2))) for j in range(3)]
        self.gate = [D(1) if value > 0 else D(0) for value in self.j_in]
        self.d_j = [c.carried(self.g_j[j] * self.gate[j]) for j in range(3)]
        self.g_first = [[c.carried(self.d_j[j] * x) for j in range(3)] for x in self.x]
        new = self.new
        self.n_third = [new(self.third[i][0], self.g_third[i]) for i in range(2)]
        self.n_o = new(self.biases[2][0], self.gap)
        self.n_second = [[new(self.second[j][i], self.g_second[j][i]) for i in range(2)] for j in range(3)]
        self.n_k = [new(self.biases[1][i], self.d_k[i]) for i in range(2)]
        self.n_first = [[new(self.first[i][j], self.g_first[i][j]) for j in range(3)] for i in range(2)]
        self.n_j = [new(self.biases[0][j], self.d_j[j]) for j in range(3)]

    @staticmethod
    def dot(row: Sequence[Decimal], columns: Sequence[Sequence[Decimal]], index: int) -> Decimal:
        return sum((value * column[index] for value, column in zip(row, columns, strict=True)), D(0))

    def new(self, old: Decimal, gradient: Decimal) -> Decimal:
        return self.c.carried(old - self.rate * gradient)

    def n(self, values: Sequence[Decimal]) -> str:
        return matrix([[self.c.digits(value) for value in values]])

    def m(self, rows: Sequence[Sequence[Decimal]]) -> str:
        return matrix([[self.c.digits(value) for value in row] for row in rows])

    def page(self) -> str:
        return "\n".join([self.start(), self.forward(), self.output(), self.middle(), self.front(), self.summary()])

    # Names.

    ins = (r"\mathrm{input}_1", r"\mathrm{input}_2")
    j_ins = tuple(rf"j_{{{i}\mathrm{{in}}}}" for i in (1, 2, 3))
    j_outs = tuple(rf"j_{{{i}\mathrm{{out}}}}" for i in (1, 2, 3))
    k_ins = tuple(rf"k_{{{i}\mathrm{{in}}}}" for i in (1, 2))
    k_outs = tuple(rf"k_{{{i}\mathrm{{out}}}}" for i in (1, 2))
    w_first = tuple(tuple(f"w_{{i_{i} j_{j}}}" for j in (1, 2, 3)) for i in (1, 2))
    w_second = tuple(tuple(f"w_{{j_{j} k_{k}}}" for k in (1, 2)) for j in (1, 2, 3))
    w_third = (("w_{k_1 o}",), ("w_{k_2 o}",))
    b_names = (("b_{j_1}", "b_{j_2}", "b_{j_3}"), ("b_{k_1}", "b_{k_2}"), ("b_{o}",))
    o_in, o_out = r"o_{\mathrm{in}}", r"o_{\mathrm{out}}"

    def start(self) -> str:
        rows = [
            ("W_{ij}", self.w_first, self.first),
            ("W_{jk}", self.w_second, self.second),
            ("W_{ko}", self.w_third, self.third),
            ("b_{j}", (self.b_names[0],), (self.biases[0],)),
            ("b_{k}", (self.b_names[1],), (self.biases[1],)),
        ]
        shown = "\n".join(display(f"{name} = {matrix(names)} = {self.m(values)}") for name, names, values in rows)
        return (
            "# A worked pass through a small network\n\n## Starting values\n\n"
            + display(
                rf"{matrix([self.ins])} = {self.n(self.x)}, \quad \mathrm{{target}} = {self.c.digits(self.target)}"
            )
            + "\n"
            + shown
            + "\n"
            + display(f"b_{{o}} = {matrix([[self.c.digits(self.biases[2][0])]])}")
        )

    def forward(self) -> str:
        c = self.c
        j_left, k_left = matrix([self.j_ins]), matrix([self.k_ins])
        j_sign, k_sign = c.sign(*self.j_in), c.sign(*self.k_in, *self.k_dot)
        out_sign = c.sign(*self.k_out)
        maxima = matrix([[rf"\max(0, {name})" for name in self.j_ins]])
        filled = matrix([[rf"\max(0, {c.digits(value)})" for value in self.j_in]])
        exps = matrix([[r"\frac{1}{1 + e^{-" + name + "}}" for name in self.k_ins]])
        exponents = matrix([[r"\frac{1}{1 + e^{" + c.digits(-value) + "}}" for value in self.k_in]])
        relu, squash = r"\mathrm{ReLU}", r"\mathrm{Sigmoid}"
        return "\n".join(
            [
                "## Forward, input to the first hidden layer\n\nMultiply, then add the bias.\n",
                aligned(
                    rf"{j_left} &= {matrix([self.ins])} \times {matrix(self.w_first)} + {matrix([self.b_names[0]])}",
                    rf"{j_left} &= {self.n(self.x)} \times {self.m(self.first)} + {self.n(self.biases[0])}",
                    rf"{j_left} &{j_sign} {self.n(self.j_in)}",
                ),
                "Send each sum through the activation.\n",
                aligned(
                    rf"{relu}({j_left}) &= {maxima}",
                    rf"{relu}({j_left}) &{j_sign} {filled}",
                    rf"{relu}({j_left}) &{j_sign} {self.n(self.j_out)}",
                    rf"{matrix([self.j_outs])} &{j_sign} {self.n(self.j_out)}",
                ),
                "## Forward, first to second hidden layer\n",
                display(
                    rf"{k_left} = {matrix([self.j_outs])} \times {matrix(self.w_second)} + {matrix([self.b_names[1]])}"
                ),
                display(
                    rf"{k_left} {k_sign} {self.n(self.j_out)} \times {self.m(self.second)} + {self.n(self.biases[1])}"
                ),
                display(rf"{k_left} {k_sign} {self.n(self.k_dot)} + {self.n(self.biases[1])}"),
                display(rf"{k_left} {k_sign} {self.n(self.k_in)}"),
                "## Forward, the sigmoid\n",
                display(rf"{squash} \Rightarrow f(x) = \frac{{1}}{{1 + e^{{-x}}}}"),
                display(rf"{squash}({k_left}) = {exps}"),
                display(rf"{squash}({k_left}) {k_sign} {exponents}"),
                display(rf"{squash}({k_left}) {out_sign} {self.n(self.k_out)}"),
                display(rf"{matrix([self.k_outs])} {out_sign} {self.n(self.k_out)}"),
                self.forward_output(),
            ]
        )

    def forward_output(self) -> str:
        c = self.c
        sign = c.sign(*self.k_out, self.o_dot, self.o)
        names = rf"[{self.k_outs[0]} \quad {self.k_outs[1]}]"
        o_in, o_out = self.o_in, self.o_out
        outs = c.operands(lambda *out: self.dot(out, self.third, 0) + self.biases[2][0], *self.k_out, result=self.o)
        (dot,) = c.operands(lambda value: value + self.biases[2][0], self.o_dot, result=self.o)
        (end,) = c.operands(lambda o: (o - self.target) ** 2 / 2, self.o, result=self.loss)
        (gap,) = c.operands(lambda value: value**2 / 2, self.gap, result=self.loss)
        return "\n".join(
            [
                "## Forward, second hidden layer to the output\n",
                aligned(
                    rf"[{o_in}] &= {names} \times {matrix(self.w_third)} + [b_o]",
                    rf"[{o_in}] &{sign} {matrix([outs])} \times {self.m(self.third)} + [b_o]",
                    rf"[{o_in}] &{sign} [{dot}] + [{c.digits(self.biases[2][0])}]",
                    rf"[{o_in}] &{sign} [{c.digits(self.o)}]",
                ),
                display(rf"\mathrm{{Linear}}({o_in}) {sign} {c.digits(self.o)}"),
                display(rf"{o_out} {sign} {c.digits(self.o)}"),
                "## The loss\n",
                aligned(
                    rf"{LOSS} &= \frac{{1}}{{2}}({o_out} - \mathrm{{target}})^{{2}}",
                    rf"{LOSS} &{sign} \frac{{1}}{{2}}({end} - {c.digits(self.target)})^{{2}}",
                    rf"{LOSS} &{sign} \frac{{1}}{{2}}({gap})^{{2}}",
                    rf"{LOSS} &{sign} {c.digits(self.loss)}",
                ),
                "## Derivatives to keep at hand\n",
                display(r"y = \max(0, x)"),
                display(rf"{partial('y', 'x')} = \begin{{cases}} 1 & x > 0 \\ 0 & x \leq 0 \end{{cases}}"),
                display(r"y = \frac{1}{1 + e^{-x}}"),
                display(rf"{partial('y', 'x')} = y \times (1 - y)"),
            ]
        )

    def updates(
        self, olds: Sequence[str], values: Sequence[Decimal], gradients: Sequence[Decimal], news: Sequence[Decimal]
    ) -> str:
        c = self.c
        rows = []
        for name, old, gradient, new in zip(olds, values, gradients, news, strict=True):
            base, _, index = name.partition("_")
            sign = c.sign(gradient, new)
            (digits,) = c.operands(lambda g, old=old: old - self.rate * g, gradient, result=new)
            rows.append(
                display(
                    rf"{base}'_{index} = {name} - \alpha \left( {partial(LOSS, name)} \right) {sign} "
                    rf"{c.digits(old)} - {c.digits(self.rate)}({digits}) {sign} {c.digits(new)}"
                )
            )
        return "\n".join(rows)

    def output(self) -> str:
        c = self.c
        o_in, o_out = self.o_in, self.o_out
        sign = c.sign(self.gap, self.o)
        d_out, d_in = partial(LOSS, o_out), partial(o_out, o_in)
        chain = [rf"{d_out} \times {d_in} \times {partial(o_in, row[0])}" for row in self.w_third]
        left = matrix([[partial(LOSS, row[0])] for row in self.w_third])
        pairs = [
            c.operands(lambda a, b: a * b, self.gap, out, result=g)
            for out, g in zip(self.k_out, self.g_third, strict=True)
        ]
        filled = matrix([[rf"{one} \times 1.0 \times {two}"] for one, two in pairs])
        local = matrix([[partial(o_in, row[0])] for row in self.w_third])
        many = c.sign(self.gap, *self.k_out, *self.g_third)
        return "\n".join(
            [
                "## Backward, output to second hidden layer\n\nHow does the loss move with one weight?\n",
                display(rf"{partial(LOSS, 'w_{k_1 o}')} = {chain[0]}"),
                "### Loss to output\n",
                aligned(
                    rf"{d_out} &= \frac{{\partial (\frac{{1}}{{2}}({o_out} - \mathrm{{target}})^{{2}})}}{{\partial {o_out}}}",
                    rf"{d_out} &= 2 \times \frac{{1}}{{2}}({o_out} - \mathrm{{target}})",
                    rf"{d_out} &= {o_out} - \mathrm{{target}}",
                    rf"{d_out} &{sign} {c.digits(self.o)} - {c.digits(self.target)}",
                    rf"{d_out} &{sign} {c.digits(self.gap)}",
                ),
                "### Output to its sum\n",
                aligned(rf"{o_out} &= {o_in}", rf"{d_in} &= 1.0"),
                "### Sum to weights\n",
                display(rf"{o_in} = w_{{k_1 o}} {self.k_outs[0]} + w_{{k_2 o}} {self.k_outs[1]} + b_{{o}}"),
                display(
                    rf"{local} = {matrix([[name] for name in self.k_outs])} {c.sign(*self.k_out)} "
                    rf"{matrix([[c.digits(value)] for value in self.k_out])}"
                ),
                display(rf"\left[ {partial(o_in, 'b_{o}')} \right] = [1.0]"),
                "### All together\n",
                display(rf"{left} = {matrix([[one] for one in chain])}"),
                display(rf"{left} {many} {filled}"),
                display(rf"{left} {many} {matrix([[c.digits(value)] for value in self.g_third])}"),
                aligned(
                    rf"{partial(LOSS, 'b_{o}')} &= {d_out} \times {d_in} \times {partial(o_in, 'b_{o}')}",
                    rf"&{sign} {c.digits(self.gap)} \times 1.0 \times 1.0",
                    rf"&{sign} {c.digits(self.gap)}",
                ),
                f"### New values\n\nThe learning rate is {c.digits(self.rate)}.\n",
                self.updates(
                    [row[0] for row in self.w_third], [row[0] for row in self.third], self.g_third, self.n_third
                ),
                self.updates(["b_{o}"], [self.biases[2][0]], [self.gap], [self.n_o]),
            ]
        )

    def middle(self) -> str:
        c = self.c
        lines = ["## Backward, second to first hidden layer\n\nThe old weights are used here.\n"]
        for i in range(2):
            sign = c.sign(self.gap, self.g_k[i])
            (gap,) = c.operands(lambda g, i=i: g * self.third[i][0], self.gap, result=self.g_k[i])
            (filled,) = c.operands(lambda k: k * (1 - k), self.k_out[i], result=self.slope[i])
            one, two = c.operands(lambda a, b: a * b, self.g_k[i], self.slope[i], result=self.d_k[i])
            lines.append(
                display(
                    rf"{partial(LOSS, self.k_outs[i])} = {partial(LOSS, self.o_out)} \times {partial(self.o_out, self.o_in)} "
                    rf"\times {partial(self.o_in, self.k_outs[i])} {sign} {gap} \times 1.0 \times "
                    rf"{c.bracketed(self.third[i][0])} {sign} {c.digits(self.g_k[i])}"
                )
            )
            lines.append(
                display(rf"{partial(self.o_in, self.k_outs[i])} = w_{{k_{i + 1} o}} = {c.digits(self.third[i][0])}")
            )
            sign = c.sign(self.k_out[i], self.slope[i])
            out = self.k_outs[i]
            lines.append(
                aligned(
                    rf"{partial(out, self.k_ins[i])} &= {out} \times (1 - {out})",
                    rf"&{sign} {filled} \times (1 - {filled})",
                    rf"&{sign} {c.digits(self.slope[i])}",
                )
            )
            sign = c.sign(self.g_k[i], self.slope[i], self.d_k[i])
            lines.append(
                display(
                    rf"{partial(LOSS, self.k_ins[i])} = {partial(LOSS, out)} \times {partial(out, self.k_ins[i])} {sign} "
                    rf"{one} \times {two} {sign} {c.digits(self.d_k[i])}"
                )
            )
        one = partial(LOSS, "w_{j_1 k_1}")
        sign = c.sign(self.d_k[0], self.j_out[0], self.g_second[0][0])
        first, second = c.operands(lambda a, b: a * b, self.d_k[0], self.j_out[0], result=self.g_second[0][0])
        lines.append(
            aligned(
                rf"{one} &= {partial(LOSS, self.k_ins[0])} \times {partial(self.k_ins[0], 'w_{j_1 k_1}')}",
                rf"{one} &{sign} {first} \times {second}",
                rf"{one} &{sign} {c.digits(self.g_second[0][0])}",
            )
        )
        every = [value for row in self.g_second for value in row]
        lines.append("The others are found in the same way.\n")
        lines.append(
            display(
                rf"{matrix([[partial(LOSS, name) for name in row] for row in self.w_second])} {c.sign(*every)} {self.m(self.g_second)}"
            )
        )
        lines.append(
            display(
                rf"{matrix([[partial(LOSS, name) for name in self.b_names[1]]])} {c.sign(*self.d_k)} {self.n(self.d_k)}"
            )
        )
        lines.append(self.matrix_update("w", self.w_second, self.second, self.g_second, self.n_second))
        lines.append(self.matrix_update("b", [self.b_names[1]], [self.biases[1]], [self.d_k], [self.n_k]))
        return "\n".join(lines)

    def matrix_update(
        self,
        letter: str,
        names: Sequence[Sequence[str]],
        olds: Sequence[Sequence[Decimal]],
        gradients: Sequence[Sequence[Decimal]],
        news: Sequence[Sequence[Decimal]],
    ) -> str:
        new_names = matrix([[name.replace(letter, f"{letter}'", 1) for name in row] for row in names])
        rules = matrix([[rf"{name} - \alpha \left( {partial(LOSS, name)} \right)" for name in row] for row in names])
        every = [value for row in (*gradients, *news) for value in row]
        return display(rf"{new_names} = {rules} {self.c.sign(*every)} {self.m(news)}")

    def front(self) -> str:
        c = self.c
        lines = ["## Backward, first hidden layer to the input\n"]
        for j in range(3):
            out, into = self.j_outs[j], self.j_ins[j]
            terms = [rf"{partial(LOSS, self.k_ins[i])} \times w_{{j_{j + 1} k_{i + 1}}}" for i in range(2)]
            work = lambda a, b, j=j: a * self.second[j][0] + b * self.second[j][1]  # noqa: E731
            operands = c.operands(work, *self.d_k, result=self.g_j[j])
            filled = [
                rf"{f'({each})' if i and each[0] == '-' else each} \times {c.bracketed(self.second[j][i])}"
                for i, each in enumerate(operands)
            ]
            sign = c.sign(*self.d_k, self.g_j[j])
            lines.append(
                aligned(
                    rf"{partial(LOSS, out)} &= {' + '.join(terms)}",
                    rf"{partial(LOSS, out)} &{sign} {' + '.join(filled)}",
                    rf"{partial(LOSS, out)} &{sign} {c.digits(self.g_j[j])}",
                )
            )
            cases = rf"\begin{{cases}} 1 & {into} > 0 \\ 0 & {into} \leq 0 \end{{cases}}"
            lines.append(display(rf"{partial(out, into)} = {cases} = {c.digits(self.gate[j])}"))
            sign = c.sign(self.g_j[j], self.d_j[j])
            lines.append(
                display(
                    rf"{partial(LOSS, into)} = {partial(LOSS, out)} \times {partial(out, into)} {sign} "
                    rf"{c.digits(self.g_j[j])} \times {c.digits(self.gate[j])} {sign} {c.digits(self.d_j[j])}"
                )
            )
        lines.append(display(rf"{partial(self.j_ins[0], 'w_{i_2 j_1}')} = {self.ins[1]} = {c.digits(self.x[1])}"))
        one = partial(LOSS, "w_{i_2 j_1}")
        sign = c.sign(self.d_j[0], self.g_first[1][0])
        (digits,) = c.operands(lambda d: d * self.x[1], self.d_j[0], result=self.g_first[1][0])
        lines.append(
            aligned(
                rf"{one} &= {partial(LOSS, self.j_ins[0])} \times {partial(self.j_ins[0], 'w_{i_2 j_1}')}",
                rf"{one} &{sign} {digits} \times {c.bracketed(self.x[1])}",
                rf"{one} &{sign} {c.digits(self.g_first[1][0])}",
            )
        )
        every = [value for row in self.g_first for value in row]
        lines.append(
            display(
                rf"{matrix([[partial(LOSS, name) for name in row] for row in self.w_first])} {c.sign(*every)} {self.m(self.g_first)}"
            )
        )
        lines.append(
            display(
                rf"{matrix([[partial(LOSS, name) for name in self.b_names[0]]])} {c.sign(*self.d_j)} {self.n(self.d_j)}"
            )
        )
        lines.append(self.matrix_update("w", self.w_first, self.first, self.g_first, self.n_first))
        lines.append(self.matrix_update("b", [self.b_names[0]], [self.biases[0]], [self.d_j], [self.n_j]))
        return "\n".join(lines)

    def summary(self) -> str:
        c = self.c
        every = [value for row in self.n_second for value in row]
        lines = ["## Before and after\n"]
        lines.append(display(f"W_{{ko}} = {matrix(self.w_third)} = {self.m(self.third)}"))
        new_names = matrix([[name.replace("w", "w'", 1) for name in row] for row in self.w_second])
        lines.append(display(f"W'_{{jk}} = {new_names} {c.sign(*every)} {self.m(self.n_second)}"))
        lines.append("| parameter | gradient | before | after |\n|---|---:|---:|---:|")
        for (name,), old, gradient, new in zip(self.w_third, self.third, self.g_third, self.n_third, strict=True):
            lines.append(f"| ${name}$ | {c.digits(gradient)} | {c.digits(old[0])} | {c.digits(new)} |")
        for names, olds, gradients, news in zip(self.w_first, self.first, self.g_first, self.n_first, strict=True):
            for name, old, gradient, new in zip(names, olds, gradients, news, strict=True):
                lines.append(f"| ${name}$ | {c.digits(gradient)} | {c.digits(old)} | {c.digits(new)} |")
        return "\n".join(lines) + "\n"


def scalars(mode: str = "half-up", printed: bool = False) -> str:
    """Compose the page with scalar equations and difference quotients."""
    with localcontext() as context:
        context.prec = 50
        return Scalars(Calculator(mode, printed, 5)).page()


EPSILON = D("0.000001")


class Scalars:
    """A 2-2-2 network: the hidden activation doubles, the output activation is the sigmoid."""

    x = (D("1.5"), D("-0.5"))
    first = ((D("0.4"), D("0.3")), (D("-0.2"), D("0.6")))  # [to][from]
    second = ((D("0.5"), D("-0.7")), (D("0.9"), D("0.2")))
    targets = (D("1.0"), D("0.0"))

    def __init__(self, calculator: Calculator) -> None:
        self.c = calculator
        self.values = self.run(self.first, self.second, calculator.carried)

    def run(
        self,
        first: Sequence[Sequence[Decimal]],
        second: Sequence[Sequence[Decimal]],
        keep: Callable[[Decimal], Decimal],
    ) -> dict[str, Decimal]:
        found: dict[str, Decimal] = {}
        for i in (0, 1):
            found[f"a_1{i + 1}"] = keep(first[i][0] * self.x[0] + first[i][1] * self.x[1])
            found[f"h_{i + 1}"] = keep(2 * found[f"a_1{i + 1}"])
        for i in (0, 1):
            found[f"a_2{i + 1}"] = keep(second[i][0] * found["h_1"] + second[i][1] * found["h_2"])
            found[f"o_{i + 1}"] = keep(sigmoid(found[f"a_2{i + 1}"]))
            found[f"e_{i + 1}"] = keep((self.targets[i] - found[f"o_{i + 1}"]) ** 2)
        return found

    def page(self) -> str:
        parts = [
            "# Every gradient by hand, and checked\n\n## Activation\n",
            display("f(x) = 2.0 * x"),
            r"with the slope $\frac{df(x)}{dx} = 2.0$ everywhere; the outputs use $\sigma(x) = \frac{1}{1 + e^{-x}}$."
            + "\n",
            "## Forward\n",
            *(display(f"{left} = {' = '.join(right)}") for left, right in self.formulas()),
            "## Forward, in numbers\n",
            *(self.line(name, self.values, {}) for name in self.order()),
            display(
                rf"e_{{total}} = e_1 + e_2 {self.s('e_1', 'e_2')} {self.d('e_1')} + {self.d('e_2')} {self.s('e_1', 'e_2')} {self.total()}"
            ),
            "## Backward\n",
        ]
        for i in (0, 1):
            for j in (0, 1):
                parts.append(self.output_gradient(i, j))
        for i in (0, 1):
            for j in (0, 1):
                parts.append(self.hidden_gradient(i, j))
        return "\n".join(parts)

    def order(self) -> list[str]:
        return ["a_11", "h_1", "a_12", "h_2", "a_21", "o_1", "a_22", "o_2", "e_1", "e_2"]

    @staticmethod
    def tex(name: str) -> str:
        base, _, index = name.partition("_")
        return f"{base}_{{{index}}}" if len(index) > 1 else name

    def weight(self, layer: int, i: int, j: int) -> str:
        return f"w_{{{layer}{2 * i + j + 1}}}"

    def formulas(self) -> list[tuple[str, list[str]]]:
        found = []
        for name in self.order():
            found.append((self.tex(name), self.symbols(name, None)))
        return found

    def symbols(self, name: str, moved: tuple[int, int, int] | None) -> list[str]:
        i = int(name[-1]) - 1

        def w(layer: int, j: int) -> str:
            plain = self.weight(layer, i, j)
            return rf"({plain} + {EPSILON})" if moved == (layer, i, j) else plain

        if name.startswith("a_1"):
            return [f"{w(1, 0)} * x_1 + {w(1, 1)} * x_2"]
        if name.startswith("h"):
            return [f"f(a_{{1{i + 1}}})", f"2.0 * a_{{1{i + 1}}}"]
        if name.startswith("a_2"):
            return [f"{w(2, 0)} * h_1 + {w(2, 1)} * h_2"]
        if name.startswith("o"):
            return [rf"\sigma(a_{{2{i + 1}}})", rf"\frac{{1}}{{1 + e^{{-a_{{2{i + 1}}}}}}}"]
        return [f"(t_{i + 1} - o_{i + 1})^{{2}}"]

    def filled(self, name: str, values: dict[str, Decimal], moved: tuple[int, int, int] | None, places: int) -> str:
        i = int(name[-1]) - 1
        d = lambda value: self.c.digits(value, places)  # noqa: E731
        b = lambda value: f"({d(value)})" if value < 0 else d(value)  # noqa: E731

        def w(layer: int, j: int) -> str:
            value = (self.first if layer == 1 else self.second)[i][j]
            return rf"({d(value)} + {EPSILON})" if moved == (layer, i, j) else (d(value) if j == 0 else b(value))

        if name.startswith("a_1"):
            return f"{w(1, 0)} * {b(self.x[0])} + {w(1, 1)} * {b(self.x[1])}"
        if name.startswith("h"):
            return f"2.0 * {b(values[f'a_1{i + 1}'])}"
        if name.startswith("a_2"):
            return f"{w(2, 0)} * {b(values['h_1'])} + {w(2, 1)} * {b(values['h_2'])}"
        if name.startswith("o"):
            return rf"\frac{{1}}{{1 + e^{{{d(-values[f'a_2{i + 1}'])}}}}}"
        out = values[f"o_{i + 1}"]
        (digits,) = self.c.operands(lambda o: (self.targets[i] - o) ** 2, out, result=values[name])
        return f"({d(self.targets[i])} - {digits})^{{2}}"

    def line(
        self, name: str, values: dict[str, Decimal], places: dict[str, int], moved: tuple[int, int, int] | None = None
    ) -> str:
        decimals = places.get("all", self.c.decimals)
        short = self.c.cut(values[name], decimals) == values[name]
        parents = [values[each] for each in self.order() if each in self.symbol_names(name)]
        whole = short and all(self.c.cut(each, decimals) == each for each in parents)
        sign = EQUAL if (self.c.printed and not places) or whole else ABOUT
        parts = [self.tex(name), *self.symbols(name, moved)]
        result = self.c.digits(values[name], decimals)
        return display(f"{' = '.join(parts)} {sign} {self.filled(name, values, moved, decimals)} {sign} {result}")

    @staticmethod
    def symbol_names(name: str) -> list[str]:
        i = name[-1]
        return {"h": [f"a_1{i}"], "o": [f"a_2{i}"], "e": [f"o_{i}"]}.get(
            name[0], ["h_1", "h_2"] if name[2] == "2" else []
        )

    def d(self, name: str) -> str:
        return self.c.digits(self.values[name])

    def s(self, *names: str) -> str:
        return self.c.sign(*(self.values[name] for name in names))

    def total(self) -> str:
        return self.c.digits(self.values["e_1"] + self.values["e_2"])

    # Gradients.

    def steps(self, i: int) -> tuple[Decimal, Decimal]:
        keep, o = self.c.carried, self.values[f"o_{i + 1}"]
        return keep(2 * (o - self.targets[i])), keep(o * (1 - o))

    def chain(self, left: str, names: list[str], factors: list[Decimal]) -> tuple[str, Decimal]:
        value = self.c.carried(self.product(factors))
        sign = self.c.sign(*factors, value)
        operands = self.c.operands(lambda *each: self.product(list(each)), *factors, result=value)
        digits = " * ".join(f"({each})" if index and each[0] == "-" else each for index, each in enumerate(operands))
        return display(f"{left} = {' * '.join(names)} {sign} {digits} {sign} {self.c.digits(value)}"), value

    @staticmethod
    def product(factors: list[Decimal]) -> Decimal:
        result = D(1)
        for factor in factors:
            result *= factor
        return result

    def local(self, i: int) -> list[str]:
        o, a, e = f"o_{i + 1}", f"a_{{2{i + 1}}}", f"e_{i + 1}"
        first, second = self.steps(i)
        value = self.values[f"o_{i + 1}"]
        sign, sign2 = self.c.sign(value, first), self.c.sign(value, second)
        (one,) = self.c.operands(lambda o: 2 * (o - self.targets[i]), value, result=first)
        (two,) = self.c.operands(lambda o: o * (1 - o), value, result=second)
        return [
            display(
                rf"{partial(e, o)} = 2 * ({o} - t_{i + 1}) {sign} 2 * ({one} - {self.c.digits(self.targets[i])}) "
                rf"{sign} {self.c.digits(first)}"
            ),
            display(
                rf"{partial(o, a)} = {o} * (1 - {o}) {sign2} {two} * (1 - {two}) {sign2} "
                rf"{self.c.digits(second)}"
            ),
        ]

    def output_gradient(self, i: int, j: int) -> str:
        w, o, a, e = self.weight(2, i, j), f"o_{i + 1}", f"a_{{2{i + 1}}}", f"e_{i + 1}"
        h = self.values[f"h_{j + 1}"]
        first, second = self.steps(i)
        names = [partial(e, o), partial(o, a), partial(a, w)]
        line, value = self.chain(partial(e, w), names, [first, second, h])
        text = [f"### The derivative $\\frac{{\\partial {e}}}{{\\partial {w}}}$\n"]
        text.append(display(f"{partial(e, w)} = {' * '.join(names)}"))
        if j == 0:
            text += self.local(i)
        text.append(display(rf"{partial(a, w)} = h_{j + 1} {self.c.sign(h)} {self.c.digits(h)}"))
        text += ["Together:\n", line, "Checked by a small step:\n", self.difference((2, i, j), [i], [value])]
        return "\n".join(text)

    def hidden_gradient(self, i: int, j: int) -> str:
        w, a, h = self.weight(1, i, j), f"a_{{1{i + 1}}}", f"h_{i + 1}"
        text = [f"### The derivative $\\frac{{\\partial e_{{total}}}}{{\\partial {w}}}$\n"]
        gradients = []
        for k in (0, 1):
            o, a2, e = f"o_{k + 1}", f"a_{{2{k + 1}}}", f"e_{k + 1}"
            first, second = self.steps(k)
            weight = self.second[k][i]
            text.append(display(rf"{partial(a2, h)} = {self.weight(2, k, i)} = {self.c.digits(weight)}"))
            names = [partial(e, o), partial(o, a2), partial(a2, h), partial(h, a), partial(a, w)]
            line, value = self.chain(partial(e, w), names, [first, second, weight, D("2.0"), self.x[j]])
            text.append(line)
            gradients.append(value)
        text.insert(
            1, display(rf"{partial(h, a)} = 2.0, \quad {partial(a, w)} = x_{j + 1} = {self.c.digits(self.x[j])}")
        )
        total = self.c.carried(sum(gradients, D(0)))
        sign = self.c.sign(*gradients, total)
        one, two = self.c.operands(lambda a, b: a + b, *gradients, result=total)
        text.append(
            display(
                rf"{partial('e_{total}', w)} = {partial('e_1', w)} + {partial('e_2', w)} {sign} "
                rf"{one} + {f'({two})' if two[0] == '-' else two} {sign} {self.c.digits(total)}"
            )
        )
        text += ["Checked by a small step:\n", self.difference((1, i, j), [0], gradients[:1])]
        return "\n".join(text)

    def difference(self, moved: tuple[int, int, int], outputs: list[int], gradients: list[Decimal]) -> str:
        layer, i, j = moved
        full = lambda value: value  # noqa: E731
        places = 11
        step = tuple(
            tuple(v + EPSILON if (r, s) == (i, j) else v for s, v in enumerate(row))
            for r, row in enumerate(self.second if layer == 2 else self.first)
        )
        base = self.run(self.first, self.second, full)
        shifted = self.run(self.first if layer == 2 else step, step if layer == 2 else self.second, full)
        text = []
        for name in self.order():
            reached = name in ("a_11", "h_1", "a_12", "h_2") if layer == 1 else False
            if (reached and name[-1] == str(i + 1)) or (
                name[:2] in ("a_", "o_") and name[:3] != "a_1" and int(name[-1]) - 1 in outputs
            ):
                text.append(self.shown_line(name, shifted, moved, places))
        k = outputs[0]
        new = self.c.cut(shifted[f"o_{k + 1}"], places)
        old = self.c.cut(base[f"o_{k + 1}"], places)
        quotient = ((self.targets[k] - new) ** 2 - (self.targets[k] - old) ** 2) / EPSILON
        result = self.c.cut(quotient, 8)
        if self.c.cut(base[f"o_{k + 1}"]) != base[f"o_{k + 1}"]:
            text.insert(0, display(rf"o_{k + 1} \approx {old}"))
        target = self.c.digits(self.targets[k])
        quotient_line = rf"\frac{{({target} - {new})^{{2}} - ({target} - {old})^{{2}}}}{{{EPSILON}}} \approx {result}"
        if result != self.c.cut(gradients[0]):
            quotient_line += rf" \approx {self.c.digits(gradients[0])}" if not self.c.printed else ""
        text.append(display(quotient_line))
        return "\n".join(text)

    def shown_line(self, name: str, values: dict[str, Decimal], moved: tuple[int, int, int], places: int) -> str:
        values = {key: self.c.cut(value, places) for key, value in values.items()}
        symbols = self.symbols(name, moved)
        filled = self.filled(name, values, moved, places)
        cut = {**values}
        number = cut[name]
        text = f"{number:f}".rstrip("0")
        text += "0" if text.endswith(".") else ""
        return display(rf"{self.tex(name)} = {' = '.join(symbols)} \approx {filled} \approx {text}")
