"""GLO.ACT QA: questions about press releases, answered in the releases' own words."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("gloact-qa")
except PackageNotFoundError:  # a source tree that is not installed
    __version__ = "0+unknown"
