"""Changes of the library's state: each one class, with its check, one entry in the log and its own refusals."""

from .adapt import AdaptSnippet, CannotAdapt, FollowNationalAgain, MergeNational

__all__ = ["AdaptSnippet", "CannotAdapt", "FollowNationalAgain", "MergeNational"]
