"""What the signs of LaTeX, Unicode and plain text mean: tables from spelling to the one sign that the tree knows."""

from __future__ import annotations

from functools import lru_cache

GREEK = {
    "α": "\\alpha", "β": "\\beta", "γ": "\\gamma", "δ": "\\delta", "ε": "\\epsilon", "ϵ": "\\epsilon", "η": "\\eta",
    "θ": "\\theta", "κ": "\\kappa", "λ": "\\lambda", "μ": "\\mu", "ν": "\\nu", "ξ": "\\xi", "π": "\\pi", "ρ": "\\rho",
    "σ": "\\sigma", "ς": "\\sigma", "τ": "\\tau", "φ": "\\phi", "ϕ": "\\phi", "χ": "\\chi", "ψ": "\\psi",
    "ω": "\\omega", "ζ": "\\zeta", "Δ": "\\Delta", "Θ": "\\Theta", "Λ": "\\Lambda", "Φ": "\\Phi", "Ψ": "\\Psi",
    "Ω": "\\Omega", "Γ": "\\Gamma", "ℓ": "\\ell", "ℒ": "\\mathcal{L}",
}  # fmt: skip
"""Greek letters by their character."""

GREEK_COMMANDS = {
    **{name: name for name in GREEK.values()},
    "\\varepsilon": "\\epsilon", "\\vartheta": "\\theta", "\\varphi": "\\phi", "\\varsigma": "\\sigma",
}  # fmt: skip
"""Commands for letters, variants joined."""

RELATIONS = {
    "=": "=", "==": "=", "\\equiv": "=", "≡": "=", "≈": "≈", "\\approx": "≈", "\\simeq": "≈", "\\cong": "≈", "≃": "≈",
    "≅": "≈", "~=": "≈", "\\sim": "≈", "\\doteq": "≈", "≐": "≈", "=~": "≈",
    ":=": ":=", "≔": ":=", "\\coloneqq": ":=", "\\triangleq": ":=", "≝": ":=",
    "←": "←", "\\leftarrow": "←", "\\gets": "←", "<-": "←", "⟵": "⟵", "\\longleftarrow": "⟵", "<--": "⟵",
    "→": "→", "\\rightarrow": "→", "\\to": "→", "->": "→", "-->": "→", "⟶": "→", "\\longrightarrow": "→",
    "\\mapsto": "→", "⇒": "⇒", "\\Rightarrow": "⇒", "\\implies": "⇒", "⟹": "⇒", "=>": "⇒", "\\Longrightarrow": "⇒",
    "\\therefore": "⇒", "∴": "⇒", "\\iff": "⇒", "\\Leftrightarrow": "⇒", "⇔": "⇒",
    "<": "<", ">": ">", "\\lt": "<", "\\gt": ">", "<=": "≤", "≤": "≤", "\\le": "≤", "\\leq": "≤", "\\leqslant": "≤",
    ">=": "≥", "≥": "≥", "\\ge": "≥", "\\geq": "≥", "\\geqslant": "≥", "≠": "≠", "\\ne": "≠", "\\neq": "≠", "!=": "≠",
}  # fmt: skip
"""Signs between the sides of a chain."""

PRODUCTS = {
    "\\times": "times", "×": "times", "⨯": "times", "\\cdot": "dot", "·": "dot", "⋅": "dot", "∙": "dot", "•": "dot",
    "*": "star", "\\ast": "star", "∗": "star", "\\circ": "hadamard", "∘": "hadamard", "\\odot": "hadamard",
    "⊙": "hadamard", "⊗": "outer", "\\otimes": "outer", "@": "matrix",
}  # fmt: skip
"""Signs of a product. ``outer`` and ``matrix`` are read as such and become plain products of matrices."""

FUNCTIONS = {
    "exp": "exp", "ln": "log", "log": "log", "max": "max", "min": "min", "sqrt": "sqrt", "tanh": "tanh", "abs": "abs",
    "sin": "sin", "cos": "cos", "sigmoid": "sigmoid", "sigmoide": "sigmoid", "sig": "sigmoid", "logistic": "sigmoid",
    "\\sigma": "sigmoid", "relu": "relu", "linear": "linear", "identity": "linear", "\\ln": "log", "\\log": "log",
    "\\exp": "exp", "\\max": "max", "\\min": "min", "\\tanh": "tanh", "\\sin": "sin", "\\cos": "cos", "step": "step",
    "heaviside": "step", "transpose": "transpose", "matmul": "matmul", "dot": "matmul", "outer": "matmul",
    "array": "array", "tensor": "array", "softmax": "softmax", "softplus": "softplus", "cases": "cases", "norm": "norm",
    "leakyrelu": "leaky-relu", "silu": "silu", "elu": "elu", "sum": "sum", "mean": "mean", "sgn": "sgn", "sign": "sgn",
    "th": "tanh", "tgh": "tanh", "tansig": "tanh", "sigm": "sigmoid", "logsig": "sigmoid", "expit": "sigmoid",
    "maximum": "max", "minimum": "min",
}  # fmt: skip
"""Functions by the lower-case word, or the command, that calls them."""

OF_VECTORS = frozenset({"softmax"})
"""Functions of a whole vector, whose entries are called with an index: ``Softmax_i(x)``."""

PLAIN_SIGNS = {"−": "-", "–": "-", "÷": "/", "Σ": "∑"}
"""Signs that mean the same as another."""

SIGN_COMMANDS = {
    "\\{": "(", "\\lbrace": "(", "\\}": ")", "\\rbrace": ")", "\\lbrack": "[", "\\rbrack": "]", "\\partial": "∂",
    "\\sum": "∑", "\\nabla": "∇", "\\%": "%", "\\&": "&", "\\#": "#", "\\$": "$", "\\_": "_", "\\div": "/",
}  # fmt: skip
"""Commands that are one sign."""

SINGLE_BARS = frozenset({"|", "\\vert", "\\lvert", "\\rvert", "\\mid"})

DOTS = {
    **dict.fromkeys(("...", "…", "⋯", "\\ldots", "\\dots", "\\cdots", "\\dotsc", "\\dotsb"), "horizontal"),
    **dict.fromkeys(("⋮", "\\vdots"), "vertical"),
    **dict.fromkeys(("⋱", "\\ddots"), "diagonal"),
}
"""Dots that stand for what is left out, by their direction."""

GENERIC_FUNCTIONS = frozenset({"f", "F", "g", "\\phi", "act", "\\psi", "phi", "psi"})
"""Letters that call "the activation function" when a bracket follows."""

WORDS = frozenset(
    {
        "loss", "error", "net", "out", "in", "hid", "hidden", "input", "output", "target", "prediction", "pred",
        "total", "new", "old", "neu", "alt", "cost", "grad", "delta", "bias", "weight", "eta", "alpha", "mse", "bce",
        "lr", "err", "tot", "ges", "sum", "true", "obs",
    }
)  # fmt: skip
"""Words of several letters that are one name in mathematics, in lower case."""

NEW_WORDS = frozenset({
    "new", "neu", "neue", "neuer", "neues", "nuevo", "nueva", "nouveau", "nouvelle", "nouv", "nuovo", "nuova",
    "nowy", "nowe", "nowa", "nieuw", "nieuwe", "novo", "nova", "novy", "nový", "nové", "nou", "ny", "nya", "nye",
    "nytt", "yeni", "uusi", "új", "baru", "нов", "новый", "новая", "новое", "новий", "нова", "нове", "νέο", "新", "mới",
    "next", "after", "upd", "update", "updated", "t+1", "+", "*", "'",
})  # fmt: skip
"""Words in an index that mean the value after the update."""

OLD_WORDS = frozenset({
    "old", "alt", "viejo", "vieja", "ancien", "anc", "vecchio", "vecchia", "stary", "stara", "oud", "oude", "velho",
    "antigo", "atual", "actual", "starý", "vechi", "gammal", "gammel", "eski", "vanha", "régi", "lama", "стар",
    "старый", "старий", "旧", "舊", "cũ", "t", "current", "before",
})  # fmt: skip
"""Words in an index that mean the value before it."""

IGNORED = frozenset(
    {
        "\\left", "\\right", "\\big", "\\Big", "\\bigg", "\\Bigg", "\\bigl", "\\bigr", "\\Bigl", "\\Bigr", "\\biggl",
        "\\biggr", "\\Biggl", "\\Biggr", "\\middle", "\\displaystyle", "\\textstyle", "\\scriptstyle", "\\limits",
        "\\nolimits", "\\nonumber", "\\notag", "\\hline", "\\toprule", "\\midrule", "\\bottomrule", "\\!", "\\/",
        "\\centering", "\\noindent", "\\qed", "\\allowbreak", "\\nobreak", "\\bf", "\\rm", "\\it", "\\mathstrut",
    }
)  # fmt: skip
"""Commands that change the look and not the meaning."""

SPACES = frozenset({"\\,", "\\:", "\\;", "\\>", "\\ ", "~", "\\quad", "\\qquad", "\\enspace", "\\thinspace"})
"""Commands that set space; within square brackets it may separate entries."""

WORD_COMMANDS = frozenset(
    {
        "\\text", "\\textrm", "\\textit", "\\textbf", "\\textsf", "\\texttt", "\\mathrm", "\\mathit", "\\mathsf",
        "\\mathtt", "\\operatorname", "\\mbox", "\\hbox", "\\mathop", "\\textnormal", "\\mathnormal",
    }
)  # fmt: skip
"""Commands whose group holds words."""

ALPHABETS = frozenset({"\\mathbf", "\\boldsymbol", "\\bm", "\\mathbb", "\\mathcal", "\\mathscr", "\\mathfrak", "\\vec"})
"""Commands that change the alphabet of a letter."""

ACCENTS = {"\\hat": "hat", "\\widehat": "hat", "\\tilde": "tilde", "\\bar": "bar", "\\overline": "bar"}
"""Commands that set an accent."""

BODY_COMMANDS = frozenset(
    {"\\underbrace", "\\overbrace", "\\boxed", "\\cancel", "\\underline", "\\fbox", "\\ensuremath"}
)
"""Commands whose group is what counts; what an underbrace says is a label."""

DROPPED_COMMANDS = frozenset(
    {"\\phantom", "\\hphantom", "\\vphantom", "\\tag", "\\label", "\\hspace", "\\vspace", "\\color", "\\ref", "\\eqref"}
)
"""Commands that are dropped with their group."""

SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789+-=()aehijklmnoprstuvx", strict=True))
"""Characters that are set low, by what they are."""

SUPERSCRIPTS = dict(
    zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵀᴸᵂᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", "0123456789+-=()TLWabcdefghijklmnoprstuvwxyz", strict=True)
)
"""Characters that are set high, by what they are."""

FRACTION_COMMANDS = frozenset({"\\frac", "\\dfrac", "\\tfrac", "\\cfrac", "\\nicefrac", "\\sfrac"})

FRACTIONS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅛": "1/8", "⅕": "1/5"}
HATS = {"ŷ": "y", "ô": "o", "â": "a", "ĥ": "h", "ê": "e", "ẑ": "z", "ŝ": "s", "ŵ": "w"}
"""Letters that carry their hat in one character."""


@lru_cache(maxsize=1024)
def function(word: str) -> str:
    """Return the function that a word or command calls, or nothing."""
    return FUNCTIONS.get(word) or FUNCTIONS.get(word.lower()) or FUNCTIONS.get("\\" + word) or ""
