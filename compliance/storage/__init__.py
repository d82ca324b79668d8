"""The shelf: tables, engine settings, migrations and one query function a page. Only here is SQLAlchemy mapped."""
