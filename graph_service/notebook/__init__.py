"""The graph in Python and in notebooks: what ``graph_service.open`` gives."""
