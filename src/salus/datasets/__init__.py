"""The tables that validation, learning, forecasts and proposals are made from."""
