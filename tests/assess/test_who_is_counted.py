"""Who is counted in a figure: persons told singly, one number of one origin, and the parts of a toll."""

from __future__ import annotations

from invented import MONITOR, POLICE, RESIDENTS, World, bounds, codes

from bearwitness.record import Speaker


def test_persons_told_by_name_or_kinship_are_no_count_of_all() -> None:
    """T5: "my uncle was killed" and "four children" tell of some of those whom others count; alone they stand."""
    world = World()
    uncle = world.said(1, RESIDENTS, whom="uncle")
    children = world.said(4, MONITOR, whom="children")
    assert bounds(world.only().killed) == (1, 1, 4)
    world.said(12, POLICE)
    toll = world.only().killed
    assert bounds(toll) == (12, 12, 12)
    assert codes(toll)[uncle.id] == codes(toll)[children.id] == "some_of_all"


def test_members_of_a_family_are_counted_like_anybody() -> None:
    """A figure for a family is a figure for all: only single kin are some of the dead."""
    world = World()
    world.said(9, RESIDENTS, whom="members of the Tolland family")
    world.said(12, POLICE)
    assert bounds(world.only().killed) == (9, 9, 12)


def test_one_origin_has_one_number_at_one_time() -> None:
    """Of two numbers of one origin in one report the larger is its count of all, unless it is the hedged one."""
    world = World()
    text = "In the rocket attack on Torvale 14 died; 5 of the dead lay in the yard; maybe 30 died."
    mention = world.mention(world.report(text, "Dawn"), "rocket attack on Torvale")
    world.claim(mention, "killed", "14 died", 14, speaker=POLICE)
    five = world.claim(mention, "killed", "5 of the dead", 5, speaker=POLICE)
    world.claim(mention, "killed", "30 died", 30, speaker=POLICE, hedged=True)
    toll = world.only().killed
    assert bounds(toll) == (14, 14, 30)
    assert codes(toll)[five.id] == "narrower_scope"


def test_several_unnamed_sources_may_give_several_numbers() -> None:
    """ "Other sources" are not one origin with one number: both of their figures stand."""
    world = World()
    others = Speaker(words="other sources")
    text = "In the rocket attack on Torvale 14 died by one account, 9 died by another."
    mention = world.mention(world.report(text, "Dawn"), "rocket attack on Torvale")
    world.claim(mention, "killed", "14 died", 14, speaker=others)
    world.claim(mention, "killed", "9 died", 9, speaker=others)
    assert bounds(world.only().killed) == (9, 9, 14)


def test_a_person_told_twice_is_counted_once() -> None:
    """T10: a name and what that person was, side by side, are one; joined by "and" they are two."""
    for words, dead in (("Mira Tolland, a teacher, died", 1), ("Mira Tolland and a teacher died", 2)):
        world = World()
        mention = world.mention(
            world.report(f"In the rocket attack on Torvale {words}."), "rocket attack on Torvale"
        )
        world.claim(mention, "killed", "Mira Tolland", 1, speaker=POLICE, whom="Mira Tolland")
        world.claim(mention, "killed", "a teacher", 1, speaker=POLICE, whom="teacher")
        assert bounds(world.only().killed) == (dead, dead, dead)


def test_several_says_nothing_beside_dozens() -> None:
    """T3: of two vague words the one that says more sets the figure."""
    world = World()
    world.said((2, None), RESIDENTS, number_kind="vague")
    world.said((24, None), POLICE, number_kind="vague")
    assert bounds(world.only().killed) == (24, 24, 24)


def test_parts_by_standing_make_up_the_best_figure() -> None:
    """T10, T11: what the parts leave of the whole is unknown; children are the same people told another way."""
    world = World()
    text = "In the rocket attack on Torvale 12 died, of them 5 soldiers, 2 policemen, 3 children and 2 girls."
    mention = world.mention(world.report(text, "Dawn"), "rocket attack on Torvale")
    world.claim(mention, "killed", "12 died", 12, speaker=POLICE, group="mixed")
    for words, count, whom, group in (
        ("5 soldiers", 5, "soldiers", "combatant"),
        ("2 policemen", 2, "policemen", "police"),
        ("3 children", 3, "children", "civilian"),
        ("2 girls", 2, "girls", "civilian"),
    ):
        world.claim(mention, "killed", words, count, speaker=POLICE, whom=whom, group=group, part_of=True)
    toll = world.only().killed
    assert {share.of: share.best for share in toll.shares} == {
        "combatant": 5,
        "police": 2,
        "unknown": 5,
        "children": 3,
    }


def test_groups_named_in_one_statement_are_parts_of_their_sum() -> None:
    """T10: of "two soldiers and three farmers" two are fighters and three civilians."""
    world = World()
    text = "In the rocket attack on Torvale 2 soldiers and 3 farmers died."
    mention = world.mention(world.report(text, "Dawn"), "rocket attack on Torvale")
    world.claim(mention, "killed", "2 soldiers", 2, speaker=POLICE, whom="soldiers", group="combatant")
    world.claim(mention, "killed", "3 farmers", 3, speaker=POLICE, whom="farmers")
    toll = world.only().killed
    assert bounds(toll) == (5, 5, 5)
    assert {share.of: share.best for share in toll.shares} == {"civilian": 3, "combatant": 2}


def test_parts_beyond_the_whole_are_said_to_be_so() -> None:
    """T10: parts that add up to more than the whole are kept as told, and flagged; no rest is given."""
    world = World()
    text = "In the rocket attack on Torvale 4 died, of them 3 soldiers and 2 policemen."
    mention = world.mention(world.report(text, "Dawn"), "rocket attack on Torvale")
    world.claim(mention, "killed", "4 died", 4, speaker=POLICE, group="mixed")
    world.claim(
        mention, "killed", "3 soldiers", 3, speaker=POLICE, whom="soldiers", group="combatant", part_of=True
    )
    world.claim(
        mention, "killed", "2 policemen", 2, speaker=POLICE, whom="policemen", group="police", part_of=True
    )
    toll = world.only().killed
    assert "parts_exceed_total" in toll.reasons
    assert {share.of: share.best for share in toll.shares} == {"combatant": 3, "police": 2}


def test_a_journalist_of_the_accused_side_concedes_nothing() -> None:
    """D4: only who speaks for the accused can concede; a paper of that country is one more source."""
    world = World()
    world.accuse("Norland army", RESIDENTS)
    world.said(4, POLICE)
    world.said(7, Speaker(words="a Norland magazine", role="unknown", country="XB"))
    toll = world.only().killed
    assert (toll.low, toll.high) == (4, 7)
    assert "conceded_floor" not in toll.reasons


def test_where_no_named_source_settles_it_most_texts_do() -> None:
    """Two outlets in their own voices and different words outweigh one; the toll says that nobody named settles it."""
    world = World()
    for number, (count, outlet) in enumerate(((5, "Dawn"), (5, "Dusk"), (3, "Noon"))):
        text = (
            f"Edition {number} of {outlet} has it that in the rocket attack on Torvale the count was {count}."
        )
        world.said(count, None, outlet=outlet, text=text)
    toll = world.only().killed
    assert bounds(toll) == (3, 5, 5)
    assert toll.reasons[0] == "most_texts"
