"""Sentences about pictures, by a caption model where one is in use."""
