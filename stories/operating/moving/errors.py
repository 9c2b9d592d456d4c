"""MoveRefused: why a newsroom does not move as it is, in a sentence for the operator. Nothing was moved then."""


class MoveRefused(Exception):
    pass
