"""Why a story was not taken in.

ImportRefused
├── FileNotReadable      missing, a folder, not ours to read
├── FileNotText          empty, binary, or in another encoding than it declares
├── NotAStory            text, but without a headline and a body
├── CaptureNotTaken      a story, but the record cannot take it as it is
├── SecondPersonNeeded   it tells readers what two people must have read
├── NotReachable         its address could not be read
├── NotTheMoment         somebody else is at it, or it is past that
└── UndoRefused          it has been built upon, or readers have it

Each message is a sentence for whoever asked; nothing was written.
"""


class ImportRefused(Exception):
    pass


class FileNotReadable(ImportRefused):
    pass


class FileNotText(ImportRefused):
    pass


class NotAStory(ImportRefused):
    pass


class CaptureNotTaken(ImportRefused):
    pass


class SecondPersonNeeded(ImportRefused):
    pass


class NotReachable(ImportRefused):
    pass


class NotTheMoment(ImportRefused):
    pass


class UndoRefused(ImportRefused):
    pass
