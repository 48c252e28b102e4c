import os

DATABASE_URL = os.environ.get("DATABASE_URL", "postgresql://localhost/parcels")
CARRIER_URL = os.environ.get("CARRIER_URL", "https://carrier.example/v2")
MAIL_HOST = os.environ.get("MAIL_HOST", "localhost")
REPORTS = os.environ.get("REPORTS", "/srv/reports")
REPORTS_KEY = os.environ.get("REPORTS_KEY", "").encode()
