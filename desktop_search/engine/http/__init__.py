"""The routes of the Visual Search contract, over Starlette."""
