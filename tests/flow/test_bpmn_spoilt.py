"""Spoilt models are read or refused; what runs of them ends in a refusal or in a whole state."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.flow.fuzz_bpmn import tried
from tests.flow.mutate import SEED, spoilt

LOTS = st.lists(st.integers(0, 255), min_size=3, max_size=18)


def test_the_unspoilt_model_runs():
    tried(SEED.encode())


@settings(max_examples=150)
@given(LOTS)
def test_a_spoilt_model_is_run_or_refused(lots):
    tried(spoilt(SEED, lots))


@given(st.binary(max_size=200), st.integers(0, len(SEED)), st.integers(0, 50))
def test_a_model_with_noise_in_it_is_read_or_refused(noise, place, length):
    xml = SEED.encode()

    tried(xml[:place] + noise + xml[place + length :])
