-- Sixteen persons post their answer forms by turns with wrk, every time with a key of its own.
-- BENCH_FORMS names a file with a line each: the cookies, a tab, the body with KEY in it.
local forms = {}
for line in io.lines(os.getenv("BENCH_FORMS")) do
  local cookie, body = line:match("([^\t]+)\t(.*)")
  forms[#forms + 1] = { cookie = cookie, body = body }
end

local number = 0
math.randomseed(os.time())

request = function()
  number = number + 1
  local form = forms[number % #forms + 1]
  local key = string.format("%08x%08x%016x", math.random(0, 2 ^ 31), math.random(0, 2 ^ 31), number)
  local headers = { ["Cookie"] = form.cookie, ["Content-Type"] = "application/x-www-form-urlencoded" }
  return wrk.format("POST", nil, headers, (form.body:gsub("key=KEY", "key=" .. key)))
end

-- What was said is answered with 302. Anything else ends the window, so that it cannot pass for speed.
response = function(status)
  if status ~= 302 then
    io.stderr:write("answering was answered with " .. status .. "\n")
    wrk.thread:stop()
  end
end
