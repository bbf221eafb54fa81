"""Behind https the product says so to browsers, on whatever it answers."""

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from deploy.https import staying

NAME = "Strict-Transport-Security"


@pytest.mark.parametrize("status", [200, 404])
def test_a_browser_that_came_by_https_is_told_to_stay(status):
    served = staying(Response("page", status=status), "https://yicha.example")
    answer = Client(served).get("/")
    assert (answer.status_code, answer.headers.getlist(NAME)) == (status, ["max-age=31536000"])


def test_without_https_nothing_is_promised():
    assert NAME not in Client(staying(Response("page"), "http://127.0.0.1:8000")).get("/").headers
