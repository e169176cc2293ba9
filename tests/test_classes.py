from pathlib import Path

import numpy as np

from kg.learn.field.classes import learn_classes
from kg.learn.field.phrases import find_phrases, read_stream
from kg.tagger.classes import code_word, load_classes

VERBS = ("推进", "加快", "建设", "完成", "启动", "支持", "扩大", "加强")
PLACES = ("南京", "北京", "上海", "天津", "重庆", "杭州", "广州", "深圳")


def make_texts() -> list[str]:
    return [f"{verb}{place}开发区建设。{place}{verb}经济发展。" for verb in VERBS for place in PLACES for _ in range(3)]


def test_a_phrase_has_free_neighbours() -> None:
    stream = read_stream(make_texts())
    (pairs, *_) = find_phrases(stream, least=20, entropy=0.0)
    names = {tuple(stream.words[number] for number in row) for row in pairs.tolist()}
    assert ("经济", "发展") in names or "经济发展" in stream.words
    (free, *_) = find_phrases(stream, least=20, entropy=1.0)
    assert {tuple(stream.words[n] for n in row) for row in free.tolist()} <= names


def test_words_of_like_neighbours_share_a_class_and_the_file_repeats(tmp_path: Path) -> None:
    for name in ("a.npz", "b.npz"):
        learn_classes(tmp_path / name, make_texts())
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    classes = load_classes(tmp_path / "a.npz")
    fine, middle, coarse = classes.of_words(np.array([code_word("建设"), code_word("飞船")], np.uint32))
    assert min(fine[0], middle[0], coarse[0]) > 0
    assert (fine[1], middle[1], coarse[1]) == (0, 0, 0)
