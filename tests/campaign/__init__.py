"""The fault campaign: what is accepted arrives once, whole and in order, whatever breaks.

`./run python -m tests.campaign --n 1000 --database sqlite` prints the table of faults; applicants,
workers, the receiving server and the judge are processes of their own.
"""
