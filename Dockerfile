# Holdfast for CI systems that run images; docs/docker.md says how. The first stage builds the package, the second holds it and Git,
# which `--since` and `--staged` ask.
FROM node:20-slim AS build
WORKDIR /build
COPY . .
RUN npm ci --no-audit --no-fund && npm pack --pack-destination /package

FROM node:20-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends git \
  && rm -rf /var/lib/apt/lists/* \
  && git config --system --add safe.directory '*'
COPY --from=build /package/*.tgz /package/
RUN npm install --global --omit=dev --no-audit --no-fund /package/*.tgz \
  && npm cache clean --force \
  && rm -rf /package
USER node
WORKDIR /src
ENTRYPOINT ["holdfast"]
CMD ["check"]
