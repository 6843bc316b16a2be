"""Opens what a run and three studies wrote with Polars, pandas, DuckDB, SALib and the EMA Workbench, and compares what they find."""

import json
import sys
import warnings
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
from SALib.analyze import morris, sobol
from ema_workbench import load_results

WORK = Path(sys.argv[1])
KINDS = {"integer": "i", "number": "f", "date": "M"}


def package(merged):
    return json.loads((merged / "datapackage.json").read_text())


def table(merged, name):
    """A table as pandas reads it, with the types that the package states."""
    path = merged / f"{name}.csv"
    (resource,) = [it for it in package(merged)["resources"] if it["path"] == path.name]
    fields = resource["schema"]["fields"]
    dates = [field["name"] for field in fields if field["type"] == "date"]
    frame = pd.read_csv(path, parse_dates=dates, keep_default_na=False, na_values=[""])
    assert list(frame.columns) == [field["name"] for field in fields]
    for field in fields:
        column = frame[field["name"]]
        wanted = KINDS.get(field["type"])
        # A column without any value has no type of its own, and whole numbers are numbers too.
        if wanted and column.notna().any():
            kinds = {"f": "fi", "i": "i" if column.notna().all() else "f", "M": "M"}[wanted]
            assert column.dtype.kind in kinds, (name, field["name"], column.dtype)
    return frame


def types(folder):
    """Every reader infers by itself, with its defaults, the type that the package states of every column."""
    checked = 0
    for resource in package(folder)["resources"]:
        if not resource["path"].endswith(".csv"):
            continue
        path = folder / resource["path"]
        # Polars looks at the first hundred rows, and takes a column that has nothing in them for words.
        by_polars, whole = pl.read_csv(path), pl.read_csv(path, infer_schema_length=None)
        by_pandas = pd.read_csv(path)
        by_duckdb = {row[0]: row[1] for row in duckdb.sql(f"describe select * from '{path}'").fetchall()}
        for field in resource["schema"]["fields"]:
            name = field["name"]
            wanted = {
                "number": (pl.Float64, "f", "DOUBLE"),
                # Whole numbers beside empty cells are numbers to pandas.
                "integer": (pl.Int64, "i" if by_pandas[name].notna().all() else "f", "BIGINT"),
            }.get(field["type"])
            if wanted is None or by_pandas[name].isna().all():
                continue
            if by_polars[name].head(100).null_count() < min(len(by_polars), 100):
                assert by_polars[name].dtype == wanted[0], (path, name, by_polars[name].dtype)
            found = whole[name].dtype, by_pandas[name].dtype.kind, by_duckdb[name]
            assert found == wanted, (path, name, found)
            checked += 1
    assert checked > 20
    print(f"{folder.relative_to(WORK)}: Polars, pandas and DuckDB infer the types of {checked} columns of numbers")


def rounded(found, exact, error):
    """Whether numbers of a table are `exact` but for their rounding: to a thousandth of the first digit of the standard error."""
    error = np.nan_to_num(np.asarray(error, dtype=float))
    with np.errstate(divide="ignore"):
        unit = np.where(error > 0, 10.0 ** np.minimum(np.floor(np.log10(error)) - 3, 0), 0)
    found, exact = np.asarray(found, dtype=float), np.asarray(exact, dtype=float)
    np.testing.assert_array_less(np.abs(found - exact), 0.500001 * unit + 1e-9 * np.abs(exact) + 1e-9)


def pandas_and_duckdb(study, cells, rows):
    merged = WORK / study / "merged"
    outcomes, series = table(merged, "outcomes"), table(merged, "cells")
    assert len(outcomes) == cells and outcomes["problem"].isna().all()
    assert len(series) == rows, (study, len(series))
    for pattern in ["cells.csv", "cells*.parquet"]:
        if not list(merged.glob(pattern)):
            continue
        ((count, total, first),) = duckdb.sql(
            f"select count(*), sum(mean), min(date)::varchar from '{merged / pattern}'"
        ).fetchall()
        assert count == len(series)
        assert abs(total - series["mean"].sum()) <= 1e-9 * abs(total)
        assert first == str(series["date"].min().date())
    for path in merged.glob("*.parquet"):
        typed, text = pd.read_parquet(path), table(merged, path.stem)
        for name in text.columns:
            same = typed[name].isna().eq(text[name].isna()) & (typed[name].astype(str).eq(text[name].astype(str)) | text[name].isna() | (text[name].dtype.kind in "fiM"))
            assert same.all(), (path.name, name)
            if text[name].dtype.kind == "f":
                np.testing.assert_array_equal(typed[name].astype(float), text[name])
    print(f"{study}: pandas and DuckDB read {cells} cells and {rows} rows")


def salib_files(study):
    merged = WORK / study / "merged"
    problem = json.loads((merged / "salib_problem.json").read_text())
    values = np.loadtxt(merged / "salib_values.txt")
    outcomes = table(merged, "outcomes")
    np.testing.assert_array_equal(values, outcomes[problem["names"]])
    ours = table(merged, "sensitivity")
    for outcome in ["cost", "left"]:
        y = np.loadtxt(merged / f"salib_baseline.{outcome}.txt")
        # For programs all digits are written, in tables those that the standard error supports.
        rounded(outcomes[outcome], y, outcomes[f"{outcome}_mc_se"])
        of = ours[ours["outcome"] == outcome].set_index(["index", "factor"])
        pick = lambda index, column="value": of[column][index][problem["names"]].to_numpy()
        yield problem, values, y, outcome, pick


def salib_sobol():
    for problem, _, y, outcome, ours in salib_files("sobol"):
        found = sobol.analyze(problem, y, calc_second_order=False, seed=1)
        for index, theirs in [("first", found["S1"]), ("total", found["ST"])]:
            if outcome == "cost":
                # The outcome has no chance in it, so nothing is corrected.
                rounded(ours(index), theirs, ours(index, "standard_error"))
            else:
                # Ours are corrected for the noise of 40 histories, theirs are not: at most some hundredths of the variance.
                np.testing.assert_allclose(ours(index), theirs, atol=0.1)
    print("sobol: SALib finds the same first and total indices")


def salib_morris():
    for problem, values, y, outcome, ours in salib_files("morris"):
        found = morris.analyze(problem, values, y, num_levels=4, seed=1)
        rounded(ours("mu_star"), found["mu_star"], ours("mu_star", "standard_error"))
        rounded(ours("mu"), found["mu"], ours("mu", "standard_error"))
        if outcome == "cost":
            # Of a factor with a linear effect it is 0, or what rounding leaves of effects of this size.
            sigma, theirs = ours("sigma"), np.asarray(found["sigma"])
            leftover = 1e-12 * max(found["mu_star"])
            linear = np.abs(theirs) <= leftover
            assert (np.abs(sigma[linear]) <= leftover).all()
            rounded(sigma[~linear], theirs[~linear], ours("sigma", "standard_error")[~linear])
    print("morris: SALib finds the same elementary effects")


def workbench(study, cells, dates, policies):
    merged = WORK / study / "merged"
    outcomes, series = table(merged, "outcomes"), table(merged, "cells")
    experiments, found = load_results(str(merged / "ema_workbench.tar.gz"))
    assert len(experiments) == cells and set(experiments["policy"]) == policies
    assert experiments["pace"].dtype == float and experiments["policy"].dtype == "category"
    np.testing.assert_array_equal(experiments["scenario"], outcomes["point"])
    for outcome in ["cost", "left", "below_200"]:
        missing = np.isnan(found[outcome])
        np.testing.assert_array_equal(missing, outcomes[outcome].isna())
        rounded(outcomes[outcome][~missing], found[outcome][~missing], outcomes[f"{outcome}_mc_se"][~missing])
    assert found["TIME"].shape == (cells, dates)
    people = series[(series["kind"] == "people") & (series["subject"] == "camp")]
    rounded(people["mean"], found["people camp"].ravel(), people["mc_se"])
    print(f"{study}: the EMA Workbench loads {cells} experiments, series of {dates} dates")


def part():
    merged = WORK / "part" / "merged"
    told = package(merged)
    assert told["repatria"]["partial"] and told["repatria"]["missing"]["units"] == 1
    assert len(told["repatria"]["missing"]["first"]) == 1
    assert "part of the study" in told["title"] and told["description"].startswith("This is a part")
    names = {path.name for path in merged.iterdir()} - {"datapackage.json"}
    assert names and all(name.startswith("partial_") for name in names), names
    assert not any("salib" in name for name in names)
    experiments, found = load_results(str(merged / "partial_ema_workbench.tar.gz"))
    assert len(experiments) == len(found["cost"]) == 160 - 16
    print("part: nobody takes it for the whole")


warnings.simplefilter("ignore")
for folder in ["run", "expected", "sobol/merged", "morris/merged", "grid/merged"]:
    types(WORK / folder)
pandas_and_duckdb("sobol", 160, 160 * 13 * 3)
pandas_and_duckdb("morris", 40, 40 * 3)
grid = table(WORK / "grid" / "merged", "cells")
pandas_and_duckdb("grid", 24, len(grid))
assert grid.groupby("cell").size().nunique() == 1
salib_sobol()
salib_morris()
workbench("sobol", 160, 13, {"baseline"})
workbench("morris", 40, 1, {"baseline"})
workbench("grid", 24, 13, {"baseline", "faster"})
part()
