"""Words around the mathematics, in four languages; some of them have numbers in them, which claim nothing."""

from __future__ import annotations

PHRASES = {
    "en": {
        "title": "Exercise {n}: one step of backpropagation",
        "intro": "Number of inputs: {inputs}; number of outputs: {outputs}. All weights are trained for 1 step.",
        "given": "Given values",
        "forward": "Forward pass",
        "loss": "Loss",
        "backward": "Backward pass",
        "update": "Update",
        "summary": "Summary",
        "next": "Next we need the following.",
        "columns": ("quantity", "formula", "numbers", "value", "parameter", "old", "gradient", "new"),
    },
    "de": {
        "title": "Aufgabe {n}: ein Schritt Backpropagation",
        "intro": "Zahl der Eingänge: {inputs}; Zahl der Ausgänge: {outputs}. Gerechnet wird 1 Schritt.",
        "given": "Gegeben",
        "forward": "Vorwärtsrechnung",
        "loss": "Fehler",
        "backward": "Rückwärtsrechnung",
        "update": "Neue Gewichte",
        "summary": "Zusammenfassung",
        "next": "Damit ergibt sich:",
        "columns": ("Größe", "Formel", "Zahlen", "Wert", "Parameter", "alt", "Gradient", "neu"),
    },
    "fr": {
        "title": "Exercice {n} : un pas de rétropropagation",
        "intro": "Nombre d'entrées : {inputs} ; nombre de sorties : {outputs}. On fait 1 pas.",
        "given": "Données",
        "forward": "Propagation avant",
        "loss": "Coût",
        "backward": "Rétropropagation",
        "update": "Mise à jour",
        "summary": "Résumé",
        "next": "On obtient :",
        "columns": ("grandeur", "formule", "nombres", "valeur", "paramètre", "ancien", "gradient", "nouveau"),
    },
    "es": {
        "title": "Ejercicio {n}: un paso de retropropagación",
        "intro": "Número de entradas: {inputs}; número de salidas: {outputs}. Se da 1 paso.",
        "given": "Datos",
        "forward": "Paso hacia delante",
        "loss": "Pérdida",
        "backward": "Paso hacia atrás",
        "update": "Actualización",
        "summary": "Resumen",
        "next": "Ahora calculamos:",
        "columns": ("magnitud", "fórmula", "números", "valor", "parámetro", "antes", "gradiente", "después"),
    },
}
