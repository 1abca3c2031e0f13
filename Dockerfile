# One image for web, workers and beat; which of them runs is the command's choice.
# Tags move: where images come by way of a registry of your own, put its digest (@sha256:…) here.
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY requirements.txt requirements-s3.txt ./
RUN pip install --require-hashes -r requirements.txt -r requirements-s3.txt
WORKDIR /app
COPY . .
RUN ELEARNING_VAR=/tmp/build STATIC_ROOT=/app/staticfiles \
      python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q . && rm -rf /tmp/build

FROM python:3.11-slim-bookworm
# pg_dump and pg_restore, for backups.
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home /app --shell /usr/sbin/nologin melek \
    && install -d -o melek /data
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    ELEARNING_VAR=/data STATIC_ROOT=/app/staticfiles
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
# By number, so that Kubernetes can see that it is not root.
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --start-period=30s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
CMD ["gunicorn", "elearning.wsgi", "--bind=0.0.0.0:8000", "--no-control-socket", "--worker-class=lib.web_worker.PatientWorker", "--workers=2", "--threads=8", "--timeout=60"]
