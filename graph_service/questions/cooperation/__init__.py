"""Questions, one a file; see CONTRIBUTING for how to add one."""
