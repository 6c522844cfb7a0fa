"""How an office begins: what is asked of whoever sets it up, and the office document that the answers make."""
