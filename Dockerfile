# The service alone. BASE needs python3 with venv, 3.11 or newer, the same in both stages.
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS build
WORKDIR /src
COPY requirements.txt ./
RUN python3 -m venv /opt/tools \
 && /opt/tools/bin/pip install --no-cache-dir --disable-pip-version-check "$(grep -o '^uv==[^ ]*' requirements.txt)"
COPY pyproject.toml README.md LICENSE ./
COPY cypher cypher
COPY loaders loaders
COPY graph_service graph_service
# The application in the browser is built outside, with Node: make ui.
RUN test -f graph_service/api/static/app/index.html || { echo "run make ui first" >&2; exit 1; }
# Only what the service needs, in the locked versions and with the locked digests.
RUN python3 -m venv --without-pip /opt/zveno \
 && /opt/tools/bin/uv pip install --python /opt/zveno/bin/python --no-cache --compile-bytecode \
      --constraint requirements.txt --build-constraint requirements.txt .

FROM ${BASE}
COPY --from=build /opt/zveno /opt/zveno
RUN mkdir /data && chown 10001:10001 /data
ENV PATH=/opt/zveno/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    ZVENO_STORE=sqlite:////data/zveno.sqlite
WORKDIR /data
VOLUME /data
USER 10001:10001
EXPOSE 8000
ENTRYPOINT ["zveno"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
