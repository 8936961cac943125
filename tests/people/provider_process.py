"""A real identity provider in a process of its own, which can be told to lie: `python provider_process.py PORT`.

What it says of itself is replaced by what was sent to /lies as JSON, one thing or more.
"""

import os
import sys
from typing import Any

import flask
import oidc_provider_mock

lies: dict[str, Any] = {}


def provider() -> flask.Flask:
    app: flask.Flask = oidc_provider_mock.app(require_client_registration=True)

    @app.post("/lies")
    def tell() -> dict[str, Any]:
        lies.clear()
        lies.update(flask.request.get_json())
        return lies

    @app.after_request
    def lie(response: flask.Response) -> flask.Response:
        if flask.request.path == "/.well-known/openid-configuration" and lies:
            response.set_data(flask.json.dumps(response.get_json() | lies))
        return response

    return app


if __name__ == "__main__":
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    provider().run(host="127.0.0.1", port=int(sys.argv[1]))
