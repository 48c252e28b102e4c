from unittest import mock

from app.net import used_by_a_test


def test_it():
    with mock.patch("app.net.replaced_in_a_test"):
        used_by_a_test()
