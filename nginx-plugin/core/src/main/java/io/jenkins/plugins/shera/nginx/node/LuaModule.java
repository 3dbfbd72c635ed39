package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.language.Emitter;
import io.jenkins.plugins.shera.nginx.language.LuaText;
import io.jenkins.plugins.shera.nginx.render.LiveUpstreams;
import io.jenkins.plugins.shera.nodes.Command;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether the nginx of a node has its Lua module loaded, asked of that nginx itself with its own configuration. Used on the node. */
public final class LuaModule {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final NginxInstallation nginx;

    /** Only keeps what it is given. */
    public LuaModule(NginxInstallation nginx) {
        this.nginx = nginx;
    }

    /**
     * Why members of upstreams cannot change without reload here, with what to do, or nothing. Runs {@code nginx -t}.
     *
     * @throws Rollover.RefusedException if that nginx minds something of its configuration that has nothing to do with it
     */
    public Optional<String> unable() throws IOException, InterruptedException {
        Path folder = nginx.folder().toAbsolutePath().normalize();
        if (!LuaText.isQuotable(LiveUpstreams.file(folder.toString()))) {
            return Optional.of("the path " + folder + " has letters that are not written into Lua. Choose another"
                    + " 'nginx.folder'.");
        }
        Path live = Path.of(folder + LiveUpstreams.FOLDER);
        Files.createDirectories(live);
        try {
            Optional<GroupPrincipal> group = WorkerGroup.of(nginx);
            if (group.isPresent()) {
                WorkerGroup.requireReach(live, group.get(), "members of upstreams");
            }
        } catch (Rollover.RefusedException e) {
            return Optional.of(e.getMessage());
        }
        return tried(folder);
    }

    private Optional<String> tried(Path folder) throws IOException, InterruptedException {
        String main = Files.readString(nginx.mainConfig());
        String included = folder.resolve(ReleaseFolder.CURRENT) + "/*.conf";
        if (!main.contains(included)) {
            throw new Rollover.RefusedException(nginx.mainConfig() + " does not include " + included);
        }
        Path copy = nginx.mainConfig().resolveSibling(".shera-test-lua.conf");
        Path probe = nginx.mainConfig().resolveSibling(".shera-test-lua.includes");
        try {
            Files.writeString(probe, Emitter.emit(LiveUpstreams.probe(folder.toString())));
            Files.writeString(
                    copy, main.replace(included, probe.toAbsolutePath().toString()));
            Command.Result result = Command.run(
                    List.of(nginx.binary().toString(), "-t", "-q", "-c", copy.toString()), nginx.folder(), LIMIT);
            return result.succeeded() ? Optional.empty() : Optional.of(reason(result.output(), copy));
        } finally {
            Files.deleteIfExists(copy);
            Files.deleteIfExists(probe);
        }
    }

    private String reason(String said, Path copy) throws Rollover.RefusedException {
        if (said.contains("unknown directive \"lua_shared_dict\"")) {
            return "its nginx has not loaded the Lua module. Install it (Debian: libnginx-mod-http-lua), and let "
                    + nginx.mainConfig() + " load it: include /etc/nginx/modules-enabled/*.conf;";
        }
        if (said.contains("is duplicate") && said.contains(".shera-test-lua.includes")) {
            return "its configuration has an init_by_lua of its own, and nginx takes one";
        }
        String line = said.lines()
                .filter(each -> each.contains("[emerg]") || each.contains("[error]") || each.contains("failed"))
                .findFirst()
                .orElse(said)
                .replaceFirst("^.*\\[(emerg|alert|error)] [0-9#: ]*", "")
                .replace(copy.toString(), "nginx.conf")
                .strip();
        if (said.contains("resty.core")) {
            return "its Lua module does not find lua-resty-core. Install it (Debian: lua-resty-core): " + line;
        }
        throw new Rollover.RefusedException(line);
    }
}
