-- For wrk: what it measured as one line of JSON; with SPREAD as its first argument, each request from another client.
local sent = 0
local spread = false

function init(args)
  spread = args[1] == "SPREAD"
end

function request()
  if not spread then return wrk.format() end
  sent = sent + 1
  wrk.headers["X-Forwarded-For"] = "10." .. math.floor(sent / 256) % 256 .. "." .. sent % 256 .. ".1"
  return wrk.format()
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'BENCH{"requests":%d,"seconds":%.6f,"p50":%.3f,"p99":%.3f,"most":%.3f,"failed":%d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
