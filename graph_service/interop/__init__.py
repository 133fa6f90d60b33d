"""The graph for other programs: networkx, py2neo, GraphML."""
