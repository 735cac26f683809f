"""Keys of the test's parties, made once: they are as long as the real ones."""

import json
from functools import cache
from typing import Any

from jwcrypto import jwk

ENCRYPTION = {"alg": "RSA-OAEP-256", "use": "enc"}
SIGNATURE = {"alg": "PS512", "use": "sig"}


@cache
def made(name: str) -> jwk.JWK:
    """The private key of a party, without a purpose; one called short is too short."""
    return jwk.JWK.generate(kty="RSA", size=2048 if name == "short" else 4096, kid=name)


def public(name: str, deed: str, **more: object) -> dict[str, Any]:
    """Its public half, as a service would publish it for one purpose."""
    purpose = ENCRYPTION if deed == "wrapKey" else SIGNATURE
    told = json.loads(made(name).export_public())
    return {**told, **purpose, "key_ops": [deed], **more}
