__version__ = "0.1.0"

# Where new versions are announced, as public forges answer it; whoever publishes the program sets it. Asked on request.
RELEASES_URL = ""

APP_ID = "io.github.desktop_search.DesktopSearch"  # what desktops know the program by: its menu entry has this name
