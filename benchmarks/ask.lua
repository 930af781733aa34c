-- Sends the questions of a file, a JSON body a line, in turn. Prints what was seen as JSON.

local requests = {}
local sent = 0

function init(args)
  for body in io.lines(args[1]) do
    requests[#requests + 1] =
      wrk.format("POST", "/ask", { ["Content-Type"] = "application/json" }, body)
  end
end

function request()
  sent = sent + 1
  return requests[(sent - 1) % #requests + 1]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"per_second": %.3f, "p50": %.3f, "p99": %.3f, "failed": %d}\n',
    summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000,
    latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout
  ))
end
