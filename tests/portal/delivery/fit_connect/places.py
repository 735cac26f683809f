"""Where a worker is killed on its way over FIT-Connect."""

PLACES = (
    "fit-connect-announcing",
    "fit-connect-announced",
    "fit-connect-attachment-sent",
    "fit-connect-attachment-sent@2",
    "fit-connect-uploaded",
    "fit-connect-uploaded@2",
    "fit-connect-submitting",
    "fit-connect-submission-sent",
    "fit-connect-submitted",
)
