# The trainer: mlctl built from this checkout, with ONNX Runtime for one platform only, run by a user who is not root.
# The base by tag and digest: the index for amd64 and arm64. A newer one: docker buildx imagetools inspect node:24-bookworm-slim
FROM node:24.21.0-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6 AS build
WORKDIR /opt/mlctl
COPY package.json package-lock.json .npmrc tsconfig.json tsconfig.types.json ./
COPY scripts ./scripts
COPY bin ./bin
COPY src ./src
RUN npm ci --no-audit --no-fund
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund
RUN node scripts/prune-runtime.mjs

FROM node:24.21.0-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6
LABEL org.opencontainers.image.title="mlctl" \
      org.opencontainers.image.description="Train, log, load and verify MLflow models from Node, without Python." \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.source="https://github.com/mlctl/mlctl" \
      org.opencontainers.image.documentation="https://github.com/mlctl/mlctl#readme"
COPY --from=build /opt/mlctl/package.json /opt/mlctl/THIRD-PARTY-NOTICES /opt/mlctl/
COPY --from=build /opt/mlctl/bin /opt/mlctl/bin
COPY --from=build /opt/mlctl/dist /opt/mlctl/dist
COPY --from=build /opt/mlctl/node_modules /opt/mlctl/node_modules
RUN ln -s /opt/mlctl/bin/mlctl.js /usr/local/bin/mlctl && install -d -o node -g node /work
ENV NODE_ENV=production
# A new volume at /work starts with what the image has there.
COPY --chown=node:node tutorial /work/tutorial
USER node
WORKDIR /work
CMD ["sleep", "infinity"]
