import pytest

from stories.text.language.boundaries import begins_whole, ends_whole, sentence_around
from stories.text.locate import literal_in_context, literal_occurrence, occurrences
from stories.text.normalise import normalise
from stories.text.passage.quoting import take_apart

TEXT = "The ferry runs daily. It may stop in fog, ice or high wind. The ferry runs daily, the pilot said."


def found(text: str, passage: str) -> list[str]:
    return [text[span.start : span.end] for span in occurrences(normalise(text), take_apart(passage))]


def test_every_occurrence_is_found_in_the_order_of_the_document():
    spans = occurrences(normalise(TEXT), take_apart("the ferry runs daily"))

    assert [span.start for span in spans] == [0, 60]


@pytest.mark.parametrize(
    ("passage", "wording"),
    [
        ("It may stop … wind", "It may stop in fog, ice or high wind"),
        ("It may stop [...] wind.", "It may stop in fog, ice or high wind"),
        ("[The boat] may stop in fog", "may stop in fog"),
        ("It may [sometimes] stop in fog", "It may stop in fog"),
        ("[i]t may stop", "It may stop"),
        ("ice or high win[ds]", "ice or high wind"),
    ],
)
def test_what_reporters_do_to_a_quotation_is_undone(passage, wording):
    assert found(TEXT, passage) == [wording]


@pytest.mark.parametrize(
    "passage", ["wind … fog", "may [always] runs", "It stop … wind", "erry runs", "ferr", "", "…", "[x]"]
)
def test_what_does_not_stand_there_is_not_found(passage):
    assert found(TEXT, passage) == []


@pytest.mark.parametrize("swallowed", ["not", "never", "30", "without"])
def test_a_bracket_never_hides_a_negation_or_a_number(swallowed):
    assert found(f"The ferry will {swallowed} run today.", "The ferry will [surely] run today") == []


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Start it by run [--all] NAME and wait.", "Start it by run [--force] NAME and wait."),
        ("Start it by run NAME and wait.", "Start it by run [--force] NAME and wait."),
        ("It takes copy [SOURCE] [TARGET] as words.", "It takes copy [PLACE] [TARGET] as words."),
        ("It takes copy [TARGET] as words.", "It takes copy [SOURCE] [TARGET] as words."),
        ("They said [the mayor] would leave.", "They said [the governor] would leave."),
        ("It takes copy [SOURCE].", "It takes copy [TARGET]."),
        ("Use these brackets: [ or ]", "Use these brackets: [ and ]"),
        ("[NPM](https://port.example/) is needed.", "[PIP](https://port.example/) is needed."),
        ("Read a[i] before all else.", "Read a[j] before all else."),
        ("Read x[1] before all else.", "Read x[2] before all else."),
    ],
)
def test_brackets_of_the_document_are_no_remark_of_who_quotes_it(text, passage):
    assert found(text, passage) == []


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Boats may moor here at night.", "[No] boats may moor here at night."),
        ("Boats may moor here at night.", "[Not all] boats may moor here at night."),
        ("Boats may moor here at night.", "Boats may moor here at night [in no case]."),
        ("30 houses were sold last year.", "[40] houses were sold last year."),
        ("In all, 12 people died.", "[Two] people died."),
        ("They paid 30 euros for it.", "They paid [40]"),
        ("No boats may moor here.", "[All] boats may moor here."),
    ],
)
def test_a_bracket_at_an_end_puts_no_negation_and_no_other_figure_in(text, passage):
    assert found(text, passage) == []


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("No boats may moor here at night.", "[No] boats may moor here at night."),
        ("No vessels may moor here at night.", "[No boat] may moor here at night."),
        ("30 houses were sold last year.", "[All 30] houses were sold last year."),
        ("He came in 2024. Houses were sold last year.", "[The] houses were sold last year."),
        ("He came in 2024: “Houses were sold last year.”", "[Mr Bell:] “Houses were sold last year.”"),
        ("We sold it. 30 boats left.", "We sold it [in May]."),
        ("We sold it without delay.", "We sold it [in May]"),
        ("We sold it today. They left.", "We sold it [today]."),
    ],
)
def test_a_bracket_at_an_end_may_tell_what_the_document_does(text, passage):
    assert found(text, passage)


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("They said [he] would leave.", "They said [he] would … leave"),
        ("He said [the man] told it to leave.", "He said [the man] told [her] to leave."),
        ("They was [sic] told to leave.", "They was [sic] told [by the mayor] to leave."),
        ("The deck was weak[1] in May.", "The deck was weak[2] in May."),
        ("[Ann] said that we sold it [in May]. [Bob] did not.", "[Ann] said that we sold it [in May]."),
        ("We sold it.", "[Ann:] We sold it [in May]."),
        ("It was a[1] weak deck[b] in May.", "It was a weak deck in May."),
        ("We sold it (to [Ann]) and left the port.", "We [the firm] sold it … and left the port."),
        ("The U.S. sold it.", "The [American firm] sold it."),
    ],
)
def test_remarks_stand_beside_brackets_of_the_document(text, passage):
    assert found(text, passage)


def test_a_literal_occurrence_is_made_of_whole_words():
    assert literal_occurrence("The ferryman and the ferry", "ferry") is not None
    assert literal_occurrence("The ferryman", "ferry") is None


@pytest.mark.parametrize("behind", ["..", "...", " . .", "\xa0.\xa0.\xa0.", "…"])
def test_no_literal_occurrence_ends_amid_an_ellipsis(behind):
    assert literal_occurrence(f"The port is old.{behind} only in part.", "The port is old.") is None


@pytest.mark.parametrize("behind", ["1 million.", "50", "000"])
def test_no_literal_occurrence_ends_with_a_point_amid_a_figure(behind):
    assert literal_occurrence(f"The fee is $5.{behind}", "The fee is $5.") is None


@pytest.mark.parametrize("passage", ["Boats moor here.", "“Boats moor", "moor here"])
def test_a_plain_passage_between_what_it_was_told_to_stand_between_is_found_as_by_a_search(passage):
    text = "North quay\n“Boats moor here. Crews sign in.”"
    prefix, _, suffix = text.partition(passage)

    span = literal_in_context(text, passage, prefix=prefix.strip(), suffix=suffix.strip())

    assert [span] == occurrences(normalise(text), take_apart(passage))


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("South quay\nBoats moor here.", "Boats moor here."),
        ("North quay\nBoats moor here. Boats moor here.", "Boats moor here."),
        ("North quay\nBoats moor here [2].", "Boats moor here [2]."),
        ("North quay\nBoats moor here … now.", "Boats moor here … now."),
        ("North quay\nBoats moor, if", "Boats moor,"),
    ],
)
def test_a_passage_that_may_be_read_in_several_ways_is_not_found_at_once(text, passage):
    assert literal_in_context(text, passage, prefix="North quay\n", suffix="") is None


@pytest.mark.parametrize("behind", ["", " .NET is new.", " We left.", "” … We left.", "\n... and so on"])
def test_a_literal_occurrence_may_end_with_a_full_stop(behind):
    assert literal_occurrence(f"The port is old.{behind}", "The port is old.") is not None


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("a non-resident fee", "resident fee"),
        ("grew by 2.5 per cent", "5 per cent"),
        ("fell to -5 degrees", "5 degrees"),
        ("they can't leave", "they can"),
        ("it costs 3,500 euros", "it costs 3"),
        ("unlawful acts", "lawful acts"),
        ("about 3/4 of it", "4 of it"),
        ("at 10:30 today", "at 10"),
        ("some ±5 boats", "5 boats"),
        ("some 10–15 boats", "some 10"),
        ("of ~5 boats", "5 boats"),
        ("of >5 boats", "5 boats"),
        ("the 3×4 m deck", "the 3"),
        ("the AT&T offer", "the AT"),
        ("依据第5条规定", "5条规定"),
        ("the file_name", "the file"),
        ("mail ann@port.example", "mail ann"),
        ("the mean x\u0304 here", "mean x"),
        ("दो नावें आईं", "दो नाव"),
        ("เขาขายเรือ", "ขายเร"),
        ("เขาขายเรือ", "ขายเ"),
        ("彼はコンピューターを買う", "彼はコンピュ"),
        ("我爱他们", "我爱他"),
    ],
)
def test_half_a_word_half_a_number_and_half_a_negation_are_not_whole(text, passage):
    start = text.index(passage)

    assert not (begins_whole(text, start) and ends_whole(text, start + len(passage)))


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("quiet—resident fees", "resident"),
        ("(resident)", "resident"),
        ("港は開放", "は開"),
        ("so-so", "so-so"),
        ("_resident_", "resident"),
        ("by @ann", "ann"),
        ("南非总统", "总统"),
        ("เขาขายเรือ", "ขาย"),
        ("彼はコンピューターを買う", "コンピューター"),
        ("会社はユーザーデータを売った", "データを売った"),
        ("leaves at 9:00 a.m.", "leaves at 9"),
        ("the season 2023/24", "season 2023"),
        ("from 1999–2000", "from 1999"),
        (">5 boats", "5 boats"),
    ],
)
def test_whole_words_are_whole(text, passage):
    start = text.index(passage)

    assert begins_whole(text, start)
    assert ends_whole(text, start + len(passage))


def test_a_sentence_ends_neither_at_an_abbreviation_nor_beyond_its_block():
    text = "Heading\nDr. Marsh paid 3.5 per cent, i.e. a lot. Nobody else did."
    start = text.index("paid")

    assert text[slice(*sentence_around(text, start, start + 4))] == "Dr. Marsh paid 3.5 per cent, i.e. a lot."


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("彼は「港を売る」と言った。", "港を売る。"),
        ("他说“我们不卖码头”。", "我们不卖码头。"),
        ("The port is old . We left.", "The port is old."),
        ("The port is old . . . Only a part was sold.", "The port is old."),
        ("The port is old . . .\nOnly a part was sold.", "The port is old."),
        ("The port is old . .NET is new.", "The port is old."),
        ("The port is old. .NET is new.", "The port is old."),
    ],
)
def test_a_full_stop_of_whoever_quotes_may_stand_before_the_closing_mark(text, passage):
    assert found(text, passage) == [passage[:-1]]


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("市は港を売るな。", "市は港を売る。"),
        ("市长卖了码头，但是不愿意。", "市长卖了码头。"),
        ("We use .NET here.", "We use."),
        ("The port is old . . . only in part of the town.", "The port is old."),
        ("The port is old. . . . only in part of the town.", "The port is old."),
        ("The port is old\xa0.\xa0.\xa0. only in part.", "The port is old."),
        ("The port is old . . . . only in part.", "The port is old."),
    ],
)
def test_no_full_stop_ends_a_sentence_that_goes_on(text, passage):
    assert found(text, passage) == []
