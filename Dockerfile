# The mock as an image: docker build -t rollcall . && docker run --rm -p 4010:4010 rollcall
FROM node:24-slim AS build
WORKDIR /src
COPY . .
RUN npm ci && npm pack --pack-destination /tmp

FROM node:24-alpine
COPY --from=build /tmp/rollcall-*.tgz /tmp/
RUN npm install --global --ignore-scripts --no-audit --no-fund /tmp/rollcall-*.tgz \
  && rm -rf /tmp/rollcall-*.tgz ~/.npm
# A document of yours is mounted here, or named by its URL.
WORKDIR /documents
USER node
EXPOSE 4010
HEALTHCHECK --interval=5s --timeout=3s --start-period=5s CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:4010/__rollcall/health"]
ENTRYPOINT ["rollcall"]
CMD ["mock", "--host", "0.0.0.0"]
