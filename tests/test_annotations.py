"""The annotations that the repository ships: in form, and none of a scored place where the tagger is taught."""

import json
from itertools import pairwise

from kg.encoder import KINDS
from kg.learn.mine import read_leave_out
from kg.resources import data_folder

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
