# Keelson in a container, from the sources; a release has its own Dockerfile, which takes its archive. Build:
#   docker build --build-arg KEELSON_BUILD=$(git rev-parse --short=8 HEAD) -t keelson .
# Run:
#   docker run -p 8443:8443 -v keelson-data:/data -e KEELSON_PUBLIC_NAMES=vp.example.com keelson

FROM node:20-bookworm AS build
WORKDIR /keelson
# better-sqlite3 may have to be compiled; this image has what that takes.
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY wsdl wsdl
COPY src src
COPY simulator simulator
ARG KEELSON_BUILD=unknown
RUN KEELSON_BUILD=$KEELSON_BUILD npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:20-bookworm-slim
ARG KEELSON_BUILD=unknown
ARG KEELSON_VERSION=0.1.0
ARG KEELSON_DATE=2026-11-22
LABEL org.opencontainers.image.title="Keelson" \
      org.opencontainers.image.description="Reference VASA provider over a simulated storage array" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$KEELSON_VERSION" \
      org.opencontainers.image.revision="$KEELSON_BUILD" \
      org.keelson.release="Keelson $KEELSON_VERSION ($KEELSON_DATE) build $KEELSON_BUILD"
WORKDIR /keelson
COPY --from=build /keelson/node_modules node_modules
COPY --from=build /keelson/dist dist
COPY package.json LICENSE ./
COPY wsdl wsdl
RUN install -d -o node -g node -m 0700 /data && ln -s /keelson/dist/src/main.js /usr/local/bin/keelson \
    && chmod 0755 /keelson/dist/src/main.js
USER node
ENV NODE_ENV=production \
    KEELSON_DATA_DIR=/data \
    KEELSON_HEALTH_PORT=8080
VOLUME /data
EXPOSE 8443
# Exec form throughout: the provider is process 1 and hears SIGTERM itself.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/keelson/dist/src/main.js"]
CMD ["serve"]
