"""The style sheet and the pictures of the authority's look."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from portal.web.pages import portal_of
from portal.web.refusal import not_found

router = APIRouter()


@router.get("/look/{name}")
def piece(request: Request, name: str) -> Response:
    """One piece of the look, by the address that pages name."""
    look = portal_of(request).look
    if look is not None:
        if look.address == f"/look/{name}":
            return Response(look.style, media_type="text/css")
        for picture in (look.logo, look.logo_dark):
            if picture is not None and picture.name == name:
                return Response(picture.data, media_type=picture.media_type)
    raise not_found()
