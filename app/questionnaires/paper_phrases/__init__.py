"""What blank forms and codebooks say of their own, in each language that we speak."""
