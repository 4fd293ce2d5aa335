"""The register of business enterprises, behind a port."""
