"""Posts of social platforms, fetched by yt-dlp in a process of its own (contract §6)."""
