"""The demonstration municipality: all of it invented, built only through the product's own actions."""
