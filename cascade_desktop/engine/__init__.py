"""Files, network, disk and time; asyncio, no Qt."""
