-- For wrk: what it measured as one line of JSON. Its arguments: SPREAD, each request from another client; LAST, the time
-- counts until the last answer.
local ffi = require("ffi")
ffi.cdef("typedef struct { long seconds, microseconds; } timeval; int gettimeofday(timeval *, void *);")

local threads = {}
local sent = 0

local function now()
  local time = ffi.new("timeval")
  ffi.C.gettimeofday(time, nil)
  return tonumber(time.seconds) + tonumber(time.microseconds) / 1e6
end

function setup(thread)
  table.insert(threads, thread)
end

-- A `response` or a `request` costs wrk a call for each, so there is one only where it is needed.
function init(args)
  local options = {}
  for _, each in ipairs(args) do options[each] = true end
  if options.SPREAD then request = ask_as_another end
  if options.LAST then
    started = now()
    function response() seconds_to_last = now() - started end
  end
end

function ask_as_another()
  sent = sent + 1
  wrk.headers["X-Forwarded-For"] = "10." .. math.floor(sent / 256) % 256 .. "." .. sent % 256 .. ".1"
  return wrk.format()
end

function done(summary, latency)
  local seconds = 0
  for _, thread in ipairs(threads) do seconds = math.max(seconds, thread:get("seconds_to_last") or 0) end
  if seconds == 0 then seconds = summary.duration / 1e6 end
  local errors = summary.errors
  io.write(string.format(
    'BENCH{"requests":%d,"seconds":%.6f,"p50":%.3f,"p99":%.3f,"most":%.3f,"failed":%d}\n',
    summary.requests, seconds,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
