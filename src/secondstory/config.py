"""Settings, from the environment (SECONDSTORY_…) over defaults that need no network and no account."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from secondstory.model.errors import BadInput
from secondstory.texts import say


class Settings(BaseSettings):
    """Everything that can be set."""

    model_config = SettingsConfigDict(env_prefix="SECONDSTORY_", extra="forbid")

    data_dir: Path = Field(
        default_factory=lambda: user_data_path("secondstory", appauthor=False),
        description="Where telemetry, records and keys are kept.",
    )
    database_url: str = Field(
        default="", description="Where records are kept; empty = an SQLite file in the data directory."
    )
    upload_limit_mb: int = Field(
        default=2048, ge=1, description="The largest import that the web takes; larger ones by the command line."
    )
    public_url: str = Field(
        default="",
        description="The address that people use, such as https://post-mortems.example.org; empty = loopback only.",
    )
    tls_certificate: Path | None = Field(
        default=None, description="A PEM file with the certificate chain of the public address."
    )
    tls_key: Path | None = Field(default=None, description="The PEM file with the key of that certificate.")
    trusted_proxies: str = Field(
        default="",
        description="IP addresses of the proxies that end TLS before this server, parted by commas; no other may "
        "speak to it then.",
    )
    collect_authorization_variable: str = Field(
        default="",
        description="Name of the environment variable with the Authorization header for servers that are collected "
        "from, such as PROMETHEUS_AUTHORIZATION; empty = none is sent.",
    )
    alert_token_variable: str = Field(
        default="",
        description="Name of the environment variable with the token by which Alertmanager, Grafana or PagerDuty may "
        "open incidents here; empty = their notifications are not taken.",
    )
    telemetry_engine: Literal["duckdb", "spark"] = Field(
        default="duckdb",
        description="What answers questions about telemetry: DuckDB inside this process, or a Spark cluster.",
    )
    spark_url: str = Field(
        default="sc://127.0.0.1:15002", description="The Spark Connect server that the engine spark asks."
    )
    telemetry_store: str = Field(
        default="",
        description="Where the engine spark keeps telemetry: s3://bucket/prefix (s3a:// for Apache Spark), with the "
        "keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; empty = the data directory, which the cluster must see.",
    )
    telemetry_endpoint: str = Field(
        default="", description="The address of S3-compatible storage, such as http://minio:9000; empty = Amazon's."
    )

    mail_server: str = Field(default="", description="The mail server that letters go to; empty = none is ever sent.")
    mail_port: int = Field(default=587, ge=1, le=65535, description="Its port.")
    mail_tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How the way to it is secured; none is for a server on this machine."
    )
    mail_from: str = Field(default="", description="The address that letters come from, such as reviews@example.org.")
    mail_user: str = Field(default="", description="Whom to sign in as at the mail server; empty = nobody.")
    mail_password_variable: str = Field(
        default="SECONDSTORY_MAIL_PASSWORD", description="Name of the environment variable with that user's password."
    )
    mail_owner: str = Field(default="", description="The address of this installation's owner.")

    def records_url(self) -> str:
        """The address of the records' database."""
        return self.database_url or f"sqlite:///{self.data_dir / 'records.db'}"


def settings_now(data_dir: Path | None = None) -> Settings:
    """The settings as the environment gives them now. Raises BadInput that names the first one that does not fit."""
    try:
        return Settings() if data_dir is None else Settings(data_dir=data_dir)
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(["SECONDSTORY", *(str(part) for part in first["loc"])]).upper()
        fault = first["msg"][:1].lower() + first["msg"][1:]
        raise BadInput(say("engine.setting", name=name, fault=fault), say("engine.setting_next")) from error
