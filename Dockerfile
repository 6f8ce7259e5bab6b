# Planner in an image: docker build -t planner .
# It runs as a user without rights, writes to /data and /tmp only (docker run --read-only --tmpfs /tmp), and prints reports by the Chromium inside.
# DuckDB's library, which reads logs, is there for linux/amd64 only; everything else runs on arm64 too.
ARG DOTNET=10.0

FROM node:22-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:${DOTNET} AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source
COPY . .
RUN dotnet publish src/Planner.Web -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:${DOTNET} AS runtime

# The images of .NET 10 are Ubuntu, whose Chromium is a snap that no image can hold: Debian has it as a package.
FROM debian:bookworm-slim
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      ca-certificates chromium fonts-liberation fonts-noto-cjk libicu72 libsqlite3-0 libssl3 libstdc++6 tini tzdata zlib1g \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 planner \
 && useradd --uid 10001 --gid planner --no-create-home --home-dir /tmp --shell /usr/sbin/nologin planner \
 && install -d -o planner -g planner -m 0700 /data
COPY --from=runtime /usr/share/dotnet /usr/share/dotnet
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet
COPY --from=build /app /app

# Whoever can reach a container is on a network, so there are accounts; AllowedHosts has to name the host that readers use.
# Chromium's sandbox needs rights that containers do not have by default: set Pdf__Sandbox=true where yours has them.
ENV Accounts__Enabled=true \
    Database__Path=/data/planner.db \
    DOTNET_EnableDiagnostics=0 \
    HOME=/tmp \
    Logging__Console__FormatterName=json \
    Pdf__Sandbox=false \
    Urls=http://0.0.0.0:8080
# By number, so that a cluster can see that it is not root.
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=15s --start-period=60s CMD ["dotnet", "/app/Planner.Web.dll", "health"]
# Chromium leaves processes behind that somebody has to collect.
ENTRYPOINT ["tini", "--", "dotnet", "/app/Planner.Web.dll"]
