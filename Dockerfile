# One image for web, worker and beat; which of them runs is the command's choice.
FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
# pg_dump and pg_restore, for backups.
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/*
COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt
COPY . .
RUN useradd --system --home /app --shell /usr/sbin/nologin melek \
    && install -d -o melek /data \
    && ELEARNING_VAR=/tmp/build python manage.py collectstatic --noinput --verbosity 0 \
    && mv /tmp/build/static /app/staticfiles && rm -rf /tmp/build
USER melek
ENV ELEARNING_VAR=/data STATIC_ROOT=/app/staticfiles
VOLUME /data
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
CMD ["gunicorn", "elearning.wsgi", "--bind=0.0.0.0:8000", "--no-control-socket", "--worker-class=elearning.web_worker.PatientWorker", "--workers=2", "--threads=8"]
