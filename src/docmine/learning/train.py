"""corpus/ → models/: fit each model on the training documents, calibrate on the dev ones, write weights and cards."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

from docmine.errors import ModelError
from docmine.learning.corpus import DOCUMENTS, SPLITS, Annotated, Split, fingerprint, load_documents, load_splits
from docmine.learning.examples import (
    Example,
    Prepared,
    chain_examples,
    clause_examples,
    deadline_examples,
    force_examples,
    function_examples,
    kind_example,
    prepare,
    role_examples,
)
from docmine.learning.fit import Recipe, calibrated, fit
from docmine.learning.pairs import PAIRS, load_pairs
from docmine.learning.quality import Quality, measure
from docmine.output.write.atomic import atomic_file
from docmine.rulebook.linear import LinearModel
from docmine.rulebook.models import CARD, FORM, MODELS, WEIGHTS, ModelName, load_model
from docmine.rulebook.runs import BUCKETS

FOLDS = 8  # training documents are read with genres that a model of the other folds tells
MEASURED: tuple[Split, ...] = ("dev", "test")  # of the training documents a figure would only flatter

RECIPES: Mapping[ModelName, Recipe] = {
    "kinds": Recipe(scales=(3.0, 3.0, 2.0), inverse_penalty=0.5),
    "functions": Recipe(scales=(3.0, 1.0), inverse_penalty=0.5),
    "clauses": Recipe(scales=(3.0, 2.0, 2.0), inverse_penalty=0.5),
    "chains": Recipe(scales=(3.0, 2.0, 2.0), inverse_penalty=0.3),
    "forces": Recipe(scales=(2.0, 2.0, 1.0), inverse_penalty=0.5),
    "roles": Recipe(scales=(3.0, 2.0, 2.0), inverse_penalty=1.0),
    "deadlines": Recipe(scales=(1.0, 2.0, 2.0), inverse_penalty=0.5),
}
SAYS: Mapping[ModelName, str] = {
    "kinds": "the genre of a document",
    "functions": "what a sentence does that holds no directive",
    "clauses": "whether a clause begins a directive, goes on with one, or stands outside",
    "chains": "the same, knowing what the model of clauses says of the clause, its neighbours and the sentences around",
    "forces": "the force of a directive",
    "roles": "the role of a party in a directive, or none",
    "deadlines": "whether a time in a directive limits it",
}
MAKERS: Mapping[ModelName, Callable[[Prepared], Iterator[Example]]] = {
    "clauses": clause_examples,
    "forces": force_examples,
    "functions": function_examples,
    "roles": role_examples,
    "deadlines": deadline_examples,
}
PAIRED = ("clauses", "forces")  # models that minimal pairs teach, and with the clauses the chains
INNER_FOLDS = 4  # the model of chains learns from clauses that the model of clauses hasn't seen


@dataclass(frozen=True, slots=True)
class Trained:
    """What training leaves: the folder of the models, the models as read back from it, their quality by split."""

    folder: Path
    models: Mapping[ModelName, LinearModel]
    quality: Mapping[ModelName, Mapping[Split, Quality]]


def train(corpus: Path, models: Path) -> Trained:
    """Train all models on a corpus and write each to its folder in `models`."""
    documents = load_documents(corpus / DOCUMENTS)
    splits = load_splits(corpus, [document.name for document in documents])
    parts = {split: [d for d in documents if splits[d.name] == split] for split in SPLITS}
    for split in ("train", "dev"):
        if not parts[split]:
            message = f"{corpus}: no {split} documents"
            raise ModelError(message, remedy="divide the documents anew in splits.toml")
    made = fit_models(parts["train"], load_pairs(corpus / PAIRS))
    examples = _examples(parts, made)
    about = _about(corpus, documents, splits)
    quality: dict[ModelName, dict[Split, Quality]] = {}
    for name in made:
        ready = calibrated(made[name], examples[name]["dev"])
        quality[name] = {s: measure(ready, examples[name][s]) for s in MEASURED if examples[name][s]}
        write(ready, models / name, says=SAYS[name], about={**about, **_figures(quality[name])})
    return Trained(models, {name: load_model(models / name) for name in made}, quality)


def fit_models(documents: Sequence[Annotated], pairs: Sequence[Annotated] = ()) -> dict[ModelName, LinearModel]:
    """All models of some documents, not calibrated. `pairs` teach those of PAIRED too."""
    genres = [kind_example(document) for document in documents]
    made: dict[ModelName, LinearModel] = {"kinds": fit("kinds", genres, RECIPES["kinds"])}
    prepared = prepare_unseen(documents, genres)
    paired = [prepare(pair, made["kinds"]) for pair in pairs]
    for name, make in MAKERS.items():
        examples = [e for each in (*prepared, *(paired if name in PAIRED else ())) for e in make(each)]
        made[name] = fit(name, examples, RECIPES[name])
    made["chains"] = fit("chains", _chains([*prepared, *paired]), RECIPES["chains"])
    return {name: made[name] for name in MODELS if name in made}


def _chains(prepared: Sequence[Prepared]) -> list[Example]:
    """Examples for the model of chains: each document's clauses are told by a model of the other folds."""
    found = []
    for fold in range(INNER_FOLDS):
        others = [e for i, each in enumerate(prepared) if i % INNER_FOLDS != fold for e in clause_examples(each)]
        clauses = fit("clauses", others, RECIPES["clauses"])
        found += [e for each in prepared[fold::INNER_FOLDS] for e in chain_examples(each, clauses)]
    return found


def prepare_unseen(documents: Sequence[Annotated], genres: Sequence[Example]) -> list[Prepared]:
    """The documents read with genres told by models that haven't seen them, as new documents will be."""
    folds = min(FOLDS, len(documents))
    models = [
        fit("kinds", [g for i, g in enumerate(genres) if i % folds != fold], RECIPES["kinds"]) if folds > 1 else None
        for fold in range(folds)
    ]
    return [prepare(document, models[i % folds]) for i, document in enumerate(documents)]


def _examples(
    parts: Mapping[Split, Sequence[Annotated]], made: Mapping[ModelName, LinearModel]
) -> dict[ModelName, dict[Split, list[Example]]]:
    """The examples of the documents that the models haven't seen."""
    found: dict[ModelName, dict[Split, list[Example]]] = {name: {} for name in made}
    for split in MEASURED:
        prepared = [prepare(document, made["kinds"]) for document in parts[split]]
        found["kinds"][split] = [kind_example(document) for document in parts[split]]
        found["chains"][split] = [e for each in prepared for e in chain_examples(each, made["clauses"])]
        for name, make in MAKERS.items():
            found[name][split] = [example for each in prepared for example in make(each)]
    return found


def write(model: LinearModel, folder: Path, *, says: str, about: Mapping[str, Mapping[str, object]]) -> None:
    """Write a model's files; `about` are the card's tables that the weights themselves don't tell."""
    data = weights_bytes(model)
    card = {
        "weights": {
            "sha256": hashlib.sha256(data).hexdigest(),
            "texts": int(model.runs.shape[0]),
            "runs": BUCKETS,
            "traits": len(model.traits),
        },
        "calibration": {"method": "vector scaling", "slope": model.slope, "shift": [float(s) for s in model.shift]},
        **about,
    }
    for name, content in ((WEIGHTS, data), (CARD, card_bytes(model, says, card))):
        with atomic_file(folder / name) as file:
            file.write(content)


def weights_bytes(model: LinearModel) -> bytes:
    """The weights as an npz file, always the same bytes for the same weights."""
    import numpy as np

    out = BytesIO()
    np.savez_compressed(
        out,
        runs=model.runs,
        run_step=np.array([model.run_step], dtype="<f8"),
        trait_names=np.array([name.encode("utf-8") for name in model.traits], dtype="S"),
        trait_weights=model.trait_weights.astype("<f8"),
        bias=model.bias.astype("<f8"),
    )
    return out.getvalue()


def card_bytes(model: LinearModel, says: str, tables: Mapping[str, Mapping[str, object]]) -> bytes:
    """A model's card in TOML."""
    lines = [
        "# Written by `docmine train`; docmine.learning.quality tells what the figures mean.",
        f"form = {FORM}",
        f'name = "{model.name}"',
        f'says = "{says}"',
        f"classes = {_toml(model.classes)}",
    ]
    for name, table in tables.items():
        lines += ["", f"[{name}]", *(f"{key} = {_toml(value)}" for key, value in table.items())]
    return "\n".join([*lines, ""]).encode("utf-8")


def _toml(value: object) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(each) for each in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _figures(quality: Mapping[Split, Quality]) -> dict[str, dict[str, object]]:
    return {
        f"quality.{split}": {k: round(v, 3) if isinstance(v, float) else v for k, v in asdict(each).items()}
        for split, each in quality.items()
    }


def _about(corpus: Path, documents: Sequence[Annotated], splits: Mapping[str, Split]) -> dict[str, dict[str, object]]:
    import numpy as np
    import sklearn

    about: dict[str, dict[str, object]] = {"corpus": {"fingerprint": fingerprint(corpus)}}
    about["corpus"] |= {split: sum(splits[d.name] == split for d in documents) for split in SPLITS}
    about["trained_with"] = {"numpy": np.__version__, "scikit_learn": sklearn.__version__}
    return about
