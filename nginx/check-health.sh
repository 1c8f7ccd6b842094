#!/usr/bin/env bash
# Exits 0 when a worker of Nginx answers on the port that only this container can reach (see http/health-port.conf).
# bash's own /dev/tcp: a check every few seconds starts one process, and the image needs no curl.
exec {nginx}<>/dev/tcp/127.0.0.1/8079 || exit 1
printf 'GET / HTTP/1.0\r\n\r\n' >&"$nginx"
read -rt 2 -u "$nginx" _ status _ && [[ $status == 200 ]]
