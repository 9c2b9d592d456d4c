from stories.watching.turns import Turns


def turns(*urls: str, in_all: int = 20, per_host: int = 2) -> Turns[str]:
    return Turns(urls, url_of=lambda url: url, in_all=in_all, per_host=per_host)


def take_all(line: Turns[str]) -> list[str]:
    return list(iter(line.take, None))


def test_no_more_of_one_host_are_out_than_it_may_have():
    line = turns("http://a.example/1", "http://a.example/2", "http://A.example:8080/3", "http://b.example/1")

    assert take_all(line) == ["http://a.example/1", "http://b.example/1", "http://a.example/2"]


def test_no_more_are_out_in_all_than_may_be():
    line = turns("http://a.example/", "http://b.example/", "http://c.example/", in_all=2)

    assert take_all(line) == ["http://a.example/", "http://b.example/"]


def test_one_that_comes_back_makes_room_for_the_next_of_its_host():
    line = turns("http://a.example/1", "http://a.example/2", per_host=1)
    first = line.take()
    assert line.take() is None

    line.give_back(first)

    assert line.take() == "http://a.example/2"


def test_a_host_with_many_waiting_does_not_hold_up_the_others():
    line = turns(*(f"http://many.example/{n}" for n in range(50)), "http://one.example/", in_all=3)

    assert "http://one.example/" in take_all(line)


def test_what_is_no_address_has_its_turn_like_the_others():
    assert take_all(turns("http://[", "nonsense")) == ["http://[", "nonsense"]


def test_everybody_has_one_turn():
    urls = [f"http://host{n % 3}.example/{n}" for n in range(30)]
    line = turns(*urls, in_all=4)
    seen = []

    while taken := take_all(line):
        seen += taken
        for url in taken:
            line.give_back(url)

    assert sorted(seen) == sorted(urls)
