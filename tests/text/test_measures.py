import pytest

from stories.text.judge import Verdict, judge_passage


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("He is 6′ 2″ tall now.", "He is 6' 2\" tall now."),
        ("He said ‘it was in 2024’.", "He said “it was in 2024”."),
        ("It was ‘built in 2024’ and sank.", "“built in 2024” and sank"),
        ("All of the 1990s’ boats left.", "All of the 1990s' boats left."),
        ("It’s one of the 1990s’ boats.", "It's one of the 1990s' boats."),
        ("He said ‘it wasn’t there in 2024’.", "He said “it wasn't there in 2024”."),
        ("It’s the ship’s 5′ beam that failed.", "It's the ship's 5' beam that failed."),
    ],
)
def test_marks_behind_figures_may_be_drawn_otherwise(text: str, passage: str) -> None:
    assert judge_passage(text, passage).verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("The ship’s beam is 12′ wide.", "The ship’s beam is 12″ wide."),
        ("It's the ship's 5′ beam that failed.", "It's the ship's 5″ beam that failed."),
        ("The 5′ wall fell on the road.", "“The 5″ wall fell on the road.”"),
    ],
)
def test_an_apostrophe_beside_them_makes_no_feet_of_inches(text: str, passage: str) -> None:
    assert judge_passage(text, passage).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Run it with “--all” here.", "Run it with “-all” here."),
        ("You need --all here, said Lee to us.", "-all here, said Lee to us."),
        ("You need -all here, said Lee to us.", "--all here, said Lee to us."),
        ("You need --all here, said Lee to us.", "“-all here,” said Lee to us."),
        ("--all is what you need, said Lee.", "-all is what you need, said Lee."),
        ("You need\n--all here, said Lee to us.", "-all  here, said Lee to us."),
        ("The --dry-run switch does it.", "The -dry-run switch does it."),
        ("The pre- and post-build --all is here.", "The pre- and post-build -all is here."),
        ("Read it with -f- and --all here.", "Read it with -f- and -all here."),
    ],
)
def test_a_switch_of_a_program_has_one_hyphen_or_two(text: str, passage: str) -> None:
    assert judge_passage(text, passage).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Run it – by hand – here.", "Run it -- by hand -- here."),
        ("Run it —by hand— here.", "Run it --by hand-- here."),
        ("He came -as he said- by boat.", "He came --as he said-- by boat."),
        ("He came --as he said-- by boat.", "He came -as he said- by boat."),
        ("He came --as he said--, by boat.", "He came -as he said-, by boat."),
        ("You need --all here, said Lee to us.", "all here, said Lee to us."),
        ("You need --all here, said Lee to us.", "--all here, said Lee to us."),
        ("You need –all here, said Lee to us.", "-all here, said Lee to us."),
        ("You need -x and --all of -y here.", "all of -y here."),
    ],
)
def test_a_dash_that_is_typed_with_hyphens_is_no_switch(text: str, passage: str) -> None:
    assert judge_passage(text, passage).verdict is Verdict.VERBATIM
