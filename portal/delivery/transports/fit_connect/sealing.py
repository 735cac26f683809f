"""Encryption for a destination, and which keys are fit for it.

JWE, RSA-OAEP-256 with A256GCM, as FIT-Connect prescribes. That a certificate of the
Verwaltungs-PKI stands behind a key is not checked here: the operator names the destination, and
its key comes over TLS from the service.
"""

from collections.abc import Mapping

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from portal.delivery.transports.transport import LockedOutError

ALG, ENC, SIGNED = "RSA-OAEP-256", "A256GCM", "PS512"
FEWEST_BITS = 4096
LARGEST = 200_000_000  # of one part; joserfc's own limit of 64 kB is for tokens


class _Registry(jwe.JWERegistry):
    """Files are larger than tokens."""

    max_ciphertext_length = LARGEST


def encryption_key(told: object, kid: str) -> RSAKey:
    """The public key that data are encrypted with; LockedOutError if it is not fit for that."""
    return _key(told, kid, ALG, "enc", "wrapKey", "encryption-key-unfit")


def signature_key(told: object, kid: str) -> RSAKey:
    """The public key that events are checked with."""
    return _key(told, kid, SIGNED, "sig", "verify", "signature-key-unfit")


def seal(content: bytes, key: RSAKey, media_type: str) -> str:
    """The compact JWE of a part."""
    protected = {"alg": ALG, "enc": ENC, "kid": str(key.kid), "cty": media_type}
    registry = _Registry(algorithms=[ALG, ENC])
    return jwe.encrypt_compact(protected, content, key, registry=registry)


def tag_of(sealed: str) -> str:
    """The authentication tag: by it the receiver says which bytes it has."""
    return sealed.rpartition(".")[2]


def _key(told: object, kid: str, alg: str, use: str, deed: str, code: str) -> RSAKey:
    if not isinstance(told, Mapping) or told.get("kty") != "RSA" or told.get("kid") != kid:
        raise LockedOutError(code)
    deeds = told.get("key_ops")
    if told.get("alg") != alg or told.get("use", use) != use or deeds != [deed]:
        raise LockedOutError(code)
    try:
        # Without its key_ops, checked above: joserfc knows "encrypt" only, the standard "wrapKey".
        key = RSAKey.import_key({"kty": "RSA", "n": told["n"], "e": told["e"], "kid": kid})
        is_large = key.public_key.key_size >= FEWEST_BITS
    except (JoseError, KeyError, ValueError, TypeError) as fault:
        raise LockedOutError(code) from fault
    if not is_large:
        raise LockedOutError(code)
    return key
