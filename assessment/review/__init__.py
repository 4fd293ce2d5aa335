"""What an advisor adds: confirmations, acceptances and ratings of their own."""
