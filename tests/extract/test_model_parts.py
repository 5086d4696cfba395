"""The parts of the model reader on their own: word pieces, words and windows, spans, groups, numbers of phrases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_texts import line_of, surveyed

from bearwitness import extract
from bearwitness.extract.model.counts import counted, dead_or_hurt, told_kind, unhurt
from bearwitness.extract.model.events import Teller
from bearwitness.extract.model.hints import NOBODY, hints, of_sites
from bearwitness.extract.model.network import distance_codes, gelu, softmax
from bearwitness.extract.model.pieces import Pieces
from bearwitness.extract.model.spans import Group, Seen, Span, calibrated, choose, cluster, decode, nameable
from bearwitness.extract.model.words import COLUMNS, MOST, Words, shape, words

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "shell", "##ing", "##s", "a", ".", "cafe"]


def words_of(body: str) -> Words:
    """The words of a plain text with the package's own vocabulary."""
    return words(surveyed(body), extract.network().pieces)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [("Shelling", [4, 5]), ("shells.", [4, 6, 8]), ("Café", [9]), ("xyz", [1]), ("", [1]), ("a" * 200, [1])],
)
def test_words_are_cut_into_the_longest_pieces(word: str, pieces: list[int]) -> None:
    """Lower case without accents, longest pieces from the left, unknown where nothing fits."""
    assert Pieces(VOCABULARY).of(word) == pieces


@pytest.mark.parametrize(
    ("word", "code"),
    [("town", 0), ("Kenema", 1), ("UN", 2), ("12", 3), ("5th", 3), ("iPhone", 4), ("I", 1), (",", 5)],
)
def test_shape_of_a_word(word: str, code: int) -> None:
    """How a word is written, which its pieces in lower case do not tell."""
    assert shape(word) == code


def test_every_violent_word_stands_in_one_window() -> None:
    """A long report is cut into windows that do not overlap, of bounded size, covering every violent sentence."""
    found = words_of("Shells hit Kenema on Monday and killed 12 people, police said. " * 60)
    covered = [k for w in found.windows for k in range(w.first, w.last)]
    assert covered == list(range(len(found)))
    assert found.whole
    assert all(len(w.pieces) == len(w.owner) <= 512 for w in found.windows)
    assert all(
        w.owner[at] == k for w in found.windows for at, k in zip(w.at, range(w.first, w.last), strict=True)
    )


def test_a_book_is_read_in_part() -> None:
    """A text longer than any report is read as far as the limit goes, and that is said."""
    found = words_of("Shells hit a town and killed 12 people there, police said on the day. " * 1700)
    assert len(found.windows) == MOST
    assert not found.whole


def test_marks_stay_within_their_columns() -> None:
    """Every mark is one of its column's values, whatever the text."""
    found = words_of(
        '"No one," he said, "KILLED 12 of 3,000 Norlanders in Kenema, Sierra Leone, on 4 March 2025."'
    )
    for column, (_, size) in enumerate(COLUMNS):
        assert 0 <= found.marks[:, column].min() <= found.marks[:, column].max() < size


COUNTED = [
    ("Shells killed at least 12 people in Kenema.", "at least 12 people", (12, None)),
    ("Some 40 villagers were hurt.", "40 villagers", (40, 40)),
    ("Gunmen shot dead a teacher.", "a teacher", (1, 1)),
    ("Gunmen shot dead Ada Example.", "Ada Example", (1, 1)),
    ("Several soldiers died.", "Several soldiers", (2, None)),
    ("Dozens were wounded.", "Dozens", (24, None)),
    ("Rebels and soldiers were killed.", "soldiers", (2, None)),
    ("No one was hurt.", "No one", (0, 0)),
    ("There were no casualties.", "no casualties", (0, 0)),
    ("Nearly 50 people were injured.", "Nearly 50 people", (None, 50)),
    ("Between 10 and 15 fighters were killed.", "10 and 15 fighters", (10, 15)),
    ("His brother was killed too.", "His brother", (1, 1)),
    ("The 17-year-old was wounded.", "17-year-old", (1, 1)),
    ("The driver and 3 passengers died.", "3 passengers", (3, 3)),
    ("More than 200 lost their lives.", "More than 200", (201, None)),
    ("On Nov. 24, 13 workers were killed in a blast.", "13 workers", (13, 13)),
    ("Officers found the injured man lying in the street.", "the injured man", (1, 1)),
    ("The boy's death shocked the town.", "The boy's death", (1, 1)),
    ("The rebels' comrades were killed.", "The rebels' comrades", (2, None)),
    ("None of the victims was hurt.", "the victims", (0, 0)),
    ("He was taken to a hospital, where he died.", "He was taken to a hospital, where he", (1, 1)),
    ("Another man, 24, was hit.", "Another man, 24", (1, 1)),
    ("A woman in her early 20s was shot.", "A woman in her early 20s", (1, 1)),
    ("Police said both teens were hurt.", "both teens", (2, 2)),
    ("The mayor's bodyguards were hurt.", "The mayor's bodyguards", (2, None)),
    ("The wounded in the truck died.", "The wounded in the truck", (2, None)),
    ("The army didn't kill any civilians.", "any civilians", (0, 0)),
    ("It is not clear if any people were hurt.", "any people", (2, None)),
    ("The army did not suffer any casualties.", "casualties", (0, 0)),
    ("The raid ended without any casualties.", "any casualties", (0, 0)),
    ("The blast did damage without any human casualties.", "casualties", (0, 0)),
    ("Ada Doran is the third journalist killed there.", "the third journalist", (3, 3)),
    ("She is the 27th child under 13 shot this year.", "the 27th child", (27, 27)),
    ("The third victim was killed at home.", "The third victim", (1, 1)),
    ("Neither the mayor nor his wife was hurt.", "his wife", (0, 0)),
    ("In 53 clashes 12 soldiers were killed.", "53 clashes 12 soldiers", (12, 12)),
    ("Gunmen killed three cattle herders.", "three cattle herders", (3, 3)),
    ("Neither the 12 dead nor the 30 wounded have been named.", "30 wounded", (30, 30)),
    ("Not one person was hurt.", "one person", (0, 0)),
    ("Not a single soldier died.", "a single soldier", (0, 0)),
    ("A mother of three was killed.", "A mother of three", (1, 1)),
    ("The number of dead rose by 12 to 45.", "12 to 45", (45, 45)),
    ("The toll has risen from 33 to 45.", "33 to 45", (45, 45)),
]


LABELLED = [
    ("Killed: 4. Wounded: 11.", "4", "killed"),
    ("Civilians killed - 4, missing: 2.", "2", "missing"),
    ("Killed: none.", "Killed: none", "killed"),
    ("Four killed, 11 wounded - 3 critically.", "3", None),
]


@pytest.mark.parametrize(("sentence", "phrase", "about"), LABELLED, ids=[c[0] for c in LABELLED])
def test_a_label_says_what_a_number_counts(sentence: str, phrase: str, about: str | None) -> None:
    """In a list of a field note, whatever the network takes it for."""
    line = line_of(sentence)
    start = sentence.index(phrase)
    assert told_kind(line, start, start + len(phrase)) == about


@pytest.mark.parametrize("phrase", ["4,000 dead trees", "4,000 dead"])
def test_what_is_dead_and_no_person_is_not_counted(phrase: str) -> None:
    """Trees and cattle, whether the network marks them or only their number."""
    sentence = "The raid left 4,000 dead trees and 200 dead cattle."
    line = line_of(sentence)
    start = sentence.index(phrase)
    assert counted(line, start, start + len(phrase)) is None
    assert not line.tolls


@pytest.mark.parametrize(("sentence", "phrase", "number"), COUNTED, ids=[c[1] for c in COUNTED])
def test_number_of_a_marked_phrase(sentence: str, phrase: str, number: tuple[int | None, int | None]) -> None:
    """The words that the network marks state a number by the rules of the guidelines."""
    line = line_of(sentence)
    start = sentence.index(phrase)
    found = counted(line, start, start + len(phrase))
    assert found is not None
    assert (found.low, found.high) == number


def test_beasts_and_numbered_things_are_nobody() -> None:
    """A dog is not counted, nor is the number of a flight."""
    dog, flight = "A dog was shot dead by police.", "Flight 212 was shot down."
    read = [line_of(s) for s in (dog, flight)]
    assert counted(read[0], 0, len("A dog")) is None
    assert not read[1].tolls


@pytest.mark.parametrize(
    ("body", "name", "place"),
    [
        ("The Talo Battalion attacked.", "Talo", False),
        ("THE LABOUR UNION [FENO] SAID SO.", "FENO", False),
        ("Police say Ada Doran, 18, died.", "Ada Doran", False),
        ("THEIR BRUTAL WAR WENT ON.", "BRUTAL", False),
        ("He died in MOBILE.", "MOBILE", True),
        ("Two died near Talo, 18 and 19 May.", "Talo", True),
        ("They met in Talo.", "Talo", True),
        ("It was in talo.", "talo", False),
    ],
)
def test_what_marked_words_can_be_a_place(body: str, name: str, place: bool) -> None:
    """Words that the network marks are no place where they are plainly a unit's name, initials in brackets, a person with his age,
    or a plain word in capitals that nothing leads to."""
    found = words_of(body)
    start = body.index(name)
    span = found.covering(start, start + len(name))
    assert span is not None
    assert nameable(found, body, Span("place", *span, "place", 0.9)) is place


@pytest.mark.parametrize(
    ("sentence", "phrase", "together"),
    [
        ("The raid left 20 rebels killed and wounded.", "20 rebels", True),
        ("13 soldiers were either killed or wounded.", "13 soldiers", True),
        ("They killed and wounded many rebels.", "many rebels", True),
        ("The army told of 35 casualties, including an officer.", "an officer", True),
        ("The raid left 20 rebels killed and 12 wounded.", "20 rebels", False),
        ("There were 35 casualties, including two killed and an officer wounded.", "an officer", False),
        ("20 rebels were killed.", "20 rebels", False),
        ("It left twelve people dead and wounding more than 30.", "twelve people", False),
        ("It left five soldiers dead and wounded several others.", "several others", False),
        ("Twelve people were killed and injured residents were taken away.", "Twelve people", False),
        ("There were no casualties in five districts, including Orla, but two men fled.", "two men", False),
    ],
)
def test_dead_and_hurt_counted_together(sentence: str, phrase: str, together: bool) -> None:
    """A number of killed and wounded together says of neither how many they are."""
    line = line_of(sentence)
    start = sentence.index(phrase)
    assert dead_or_hurt(line, start, start + len(phrase)) is together


@pytest.mark.parametrize(
    ("sentence", "phrase", "kind"),
    [
        ("They fled, wounding four soldiers.", "four soldiers", "injured"),
        ("He told of the death of more than 200 people.", "200 people", "killed"),
        ("Twelve others were also injured.", "Twelve others", "injured"),
        ("Twelve others were killed or injured.", "Twelve others", None),
        ("In the raid 4 were killed 58 others injured.", "58 others", None),
        ("He stands trial for the attempted murder of two women.", "two women", None),
    ],
)
def test_kind_of_harm_beside_a_count(sentence: str, phrase: str, kind: str | None) -> None:
    """Words right beside a count say what it counts; a participle before it may belong to the count before."""
    line = line_of(sentence)
    start = sentence.index(phrase)
    assert told_kind(line, start, start + len(phrase)) == kind


@pytest.mark.parametrize(
    ("sentence", "phrase", "safe"),
    [
        ("The mayor was not hurt.", "The mayor", True),
        ("His escort had not been injured.", "His escort", True),
        ("The guests were able to escape without injury.", "The guests", True),
        ("The crew escaped injury.", "The crew", True),
        ("The mayor was hurt.", "The mayor", False),
        ("Three soldiers were not seriously injured.", "Three soldiers", False),
        ("The guests escaped, and three were injured.", "The guests", False),
    ],
)
def test_who_was_not_hurt(sentence: str, phrase: str, safe: bool) -> None:
    """What stands behind a person tells whether he was hurt."""
    line = line_of(sentence)
    assert unhurt(line, sentence.index(phrase) + len(phrase)) is safe


def rows(*labels: int) -> np.ndarray:
    """Certain labels of one layer of one kind: 0 none, 1 first, 2 inside."""
    return np.eye(3, dtype=np.float32)[list(labels)]


def test_spans_begin_where_a_first_word_is_marked() -> None:
    """Two spans side by side are two; a span that begins inside is one all the same."""
    found = [(s.first, s.last) for s in decode("weapon", rows(0, 1, 2, 1, 0, 2, 2), ["weapon"], 0.5)]
    assert found == [(1, 3), (3, 4), (5, 7)]


def test_a_kind_of_count_is_what_its_words_agree_on() -> None:
    """Every word of a count votes on what is counted."""
    chances = np.array([[0.1, 0.5, 0, 0.4, 0], [0.1, 0, 0.1, 0, 0.8]], np.float32)
    (span,) = decode("count", chances, ["killed", "injured"], 0.5)
    assert (span.first, span.last, span.about) == (0, 2, "injured")


@given(st.integers(1, 12), st.integers(0, 2**32 - 1), st.floats(0.05, 0.95))
def test_groups_hold_every_span_once(count: int, seed: int, threshold: float) -> None:
    """Whatever the chances, every span is in exactly one group, and groups stand in the order of their first spans."""
    chances = np.random.default_rng(seed).random((count, count)).astype(np.float32)
    groups = cluster((chances + chances.T) / 2, threshold)
    assert sorted(k for group in groups for k in group) == list(range(count))
    assert groups == sorted(groups)


def test_groups_follow_the_chances() -> None:
    """Two events told in turns come apart."""
    same = np.array([[k % 2 == n % 2 for k in range(6)] for n in range(6)], np.float32)
    assert cluster(same, 0.5) == [[0, 2, 4], [1, 3, 5]]


def test_mentions_of_one_name_add_up() -> None:
    """Two mentions of a place outweigh one of another, though each alone is less likely; the likelier one stands for it."""
    logs = np.log(np.array([[0.1, 0.25, 0.3, 0.35]], np.float32))
    assert choose(logs, ["kenema", "kenema", "dorvale"], None)[0] == 1
    assert choose(logs, ["kenema", "bo", "dorvale"], None) == (2, pytest.approx(0.35, abs=1e-3))


def test_what_else_speaks_for_a_name() -> None:
    """A name that is marked as a place and one named beside the event gain by it, each by its best mention; so does none."""
    logs = np.log(np.array([[0.1, 0.5, 0.1, 0.3]], np.float32))
    names = ["kenema", "dorvale", "dorvale"]
    marked, beside = np.array([-2, 0, 2], np.float32), np.array([0, 1, 0], np.float32)
    assert choose(logs, names, None)[0] == 0
    assert choose(logs, names, None, (marked, beside))[0] == 2
    assert choose(logs, names, None, (), nothing=3.0)[0] == -1


@pytest.mark.parametrize(
    ("body", "name", "site"),
    [
        ("Shells hit the Bando Hotel in Kenema.", "Bando", True),
        ("Gas burnt miners at Bando Colliery.", "Bando Colliery", True),
        ("Police shot two men in the Bando slums.", "Bando", True),
        ("Two men were shot on Bando Street.", "Bando", True),
        ("IN THE SAN RAFAEL FARM ONE MAN DIED.", "SAN RAFAEL", True),
        ("Gunmen killed two men in a Kenema bar.", "Kenema", False),
        ("Gunmen killed two men in Kenema.", "Kenema", False),
        ("Refugees died in Bando camp.", "Bando", False),
        ("Shells hit Kenema. Hotels were closed.", "Kenema", False),
    ],
)
def test_names_of_sites_are_told_from_towns(body: str, name: str, site: bool) -> None:
    """The name of a hotel, a street or a mine is no town's; a town that says where a bar is remains one."""
    found = words_of(body)
    at = found.covering(body.index(name), body.index(name) + len(name))
    assert at is not None
    assert of_sites(found, [at], body).tolist() == [site]


def test_the_rules_speaker_of_each_word() -> None:
    """Every word that somebody is said to have said has that speaker's words; what the outlet says has none."""
    survey = surveyed("Twelve people died, the mayor said. Shells hit a mill.")
    found = words(survey, extract.network().pieces)
    voices = hints(survey, found).voices.tolist()
    first, last = voices[0]
    assert survey.plain[found.start[first] : found.end[last - 1]] == "mayor"
    assert voices[-3] == [NOBODY, NOBODY]


def test_distances_keep_their_sign_and_grow() -> None:
    """A distance code says before or after, and how far by powers of two."""
    codes = distance_codes(np.array([100]), np.array([100, 101, 103, 99, 0, 5000]))[0].tolist()
    assert codes == [8, 9, 10, 6, 0, 15]


def test_activations_are_what_they_are_called() -> None:
    """Chances sum to one; GELU is what torch computes, to six digits."""
    assert softmax(np.array([[1.0, 2.0, 3.0]], np.float32)).sum() == pytest.approx(1)
    assert gelu(np.array([-1.0, 0.0, 2.0], np.float32)) == pytest.approx([-0.158655, 0.0, 1.954500], abs=1e-6)


@given(st.floats(0, 1), st.floats(0, 1))
def test_calibration_keeps_the_order_of_confidences(one: float, other: float) -> None:
    """A calibrated chance is a chance, and never turns two round."""
    a, b = calibrated(min(one, other), [0.7, -0.2]), calibrated(max(one, other), [0.7, -0.2])
    assert 0 <= a <= b <= 1


@pytest.mark.parametrize(
    ("layer", "days", "events"),
    [("perpetrator", (0, 0), 1), ("count", (0, 0), 2), ("perpetrator", (0, 1), 2)],
)
def test_what_counts_nobody_joins_the_event_of_its_place_and_day(
    layer: str, days: tuple[int, int], events: int
) -> None:
    """Two groups of one place and day are one event if one of them counts nobody; on two days they are two."""
    surveyed_ = surveyed("Rebels shelled Kenema on March 3. Shells killed 12 people in Kenema on March 4.")
    found = words(surveyed_, extract.network().pieces)
    values = {"kind": [1.0] + [0.0] * 7, "status": [1.0, 0.0, 0.0]}
    spans = [Span(layer, 0, 1, layer, 0.9, dict(values)), Span("count", 10, 12, "killed", 0.9, dict(values))]
    groups = [Group([k], date=days[k], place=0) for k in range(2)]
    seen = Seen(spans, groups, [(2, 3)], [], [], 0)
    told = Teller(surveyed_, found, seen).all_told()
    assert len(told) == events
    assert sorted(span.about for event in told for span in event.spans) == sorted(s.about for s in spans)
