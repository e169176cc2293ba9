# ruff: noqa: E402
# The training's own packages come with the extra `train`; they are asked for before anything imports them.
import json
import os
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from requirements import require_module

require_module("jax")
require_module("gensim")
# Compiling takes longer than all the training here, and much of it is spent on speed that these few steps do not need.
os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=1")

import jax
import jax.numpy as jnp

from kg.chain import find_spans
from kg.encoder import INNER_KINDS, emit, encode_text, load_encoder
from kg.errors import BadData
from kg.learn import __main__ as commands
from kg.learn.calibrate import GROUPS, try_spans
from kg.learn.export import load_network, save_encoder
from kg.learn.finetune import add_labels, train
from kg.learn.folds import group_reports, measure
from kg.learn.gold import Example, load_reading, read_gold
from kg.learn.network import Batch, Params, score_labels
from kg.learn.pretrain import draw_task
from kg.learn.stretches import read_stretches
from kg.learn.vocabulary import Known, encode_texts
from kg.resources import data_folder

HEADLINE = "——2024年1月5日在甲山市第三届人民代表大会第四次会议上\n"
SENTENCES = {
    "甲山经开区新引进企业二十家。": [("甲山经开区", "Zone")],
    "**乙河大桥**、丙岭水库建成投用。": [("乙河大桥", "Facility"), ("丙岭水库", "Facility")],
    "深入实施“丁字行动”，做强新能源产业。": [("丁字行动", "Programme"), ("新能源", "Industry")],
    "丁字集团储能项目开工。": [("丁字集团储能项目", "Project"), ("丁字集团", "Organization")],
}


def write_gold(folder: Path, names: tuple[str, ...]) -> Path:
    (folder / "sources").mkdir(parents=True)
    text = HEADLINE + "\n\n　　".join(SENTENCES)
    rows = [
        {
            "doc": "",
            "start": text.index(sentence),
            "text": sentence,
            "entities": [{"text": name, "type": kind} for name, kind in entities],
        }
        for sentence, entities in SENTENCES.items()
    ]
    for name in names:
        (folder / "sources" / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / f"{name}.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return folder


def run(*arguments: object) -> str:
    result = CliRunner().invoke(commands.main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.output


def train_all(reports: Path, gold: Path, out: Path) -> None:
    run("vocabulary", reports, out / "vocabulary.npz")
    run("pretrain", reports, out / "vocabulary.npz", out / "pretrained.npz", "--steps", 3, "--width", 16)
    run("finetune", out / "pretrained.npz", out / "tagger" / "encoder.npz", "--gold", gold, "--epochs", 400)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one raw report, an annotated one, and all that the commands make of them in `out`."""
    folder = tmp_path_factory.mktemp("learn")
    (folder / "reports").mkdir()
    (folder / "reports" / "a.txt").write_text("".join(SENTENCES) * 60, encoding="utf-8")
    (folder / "reports" / "INDEX.tsv").write_text("file\tplace\tyear\na.txt\t甲山市\t2023\n", encoding="utf-8")
    write_gold(folder / "gold", ("jiashan-2024",))
    train_all(folder / "reports", folder / "gold", folder / "out")
    return folder


@pytest.fixture(scope="module")
def network(place: Path) -> tuple[Params, Known]:
    return load_network(place / "out" / "pretrained.npz")


@pytest.fixture(scope="module")
def examples(place: Path, network: tuple[Params, Known]) -> dict[str, tuple[Example, ...]]:
    return read_gold(place / "gold", network[1].number(), load_reading(data_folder()))


def test_names_are_placed_in_the_published_text(examples: dict[str, tuple[Example, ...]]) -> None:
    facilities = examples["jiashan-2024"][1]
    assert facilities.names == ((0, 4, "Facility"), (5, 9, "Facility"))
    assert facilities.length == len("乙河大桥、丙岭水库建成投用。")


def test_a_row_that_is_not_in_its_source_is_told(tmp_path: Path, network: tuple[Params, Known]) -> None:
    folder = write_gold(tmp_path / "gold", ("a-2024",))
    path = folder / "a-2024.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"start": 3', '"start": 4'), encoding="utf-8")
    with pytest.raises(BadData, match="another text"):
        read_gold(folder, network[1].number(), load_reading(data_folder()))


def test_four_sentences_are_learnt(place: Path, examples: dict[str, tuple[Example, ...]]) -> None:
    assert measure(load_encoder(place / "out"), examples["jiashan-2024"]) == (6, 6, 6)


def test_a_name_within_a_name_is_learnt(place: Path, examples: dict[str, tuple[Example, ...]]) -> None:
    encoder, project = load_encoder(place / "out"), examples["jiashan-2024"][3]
    assert project.inner == ((0, 4, "Organization"),)
    scores = emit(encoder, project.ids).inner
    bounds = [(project.start, project.start + len("丁字集团储能项目"))]
    (span,) = find_spans(scores, encoder.inner_transitions, bounds, 0.5)
    assert (span.start - project.start, span.end - project.start, INNER_KINDS[span.kind]) == project.inner[0]


def test_spans_are_tried_against_the_annotations(place: Path, examples: dict[str, tuple[Example, ...]]) -> None:
    trials = list(try_spans(load_encoder(place / "out"), examples["jiashan-2024"]))
    assert len(trials) >= 7 and all(trial.right for trial in trials if trial.probability > 0.5)
    assert {trial.group for trial in trials} <= set(GROUPS) and "inner" in {trial.group for trial in trials}


def test_the_commands_write_the_same_bytes_again(place: Path, tmp_path: Path) -> None:
    train_all(place / "reports", place / "gold", tmp_path)
    for file in ("vocabulary.npz", "pretrained.npz", "tagger/encoder.npz"):
        assert (tmp_path / file).read_bytes() == (place / "out" / file).read_bytes(), file


def test_numpy_scores_as_jax_does(tmp_path: Path, network: tuple[Params, Known]) -> None:
    params, known = network
    params = add_labels(params, np.random.default_rng(0))
    save_encoder(tmp_path / "tagger" / "encoder.npz", params, known)
    ids = encode_text(known.number(), "甲山经开区建成乙河大桥。", [(0, 5, "Zone")])
    columns = (ids.character, ids.bigram, ids.word, ids.tag, ids.place, ids.name)
    expected = jax.jit(score_labels)(params, Batch(*(jnp.asarray(column[None]) for column in columns)))
    for scores, wanted in zip(emit(load_encoder(tmp_path), ids), expected, strict=True):
        np.testing.assert_allclose(scores, np.asarray(wanted[0]), atol=0.01)


def test_skipped_reports_are_not_learnt_from(
    examples: dict[str, tuple[Example, ...]], network: tuple[Params, Known]
) -> None:
    both = examples | {"other-2024": examples["jiashan-2024"][:1]}
    alone = train(examples, network[0], epochs=1)
    skipping = train(both, network[0], skip={"other-2024"}, epochs=1)
    assert all(np.array_equal(alone[name], skipping[name]) for name in alone)


def test_a_report_to_skip_must_exist(place: Path, tmp_path: Path) -> None:
    arguments = [place / "out" / "pretrained.npz", tmp_path / "e.npz", "--gold", place / "gold", "--skip", "x"]
    result = CliRunner().invoke(commands.main, ["finetune", *(str(argument) for argument in arguments)])
    assert result.exit_code == 2 and "there is no report x" in result.output


def test_masked_characters_leave_no_trace(network: tuple[Params, Known]) -> None:
    stream = encode_texts(["".join(SENTENCES) * 20], network[1])
    batch, places, answers = draw_task(stream, np.random.default_rng(0))
    characters, bigrams, words = (np.asarray(column).ravel() for column in (batch.character, batch.bigram, batch.word))
    masked = np.flatnonzero(characters == 1)
    assert len(masked) and set(masked) <= set(places[answers > 0])
    assert not bigrams[masked].any() and set(words[masked]) == {1}
    inner = masked[masked % 128 > 0]
    assert not bigrams[inner - 1].any()


def write_stretches(path: Path, name: str = "乙河大桥") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    sentence = {"start": 0, "end": 12, "entities": [{"text": name, "type": "Facility"}]}
    stretch = {"place": "昆明市", "year": 2023, "text": "乙河大桥、丁字集团落户。", "sentences": [sentence]}
    path.write_text(json.dumps(stretch, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def test_stretches_are_read_as_reports_are(tmp_path: Path, network: tuple[Params, Known]) -> None:
    path = write_stretches(tmp_path / "names.jsonl")
    (example,) = read_stretches(path, network[1].number(), load_reading(data_folder()))
    assert (example.start, example.length, example.names) == (0, 12, ((0, 4, "Facility"),))
    with pytest.raises(BadData, match="line 1"):
        list(read_stretches(write_stretches(path, "甲河大桥"), network[1].number(), load_reading(data_folder())))


def test_a_network_taught_by_stretches_is_finetuned(place: Path, tmp_path: Path) -> None:
    """What stretches taught is there before a report is seen: one sentence of theirs is known at once."""
    stretches = write_stretches(tmp_path / "names.jsonl")
    run("teach", place / "out" / "pretrained.npz", tmp_path / "taught.npz", "--stretches", stretches, "--epochs", 300)
    taught, known = load_network(tmp_path / "taught.npz")
    examples = tuple(read_stretches(stretches, known.number(), load_reading(data_folder())))
    save_encoder(tmp_path / "taught" / "tagger" / "encoder.npz", taught, known)
    assert measure(load_encoder(tmp_path / "taught"), examples) == (1, 1, 1)
    run("finetune", tmp_path / "taught.npz", tmp_path / "f.npz", "--gold", place / "gold", "--epochs", 1)
    assert (tmp_path / "f.npz").read_bytes() != (place / "out" / "tagger" / "encoder.npz").read_bytes()


@pytest.mark.parametrize("count", [2, 3, 6])
def test_groups_part_the_reports_and_keep_places_together(count: int) -> None:
    sizes = {f"{place}-{year}": 60 + 7 * n % 50 for n, place in enumerate("abcdefghijkl") for year in (2019, 2024)}
    groups = group_reports(sizes, count)
    assert sorted(name for group in groups for name in group) == sorted(sizes)
    assert all({f"{name[0]}-2019", f"{name[0]}-2024"} <= set(group) for group in groups for name in group)
    assert groups == group_reports(dict(reversed(sizes.items())), count)
    weights = [sum(sizes[name] for name in group) for group in groups]
    assert max(weights) - min(weights) <= 2 * max(sizes.values())


def test_folds_never_see_their_own_reports(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{letter}-2024" for letter in "abcdefg"]
    gold = write_gold(tmp_path / "gold", tuple(names))
    skipped: list[str] = []

    def stand_in(documents: dict[str, object], params: Params, *, skip: tuple[str, ...], **_: object) -> Params:
        skipped.extend(skip)
        return add_labels(params, np.random.default_rng(len(skipped)))

    monkeypatch.setattr(commands, "train", stand_in)
    printed = run("folds", place / "out" / "pretrained.npz", tmp_path / "tagger", "--gold", gold)
    assert sorted(skipped) == names
    assert [line.split("\t")[0] for line in printed.splitlines()] == [*skipped, "mean"]
    rows = (tmp_path / "tagger" / "folds.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert [row.split("\t")[0] for row in rows] == names
    # A fold's file is read on top of the published model.
    model = (place / "out" / "tagger" / "encoder.npz").read_bytes()
    (tmp_path / "tagger" / "encoder.npz").write_bytes(model)
    published, fold = load_encoder(tmp_path), load_encoder(tmp_path, fold=5)
    assert np.array_equal(published.vocabulary.bigram_keys, fold.vocabulary.bigram_keys)
    assert not np.array_equal(published.output, fold.output)
