# syntax=docker/dockerfile:1
# One image for the server and the worker. Nothing is fetched when it runs.

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements/base.txt /tmp/requirements.txt
RUN pip install --require-hashes -r /tmp/requirements.txt
WORKDIR /app
COPY manage.py pyproject.toml ./
COPY editions editions
COPY campaign_library campaign_library
COPY toolkit_pages toolkit_pages
COPY site site
COPY locale locale
COPY docs docs
# Static files go into the image, so that every copy of it serves the same ones. The values are for this step alone.
ENV DJANGO_SETTINGS_MODULE=toolkit_site.settings.production
RUN export SECRET_KEY="for this step alone, it is in no image that runs: 0123456789" ALLOWED_HOSTS=build DATA_DIR=/app/var \
    && python manage.py messages compile \
    && python manage.py collectstatic --noinput \
    && python -m compileall -q /opt/venv /app

FROM python:3.11-slim-bookworm
# pg_dump and pg_restore of the version that compose.yaml runs.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client-15 && rm -rf /var/lib/apt/lists/*
RUN groupadd --system --gid 10001 toolkit \
    && useradd --system --uid 10001 --gid toolkit --home-dir /app --no-create-home toolkit \
    && install -d -o toolkit -g toolkit /data /data/media
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/app/site:/app \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=toolkit_site.settings.production \
    DATA_DIR=/data \
    STATIC_ROOT=/app/var/static \
    HOST=0.0.0.0 \
    PORT=8000
USER toolkit
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-m", "toolkit_site.healthcheck"]
CMD ["python", "-m", "toolkit_site.server"]
