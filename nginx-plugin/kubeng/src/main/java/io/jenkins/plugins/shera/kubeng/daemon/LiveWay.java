package io.jenkins.plugins.shera.kubeng.daemon;

import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.node.LuaModule;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.render.LiveUpstreams;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which routes follow their addresses without reload: those that do follow some, where this nginx can, and their balance can. */
final class LiveWay {
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

    private final NginxInstallation nginx;
    private final boolean wanted;
    private volatile String reason;
    private List<Long> known = List.of();
    private long looked;
    private volatile boolean asked;

    /** Looks at nothing yet; {@code wanted} is false where the settings switch it off. */
    LiveWay(NginxInstallation nginx, boolean wanted) {
        this.nginx = nginx;
        this.wanted = wanted;
        this.reason = wanted ? "it was not asked yet" : "the settings of KubeNg say nginx.lua=off";
    }

    /** Asks nginx again when its configuration or program is another than before, and now and then. */
    void look() throws IOException, InterruptedException {
        if (!wanted) {
            return;
        }
        List<Long> now = new ArrayList<>();
        for (Path path : List.of(nginx.binary(), nginx.mainConfig())) {
            now.add(Files.exists(path) ? Files.getLastModifiedTime(path).toMillis() : 0);
        }
        if (!now.equals(known) || System.nanoTime() - looked > LOOK_AGAIN.toNanos()) {
            try {
                reason = new LuaModule(nginx).unable().orElse("");
            } catch (Rollover.RefusedException e) {
                // What is wrong with the rest of its configuration changes nothing of what the running nginx can.
                reason = reason.isEmpty() ? "" : "its nginx minds its configuration: " + e.getMessage();
            }
            looked = System.nanoTime();
            asked = true;
            known = now;
        }
    }

    /** Whether nginx was asked, or need not be; before a first document it was not. */
    boolean isKnown() {
        return !wanted || asked;
    }

    /** Why nothing follows without reload here; empty where it can. */
    String reason() {
        return reason;
    }

    /** Whether addresses of this route change by themselves. */
    static boolean follows(IntendedRoute intended) {
        return intended.targets().stream()
                .anyMatch(target -> target.kind() == Target.Kind.PODS
                        || target.kind() == Target.Kind.NODES
                        || target.kind() == Target.Kind.NAME);
    }

    /** The route as it is put on this node. */
    Route of(IntendedRoute intended, Route route) {
        return reason.isEmpty() && follows(intended) && minds(intended).isEmpty() ? route.living(true) : route;
    }

    /** Why this route follows with reloads on a node that can do without. */
    static Optional<String> minds(IntendedRoute intended) {
        return LiveUpstreams.unable(
                intended.rules() == null ? null : intended.rules().balance());
    }
}
