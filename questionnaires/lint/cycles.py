"""Circles in what depends on what (Tarjan's strongly connected components)."""

from collections.abc import Mapping


def find_cycles(needs: Mapping[str, set[str]]) -> list[list[str]]:
    """Every group of names that depend on one another, each sorted; a name that needs itself too.

    The walk keeps its own stack, so that a long chain cannot exhaust Python's.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    open_names: list[str] = []
    cycles: list[list[str]] = []
    for start in sorted(needs):
        if start in index:
            continue
        path = [(start, iter(sorted(needs[start])))]
        index[start] = low[start] = len(index)
        open_names.append(start)
        while path:
            name, rest = path[-1]
            following = next((other for other in rest if other in needs), None)
            if following is None:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[name])
                if low[name] == index[name]:
                    component = open_names[open_names.index(name) :]
                    del open_names[open_names.index(name) :]
                    if len(component) > 1 or name in needs[name]:
                        cycles.append(sorted(component))
            elif following not in index:
                index[following] = low[following] = len(index)
                open_names.append(following)
                path.append((following, iter(sorted(needs[following]))))
            elif following in open_names:
                low[name] = min(low[name], index[following])
    return cycles
