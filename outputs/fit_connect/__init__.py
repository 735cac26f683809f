"""FIT-Connect: what an application looks like as a submission, before anybody encrypts it."""
