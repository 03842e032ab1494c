"""The four checks of exactness: what they find, and what they let pass."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from marra.inventory.rules.checks import (
    Alike,
    Check,
    FunctionSeen,
    ProcessSeen,
    ServiceSeen,
    owned_twice,
    problems,
    proposals,
)
from marra.language.fold import fold

BODIES = ("justice", "health", "tashkent", "samarkand")
REGIONS = {"tashkent": "1726", "samarkand": "1718"}

FUNCTIONS = st.lists(
    st.builds(
        lambda body, key, cofog, shared, has: (body, key, cofog, shared - {body}, has),
        st.sampled_from(BODIES),
        st.sampled_from(["nikoh", "yer"]),
        st.sampled_from(["", "01", "01.3", "07"]),
        st.frozensets(st.sampled_from(BODIES)),
        st.booleans(),
    ),
    max_size=7,
).map(
    lambda found: [
        FunctionSeen(
            code=f"f{at}",
            body=body,
            title=key,
            key=key,
            cofog=cofog,
            has_process=has,
            shared_with=shared,
            region=REGIONS.get(body, ""),
        )
        for at, (body, key, cofog, shared, has) in enumerate(found)
    ]
)


def made(body: str, title: str, **told: object) -> FunctionSeen:
    return FunctionSeen(f"{body}-{title}", body, title, fold(title), **told)


@given(FUNCTIONS)
def test_a_dispute_is_told_to_both_sides(functions):
    found = {each.thing: each.others for each in owned_twice(functions)}
    by_code = {each.code: each for each in functions}

    for code, others in found.items():
        mine = by_code[code]
        for body in others:
            theirs = [e for e in functions if e.body == body and e.key == mine.key]
            assert any(mine.body in found.get(each.code, ()) for each in theirs)


@given(FUNCTIONS)
def test_nobody_disputes_with_themselves_nor_do_two_regions(functions):
    by_code = {each.code: each for each in functions}

    for each in owned_twice(functions):
        mine = by_code[each.thing]
        assert mine.body not in each.others
        assert not mine.region or not {"tashkent", "samarkand"} & set(each.others)


@given(FUNCTIONS)
def test_a_hub_that_shares_with_all_others_settles_every_dispute(functions):
    hubs = [
        FunctionSeen(f"hub-{key}", "hub", key, key, shared_with=frozenset(BODIES))
        for key in ("nikoh", "yer")
    ]

    assert owned_twice([*functions, *hubs]) == []


@given(FUNCTIONS)
def test_the_first_check_finds_just_the_functions_without_process_and_reason(functions):
    found = problems(functions, [], [])

    short = {e.thing for e in found if e.check is Check.FUNCTION_WITHOUT_PROCESS}
    assert short == {each.code for each in functions if not each.has_process}


@given(st.booleans(), st.sampled_from(["", "permit"]), st.none() | st.just(date(2026, 1, 1)))
def test_the_other_two_checks_name_what_is_short(has_function, category, deadline):
    process = ProcessSeen("p1", "justice", "Qabul", has_function=has_function)
    service = ServiceSeen("s1", "justice", "Guvohnoma", category, deadline)

    found = {each.thing: each for each in problems([], [process], [service])}

    assert ("p1" in found) != has_function
    assert ("s1" in found) == (not category or not deadline)
    if "s1" in found:
        assert ("category" in found["s1"].lacks) == (not category)


def test_the_same_title_in_other_letters_is_the_same_function():
    functions = [
        made("justice", "Fuqarolik holati dalolatnomalarini qayd etish"),
        made("health", "Фуқаролик ҳолати далолатномаларини қайд этиш"),
        made("tax", "FUQAROLIK HOLATI DALOLATNOMALARINI QAYD ETISH"),
    ]

    assert [each.others for each in owned_twice(functions)] == [
        ("health", "tax"),
        ("justice", "tax"),
        ("health", "justice"),
    ]


def test_codes_of_other_purposes_part_functions_of_one_title():
    assert owned_twice([made("a", "Nazorat", cofog="07"), made("b", "Nazorat", cofog="09")]) == []


def test_a_function_with_a_reason_needs_no_process():
    assert problems([made("justice", "Siyosat", excused=True)], [], []) == []


def test_titles_that_are_only_alike_are_proposed_and_do_not_stand_in_the_way():
    one = made("justice", "Yer uchastkasini ajratish")
    other = made("cadastre", "Ер участкаларини ажратиш")
    shared = made("cadastre", "Ер участкаларини ажратиш", shared_with=frozenset({"justice"}))

    assert owned_twice([one, other]) == []
    assert [each.other for each in proposals([Alike(0.7, one, other)])] == [other]
    assert proposals([Alike(0.7, one, shared)]) == []
