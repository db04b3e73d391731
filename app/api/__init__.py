"""What programs use: JSON over HTTP, and its documentation."""
