# One image for the migrations, the web service and the worker. First the tables and somebody who
# can sign in (again after an update: migrate), then the service, which does the worker's work too:
#   docker run --rm --no-healthcheck -v rapporteur:/data rapporteur migrate
#   docker run --rm --no-healthcheck -v rapporteur:/data rapporteur user add \
#     --email organiser@example.org --name Organiser --role administrator
#   docker run -p 8000:8000 -v rapporteur:/data --read-only --tmpfs /tmp \
#     -e RAPPORTEUR_BASE_URL=https://surveys.example.org rapporteur
# Apart, on PostgreSQL (-e RAPPORTEUR_DATABASE_URL=… for each), as many as are needed:
#   docker run … rapporteur serve --no-worker
#   docker run --no-healthcheck … rapporteur worker --id worker-0

FROM python:3.13-slim AS builder
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /source
RUN python -m venv /opt/rapporteur
# Dependencies change less often than the service: they get a layer of their own.
COPY requirements/base.txt requirements/base.txt
RUN /opt/rapporteur/bin/pip install --require-hashes --requirement requirements/base.txt
COPY . .
RUN /opt/rapporteur/bin/pip install --no-build-isolation --no-deps . \
    && /opt/rapporteur/bin/python -m compileall -q /opt/rapporteur \
    && /opt/rapporteur/bin/pip uninstall --yes --quiet editables hatchling pip

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin rapporteur \
    && install -d -o rapporteur -g rapporteur -m 0750 /data
COPY --from=builder /opt/rapporteur /opt/rapporteur
ENV PATH=/opt/rapporteur/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    RAPPORTEUR_DATABASE_URL=sqlite:////data/rapporteur.sqlite3 \
    RAPPORTEUR_DATA_DIR=/data \
    RAPPORTEUR_HOST=0.0.0.0 \
    RAPPORTEUR_PORT=8000
USER rapporteur
WORKDIR /data
# All that the service writes is here; the rest of the file system can be read-only.
VOLUME /data
EXPOSE 8000
# A worker answers no requests: start it with --no-healthcheck.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import http.client, os, sys; c = http.client.HTTPConnection('127.0.0.1', int(os.environ['RAPPORTEUR_PORT']), timeout=4); c.request('GET', '/healthz'); sys.exit(c.getresponse().status != 200)"]
ENTRYPOINT ["rapporteur"]
CMD ["serve"]
