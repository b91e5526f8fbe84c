"""Errors for people: what, where, what to do. One class a failure.

Exit statuses (public, docs/contract.md): 2 wrong usage, 3 some files failed,
4 the machine lacks something, 5 the database is in use or is not ours, 6 the run
was stopped by the machine.
"""

from __future__ import annotations

from typing import ClassVar


class CongvanError(Exception):
    """Something a person can act on.

    `str()` of it is one line: where, what was wrong, what to do.
    """

    exit_status: ClassVar[int] = 1
    problem: ClassVar[str] = "something went wrong"
    remedy: ClassVar[str] = "run again with --debug for the traceback"
    unforeseen = False
    """Whether some library raised it, not a rule of ours: then the machine may be to blame as well as the file."""

    def __init__(self, where: str, detail: str | None = None) -> None:
        super().__init__(where, detail)
        self.where = where
        self.detail = detail

    def __str__(self) -> str:
        where = self.where if self.where.isprintable() else self.where.encode("unicode_escape").decode("ascii")
        return f"{where}: {self.explanation}"

    @property
    def explanation(self) -> str:
        """What was wrong and what to do, without the file."""
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self.problem}{detail}; {self.remedy}"


class UsageProblem(CongvanError):
    """The command was called in a way it cannot serve."""

    exit_status = 2


class PathMissing(UsageProblem):
    """A path that is not there."""

    problem = "no such file or folder"
    remedy = "check the path"


class NothingToRead(UsageProblem):
    """A folder without a single file that could be a letter."""

    problem = "no letters here"
    remedy = (
        "give a folder with PDF, PNG, JPEG, TIFF, .txt, .docx, hOCR, ALTO or PAGE files; "
        "hidden files and those that .extractignore names are passed over"
    )


class FolderGiven(UsageProblem):
    """A folder where one letter is asked for."""

    problem = "is a folder"
    remedy = "give a file; extract run reads folders"


class NoGold(UsageProblem):
    """A folder without gold letters."""

    problem = "no gold letters here"
    remedy = "give a folder with NN.gold.json or NN.restored.txt, and the folder of the letters NN with --letters"


class OutputFailed(UsageProblem):
    """Standard output takes no more."""

    problem = "the output cannot be written"
    remedy = "make room where it goes"


class DatabaseIsFolder(UsageProblem):
    """A folder given where the database should be."""

    problem = "is a folder, not a database"
    remedy = "give a file name, for example archive.db"


class DatabaseMissing(UsageProblem):
    """A database that is not there."""

    problem = "no such database"
    remedy = "make it with: extract run FOLDER -o archive.db"


class MergedIntoItself(UsageProblem):
    """A merge whose target is one of the archives to merge."""

    problem = "is both what is merged and what it is merged into"
    remedy = "give the target first and leave it out of the list behind it"


class UnknownModel(UsageProblem):
    """A scoring model nobody knows."""

    problem = "no such scoring model"
    remedy = "extract models lists them"


class MachineLacks(CongvanError):
    """A program or model the work needs is not installed."""

    exit_status = 4


class NoTesseract(MachineLacks):
    """No OCR engine."""

    problem = "Tesseract is not installed"
    remedy = "install it with: sudo apt-get install tesseract-ocr tesseract-ocr-vie (extract doctor checks all)"


class NoVietnameseModel(MachineLacks):
    """Tesseract without the model `vie`."""

    problem = "Tesseract has no Vietnamese model"
    remedy = "install it with: sudo apt-get install tesseract-ocr-vie (extract doctor checks all)"


class NoWorkbookSupport(MachineLacks):
    """`--to xlsx` without the package for it."""

    problem = "writing a workbook needs openpyxl"
    remedy = "install it with: pip install 'congvan[export]'"


class NoCalendarSupport(MachineLacks):
    """`--to ics` without the package for it."""

    problem = "writing a calendar needs icalendar"
    remedy = "install it with: pip install 'congvan[export]'"


class NoClusterSupport(MachineLacks):
    """`--cluster` without the packages for it."""

    problem = "running on a cluster needs dask.distributed"
    remedy = "install it with: pip install 'congvan[cluster]'"


class ClusterUnreachable(UsageProblem):
    """No scheduler answers at the address."""

    problem = "no Dask scheduler answers here"
    remedy = "start one with: dask scheduler, and give its address, for example tcp://host:8786"


class DatabaseProblem(CongvanError):
    """The database cannot be used."""

    exit_status = 5


class DatabaseInUse(DatabaseProblem):
    """Another run writes to the database."""

    problem = "another run is writing to this database"
    remedy = "wait for it to end, or write to another file with -o"


class DatabaseNotOurs(DatabaseProblem):
    """A file that is no archive of this program."""

    problem = "is not an archive made by extract"
    remedy = "nothing was changed; give the file of an archive"


class DatabaseOfAnotherVersion(DatabaseNotOurs):
    """An archive that another version of this program made."""

    problem = "cannot be read by this version of extract"
    remedy = "nothing was changed; use the version that made it, or extract run to bring an older one up to date"


class DatabaseNotWritable(DatabaseProblem):
    """The operating system does not let us work on the database."""

    problem = "the database cannot be opened"
    remedy = "check the permissions of the file and its folder, or write to another file with -o"


class DatabaseFull(DatabaseProblem):
    """No room left for the database."""

    problem = "the disk is full"
    remedy = "make room and run the same command again: it goes on where it stopped"


class ArchivesDisagree(DatabaseProblem):
    """Two archives hold different things under one name."""

    problem = "holds something else than the other archives under the same name"
    remedy = "it was not merged; run each shard from the same folder or with full paths, so that a path means one file"


class MachineTrouble(CongvanError):
    """Work fails for a reason outside the letters: the run stops, and no letter is charged with it."""

    exit_status = 6
    remedy = "no letter is to blame; put it right and run the same command again: it goes on where it stopped"


class WorkersCannotStart(MachineTrouble):
    """The processes that do the work end before they begin."""

    problem = "the working processes cannot start"


class NoRoomToWork(MachineTrouble):
    """No room for temporary files, no more files or processes allowed."""

    problem = "this machine has no room left to work in"


class SelfTestFailed(MachineTrouble):
    """What is known to be good fails too."""

    problem = "the program fails on a page known to be good"


class InputGone(MachineTrouble):
    """The letters were there when the run began and are no more."""

    problem = "the letters cannot be reached any more"


class ClusterLost(MachineTrouble):
    """Workers or the scheduler went away, and others did not take their work."""

    problem = "the cluster lost the work"


class ComparingFailed(MachineTrouble):
    """What needs all letters could not be done."""

    problem = "the letters are stored, but could not be compared with each other"
    remedy = "run the same command again"


class FileFailure(CongvanError):
    """A file that could not be read; it is listed, the run goes on."""

    exit_status = 3


class EmptyFile(FileFailure):
    """0 bytes."""

    problem = "the file is empty (0 bytes)"
    remedy = "copy or scan it again"


class FileUnreadable(FileFailure):
    """The operating system does not give the bytes."""

    problem = "the file cannot be opened"
    remedy = "check its permissions"


class NotARegularFile(FileFailure):
    """A FIFO, a device, or a link that leaves the folder."""

    problem = "not a regular file"
    remedy = "give the file itself"


class WrongContent(FileFailure):
    """Content that is not what the name says."""

    problem = "the content is not what the file name says"
    remedy = "rename it to what it is"


class UnsupportedKind(FileFailure):
    """A kind of file that is not read."""

    problem = "this kind of file is not read"
    remedy = "give PDF, PNG, JPEG, TIFF, .txt, .docx, hOCR, ALTO or PAGE"


class EncryptedPdf(FileFailure):
    """A PDF that asks for a password."""

    problem = "the PDF is encrypted"
    remedy = "remove the password, for example with qpdf --decrypt"


class BrokenFile(FileFailure):
    """Damaged beyond what the readers can mend."""

    problem = "the file is damaged and cannot be read"
    remedy = "copy or scan it again"


class TooLarge(FileFailure):
    """Over a limit of the settings."""

    problem = "larger than the limit"
    remedy = "split the file or raise the limit"


class PageTooSlow(FileFailure):
    """A page that took longer than its limit."""

    problem = "the page took longer than the limit"
    remedy = "raise the limit with --page-seconds, or scan the page again"


class LetterTooSlow(FileFailure):
    """A letter that took longer to understand than its limit."""

    problem = "finding what the letter says took longer than the limit"
    remedy = "report the file"


class LetterNotUnderstood(FileFailure):
    """A fault of ours in repair, extraction or checks."""

    problem = "what the letter says could not be found"
    remedy = "report the file"


class WorkerDied(FileFailure):
    """The process that read the page ended."""

    problem = "the reading process died on this page"
    remedy = "scan the page again, or report the file"
