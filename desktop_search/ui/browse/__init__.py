"""What the library has, in the place of the results: pages that one chooses by a tab."""
