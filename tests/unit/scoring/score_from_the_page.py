"""The scoring method once more, written from its page alone and in the page's order: raw JSON in, JSON out.

Shares nothing with the engine: no imports from it, numbers copied from the page, rounding by `decimal`.
"""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

AREAS = ["human_rights", "working_conditions", "work_environment"]
W = {"minor": 1, "major": 3, "zero_tolerance": 5, "info": 0}
E = {"accepted": "1", "checked": "0.85", "none": "0.6", "expired": "0.3", "wrong_holder": "0.3"}
LETTERS = "ABCDE"
MATRIX = {
    "low": "low low medium high critical",
    "medium": "low medium medium high critical",
    "high": "medium medium high critical critical",
}
MONTHS = {"low": 36, "medium": 24, "high": 12, "critical": 6}


def rounded(value, places):
    with localcontext() as context:
        context.prec = 80
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def a(item):
    return Fraction(str(item["credit"])) if item["state"] == "answered" else Fraction(0)


def e(item):
    if a(item) == 0 or not item.get("expects_evidence"):
        return Fraction(1)
    return Fraction(E[item.get("evidence", "none")])


def is_scored(item):
    states = ("answered", "dont_know", "unanswered", "na_pending")
    return item["criticality"] != "info" and not item.get("bonus") and item["state"] in states


def area_numbers(items, area):
    here = [i for i in items if i["area"] == area]
    scored = [i for i in here if is_scored(i)]
    if len(scored) <= 4:
        return None
    bonus = [i for i in here if i.get("bonus") and i["state"] == "answered"]
    bottom = sum(W[i["criticality"]] for i in scored)
    top_d = sum(W[i["criticality"]] * a(i) for i in scored + bonus)
    top_s = sum(W[i["criticality"]] * a(i) * e(i) for i in scored + bonus)
    return min(Fraction(100), 100 * top_d / bottom), min(Fraction(100), 100 * top_s / bottom)


def overall_numbers(items):
    known = [n for n in (area_numbers(items, area) for area in AREAS) if n]
    if not known:
        return None
    return tuple(rounded(sum(n[k] for n in known) / len(known), 1) for k in (0, 1))


def letter(s):
    for name, lowest in (("A", 85), ("B", 70), ("C", 50), ("D", 30)):
        if s >= lowest:
            return name
    return "E"


def fails(item):
    """The word for how an item fails: zt, major, or nothing."""
    if item.get("bonus") or not is_scored(item):
        return ""
    if item["criticality"] == "zero_tolerance" and item["state"] == "answered" and a(item) < 1:
        return "major" if item.get("remedied") else "zt"
    return "major" if item["criticality"] == "major" and a(item) == 0 else ""


def gates_of_items(items):
    live = [i for i in items if i["state"] not in ("hidden", "na_accepted")]
    majors = [i["area"] for i in live if fails(i) == "major"]
    zero = [i for i in live if i["criticality"] == "zero_tolerance"]
    expecting = [i for i in live if i.get("expects_evidence") and i["criticality"] != "info"]
    return {
        "G1": any(fails(i) == "zt" for i in live),
        "G2": any(i["state"] in ("unanswered", "dont_know") for i in zero),
        "G3": bool(majors),
        "G4": any(majors.count(area) >= 3 for area in AREAS),
        "G7": any(i.get("evidence") == "expired" for i in expecting),
        "G8": any(i.get("judged_false") for i in live),
        "areas_at_most_c": [area for area in AREAS if majors.count(area) >= 3],
    }


def worse(*letters):
    return max(letters)


def area_results(items, capped):
    out = {}
    for area in AREAS:
        numbers = area_numbers(items, area)
        if numbers is None:
            out[area] = {"state": "insufficient_basis", "band": None, **pair(None)}
            continue
        d, s = rounded(numbers[0], 1), rounded(numbers[1], 1)
        band = worse(letter(s), "C") if area in capped else letter(s)
        out[area] = {"state": "rated", "band": band, **pair((d, s))}
    return out


def place(items, gates, areas, numbers):
    """State, band, shown; sets G5."""
    if gates["G1"] or gates["G8"]:
        return "rated", "E", min(numbers[1], Decimal("29.0")) if numbers else None
    if not numbers:
        return "not_rateable", None, None
    if gates["G2"]:
        return "incomplete", None, None
    thin = [
        x for x in AREAS if areas[x]["band"] is None and any(is_scored(i) for i in items if i["area"] == x)
    ]
    state, band = ("provisional" if thin else "rated"), letter(numbers[1])
    if gates["G3"] or thin:
        band = worse(band, "B")
    if gates["G4"]:
        band = worse(band, "C")
    worst = max(areas[x]["band"] for x in AREAS if areas[x]["band"])
    if LETTERS.index(worst) - LETTERS.index(band) > 1:
        gates["G5"], band = True, LETTERS[LETTERS.index(worst) - 1]
    return state, band, numbers[1]


def loss(item, items, areas):
    row = {"id": item["id"], "area": item["area"], "lost": None, "lost_answer": None, "lost_proof": None}
    if areas[item["area"]]["band"]:
        bottom = sum(W[i["criticality"]] for i in items if is_scored(i) and i["area"] == item["area"])
        each = Fraction(100 * W[item["criticality"]], bottom)
        row["lost"] = float(rounded(each * (1 - a(item) * e(item)), 2))
        row["lost_answer"] = float(rounded(each * (1 - a(item)), 2))
        row["lost_proof"] = float(rounded(each * a(item) * (1 - e(item)), 2))
    return row


def pair(numbers):
    return dict(zip(("declared", "supported"), map(float, numbers) if numbers else (None, None), strict=True))


def score_from_the_page(items, inherent_risk="unknown"):
    gates = gates_of_items(items)
    areas = area_results(items, gates.pop("areas_at_most_c"))
    numbers = overall_numbers(items)
    state, band, shown = place(items, gates, areas, numbers)
    gates["G6"] = bool(numbers) and numbers[0] - numbers[1] > 25
    accepted = overall_numbers([i for i in items if i["state"] != "na_pending"])
    row = MATRIX["medium" if inherent_risk == "unknown" else inherent_risk].split()
    residual = row[LETTERS.index(band)] if band else None
    return {
        "state": state,
        "band": band,
        **pair(numbers),
        "shown": None if shown is None else float(shown),
        "if_accepted": pair(accepted) if accepted else None,
        "areas": areas,
        "gates": sorted(name for name, fired in gates.items() if fired),
        "inherent_risk": inherent_risk,
        "residual_risk": residual,
        "reassess_months": MONTHS[residual] if residual else None,
        "points": [loss(i, items, areas) for i in items if is_scored(i)],
        "method": "2026-11",
    }
