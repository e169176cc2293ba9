"""A new store of many reports: what it holds, and what is left when making it goes wrong."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from joined_reports import join_all, make_readings

from kg.crew import ToWrite, gather_crew, narrow_joins, write_all, write_one
from kg.errors import BadInput
from kg.store import open_store
from kg.store.fresh import fill_reports, is_new, make_aside
from kg.store.readings import keep_reading
from kg.store.reports import change_reports, read_tables


def dump(folder: Path) -> list[bytes]:
    return sorted((ox.Store.read_only(str(folder / "rdf")).dump(format=ox.RdfFormat.N_QUADS) or b"").splitlines())


def fill(folder: Path, page: bool = False) -> None:
    readings = make_readings()
    with make_aside(folder) as aside, gather_crew(len(readings)) as crew:
        assert crew is None, "three reports are too few for other processes"
        held = [(reading.table, keep_reading(aside, reading)) for reading in readings]
        joins = join_all([table for table, _ in held])
        graphs = write_all(held, joins, aside, page, crew)
        list(fill_reports(aside, {table.report: (table, digest) for table, digest in held}, joins, graphs))


def test_a_new_store_holds_what_reports_put_one_by_one_would_give(tmp_path: Path) -> None:
    fill(tmp_path / "new")
    store = open_store(tmp_path / "grown")
    for reading in make_readings():
        change_reports(store, tmp_path / "grown", join_all, [reading])
    store.flush()
    del store
    assert dump(tmp_path / "new") == dump(tmp_path / "grown")
    assert sorted(path.name for path in (tmp_path / "new" / "readings").iterdir()) == sorted(
        path.name for path in (tmp_path / "grown" / "readings").iterdir()
    )
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["rdf", "readings"]
    # What is there is up to date: nothing is written when a report comes again.
    store = open_store(tmp_path / "new")
    change = change_reports(store, tmp_path / "new", join_all, make_readings()[:1])
    assert change.rewritten == ()
    assert len(read_tables(store, tmp_path / "new")) == 3


def test_nothing_is_left_where_making_a_store_goes_wrong(tmp_path: Path) -> None:
    assert is_new(tmp_path / "store")
    with pytest.raises(ZeroDivisionError), make_aside(tmp_path / "store") as aside:
        (aside / "half").write_text("x", encoding="utf-8")
        _ = 1 / 0
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note").write_text("x", encoding="utf-8")
    assert not is_new(tmp_path / "full")
    with pytest.raises(BadInput, match="cannot be made"), make_aside(tmp_path / "full"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["full"]


def test_a_page_is_written_where_it_is_wanted(tmp_path: Path) -> None:
    reading = make_readings()[0]
    digest = keep_reading(tmp_path, reading)
    joins = narrow_joins(join_all([reading.table]), reading.table)
    key, file, size = write_one(ToWrite(reading.table.report, digest, joins, tmp_path, page=True))
    assert (key, size) == (reading.table.report, len(file.read_bytes().splitlines()))
    assert [path.name for path in (tmp_path / "pages").iterdir()] == [f"{key}.html.gz"]
