"""What `vordruck COMMAND` does; each command imports what it needs when it runs."""
