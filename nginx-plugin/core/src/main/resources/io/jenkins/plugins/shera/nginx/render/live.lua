-- Who are members of the upstreams whose addresses change without reload. What is in force lies in the memory that all
-- workers share; a file has the same, so that a reload or restart begins with it.
local function open(path)
    local balancer = require("ngx.balancer")
    local shared = ngx.shared.shera_live
    -- As nginx itself: one failure, and a member rests.
    local REST_SECONDS = 10
    local groups = {}

    local function read()
        local file, problem = io.open(path, "r")
        if not file then
            return nil, problem
        end
        local text = file:read("*a")
        file:close()
        local generation, body = string.match(text or "", "^shera%-peers (%d+)\n(.-)end\n$")
        if not generation then
            return nil, path .. " is not whole"
        end
        return generation, body
    end

    local function take()
        local generation, body = read()
        if not generation then
            return nil, body
        end
        local names, stays = {}, {}
        for name, members in string.gmatch(body, "(%x+) ([^\n]+)\n") do
            names[#names + 1] = name
            stays[name] = true
            if shared:get("p" .. name) ~= members then
                local done, problem = shared:safe_set("p" .. name, members)
                if not done then
                    return nil, problem
                end
            end
        end
        local before = shared:get("names") or ""
        local now = table.concat(names, " ")
        if now ~= before then
            local done, problem = shared:safe_set("names", now)
            if not done then
                return nil, problem
            end
            for name in string.gmatch(before, "%x+") do
                if not stays[name] then
                    shared:delete("p" .. name)
                end
            end
        end
        return shared:safe_set("generation", generation)
    end

    -- Who stays keeps its turn and its rest.
    local function parsed(raw, before)
        local known = {}
        for _, peer in ipairs(before and before.peers or {}) do
            known[peer.key] = peer
        end
        local peers = {}
        for key, host, port, weight in string.gmatch(raw, "((%S-):(%d+))=(%d+)") do
            local peer = known[key] or { key = key, host = host, port = tonumber(port), current = 0, failed = -1000 }
            weight = tonumber(weight)
            if peer.weight ~= weight then
                peer.weight = weight
                peer.effective = weight
                peer.current = 0
            end
            peers[#peers + 1] = peer
        end
        return { raw = raw, peers = peers }
    end

    -- Smooth weighted turns, as nginx takes them (ngx_http_upstream_get_peer).
    local function turn(peers, tried, now)
        local best, total = nil, 0
        for _, peer in ipairs(peers) do
            if not tried[peer.key] and now - peer.failed > REST_SECONDS then
                peer.current = peer.current + peer.effective
                total = total + peer.effective
                if peer.effective < peer.weight then
                    peer.effective = peer.effective + 1
                end
                if not best or peer.current > best.current then
                    best = peer
                end
            end
        end
        if best then
            best.current = best.current - total
        end
        return best
    end

    -- Where all rest, the one that rests longest is asked: that may fail, and no answer would fail for certain.
    local function longest(peers, tried)
        local best
        for _, peer in ipairs(peers) do
            if not tried[peer.key] and (not best or peer.failed < best.failed) then
                best = peer
            end
        end
        return best
    end

    local function choose(name)
        local raw = shared:get("p" .. name)
        if not raw then
            take()
            raw = shared:get("p" .. name)
        end
        if not raw then
            ngx.log(ngx.ERR, "no members of ", name, " in ", path)
            return ngx.exit(502)
        end
        local group = groups[name]
        if not group or group.raw ~= raw then
            group = parsed(raw, group)
            groups[name] = group
        end
        local peers = group.peers
        local now = ngx.now()
        local failure = balancer.get_last_failure()
        local mine = ngx.ctx.shera_live
        if not failure or not mine then
            mine = { tried = {} }
            ngx.ctx.shera_live = mine
            if #peers > 1 then
                balancer.set_more_tries(#peers - 1)
            end
        elseif failure == "failed" then
            mine.last.failed = now
            mine.last.effective = 0
        end
        local peer = turn(peers, mine.tried, now) or longest(peers, mine.tried)
        if not peer then
            mine.tried = {}
            peer = longest(peers, mine.tried)
        end
        mine.last = peer
        mine.tried[peer.key] = true
        local done, problem = balancer.set_current_peer(peer.host, peer.port)
        if not done then
            ngx.log(ngx.ERR, "member ", peer.key, " of ", name, ": ", problem)
            return ngx.exit(502)
        end
    end

    -- Whoever asks makes nginx read the file again, and learns what the memory holds; nothing is taken from the request.
    local function door()
        if not shared:add("taking", true, 5) then
            return ngx.say("busy")
        end
        local done, problem = take()
        shared:delete("taking")
        if not done then
            return ngx.say("failed ", problem)
        end
        local lines = {}
        for name in string.gmatch(shared:get("names") or "", "%x+") do
            lines[#lines + 1] = name .. " " .. (shared:get("p" .. name) or "") .. "\n"
        end
        ngx.say(shared:get("generation"), " ", ngx.crc32_long(table.concat(lines)))
    end

    local done, problem = take()
    if not done then
        ngx.log(ngx.ERR, "members of upstreams: ", problem)
    end
    return { choose = choose, door = door }
end
