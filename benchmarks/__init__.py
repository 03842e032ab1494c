"""Benchmarks: how exact, how quick and how light the product is, measured and written down.

Run `make bench`. A measurement is no test: nothing here runs in `./test`. Where another library is
named, both run in turns in the same process, so a ratio holds on any machine; absolute limits are
CPU time and stand beside a calibration loop. A figure that misses its must ends the run with 1.
"""

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # figures are for one core; read when numpy is loaded, so set first
