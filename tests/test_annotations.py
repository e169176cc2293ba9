"""The annotations that the repository ships: in form, and none of a scored place where the tagger is taught."""

import json
from itertools import pairwise

from kg.encoder import KINDS
from kg.learn.mine import read_leave_out
from kg.resources import data_folder
from kg.sameness import read_pairs

STRETCHES = [
    json.loads(line)
    for line in (data_folder() / "gold" / "stretches" / "names.jsonl").read_text(encoding="utf-8").splitlines()
]


def test_names_of_stretches_stand_in_their_sentences() -> None:
    for stretch in STRETCHES:
        for sentence in stretch["sentences"]:
            words = stretch["text"][sentence["start"] : sentence["end"]]
            assert words == words.strip() != ""
            names = [(entity["text"], entity["type"]) for entity in sentence["entities"]]
            assert len(set(names)) == len(names)
            assert all(text and text in words and kind in KINDS for text, kind in names), words
        assert all(one["end"] <= other["start"] for one, other in pairwise(stretch["sentences"]))


def test_no_stretch_is_of_a_scored_report() -> None:
    left_out = read_leave_out(data_folder() / "tagger" / "left-out.tsv")
    for stretch in STRETCHES:
        assert not left_out & {(stretch["place"], None), (stretch["place"], stretch["year"])}, stretch["report"]


def test_promises_stand_in_their_reports() -> None:
    folder = data_folder() / "gold" / "years"
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (folder / "sources").iterdir()}
    for line in (folder / "promises.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for year, side in zip(row["years"].split("-"), ("target", "result"), strict=True):
            words, start = row[f"{side}_text"], row[f"{side}_start"]
            if words is not None:
                assert texts[f"nanning-{year}"].startswith(words, start), row
                assert row[f"{side}_words"] in words, row
        assert row["kind"] in ("figure", "project")
        assert (row["verdict"] == "not_mentioned") == (row["result_text"] is None), row


def test_judged_pairs_are_judged_once() -> None:
    pairs = read_pairs(data_folder() / "gold" / "years" / "identity.tsv")
    known: dict[tuple[object, ...], bool] = {}
    for pair in pairs:
        key = (pair.place, *sorted(((pair.left.year, pair.left.text), (pair.right.year, pair.right.text))))
        assert known.setdefault(key, pair.same) == pair.same, pair
