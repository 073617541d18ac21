"""Case studies, the model ordinance and the lists of the demo, line by line against what their sources say.

The tables are the facts as they were taken from the sources, before anything was written for the demo.
"""

import datetime

import pytest

from toolkit_site.demo import content

# Key: place, level, status, date, figures and what the source says of each provision.
DETAINERS_2011 = {
    "case-santa-clara": {
        "place": "Santa Clara County",
        "level": "county",
        "state": "CA",
        "status": ("implied", ""),
        "sponsor": "Shirakawa",
        "rules": {
            "no-unpaid-detainers": "yes",
            "felony-only": "conditional",
            "no-juveniles": "yes",
            "no-jail-access": "yes",
            "no-staff-time": "yes",
        },
        "condition": ("convicted", "serious or violent felony"),
        "numbers": {},
    },
    "case-cook-county": {
        "place": "Cook County",
        "level": "county",
        "state": "IL",
        "status": ("implied", ""),
        "sponsor": "Jesus Garcia",
        "rules": {
            "no-unpaid-detainers": "yes",
            "felony-only": "unmentioned",
            "no-juveniles": "unmentioned",
            "no-jail-access": "unmentioned",
            "no-staff-time": "unmentioned",
        },
        "condition": ("No exception",),
        "numbers": {},
    },
    "case-washington": {
        "place": "Washington, DC",
        "level": "district",
        "state": "DC",
        # The source speaks as if it were in force; its dated footnote says introduced.
        "status": ("introduced", "2011-11-15"),
        "sponsor": "Graham",
        "rules": {
            "no-unpaid-detainers": "yes",
            "felony-only": "conditional",
            "no-juveniles": "conditional",
            "no-jail-access": "unmentioned",
            "no-staff-time": "unmentioned",
        },
        "condition": ("adult", "convicted", "serious or violent felony"),
        "numbers": {"support": ("13 of 13", "2011-11-15")},
    },
}
CARDS_2015 = {
    "case-new-haven": {
        "place": "New Haven",
        "state": "CT",
        "name": "Elm City Resident’s Card",
        "status": ("in_effect", "2007-07"),
        "numbers": {"cards": ("over 12,000", "cards in 7 years")},
        "says": ["robbed", "doubt that it was official"],
    },
    "case-oakland": {
        "place": "Oakland",
        "state": "CA",
        "name": "without a name",
        "status": ("adopted", "2009"),
        "numbers": {"cards": ("3,000", "cards")},
        "says": ["debit card", "prepaid card", "about the first four years"],
        "as_of": "2013-08",
    },
    "case-new-york": {
        "place": "New York City",
        "state": "NY",
        "name": "IDNYC",
        "status": ("in_effect", "2015-01"),
        "numbers": {"goal": ("500,000", "cards")},
        "says": ["every city agency"],
        "free": "yes",
    },
}


def pages(language="en"):
    return {page["key"]: page for page in content.around(language)}


def words(value):
    if isinstance(value, dict):
        return " ".join(map(words, value.values()))
    if isinstance(value, list):
        return " ".join(map(words, value))
    return str(value)


def rules(page):
    return {one["provision"].removeprefix("provision:"): one["answer"] for one in page["details"]}


@pytest.mark.parametrize("key", DETAINERS_2011)
def test_detainers_as_of_november_2011(key):
    page, facts = pages()[key], DETAINERS_2011[key]
    assert (page["place"], page["jurisdiction"], page["state"]) == (
        facts["place"],
        facts["level"],
        facts["state"],
    )
    assert (page["status"], page["status_date"]) == facts["status"]
    assert facts["sponsor"] in page["sponsor_name"]
    assert facts["sponsor"] in page["voices"][0]["speaker"]
    assert page["voices"][0]["form"] == "gist"
    assert rules(page) == facts["rules"]
    condition = next(one for one in page["details"] if one["provision"] == "provision:felony-only")["note"]
    for part in facts["condition"]:
        assert part in condition
    assert {one["key"]: (one["value"], one["as_of"]) for one in page.get("numbers", [])} == facts["numbers"]
    assert page["as_of"].year == 2011
    assert page["source"] == "Interfaith Immigration Coalition, 2011"


def test_washington_says_what_is_wrong_with_its_source():
    page = pages()["case-washington"]
    assert "cut off" in page["status_source"]
    assert "at odds with itself" in words(page["lessons"])
    assert page["numbers"][0]["note"] == "The source breaks off before it says thirteen of what."


@pytest.mark.parametrize("key", CARDS_2015)
def test_city_cards_as_of_about_2015(key):
    page, facts = pages()[key], CARDS_2015[key]
    assert (page["place"], page["state"], page["policy"]) == (facts["place"], facts["state"], "municipal_id")
    assert facts["name"] in page["instrument"]
    assert (page["status"], page["status_date"]) == facts["status"]
    assert {one["key"]: (one["value"], one["unit"]) for one in page["numbers"]} == facts["numbers"]
    for said in facts["says"]:
        assert said in words(page)
    if "as_of" in facts:
        assert page["numbers"][0]["as_of"] == facts["as_of"]
    if "free" in facts:
        assert rules(page)["card-free"] == facts["free"]
    assert page["as_of"] == datetime.date(2015, 1, 31)


def test_the_translations_keep_every_answer_and_day():
    spanish = pages("es")
    for key in (*DETAINERS_2011, *CARDS_2015):
        page = pages()[key]
        assert rules(spanish[key]) == rules(page)
        assert (spanish[key]["status"], spanish[key]["status_date"]) == (page["status"], page["status_date"])
        for one, other in zip(page.get("numbers", []), spanish[key].get("numbers", []), strict=True):
            assert [c for c in other["value"] if c.isdigit()] == [c for c in one["value"] if c.isdigit()]


def snippet(kind, key):
    return next(one for one in content.snippets(kind, "en") if one["key"] == key)


SIX_SECTIONS = [
    "Protection of sensitive information",
    "Public record",
    "Transmission to county employees",
    "Enforcement and oversight",
    "Undertaking limited to promotion of general welfare",
    "Severability",
]


def test_six_sections_with_their_faults_mended_and_said():
    ordinance = snippet("ordinance", "county-ordinance")
    assert [section["heading"] for section in ordinance["sections"]] == SIX_SECTIONS
    first = ordinance["sections"][0]["provisions"]
    restored = next(one for one in first if one["name"] == "resources")
    assert restored["text"].startswith("**Use of county resources.**")
    assert "heading" in restored["drafter_note"]
    assert {"U", "T"} == {
        note["citation"][-2]
        for one in first
        for note in one.get("legal_notes", [])
        if "1101" in note["citation"]
    }
    for statute in ("8 U.S.C. 1373", "8 U.S.C. 1644"):
        assert any(note["citation"] == statute for one in first for note in one.get("legal_notes", []))
    record = ordinance["sections"][1]["provisions"][1]
    assert "[[written-record]]" in record["text"]
    assert "VI(A)" in record["drafter_note"]
    text = words(
        [part.get("text", "") for section in ordinance["sections"] for part in section.get("provisions", [])]
    )
    assert "Los Angeles" not in text
    assert "California" not in text
    assert "Chapter" not in text
    oversight = words(ordinance["sections"][3])
    assert oversight.count("{{ oversight_body") == 2
    assert "{{ oversight_body_possessive }}" in oversight
    days = next(one for one in ordinance["blanks"] if one["name"] == "report_days")
    assert (days["type"], days["example"]) == ("number", "90")
    city = snippet("ordinance", "city-ordinance")
    assert city["variant_of"] == "ordinance:county-ordinance"
    assert len(city["sections"]) < len(ordinance["sections"])


def test_houston_has_fifteen_demands_the_last_nested_three_deep():
    demands = snippet("demandlist", "houston")["demands"]
    assert len(demands) == 15
    last = demands[-1]["demands"]
    assert [one["key"] for one in last] == list("abcdef")
    assert [one["key"] for one in last[2]["demands"]] == ["i", "ii", "iii", "iv"]
    assert "**90 days**" in demands[11]["text"]
    assert "**14**" in demands[11]["text"]
    assert "287(g)" in demands[13]["text"]


def test_los_angeles_has_fourteen_demands():
    demands = snippet("demandlist", "los-angeles")["demands"]
    assert len(demands) == 14
    assert "Special Order 40" in demands[0]["text"]


def test_asks_are_as_many_as_the_guide_of_2017_makes():
    asks = {one["key"]: len(one["asks"]) for one in content.snippets("decider", "en")}
    assert (asks["sheriff"], asks["police"], asks["school"]) == (7, 4, 14)


STATES_2015 = {
    "tuition": "CA CO CT FL HI IL KS MD MN NE NJ NM NY OK OR RI TX UT WA",
    "aid": "CA MN NM TX WA",
    "trust": "CA CT DC IL RI",
    "profiling": "IL RI TN",
    "licences": "",
}


def test_lists_of_states_as_of_about_2015():
    found = {
        one["key"]: " ".join(sorted(row["state"] for row in one.get("states", [])))
        for one in content.snippets("policy", "en")
    }
    assert found == STATES_2015
    assert len(STATES_2015["tuition"].split()) == 19
    assert "10 states" in snippet("policy", "licences")["plain"]


def test_bills_and_their_copies():
    bills = {one["key"]: one for one in content.snippets("bill", "en")}
    copies = {one["jurisdiction"] for one in bills.values() if one.get("copies_of") == "bill:az-1070"}
    assert copies == {"SC", "UT", "GA", "AL", "IN"}
    assert {"SB 1070", "SB 6", "HB 3086", "HB 3120"} <= {one["number"] for one in bills.values()}
    assert "failed in committee in 2015" in bills["ga-sb6"]["summary"]


def test_glossary_has_the_fourteen_terms_and_marks_the_doubtful_date():
    terms = {one["key"]: one for one in content.terms("en")}
    assert {
        *("ice", "criminal-alien-program", "daca-mented", "daca", "detainer", "here-to-stay", "287g"),
        *("immigration-detention", "pep-comm", "sanctuary", "sensitive-locations", "undocumented"),
        *("undocu-ally", "undocu-friendly"),
    } <= set(terms)
    assert "12 June 2012" in terms["daca"]["long"]
    assert "15 June" in terms["daca"]["long"]


def test_numbers_of_2011_to_2017_stand_where_they_were_said():
    texts = {
        document["key"]: words(document)
        for name in content.toolkit_names()
        for document in content.toolkit_documents(name, "en")
    }
    for key, said in {
        "policies-kinds": ["33,000", "2012", "10 states", "300 counties", "20 November 2014", "12 cities"],
        "policies-tuition": ["2001", "Nineteen"],
        "sanctuary-tactics": ["5,000", "198 methods"],
        "ordinance-schools": ["Fourteen", "six languages"],
        "ordinance-asks": ["1979"],
        "rights-day": ["$21.6 billion", "$20 billion", "30,000", "hundred cities"],
        "meeting": ["300"],
    }.items():
        for part in said:
            assert part in texts[key], (key, part)
