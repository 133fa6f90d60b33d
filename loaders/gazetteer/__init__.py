"""Countries, regions, federal districts and towns: names, codes and what is part of what."""
