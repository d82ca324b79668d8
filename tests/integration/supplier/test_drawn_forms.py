"""What is drawn once and kept for everybody holds nothing of anybody."""

from compliance.questionnaires import catalogue
from compliance.web.supplier.drawing import KEPT
from compliance.web.supplier.places import Drawn, Filling, Places

OWN_WORDS = "Det här skrev bara jag <b>&"


def test_a_kept_form_holds_no_word_of_whoever_saw_it_first(app, kim, company):
    profile = catalogue.profile_of(catalogue.current_areas()[0])
    first = profile.sections[0]
    kim.save(company.address, first.questions[0].id, comment=OWN_WORDS)
    page = kim.get(f"{company.address}/sections/{profile.key}.{first.id}").text
    assert "Det här skrev bara jag &lt;b&gt;&amp;" in page
    kept = app.extensions[KEPT]
    assert kept
    assert not any("skrev bara jag" in part for form in kept.values() for part in form.drawn.parts)


def test_a_place_that_nothing_is_put_into_stays_empty():
    at = Places()
    drawn = Drawn.from_html(f"<p{at['shut']}>\n\n{at['text']}</p>")
    assert drawn.places == {"shut", "text"}
    assert drawn.filled(Filling(text="here")) == "<p>\nhere</p>"
