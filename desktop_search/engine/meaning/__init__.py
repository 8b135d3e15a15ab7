"""What is meant, as numbers: pictures and words in one space, sentences and questions in another."""
